"""The words and names of a question, weighed by how rare they are in the library."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.commonness import common_words
from assistant.question import Question
from assistant.words import flat, names, words
from corpus.library import Library

# A name in no more than this share of passages tells what a question is about.
RARE_SHARE = 0.12
# A word in the title alone is there for every sentence of its document.
TITLE_SHARE = 0.4
_NAME_INSIDE = re.compile(r"(?<=[\w,;]\s)[A-Z][\w-]+")
# "CAR-NK", "CAR T", "IL-15", "NK-92": a family and the member that is meant.
_COMPOUND = re.compile(r"\b([A-Z][A-Za-z]*[A-Z]|[A-Z]{2,})[-\u2010-\u2015\s]([A-Z]{1,3}|\d{1,3})\b")


class Terms:
    """What a text must speak of to answer a question."""

    def __init__(self, question: Question, library: Library) -> None:
        """Weigh the words of `question` by how rare they are in `library`."""
        self._fulltext = library.fulltext
        passages = max(1, library.catalogue.counts()[1])
        frequencies = {
            stem: self._fulltext.document_frequency(stem)
            for term in question.terms
            for stem in self._fulltext.terms(term)
        }
        self._weights = {stem: math.log(1 + passages / n) for stem, n in frequencies.items() if n}
        self._compounds = compounds(question.standalone)
        particular = particular_terms(question.standalone, question.terms, library.settings.model_cache)
        self._rarest = self._rarest_name(question.standalone, particular, RARE_SHARE * passages)

    def _rarest_name(self, text: str, particular: Sequence[str], most: float) -> str | None:
        """Choose the name that a question is about: a code or proper name before a rare word, then the rarest."""
        members = {word for head, tail in self._compounds for word in words(f"{head} {tail}")}
        candidates = [f"{head}-{tail}" for head, tail in self._compounds]
        candidates += [term for term in particular if not term.isdigit() and term not in members]
        proper = {word.lower() for match in _NAME_INSIDE.finditer(text) for word in words(match.group())}

        def frequency(name: str) -> int:
            stems = self._fulltext.terms(name)
            return min((self._fulltext.document_frequency(stem) for stem in stems), default=0)

        rare = [name for name in candidates if 0 < frequency(name) <= most]
        is_word = {name: name.islower() and name not in proper for name in rare}
        return min(rare, key=lambda name: (is_word[name], frequency(name)), default=None)

    def coverage(self, near: str, title: str) -> float:
        """Give the share of the question's words that a text has, rare ones weighing more.

        Args:
            near: The sentences and their headings.
            title: Their document's title; a word that stands in it alone counts less.
        """
        said, titled = set(self._fulltext.terms(near)), set(self._fulltext.terms(title))
        found = sum(
            weight * (1.0 if stem in said else TITLE_SHARE if stem in titled else 0.0)
            for stem, weight in self._weights.items()
        )
        return found / (sum(self._weights.values()) or 1.0)

    def lacks_the_name(self, context: str) -> bool:
        """Tell whether a text does not say the name that the question is about."""
        if self._rarest is None:
            return False
        return not set(self._fulltext.terms(self._rarest)) <= set(self._fulltext.terms(context))

    def names_another(self, context: str) -> bool:
        """Tell whether a text speaks of another member of a family: of "CAR-T" where "CAR-NK" was asked about."""
        there = compounds(context)
        heads = {flat(head) for head, _ in self._compounds}
        if any(names(context, f"{head}-{tail}") for head, tail in self._compounds):
            return False
        return any(flat(head) in heads for head, _ in there)


def compounds(text: str) -> list[tuple[str, str]]:
    """Give the names in a text that are a family and a member: "CAR-NK" is ("CAR", "NK")."""
    return list(dict.fromkeys((match[1], match[2]) for match in _COMPOUND.finditer(text)))


def particular_terms(text: str, terms: Sequence[str], cache: Path) -> list[str]:
    """Give the terms that name something particular: a name inside the sentence, a code, or a rare word.

    Args:
        text: The question.
        terms: Its content words.
        cache: Where the list of common words is kept.
    """
    common = common_words(cache)
    named = {word.lower() for match in _NAME_INSIDE.finditer(text) for word in words(match.group())}
    return [term for term in terms if term in named or any(c.isdigit() for c in term) or term not in common]
