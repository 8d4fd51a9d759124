"""How much a library says in each respect in which readers ask: where the evidence is thin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.comparing.pool import Aspect
from corpus.document import Passage
from corpus.fulltext import Wanted
from corpus.library import Library
from corpus.rows import StoredPassage
from corpus.runtimes.runtime import Vectors

# Below this cosine of a sentence to an aspect's description, its words mean something else there.
LEAST_SIMILARITY = 0.2
# With no more sources a reader can hardly tell agreement from chance.
FEW_SOURCES, FEW_PASSAGES = 3, 10
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a library says of one aspect; documents that were retracted do not count.

    Attributes:
        aspect: Its name.
        description: What it is about.
        passages: How many passages speak to it.
        sources: How many documents these are from.
        newest: The year of the newest of them.
        best: The passages that are nearest to it.
    """

    aspect: str
    description: str
    passages: int
    sources: int
    newest: int | None
    best: tuple[Passage, ...]

    @property
    def is_thin(self) -> bool:
        """Whether few sources or few passages speak to it, or none."""
        return self.sources <= FEW_SOURCES or self.passages <= FEW_PASSAGES


def coverage(library: Library, aspects: Sequence[Aspect]) -> tuple[Coverage, ...]:
    """Count what speaks to each aspect, the least known first.

    A passage speaks to an aspect if it has one of the aspect's words, and a sentence near to its description.

    Args:
        library: The library.
        aspects: Respects in which readers ask.
    """
    speaking: list[list[tuple[float, Passage]]] = [[] for _ in aspects]
    with library.snapshot():
        years = {one.document_id: one.year for one in library.documents() if not one.retracted}
        worded = [_worded(library, aspect) for aspect in aspects]
        for stored in _passages(library, years):
            similarity = _similarity(stored, aspects)
            for number, names in enumerate(worded):
                if similarity[number] >= LEAST_SIMILARITY and stored.index_id in names:
                    speaking[number].append((float(similarity[number]), stored.passage))
    covered = [_counted(aspect, found, years) for aspect, found in zip(aspects, speaking, strict=True)]
    return tuple(sorted(covered, key=lambda one: (one.sources, one.passages, one.aspect)))


def _passages(library: Library, document_ids: Iterable[str]) -> Iterator[StoredPassage]:
    for document_id in document_ids:
        for stored in library.passages_of(document_id):
            if stored.passage.sentences:
                yield stored


def _similarity(stored: StoredPassage, aspects: Sequence[Aspect]) -> Vectors:
    """Give how near the nearest sentence of a passage is to each aspect, shape `(aspects,)`."""
    vectors = np.stack([aspect.vector for aspect in aspects])
    return np.asarray((stored.sentence_vectors @ vectors.T).max(axis=0))


def _worded(library: Library, aspect: Aspect) -> frozenset[str]:
    """Name the passages that have a word of an aspect, as the indexes name them."""
    phrases = {tuple(library.fulltext.terms(term)) for term in (aspect.known.name, *aspect.known.terms)}
    # A sign such as "$" has no stem.
    wanted = [Wanted(phrase) for phrase in sorted(phrases) if phrase]
    return frozenset(hit.index_id for hit in library.search_fulltext(wanted, library.catalogue.counts()[1]))


def _counted(
    aspect: Aspect, speaking: Sequence[tuple[float, Passage]], years: Mapping[str, int | None]
) -> Coverage:
    sources = {passage.document_id for _, passage in speaking}
    nearest = sorted(speaking, key=lambda found: (-found[0], found[1].id))
    return Coverage(
        aspect=aspect.known.name,
        description=aspect.known.description,
        passages=len(speaking),
        sources=len(sources),
        newest=max((year for source in sources if (year := years[source])), default=None),
        best=tuple(passage for _, passage in nearest[:SHOWN]),
    )
