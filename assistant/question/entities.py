"""The things that a question names and the library knows: by form, by its glossary, by its authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from assistant.question.background import Background
from assistant.thesaurus import plain_words
from assistant.words import STOP_WORDS
from corpus.folding import name_key
from corpus.fulltext import stems

_TOKEN = re.compile(r"[^\W_]\w*(?:[\u2010-\u2015+-]\w+)*")
_LETTERED = re.compile(
    r"\b([a-z]{3,}) (?:[A-Z]\b|(?:\d{1,2}|I{1,3}|IV)\b(?!\s+(?:of|patients|people)\b))(?![\w-])"
)
_CODED = re.compile(r"(?=\S*[^\W\d_])(?=\S*\d)|.+[A-Z]|[a-z]+[A-Z]")
_WORK = re.compile(
    r"(?:['’]s?)?(?:\s+et\s+al\.?)?(?P<year>,?\s+\(?(?:19|20)\d\d\b\)?)?(?P<head>(?:\s+(?!and\b|or\b)[a-z]+)?\s+"
    r"(?:trial|study|paper|work|abstract|review|report|cohort|article)s?\b)?"
)
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_LONGEST = 4
_LEAST_LETTERS = 4
_LEAST_LISTED = 3
# What tells no name from another: "CAR-NK cells", "GPC3 cells".
_ASKING = frozenset("how what which who when where why".split())
_GENERAL = frozenset({"cell", "cells"})


class Sort(Enum):
    """What sort of thing is named."""

    WORK = "work"
    LABEL = "label"
    NAME = "name"
    PARTICULAR = "particular"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a question names.

    Attributes:
        name: As it stands there, without what only says that it is a trial.
        sort: What sort of thing it is.
        start: Offset of its first character.
        end: Offset after its last, and after "trial" or "study".
        also: What the library calls it as well.
    """

    name: str
    sort: Sort
    start: int
    end: int
    also: tuple[str, ...] = ()

    def is_kin(self, other: Entity) -> bool:
        """Tell two names of one family, works, or diseases: "axi-cel" and "ide-cel", "Liu" and "Marin"."""
        if self.name.lower() == other.name.lower():
            return False
        if self.sort is other.sort and self.sort in {Sort.WORK, Sort.PARTICULAR}:
            return True
        return bool(self._family & other._family)

    @property
    def _family(self) -> set[str]:
        """The parts of its names in letters: of "NKX019" that is "nkx"."""
        parts = (part.lower() for name in (self.name, *self.also) for part in _PARTS.findall(name))
        return {part for part in parts if not part.isdigit()} - _GENERAL - STOP_WORDS


def entities_in(text: str, background: Background) -> list[Entity]:
    """Find what a text names, in its order; a longer name hides those inside it.

    Args:
        text: A question.
        background: What the library knows.
    """
    tokens = list(_TOKEN.finditer(text))
    found = [*_labels(text), *_by_phrase(text, tokens), *_by_glossary(text, tokens, background)]
    found += _by_word(tokens, background)
    # A word's own form says more than that it is in some list, if both are as long.
    order = {sort: place for place, sort in enumerate(Sort)}
    found.sort(key=lambda entity: (entity.start - entity.end, order[entity.sort]))
    kept: list[Entity] = []
    for entity in found:
        if all(entity.end <= other.start or other.end <= entity.start for other in kept):
            kept.append(entity)
    return _joined([_as_work(one, text) for one in sorted(kept, key=lambda one: one.start)], text)


def _labels(text: str) -> Iterator[Entity]:
    """Find "regimen A" and "cohort 2", if there is another such."""
    found = [match for match in _LETTERED.finditer(text) if match[1] not in STOP_WORDS]
    for match in found:
        if sum(other[1] == match[1] for other in found) > 1:
            yield Entity(match[0], Sort.LABEL, *match.span())


