"""Ingest, size and speed over real articles: documents and passages a second, memory, bytes, p50 and p95."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant import Assistant
from corpus.settings import Settings
from tests.benchmarks.inputs import PLOS, plos_questions, require

QUESTIONS = 200
ROUNDS = 3


def main() -> None:
    """Print one table."""
    require(PLOS)
    table = Table("measure", "value", title="90 PLOS articles")
    with tempfile.TemporaryDirectory() as scratch:
        library = Path(scratch) / "library"
        first, again = _ingest(library), _ingest(library)
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        with Assistant.open(library, Settings()) as assistant:
            documents, passages = assistant.library.catalogue.counts()
            size = sum(path.stat().st_size for path in library.rglob("*") if path.is_file())
            table.add_row("ingested", f"{documents} documents, {passages} passages in {first:.0f} s")
            table.add_row("a second", f"{documents / first:.2f} documents, {passages / first:.1f} passages")
            table.add_row("ingested again, unchanged", f"{again:.1f} s, start of the program included")
            table.add_row("peak memory of ingest", f"{megabytes:.0f} MB")
            table.add_row("library", f"{size / 1e6:.1f} MB, {size / passages / 1000:.1f} kB a passage")
            questions = plos_questions(QUESTIONS)
            table.add_row("search", _percentiles(lambda q: assistant.search(q, 10), questions))
            table.add_row("ask", _percentiles(assistant.ask, questions))
    Console().print(table)


def _ingest(library: Path) -> float:
    begun = time.perf_counter()
    command = [str(Path(sys.executable).with_name("loccit")), "ingest", str(PLOS), "--library", str(library)]
    subprocess.run(command, check=True)
    return time.perf_counter() - begun


def _percentiles(run: Callable[[str], object], questions: Sequence[str]) -> str:
    """Time every question, after one round that warms up, and give the spread over rounds."""
    for question in questions[:20]:
        run(question)
    medians, tails = [], []
    for _ in range(ROUNDS):
        taken = []
        for question in questions:
            begun = time.perf_counter()
            run(question)
            taken.append((time.perf_counter() - begun) * 1000)
        medians.append(np.percentile(taken, 50))
        tails.append(np.percentile(taken, 95))
    return (
        f"p50 {np.median(medians):.1f} ms ({min(medians):.1f} to {max(medians):.1f}), "
        f"p95 {np.median(tails):.1f} ms ({min(tails):.1f} to {max(tails):.1f})"
    )


if __name__ == "__main__":
    main()
