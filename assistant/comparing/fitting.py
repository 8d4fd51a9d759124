"""Scores sentences for the aspects that a reader names: by meaning, and by words with their other names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.asked import fits
from assistant.commonness import familiar_stems
from assistant.comparing.pool import Aspect, Pool
from assistant.comparing.relevance import Scores, words_scores
from assistant.concepts import Concept, Concepts
from assistant.evidence import standardised
from assistant.question import Question
from assistant.terms import members
from assistant.thesaurus import plain_words
from assistant.words import content_words, numbers
from corpus.fulltext import indexed_stems, stems
from corpus.library import Library

# What the other words of the question weigh beside those of the aspect.
CONTEXT = 0.5
# For a sentence of the form that is asked for: a price, a share, a time.
FORM_BONUS = 1.0
# What a sentence without a word of the aspect must score, in standard deviations, to speak to it by meaning.
LEAST_BY_MEANING = 0.0
# An aspect of so many words in one name is a particular measure: what does not name it does not give it.
PARTICULAR_WORDS = 3
# The share of an aspect's names, rare ones weighing more, that a sentence must say.
LEAST_SAID = 0.4
# Words of a question that say no more than that it compares.
_COMPARING = frozenset(
    "compared comparing comparison comparisons versus differ differs differing different difference differences better"
    " best worse side sides respect regard terms comes way".split()
)
_FIGURES = re.compile(r"\b(?:numbers?|figures?|counts?|how many|how much)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d{2}")


class Fitting:
    """How well sentences fit the aspects of one question."""

    def __init__(self, asked: Question, aspects: Sequence[Aspect], library: Library) -> None:
        """Prepare to score for `aspects`.

        Args:
            asked: The question; its words beside subjects and aspects are weak evidence of what is meant.
            aspects: As the reader named them; none if the question names none.
            library: Tells how rare a word is.
        """
        self._aspects, self._library = aspects, library
        self._questions = [_only(asked, aspect.known.name) for aspect in aspects]
        self._concepts = [self._read(question) for question in self._questions]
        beside = _without(asked.query, asked.subjects)
        self._context = self._read(_only(asked, beside))
        more = set(content_words(beside)) - set(content_words(" ".join(asked.aspects))) - _COMPARING
        self._says_more = bool(more)
        self._numbered = {name for name in members(beside) if name.is_numbered}

    @property
    def has_context(self) -> bool:
        """Whether the question says something particular beside its subjects."""
        return any(concept.is_said and not self._is_general(concept) for concept in self._context.all)

    @property
    def asks_for_measures(self) -> bool:
        """Whether all aspects are measures, diseases or codes: a subject without one of them cannot be compared."""
        return bool(self._aspects) and all(self._particular(column) for column in range(len(self._aspects)))

    def context(self, pool: Pool) -> Scores:
        """Score sentences by the words of the question beside its subjects, shape `(sentences,)`."""
        return self._context_of(_texts(pool))

    def scores(self, pool: Pool) -> tuple[Scores, NDArray[np.bool_]]:
        """Score sentences for the aspects.

        Args:
            pool: The sentences.

        Returns:
            Scores and whether a sentence speaks to an aspect, both of shape `(sentences, aspects)`.
        """
        shape = (len(pool.sentences), len(self._aspects))
        scores, speaks = np.zeros(shape), np.zeros(shape, dtype=bool)
        if not pool.sentences:
            return scores, speaks
        texts = _texts(pool)
        context = self._context_of(texts)
        by_name, by_meaning = speaks.copy(), speaks.copy()
        for column, aspect in enumerate(self._aspects):
            heard = self._concepts[column].heard_in(texts)
            worded = words_scores(pool, aspect, self._library.fulltext.terms)
            meant = standardised((pool.vectors @ aspect.vector).astype(np.float64))
            meant += standardised(heard.scores) + context
            form = FORM_BONUS * np.array([self._has_form(column, found.text) for found in pool.sentences])
            scores[:, column] = meant + np.maximum(worded, 0.0) + form
            by_name[:, column] = np.isfinite(worded) if aspect.is_known else self._names(column, pool, texts)
            by_meaning[:, column] = self._may_be_paraphrased(column) & (meant >= LEAST_BY_MEANING)
        # What speaks to an aspect in other words speaks to the one that it fits best.
        best = np.where(by_name | by_meaning, scores, -np.inf).max(axis=1, keepdims=True)
        speaks = by_name | (by_meaning & (scores >= best))
        another = np.array([self._names_another(found.text) for found in pool.sentences])
        return scores, speaks & ~another[:, None]

    def _context_of(self, texts: Sequence[Sequence[str]]) -> Scores:
        return CONTEXT * standardised(self._context.heard_in(texts).scores)

    def _names(self, column: int, pool: Pool, texts: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
        """Tell which sentences name an aspect, well enough for one that is made of several words.

        Of a measure, a disease or a code, that very name must be there, at least in the title of the document.
        """
        particular = self._particular(column)
        wanted = particular or [concept for concept in self._concepts[column].all if concept.is_said]
        titles = _titles(pool) if particular else [()] * len(texts)
        least = LEAST_SAID * sum(concept.rarity for concept in wanted)
        around = [f" {' '.join((*text, *title))} " for text, title in zip(texts, titles, strict=True)]
        said = [sum(concept.rarity for concept in wanted if _says(text, concept)) for text in around]
        return np.array([0 < share >= least for share in said])

    def _may_be_paraphrased(self, column: int) -> bool:
        """Tell whether an aspect is plain English, and the question says more by which to tell what is meant."""
        return self._says_more and not self._aspects[column].is_known and not self._particular(column)

    def _particular(self, column: int) -> list[Concept]:
        if self._aspects[column].is_known:
            return []
        return [concept for concept in self._concepts[column].all if not self._is_general(concept)]

    def _names_another(self, text: str) -> bool:
        """Tell whether a text speaks of "NKX101" where the question says "NKX019" beside its subjects."""
        families = {name.family.lower() for name in self._numbered}
        there = {name for name in members(text) if name.family.lower() in families}
        return bool(there) and not there & self._numbered

    def _has_form(self, column: int, text: str) -> bool:
        if _FIGURES.search(self._questions[column].query) and not numbers(_YEAR.sub("", text)):
            return False
        return fits(self._questions[column], text)

    def _is_general(self, concept: Concept) -> bool:
        """Tell whether a concept is plain English: no disease, no code, no measure."""
        phrase = concept.phrase
        return (
            set(phrase) <= familiar_stems(self._library.settings.model_cache)
            and len(content_words(" ".join(phrase))) < PARTICULAR_WORDS
            and phrase not in plain_words().particular
        )

    def _read(self, question: Question) -> Concepts:
        return Concepts(question, self._library.fulltext, self._library.catalogue.counts()[1])


def _only(asked: Question, text: str) -> Question:
    """Ask for some words of a question alone."""
    there = set(stems(text))
    expansions = tuple(e for e in asked.expansions if there >= set(stems(e.term)))
    return replace(asked, query=text, expansions=expansions)


def _without(query: str, subjects: Sequence[str]) -> str:
    """Give the words of a question beside the subjects that it compares."""
    for subject in subjects:
        query = re.sub(rf"(?<!\w){re.escape(subject)}(?!\w)", " ", query, flags=re.IGNORECASE)
    return " ".join(query.split())


def _says(text: str, concept: Concept) -> bool:
    return any(f" {' '.join(name)} " in text for name in concept.names)


def _texts(pool: Pool) -> list[tuple[str, ...]]:
    """Give the stems of sentences with their headings."""
    return [(*indexed_stems(found.text), *found.headings.split()) for found in pool.sentences]


def _titles(pool: Pool) -> list[tuple[str, ...]]:
    """Give the stems of the sentences' documents' titles."""
    titles = {found.evidence.document.id: found.evidence.document.record.title for found in pool.sentences}
    stemmed = {name: tuple(indexed_stems(title)) for name, title in titles.items()}
    return [stemmed[found.evidence.document.id] for found in pool.sentences]