def _by_phrase(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[Entity]:
    """Find diseases, medicines and what else has other names, whatever its ending."""
    read = [(stem, token) for token in tokens for stem in stems(token[0])]
    words = plain_words()
    for place, phrase in words.phrases_in([stem for stem, _ in read]):
        first, last = read[place][1], read[place + len(phrase) - 1][1]
        start, end = first.start(), last.end()
        if phrase in words.particular:
            also = tuple(" ".join(other) for other in words.alternatives[phrase])
            yield Entity(text[start:end], Sort.PARTICULAR, start, end, also)
        elif len(phrase) > 1 and first[0].lower() not in _ASKING and last[0].lower() not in STOP_WORDS:
            yield Entity(text[start:end], Sort.TERM, start, end)


def _by_glossary(text: str, tokens: Sequence[re.Match[str]], background: Background) -> Iterator[Entity]:
    spans = [
        (tokens[first].start(), tokens[first + length - 1].end())
        for length in range(1, _LONGEST + 1)
        for first in range(len(tokens) - length + 1)
        if tokens[first][0].lower() not in STOP_WORDS
    ]
    keys = {span: name_key(text[slice(*span)]) for span in spans}
    known = background.glossary.definitions(keys.values())
    for span, key in keys.items():
        name = text[slice(*span)]
        if known[key] and key not in background.common_english:
            is_short = any(definition.short_key == key for definition in known[key])
            also = tuple(definition.short for definition in known[key] if definition.long_key == key)
            yield Entity(name, Sort.NAME if is_short and name != name.lower() else Sort.TERM, *span, also)


def _by_word(tokens: Sequence[re.Match[str]], background: Background) -> Iterator[Entity]:
    """Find authors, codes, and words that are rare in English and said in the library."""
    authors = {author for source in background.sources for author in source.authors[:1]}
    for token in tokens:
        word, lowered = token[0], token[0].lower()
        if lowered in STOP_WORDS or word.isdigit():
            continue
        if name_key(word) in authors and word[0].isupper():
            yield Entity(word, Sort.WORK, *token.span())
        elif _CODED.match(word) or (
            "-" in word and any(part not in background.familiar_english for part in lowered.split("-"))
        ):
            yield Entity(word, Sort.NAME, *token.span())
        elif (
            len(word) >= _LEAST_LETTERS
            and lowered not in background.familiar_english
            and background.speaks_of(word)
        ):
            yield Entity(word, Sort.TERM, *token.span())


def _as_work(entity: Entity, text: str) -> Entity:
    """Take in what makes a name one of a work: "Mark's study", "the PM21 particle work"."""
    match = _WORK.match(text, entity.end)
    if match is None or entity.sort in {Sort.LABEL, Sort.PARTICULAR}:
        return entity
    if match["head"] or entity.sort is Sort.WORK:
        end = match.end("year") if match["year"] else entity.end
        return Entity(text[entity.start : end], Sort.WORK, entity.start, match.end())
    return entity


def _joined(entities: Sequence[Entity], text: str) -> list[Entity]:
    """Join names that stand together: "CD38 CAR-NK"."""
    joined: list[Entity] = []
    listed = _listed_bare(entities, text)
    for entity in entities:
        last = joined[-1] if joined else None
        if (
            last
            and entity not in listed
            and last.sort in {Sort.NAME, Sort.TERM}
            and entity.sort is Sort.NAME
            and text[last.end : entity.start] == " "
        ):
            joined[-1] = replace(entity, name=text[last.start : entity.end], start=last.start, sort=Sort.NAME)
        else:
            joined.append(entity)
    return joined


def _listed_bare(entities: Sequence[Entity], text: str) -> Sequence[Entity]:
    """Give the names that a question opens with, without a mark between: "eliana karmma cartitude-1, which of them"."""
    run: list[Entity] = []
    for entity in entities:
        if " " in entity.name or text[run[-1].end if run else 0 : entity.start] != (" " if run else ""):
            break
        run.append(entity)
    return run if len(run) >= _LEAST_LISTED else ()
