"""From sentences and aspects to the rows of a table, before any is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.comparing.choosing import Row
from assistant.comparing.learning import learned_aspects
from assistant.comparing.pool import Aspect, Pool, Stems, scored
from assistant.comparing.relevance import Scores, centrality, merit, on_aspect, relevance
from assistant.evidence import Evidence
from corpus.library import Library

OVERALL = "Overall"
# Where fewer rows than this speak of two subjects, the known aspects are not those of this library.
FEWEST_ROWS = 2
# A subject of which fewer rows speak gets a row for what else is said.
FEWEST_CELLS = 2
# By how much another aspect may fit a sentence better: not at all where the rows are ours to choose.
OWN_MARGIN = 0.0
NAMED_MARGIN = 2.5
# What a sentence must score to be on an aspect, whose word it or its heading has: more where nobody asked for it.
OWN_LEAST = 1.2
# Cosine to the description below which a word of an aspect means something else: "culture" in archaeology.
OWN_LEAST_SIMILARITY = 0.1
NAMED_LEAST = 0.5


def rows_by_name(
    pool: Pool, subjects: int, asked: Sequence[Aspect], rivals: Sequence[Aspect], stems: Stems
) -> list[Row]:
    """Give the rows that a reader asked for, empty ones too.

    Args:
        pool: The sentences.
        subjects: How many there are.
        asked: The rows' aspects.
        rivals: Other aspects, which a sentence may fit better.
        stems: Gives the stems of a text.
    """
    scores = relevance(pool, asked, stems)
    other = relevance(pool, rivals, stems) if rivals else np.full((len(pool.sentences), 1), -np.inf)
    return _rows(pool, subjects, asked, scores, on_aspect(scores, other, NAMED_LEAST, NAMED_MARGIN))


def rows_by_evidence(
    pool: Pool, subjects: Sequence[str], known: Sequence[Aspect], library: Library
) -> list[Row]:
    """Give the rows of which the sources speak: known aspects where they fit, otherwise what the subjects share.

    Args:
        pool: The sentences.
        subjects: As the reader wrote them.
        known: The known aspects.
        library: Tells how common a word is, and embeds.
    """
    rows = _best_fitting(pool, len(subjects), known, library)
    if _shared(rows) < FEWEST_ROWS:
        learned = learned_aspects(pool, subjects, library)
        rows = max(rows, _best_fitting(pool, len(subjects), learned, library), key=_shared)
    if any(sum(bool(row.cells[place]) for row in rows) < FEWEST_CELLS for place in range(len(subjects))):
        rows.append(_overall(pool, len(subjects), rows))
    return rows


def _overall(pool: Pool, subjects: int, rows: Sequence[Row]) -> Row:
    """Give what names a subject and fits no row: a subject of which the rows say little still has a word."""
    placed = {evidence.main for row in rows for cell in row.cells for evidence in cell}
    left = np.array([s.about.named and s.evidence.main not in placed for s in pool.sentences], dtype=bool)
    return Row(OVERALL, _cells(pool, subjects, centrality(pool, left), left))


def _best_fitting(pool: Pool, subjects: int, aspects: Sequence[Aspect], library: Library) -> list[Row]:
    """Put each sentence into the row that it fits best."""
    if not aspects:
        return []
    scores = relevance(pool, aspects, library.fulltext.terms, OWN_LEAST_SIMILARITY)
    return _rows(pool, subjects, aspects, scores, on_aspect(scores, scores, OWN_LEAST, OWN_MARGIN))


def _shared(rows: Sequence[Row]) -> int:
    """Count the rows that have something for two subjects or more."""
    return sum(row.filled > 1 for row in rows)


def _rows(
    pool: Pool, subjects: int, aspects: Sequence[Aspect], scores: Scores, fits: NDArray[np.bool_]
) -> list[Row]:
    return [
        Row(
            aspect.known.name,
            _cells(pool, subjects, scores[:, column] + centrality(pool, fits[:, column]), fits[:, column]),
        )
        for column, aspect in enumerate(aspects)
    ]


def _cells(
    pool: Pool, subjects: int, scores: Scores, fits: NDArray[np.bool_]
) -> tuple[tuple[Evidence, ...], ...]:
    found = [
        (pooled, scored(pooled, float(score) + merit(pooled)))
        for pooled, score, fit in zip(pool.sentences, scores, fits, strict=True)
        if fit
    ]
    found.sort(key=lambda pair: -pair[1].score)
    return tuple(
        tuple(evidence for pooled, evidence in found if subject in pooled.about.subjects)
        for subject in range(subjects)
    )
