"""From sentences and aspects to the rows of a table, before any is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.comparing.choosing import Row
from assistant.comparing.fitting import Fitting
from assistant.comparing.learning import learned_aspects
from assistant.comparing.pool import Aspect, Pool, scored
from assistant.comparing.relevance import Scores, centrality, merit, on_aspect, relevance
from assistant.evidence import Evidence
from corpus.library import Library

OVERALL = "Overall"
# Where fewer rows than this speak of two subjects, the known aspects are not those of this library.
FEWEST_ROWS = 2
# A subject of which fewer rows speak gets a row for what else is said.
FEWEST_CELLS = 2
# By how much another aspect may fit a sentence better.
OWN_MARGIN = 0.0
# What a sentence must score to be on an aspect, whose word it or its heading has, if nobody asked for it.
OWN_LEAST = 1.2
# Cosine to the description below which a word of an aspect means something else: "culture" in archaeology.
OWN_LEAST_SIMILARITY = 0.1


def rows_by_name(pool: Pool, subjects: int, asked: Sequence[Aspect], fitting: Fitting) -> list[Row]:
    """Give the rows that a reader asked for, empty ones too.

    Args:
        pool: The sentences.
        subjects: How many there are.
        asked: The rows' aspects.
        fitting: Scores sentences for them.
    """
    fit = fitting.fit(pool)
    rows = _rows(pool, subjects, asked, fit.scores, fit.speaks)
    further = _rows(pool, subjects, asked, fit.scores, fit.may)
    return [_filled(row, other) for row, other in zip(rows, further, strict=True)]


def rows_by_evidence(
    pool: Pool, subjects: Sequence[str], known: Sequence[Aspect], fitting: Fitting, library: Library
) -> list[Row]:
    """Give the rows of which the sources speak: known aspects where they fit, otherwise what the subjects share.

    Args:
        pool: The sentences.
        subjects: As the reader wrote them.
        known: The known aspects.
        fitting: Scores sentences for what the question says beside its subjects.
        library: Tells how common a word is, and embeds.
    """
    if not pool.sentences:
        return []
    context = fitting.context(pool)
    rows = _best_fitting(pool, len(subjects), known, context, library)
    if _shared(rows) < FEWEST_ROWS:
        learned = learned_aspects(pool, subjects, library)
        rows = max(rows, _best_fitting(pool, len(subjects), learned, context, library), key=_shared)
    few = any(sum(bool(row.cells[place]) for row in rows) < FEWEST_CELLS for place in range(len(subjects)))
    if few or fitting.has_context:
        overall = _overall(pool, len(subjects), context, rows)
        rows.append(replace(overall, is_asked=fitting.has_context))
    return rows


def _filled(row: Row, other: Row) -> Row:
    """Fill the cells of a row that are empty from another."""
    cells = tuple(cell or further for cell, further in zip(row.cells, other.cells, strict=True))
    return replace(row, cells=cells)


def _overall(pool: Pool, subjects: int, context: Scores, rows: Sequence[Row]) -> Row:
    """Give what names a subject and fits no row: a subject of which the rows say little still has a word."""
    placed = {evidence.main for row in rows for cell in row.cells for evidence in cell}
    left = np.array([s.about.named and s.evidence.main not in placed for s in pool.sentences], dtype=bool)
    return Row(OVERALL, _cells(pool, subjects, centrality(pool, left) + context, left))


def _best_fitting(
    pool: Pool, subjects: int, aspects: Sequence[Aspect], context: Scores, library: Library
) -> list[Row]:
    """Put each sentence into the row that it fits best."""
    if not aspects:
        return []
    scores = relevance(pool, aspects, library.fulltext.terms, OWN_LEAST_SIMILARITY)
    fits = on_aspect(scores, scores, OWN_LEAST, OWN_MARGIN)
    return _rows(pool, subjects, aspects, scores + context[:, None], fits)


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
