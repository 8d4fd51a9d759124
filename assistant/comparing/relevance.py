"""Scores sentences for aspects. An aspect is one or two words; a sentence that merely has them is not yet about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.comparing.pool import Aspect, Pool, Pooled, Stems, in_order
from corpus.document import Document, SourceType

Scores = NDArray[np.float64]


# What a sentence has for itself or against it, in standard deviations of similarity over the pool.
FIRST_TERM = 1.2
NEXT_TERM = 0.5
MOST_TERMS = 3
HEADED = 1.0
OWN_WORDS = 0.6
CENTRAL = 0.7
# Fewer sentences have no middle.
FEWEST_SPEAKING = 4
NAMED_BONUS = 0.4
COMPARING_BONUS = 0.5
# Words beyond which a statement is long, and what each further one costs.
LONG = 45
LONG_MALUS = 0.015
COMMERCIAL_MALUS = 0.6
PLAN_MALUS = 2.5
_CONTRAST = re.compile(
    r"\b(?:than|whereas|while|unlike|versus|vs|against|compared|comparison|contrast|differs?|sets?|apart|but|cannot)\b"
    r"|;|\bon the \S+ side\b|\bknown from\b|\bas \w+ as\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:primary|secondary|main|stated)\s+(?:goals?|end\s?points?|outcomes?|objectives?|aims?|questions?|measures?)\b"
    r"|\b(?:plans?|planned|aims?|aimed|designed)\s+(?:to|for)\b"
    r"|\bmeasures of benefit\b|\bdiffers?\s+(?:from\s+\S+\s+)?in\b|\b(?:subjects|topics)\s+covered\b|\boverview\b",
    re.IGNORECASE,
)
_WEIGHTS = {
    SourceType.CLINICAL_TRIAL: 0.9,
    SourceType.GUIDELINE: 0.9,
    SourceType.REGULATORY: 0.7,
    SourceType.REVIEW: 0.7,
    SourceType.ECONOMIC_MODEL: 0.6,
    SourceType.RESEARCH: 0.1,
    SourceType.EDITORIAL: -0.3,
    SourceType.WEB: -0.3,
    SourceType.OTHER: -0.3,
}


def relevance(pool: Pool, aspects: Sequence[Aspect], stems: Stems, least_similarity: float = -1.0) -> Scores:
    """Score sentences for aspects.

    Similarity to an aspect's description is standardised over the pool, since some descriptions are near to
    everything; words of the aspect in the sentence and in its headings add to it.

    Args:
        pool: The sentences.
        aspects: The aspects.
        stems: Gives the stems of a text.
        least_similarity: To the aspect's description, below which its words mean something else.

    Returns:
        Shape `(sentences, aspects)`; minus infinity where no word of an aspect, or nothing but a word, is there.
    """
    if not pool.sentences:
        return np.zeros((0, len(aspects)))
    similarity = pool.vectors @ np.stack([aspect.vector for aspect in aspects]).T
    standardised = _standardised(similarity)
    worded = np.stack([words_scores(pool, aspect, stems) for aspect in aspects], axis=1)
    return np.where(similarity >= least_similarity, standardised + worded, -np.inf)


def _standardised(similarity: NDArray[np.float32]) -> Scores:
    spread = np.maximum(similarity.std(axis=0), 1e-6)
    return np.array((similarity - similarity.mean(axis=0)) / spread, dtype=np.float64)


def centrality(pool: Pool, speaking: NDArray[np.bool_]) -> Scores:
    """Score sentences by how much they say what there is to say in one respect (centroid, Radev et al. 2004).

    Args:
        pool: The sentences.
        speaking: Those that are on the aspect, shape `(sentences,)`.
    """
    if speaking.sum() < FEWEST_SPEAKING:
        return np.zeros(len(pool.sentences))
    return CENTRAL * np.maximum(_standardised(pool.vectors @ pool.vectors[speaking].mean(axis=0)), 0.0)


def words_scores(pool: Pool, aspect: Aspect, stems: Stems) -> Scores:
    """Score sentences by the words of an aspect in them and in their headings; minus infinity where there are none."""
    terms = [(in_order(stems, term), term) for term in aspect.known.terms]
    own = in_order(stems, aspect.known.name)
    headed = {
        headings: own in headings or any(wanted.strip() and wanted in headings for wanted, _ in terms)
        for headings in {found.headings for found in pool.sentences}
    }
    return np.array([_words_score(found, terms, own, headed[found.headings]) for found in pool.sentences])


def _words_score(found: Pooled, terms: Sequence[tuple[str, str]], own: str, headed: bool) -> float:
    # A sign such as "$" has no stem.
    hits = sum(wanted in found.stems if wanted.strip() else term in found.text for wanted, term in terms)
    in_words = own in found.stems
    if not (hits or headed or in_words):
        return -np.inf
    score = FIRST_TERM + NEXT_TERM * (min(hits, MOST_TERMS) - 1) if hits else 0.0
    return score + HEADED * headed + OWN_WORDS * in_words


def on_aspect(scores: Scores, rivals: Scores, least: float, margin: float) -> NDArray[np.bool_]:
    """Tell which sentences are on which aspects.

    Args:
        scores: Of the aspects, shape `(sentences, aspects)`.
        rivals: Of all aspects that are known, shape `(sentences, any)`: a sentence belongs where it fits best.
        least: A lower score is not on any aspect.
        margin: By how much another aspect may fit better.
    """
    best = np.max(np.concatenate([scores, rivals], axis=1), axis=1, keepdims=True)
    return np.array((scores >= least) & (scores >= best - margin))


def merit(found: Pooled) -> float:
    """Give what a sentence has for itself whatever the aspect: where it comes from, and how plainly it speaks."""
    about = found.about
    compares = about.named and len(about.subjects) > 1 and _CONTRAST.search(found.text) is not None
    return (
        _weight(found.evidence.document)
        + NAMED_BONUS * about.named
        + COMPARING_BONUS * compares
        - LONG_MALUS * max(0, len(found.text.split()) - LONG)
        - PLAN_MALUS * (_PLAN.search(found.text) is not None)
    )


def _weight(document: Document) -> float:
    return _WEIGHTS.get(document.source_type, 0.0) - COMMERCIAL_MALUS * document.commercial
