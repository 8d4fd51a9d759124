"""Hybrid retrieval: full text and vectors find passages, their sentences decide; what comes out is evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.catalogue import Filter, StoredPassage
from corpus.fulltext import Wanted
from corpus.library import Library
from corpus.runtimes.runtime import Vectors

# How many passages each index is asked for.
CANDIDATES = 60
# Reciprocal rank fusion, Cormack, Clarke and Büttcher 2009.
RRF_K = 60
# Two rankings are semantic and one lexical: words weigh as much as meaning (best on both retrieval sets).
LEXICAL_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage as retrieval ranks it.

    Attributes:
        stored: The passage with its sentence vectors.
        score: Fused score; compares within one question only.
        similarities: Cosine of each sentence to the question, shape `(sentences,)`.
    """

    stored: StoredPassage
    score: float
    similarities: Vectors


class Retrieval:
    """Finds what a library says about a question. Safe across threads."""

    def __init__(self, library: Library) -> None:
        """Retrieve from `library`."""
        self._library = library

    def passages(
        self,
        question: str,
        k: int,
        within: Filter | None = None,
        wanted: Sequence[Wanted] | None = None,
    ) -> list[RankedPassage]:
        """Rank passages for a question.

        Three rankings are fused by reciprocal rank: BM25, the passage's vector, and its best sentence's vector.

        Args:
            question: Plain words.
            k: How many passages at the most.
            within: What narrows the search.
            wanted: What full text looks for; without it, the words of the question.

        Returns:
            Passages, best first; those of retracted documents rank behind all others.
        """
        vector = self._library.encoder.encode_query(question)
        most = max(k, CANDIDATES)
        sought = question if wanted is None else wanted
        lexical = [hit.index_id for hit in self._library.search_fulltext(sought, most, within)]
        semantic = [hit.index_id for hit in self._library.search_vectors(vector, most, within)]
        found = self._library.passages(list(dict.fromkeys([*lexical, *semantic])))
        similarities = {
            name: passage.sentence_vectors @ vector
            for name, passage in found.items()
            if passage.passage.sentences
        }
        sentential = sorted(similarities, key=lambda name: -float(similarities[name].max()))
        scores = fused(((LEXICAL_WEIGHT, lexical), (1, semantic), (1, sentential)))
        ranked = [
            RankedPassage(found[name], score, similarities[name])
            for name, score in scores.items()
            if name in similarities
        ]
        retracted = self._library.retracted_ids()
        return sorted(
            ranked,
            key=lambda passage: (passage.stored.passage.document_id in retracted, -passage.score),
        )[:k]


def fused(rankings: Iterable[tuple[float, Sequence[str]]]) -> dict[str, float]:
    """Fuse weighted rankings by reciprocal rank.

    Args:
        rankings: Each with its weight; an item may be missing from some.

    Returns:
        Each item's score: the sum of weight / (60 + rank) over the rankings that have it.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    for weight, ranking in rankings:
        for rank, name in enumerate(ranking, start=1):
            scores[name] += weight / (RRF_K + rank)
    return dict(scores)
