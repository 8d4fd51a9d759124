"""What a question speaks of: its words and phrases, each with the other names that texts give the same thing."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.question import Question
from assistant.thesaurus import Phrase, plain_words
from assistant.words import STOP_WORDS
from corpus.fulltext import FullText, Wanted, stems

# BM25 (Robertson and Zaragoza 2009), the usual values.
SATURATION = 1.2
LENGTH_NORMALISATION = 0.75
TITLE_WEIGHT = 0.2
# Together so rare, in inverse document frequencies, words tell as much as meaning does.
TELLING = 8.0


@dataclass(frozen=True, slots=True)
class Concept:
    """A word or phrase of a question, and what a text may say in its place.

    Attributes:
        phrase: Its stems.
        alternatives: The stems of other names of the same thing.
        rarity: Its inverse document frequency or, where the library never says it, that of its rarest other name; that
            of a word in no passage, if the library says none of them.
        is_said: Whether the library says it in any way.
        is_name: Whether the question writes it as a name or an abbreviation, such as "GVHD" or "FT596".
    """

    phrase: Phrase
    alternatives: tuple[Phrase, ...]
    rarity: float
    is_said: bool
    is_name: bool = False

    @property
    def names(self) -> tuple[Phrase, ...]:
        """All of its names, the question's own first."""
        return (self.phrase, *self.alternatives)

    def is_in(self, text: str) -> bool:
        """Tell whether a text has any of its names; the text as stems, with a space before and after each."""
        return any(f" {' '.join(name)} " in text for name in self.names)


@dataclass(frozen=True, slots=True)
class Heard:
    """How much of a question some texts speak of; each of shape `(texts,)`.

    Attributes:
        scores: BM25.
        coverage: The share of the concepts that a text speaks of, rare ones weighing more.
        lacks_a_name: Whether it leaves out a disease or medicine of the question that the library speaks of.
        abbreviations_lacking: How many other names of the question it leaves out that the library speaks of.
    """

    scores: NDArray[np.float64]
    coverage: NDArray[np.float64]
    lacks_a_name: NDArray[np.bool_]
    abbreviations_lacking: NDArray[np.int64]


