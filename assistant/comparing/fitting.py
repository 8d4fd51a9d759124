"""Scores sentences for the aspects that a reader names: by meaning, and by words with their other names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.asked import fits
from assistant.commonness import familiar_stems
from assistant.comparing.aspects import ROOT
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
# For a sentence with a figure, where this share of what speaks to the aspect gives one.
FIGURE_BONUS = 1.0
MOSTLY_FIGURES = 0.5
# What a sentence without a word of the aspect must score, in standard deviations, to speak to it by meaning.
LEAST_BY_MEANING = 0.0
# An aspect of so many words in one name is a particular measure: what does not name it does not give it.
PARTICULAR_WORDS = 3
# The share of an aspect's names, rare ones weighing more, that a sentence must say.
LEAST_SAID = 0.4
# Where nothing says so much, a small share is enough.
LITTLE_SAID = 0.2
# So is a word of the wider aspect, if the sentence is not far off, in standard deviations.
NOT_FAR = -1.0
# They ask for the form of an answer rather than for its words: a rate is given as "9 of 18".
_MEASURES = frozenset(
    stem
    for word in "rate number frequency share percentage proportion fraction incidence figure count amount level".split()
    for stem in stems(word)
)
_FIGURE = re.compile(
    r"\d\s?%|\b\d+ (?:out )?of (?:the )?\d+\b|[$€£]\s?\d|\d\s?[×x]\s?10|"
    r"\b\d+(?:\.\d+)?\s(?:hours?|days?|weeks?|months?|years?)\b"
)
# Words of a question that say no more than that it compares.
_COMPARING = frozenset(
    "compared comparing comparison comparisons versus differ differs differing different difference differences better"
    " best worse side sides respect regard terms comes way".split()
)
_FIGURES = re.compile(r"\b(?:numbers?|figures?|counts?|how many|how much)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d{2}")


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """How well sentences fit aspects; each of shape `(sentences, aspects)`.

    Attributes:
        scores: Higher is better.
        speaks: Whether a sentence speaks to an aspect.
        may: Whether it may do so: it says a part of it. It counts where nothing speaks.
    """

    scores: Scores
    speaks: NDArray[np.bool_]
    may: NDArray[np.bool_]


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

    def fit(self, pool: Pool) -> Fit:
        """Score sentences for the aspects."""
        shape = (len(pool.sentences), len(self._aspects))
        scores, by_name = np.zeros(shape), np.zeros(shape, dtype=bool)
        by_meaning, may = by_name.copy(), by_name.copy()
        if not by_name.size:
            return Fit(scores, by_name, may)
        texts = _texts(pool)
        context = self._context_of(texts)
        figures = np.array([_FIGURE.search(found.text) is not None for found in pool.sentences])
        for column, aspect in enumerate(self._aspects):
            heard = self._concepts[column].heard_in(texts)
            worded = words_scores(pool, aspect, self._library.fulltext.terms)
            meant = standardised((pool.vectors @ aspect.vector).astype(np.float64))
            meant += standardised(heard.scores) + context
            form = FORM_BONUS * np.array([self._has_form(column, found.text) for found in pool.sentences])
            scores[:, column] = meant + np.maximum(worded, 0.0) + form
            said = self._said(column, pool, texts)
            worded_at_all = np.isfinite(worded)
            by_name[:, column] = said >= LEAST_SAID
            if aspect.is_known:
                by_name[:, column] = worded_at_all & (by_name[:, column] | (not aspect.known.also))
            speaking = by_name[:, column]
            if speaking.any() and figures[speaking].mean() >= MOSTLY_FIGURES:
                scores[:, column] += FIGURE_BONUS * figures
            by_meaning[:, column] = self._may_be_paraphrased(column) & (meant >= LEAST_BY_MEANING)
            may[:, column] = worded_at_all if aspect.is_known else self._may_speak(column, pool, said, meant)
        # What speaks to an aspect in other words speaks to the one that it fits best.
        best = np.where(by_name | by_meaning, scores, -np.inf).max(axis=1, keepdims=True)
        speaks = by_name | (by_meaning & (scores >= best))
        allowed = ~np.array([self._names_another(found.text) for found in pool.sentences])[:, None]
        return Fit(scores, speaks & allowed, may & allowed)

    def _may_speak(
        self, column: int, pool: Pool, said: NDArray[np.float64], meant: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Tell what says some of an aspect, or a word of the wider aspect that it is part of."""
        aspect = self._aspects[column]
        if self._particular(column):
            return np.array(said >= LITTLE_SAID)
        wider = replace(aspect, known=replace(aspect.known, name="", terms=aspect.wider))
        within = np.isfinite(words_scores(pool, wider, self._library.fulltext.terms))
        return np.array((said >= LITTLE_SAID) | (within & (meant >= NOT_FAR)))

    def _context_of(self, texts: Sequence[Sequence[str]]) -> Scores:
        return CONTEXT * standardised(self._context.heard_in(texts).scores)

    def _said(self, column: int, pool: Pool, texts: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """Give the share of an aspect's names that each sentence says, rare ones weighing more.

        Of a measure, a disease or a code, that very name must be there, at least in the title of the document.
        """
        particular = self._particular(column)
        wanted = particular or [concept for concept in self._concepts[column].all if concept.is_said]
        # Of "severe side effects" it is "severe" that tells one side effect from others.
        general = _MEASURES.union(*(stems(called) for called in self._aspects[column].known.also))
        wanted = [concept for concept in wanted if not general.issuperset(concept.phrase)] or wanted
        titles = _titles(pool) if particular else [()] * len(texts)
        whole = sum(concept.rarity for concept in wanted)
        around = [f" {' '.join((*text, *title))} " for text, title in zip(texts, titles, strict=True)]
        said = [sum(concept.rarity for concept in wanted if _is_said(concept, text)) for text in around]
        return np.array(said) / whole if whole else np.zeros(len(texts))

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


def _is_said(concept: Concept, text: str) -> bool:
    """Tell whether a text has a concept, or a word of the same root: "responded" for "response"."""
    [first, *others] = concept.phrase
    return concept.is_in(text) or (not others and len(first) >= ROOT and f" {first[:ROOT]}" in text)


def _texts(pool: Pool) -> list[tuple[str, ...]]:
    """Give the stems of sentences with their headings."""
    return [(*indexed_stems(found.text), *found.headings.split()) for found in pool.sentences]


def _titles(pool: Pool) -> list[tuple[str, ...]]:
    """Give the stems of the sentences' documents' titles."""
    titles = {found.evidence.document.id: found.evidence.document.record.title for found in pool.sentences}
    stemmed = {name: tuple(indexed_stems(title)) for name, title in titles.items()}
    return [stemmed[found.evidence.document.id] for found in pool.sentences]
