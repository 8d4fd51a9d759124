"""Retrieval quality: BM25 alone, vectors alone and the product's, with paired bootstrap intervals."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from assistant.retrieval import CANDIDATES, Retrieval
from corpus.settings import Settings
from tests.benchmarks.inputs import PLOS, PUBMEDQA, RetrievalSet, plos_bodies, pubmedqa, require

DEPTH = 10
PLOS_QUERIES = 778
RESAMPLES = 10_000


def main() -> None:
    """Print both tables."""
    require(PLOS, PUBMEDQA)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(os.environ.get("LOCCIT_BENCH_FOLDER", scratch))
        settings = Settings()
        _report(pubmedqa(folder, settings))
        _report(plos_bodies(folder, settings, PLOS_QUERIES))


def _report(given: RetrievalSet) -> None:
    library, retrieval = given.library, Retrieval(given.library)
    systems: dict[str, Callable[[str], list[str]]] = {
        "BM25": lambda q: [hit.index_id for hit in library.search_fulltext(q, CANDIDATES)],
        "vectors": lambda q: [
            hit.index_id for hit in library.search_vectors(library.encoder.encode_query(q), CANDIDATES)
        ],
        "Loccit": lambda q: [ranked.stored.index_id for ranked in retrieval.passages(q, CANDIDATES)],
    }
    ranks = {name: _reciprocal_ranks(find, given.relevant) for name, find in systems.items()}
    table = Table("", "recall@1", "MRR@10", "Loccit's MRR@10 less this, 95 % interval", title=given.name)
    for name, values in ranks.items():
        low, high = _interval(ranks["Loccit"] - values)
        difference = (
            "" if name == "Loccit" else f"{(ranks['Loccit'] - values).mean():+.4f} [{low:+.4f}, {high:+.4f}]"
        )
        table.add_row(name, f"{(values == 1).mean():.3f}", f"{values.mean():.4f}", difference)
    table.caption = f"{len(given.relevant)} queries, {library.catalogue.counts()[1]} passages"
    Console().print(table)


def _reciprocal_ranks(
    find: Callable[[str], list[str]], relevant: Sequence[tuple[str, str]]
) -> NDArray[np.float64]:
    """Give each query's reciprocal rank of its document among the first ten, 0 if it is not there."""
    values = []
    for query, document_id in relevant:
        documents = list(dict.fromkeys(name.rpartition("@")[0] for name in find(query)))[:DEPTH]
        values.append(1 / (documents.index(document_id) + 1) if document_id in documents else 0.0)
    return np.array(values)


def _interval(differences: NDArray[np.float64]) -> tuple[float, float]:
    """Bootstrap the mean of paired differences (percentile method)."""
    generator = np.random.default_rng(0)
    samples = generator.choice(differences, (RESAMPLES, len(differences))).mean(axis=1)
    low, high = np.percentile(samples, [2.5, 97.5])
    return float(low), float(high)


if __name__ == "__main__":
    main()
