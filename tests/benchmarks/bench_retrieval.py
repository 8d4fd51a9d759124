"""Retrieval quality: BM25 alone, vectors alone, LlamaIndex's fusion of the two, and Loccit's.

Each set is cut in halves by a fixed shuffle of its documents: what is tuned is tuned on the one, and the other counts.
`ARGS=--expand` also runs Loccit as it answers questions, with other names and plain words for the question's.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import BaseRetriever, QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from assistant.concepts import Concepts
from assistant.evaluation.resampling import Resamples, interval
from assistant.question import understand
from assistant.question.background import Backgrounds
from assistant.retrieval import CANDIDATES, Retrieval
from corpus.fulltext import Hit
from corpus.library import Library
from corpus.settings import Settings
from tests.benchmarks.inputs import PLOS, PUBMEDQA, RetrievalSet, plos_bodies, pubmedqa, require

DEPTH = 10
PLOS_QUERIES = 778
HALVES_SEED = 3
OURS = "Loccit"

Values = NDArray[np.float64]
# Gives the index ids of passages for a query, best first.
System = Callable[[str], list[str]]


class Measures(NamedTuple):
    """What a system gains at each query. As one document is relevant, its rank says all."""

    recall: Values
    reciprocal_rank: Values
    ndcg: Values


@dataclass(frozen=True, slots=True)
class Half:
    """Some queries of a set, by their places in it, with the document that is relevant to each."""

    name: str
    places: NDArray[np.int64]
    documents: tuple[str, ...]


def main() -> None:
    """Print a table for each half of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--expand", action="store_true", help="also run Loccit with other names and plain words"
    )
    expand = parser.parse_args().expand
    require(PLOS, PUBMEDQA)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(os.environ.get("LOCCIT_BENCH_FOLDER", scratch))
        settings = Settings()
        _report(pubmedqa(folder, settings), expand=expand)
        _report(plos_bodies(folder, settings, PLOS_QUERIES), expand=expand)


def _report(given: RetrievalSet, *, expand: bool) -> None:
    systems = _systems(given.library)
    if expand:
        systems["Loccit, expanded"] = _expanded(given.library)
    measured = {name: _measures(_ranks(find, given.relevant)) for name, find in systems.items()}
    passages = given.library.catalogue.counts()[1]
    for half in _halves(given.relevant):
        title = f"{given.name}: {half.name}, {len(half.places)} queries, {passages} passages"
        Console().print(_table(title, half, measured))


def _systems(library: Library) -> dict[str, System]:
    retrieval = Retrieval(library)

    def by_words(query: str) -> list[Hit]:
        return library.search_fulltext(query, CANDIDATES)

    def by_vectors(query: str) -> list[Hit]:
        return library.search_vectors(library.encoder.encode_query(query), CANDIDATES)

    fusion = QueryFusionRetriever(
        [_HitRetriever(by_words), _HitRetriever(by_vectors)],
        llm=MockLLM(),
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=CANDIDATES,
        # The query alone: the language model is never asked for others.
        num_queries=1,
        use_async=False,
    )
    return {
        "BM25": lambda query: [hit.index_id for hit in by_words(query)],
        "vectors": lambda query: [hit.index_id for hit in by_vectors(query)],
        "LlamaIndex's fusion": lambda query: [found.node.node_id for found in fusion.retrieve(query)],
        OURS: lambda query: [found.stored.index_id for found in retrieval.passages(query, CANDIDATES)],
    }


class _HitRetriever(BaseRetriever):
    """Gives an index's hits as LlamaIndex's nodes; fusion needs no more than which they are and their scores."""

    def __init__(self, find: Callable[[str], list[Hit]]) -> None:
        super().__init__()
        self._find = find

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            NodeWithScore(node=TextNode(id_=hit.index_id, text=hit.index_id), score=hit.score)
            for hit in self._find(query_bundle.query_str)
        ]


def _expanded(library: Library) -> System:
    """Retrieve as for a question that is to be answered."""
    retrieval, backgrounds = Retrieval(library), Backgrounds(library)
    passages = library.catalogue.counts()[1]

    def find(query: str) -> list[str]:
        question = understand(query, (), backgrounds.latest)
        wanted = Concepts(question, library.fulltext, passages).wanted
        ranked = retrieval.passages(question.query, CANDIDATES, wanted=wanted)
        return [found.stored.index_id for found in ranked]

    return find


def _ranks(find: System, relevant: Sequence[tuple[str, str]]) -> Values:
    """Give the rank of each query's document, counted from 1, by its best passage; infinite if not in the first ten."""
    ranks = []
    for query, document_id in relevant:
        documents = list(dict.fromkeys(name.rpartition("@")[0] for name in find(query)))[:DEPTH]
        ranks.append(documents.index(document_id) + 1 if document_id in documents else np.inf)
    return np.array(ranks)


def _measures(ranks: Values) -> Measures:
    """Give recall@1, reciprocal rank and nDCG (Järvelin and Kekäläinen 2002), the latter two within the first ten."""
    return Measures((ranks == 1).astype(np.float64), 1 / ranks, 1 / np.log2(1 + ranks))


def _halves(relevant: Sequence[tuple[str, str]]) -> list[Half]:
    """Cut by documents, so that no paper is both tuned on and held out."""
    documents = sorted({document_id for _, document_id in relevant})
    random.Random(HALVES_SEED).shuffle(documents)
    middle = len(documents) // 2
    return [
        _half("tuned", relevant, set(documents[:middle])),
        _half("held out", relevant, set(documents[middle:])),
    ]


def _half(name: str, relevant: Sequence[tuple[str, str]], chosen: Collection[str]) -> Half:
    places = [place for place, (_, document_id) in enumerate(relevant) if document_id in chosen]
    return Half(name, np.array(places), tuple(relevant[place][1] for place in places))


def _table(title: str, half: Half, measured: dict[str, Measures]) -> Table:
    table = Table("", "recall@1", "MRR@10", "nDCG@10", title=title)
    table.add_column("Loccit's recall@1 less this")
    table.add_column("Loccit's MRR@10 less this")
    ours = measured[OURS]
    for name, theirs in measured.items():
        means = [f"{values[half.places].mean():.4f}" for values in theirs]
        ahead = (ours.recall - theirs.recall, ours.reciprocal_rank - theirs.reciprocal_rank)
        table.add_row(name, *means, *("" if name == OURS else _difference(half, values) for values in ahead))
    return table


def _difference(half: Half, differences: Values) -> str:
    """Give the mean of paired differences, with its 95 % interval by bootstrap.

    Papers are drawn, each with all of its queries: the sentences of one abstract are no independent queries.
    """
    documents, owners = np.unique(half.documents, return_inverse=True)
    gained, queries = (
        np.bincount(owners, weights=weights).astype(np.float64)[:, np.newaxis]
        for weights in (differences[half.places], np.ones(len(owners)))
    )
    found = interval(Resamples(len(documents)).shares(gained, queries))
    assert found, "every resample has queries"
    return f"{differences[half.places].mean():+.4f} [{found.low:+.4f}, {found.high:+.4f}]"


if __name__ == "__main__":
    main()