class Concepts:
    """The concepts of one question, weighed by how rare they are in one library."""

    def __init__(self, question: Question, fulltext: FullText, passages: int) -> None:
        """Find the concepts of `question`.

        Args:
            question: The question.
            fulltext: The index that knows how rare a word is.
            passages: How many passages it holds.
        """
        self._fulltext = fulltext
        self._passages = max(1, passages)
        self._rarities: dict[Phrase, float | None] = {}
        names = _abbreviations(question)
        self.all = tuple(
            self._weighed(phrase, alternatives, is_name=phrase in names)
            for phrase, alternatives in _named(question).items()
        )

    @property
    def wanted(self) -> list[Wanted]:
        """What full text searches for."""
        return [Wanted(concept.phrase, concept.alternatives) for concept in self.all]

    def rarity(self, phrase: Phrase) -> float | None:
        """Give the inverse document frequency of a phrase's words together; None if no passage has them all."""
        if phrase not in self._rarities:
            said = self._fulltext.passages_with(phrase)
            self._rarities[phrase] = (
                math.log(1 + (self._passages - said + 0.5) / (said + 0.5)) if said else None
            )
        return self._rarities[phrase]

    @property
    def weight(self) -> float:
        """How much the words say: those of "What is CAR-NK therapy?" stand in every passage on CAR-NK."""
        return min(1.0, sum(concept.rarity for concept in self.all) / TELLING)

    def heard_in(
        self, texts: Sequence[Sequence[str]], titles: Sequence[Sequence[str]] | None = None
    ) -> Heard:
        """Tell how much of the question each text speaks of; another name counts as much as the question's own.

        Args:
            texts: The stems of each, in order.
            titles: Those of the title of its document, if it counts; what stands in it alone counts less.
        """
        titles = [()] * len(texts) if titles is None else titles
        pairs = zip(texts, titles, strict=True)
        lengths = np.array([len(text) + TITLE_WEIGHT * len(title) for text, title in pairs])
        damping = SATURATION * (
            1 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * lengths / max(1.0, lengths.mean())
        )
        joined = [f" {' '.join(text)} " for text in texts]
        titled = [f" {' '.join(title)} " for title in titles]
        scores, covered = np.zeros(len(texts)), np.zeros(len(texts))
        lacking, abbreviations = np.zeros(len(texts), dtype=np.bool_), np.zeros(len(texts), dtype=np.int64)
        particular = plain_words().particular
        for concept in self.all:
            score, says = self._heard(concept, joined, titled, damping)
            scores += score
            covered += concept.rarity * says
            if concept.is_said and concept.phrase in particular:
                lacking |= ~says
            elif concept.is_said and concept.is_name:
                abbreviations += ~says
        coverage = covered / (sum(concept.rarity for concept in self.all) or 1.0)
        return Heard(scores, coverage, lacking, abbreviations)

    def _heard(
        self, concept: Concept, texts: Sequence[str], titles: Sequence[str], damping: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        best, says = np.zeros(len(texts)), np.zeros(len(texts), dtype=np.bool_)
        for name in concept.names:
            rarity = self.rarity(name)
            if rarity is None:
                continue
            wanted = f" {' '.join(name)} "
            counts = np.array([text.count(wanted) for text in texts], dtype=np.float64)
            counts += TITLE_WEIGHT * np.array([title.count(wanted) for title in titles], dtype=np.float64)
            says |= counts > 0
            np.maximum(best, rarity * counts * (1 + SATURATION) / (counts + damping), out=best)
        return best, says

    def _said(self, names: Sequence[Phrase]) -> list[float]:
        return [rarity for name in names if (rarity := self.rarity(name)) is not None]

    def _weighed(self, phrase: Phrase, alternatives: tuple[Phrase, ...], *, is_name: bool) -> Concept:
        said = self._said((phrase, *alternatives))
        if not said:
            # One step further: "brain cancer" is a brain tumour, of which glioblastoma is one.
            known = plain_words().alternatives
            alternatives = tuple(
                dict.fromkeys(further for name in alternatives for further in known.get(name, ()))
            )
            said = self._said(alternatives)
        never = math.log(1 + (self._passages + 0.5) / 0.5)
        own = self.rarity(phrase)
        rarity = own if own is not None else max(said, default=never)
        return Concept(phrase, alternatives, rarity, bool(said), is_name)


def _named(question: Question) -> dict[Phrase, tuple[Phrase, ...]]:
    """Find words and phrases with their other names: those the library's papers give, then those of plain English."""
    # "NKs" and "CAR-Ts" are NK cells and CAR-T cells.
    text = stems(_PLURAL.sub(r"\1", question.query))
    found: dict[Phrase, dict[Phrase, None]] = {}
    for expansion in question.expansions:
        if expansion.term.lower() in STOP_WORDS and not expansion.term.isupper():
            continue
        found.setdefault(tuple(stems(expansion.term)), {}).update(
            (tuple(stems(other)), None) for other in expansion.alternatives
        )
    thesaurus = plain_words()
    for _, phrase in thesaurus.phrases_in(text):
        if len(phrase) > 1 or phrase[0] not in _STOP_STEMS:
            found.setdefault(phrase, {}).update((other, None) for other in thesaurus.alternatives[phrase])
    # The words of a phrase say nothing beside it.
    inside = {stem for phrase in found for stem in phrase}
    for stem in dict.fromkeys(text):
        if stem not in _STOP_STEMS and stem not in inside:
            found.setdefault((stem,), {})
    return {
        phrase: tuple(other for other in others if other != phrase)
        for phrase, others in found.items()
        if phrase
    }


def _abbreviations(question: Question) -> frozenset[Phrase]:
    """Give the names that a question writes in capitals or with figures, and those that the library's papers define."""
    written = [code[0] for code in _CODE.finditer(question.query)]
    phrases = [tuple(stems(name)) for name in (*written, *(e.term for e in question.expansions))]
    return frozenset(phrases) | {(stem,) for name in written for stem in stems(name)}


_CODE = re.compile(r"(?<!\w)(?=[\w-]*[A-Z][\w-]*[A-Z]|\w*[^\W\d_][\w-]*\d)[\w-]{2,}")
_PLURAL = re.compile(r"\b([A-Z]{2,}|(?<=-)[A-Z])s\b")
_STOP_STEMS = frozenset(stem for word in STOP_WORDS for stem in stems(word))
