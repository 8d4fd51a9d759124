"""Claim checking: paraphrases of sentences must be supported, the same with one thing changed must not.

The claims are made by rule from the starter corpus and, where they are, from forty PLOS articles. `ARGS='--show 3'`
prints the first wrong cases of each kind.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.answer import Verdict
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest
from tests.benchmarks.inputs import articles
from tests.perturbing.changing import Change
from tests.perturbing.claims import Pair, make_pairs
from tests.perturbing.judging import Judged, judge
from tests.perturbing.sentences import Sentences

TRUE_CLAIMS = 200
ARTICLES = 40
PLOS_DOI = "doi:10.1371/"
RESAMPLES = 10_000
WIDTH = 120


def main() -> None:
    """Print the tables for the one source and for the whole library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print the first N wrong cases of each kind"
    )
    show = parser.parse_args().show
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(os.environ.get("LOCCIT_BENCH_FOLDER", scratch)) / "claims"
        pools = _ingest(folder)
        with Assistant.open(folder, Settings()) as assistant:
            sentences = Sentences.of(assistant.library)
            pairs = [p for pool in pools for p in make_pairs(sentences, pool, TRUE_CLAIMS // len(pools))]
            for title, whole in (("Against the source document", False), ("Against the whole library", True)):
                _report(title, assistant, pairs, whole_library=whole, show=show)


def _ingest(folder: Path) -> list[list[str]]:
    """Make the library unless it is there; give the documents of the starter corpus and those of the articles."""
    with Library(folder, Settings(), create=True) as library:
        ingest = Ingest(library)
        ingest.starter()
        ingest.paths(articles(ARTICLES))
        documents = [summary.document_id for summary in library.documents()]
    starter = [name for name in documents if not name.startswith(PLOS_DOI)]
    return [pool for pool in (starter, [name for name in documents if name.startswith(PLOS_DOI)]) if pool]


def _report(
    title: str, assistant: Assistant, pairs: Sequence[Pair], *, whole_library: bool, show: int
) -> None:
    begun = time.perf_counter()
    judged = [judge(assistant, pair, whole_library=whole_library) for pair in pairs]
    checks = sum(1 + len(pair.changed) for pair in pairs)
    console = Console(width=max(Console().width, WIDTH))
    console.print(_verdicts(title, judged))
    console.print(_rules(title, judged))
    table = _accuracies(title, judged)
    table.caption = f"{checks} checks, {(time.perf_counter() - begun) / checks * 1000:.0f} ms each"
    console.print(table)
    if show:
        _show(console, judged, show)


def _verdicts(title: str, judged: Sequence[Judged]) -> Table:
    """Count the verdicts on the true claims and on each kind of change."""
    table = Table("claims", "number", *(verdict.value for verdict in Verdict), title=f"{title}: verdicts")
    rows = {"true": [found.true for found in judged]}
    rows |= {f"{c} changed": [f.changed[c] for f in judged if c in f.changed] for c in Change}
    for name, verdicts in rows.items():
        counted = Counter(verdicts)
        table.add_row(
            name, str(len(verdicts)), *(f"{counted[v]} ({counted[v] / len(verdicts):.0%})" for v in Verdict)
        )
    return table


def _rules(title: str, judged: Sequence[Judged]) -> Table:
    """Count, for each rule that made true claims, how many of these are supported: which are seen through."""
    table = Table("rule", "claims", "supported", title=f"{title}: true claims by rule")
    applied = Counter(rule for found in judged for rule in found.pair.true.rules)
    for rule, claims in applied.most_common():
        supported = sum(rule in f.pair.true.rules and f.true is Verdict.SUPPORTED for f in judged)
        table.add_row(rule, str(claims), f"{supported / claims:.0%}")
    return table


def _accuracies(title: str, judged: Sequence[Judged]) -> Table:
    """Count, for each kind of change, true claims supported and changed ones not; strictly, contradicted."""
    table = Table(title=f"{title}: accuracy")
    for column in ("change", "pairs", "true", "changed", "accuracy", "strict", "strict accuracy"):
        table.add_column(column, no_wrap=True)
    for change in Change:
        of_kind = [found for found in judged if change in found.changed]
        true = np.array([found.true is Verdict.SUPPORTED for found in of_kind], dtype=float)
        refused = np.array([f.changed[change] is not Verdict.SUPPORTED for f in of_kind], dtype=float)
        strict = np.array([f.changed[change] is Verdict.CONTRADICTED for f in of_kind], dtype=float)
        table.add_row(
            change.value,
            str(len(of_kind)),
            f"{true.mean():.3f}",
            f"{refused.mean():.3f}",
            _with_interval((true + refused) / 2),
            f"{strict.mean():.3f}",
            _with_interval((true + strict) / 2),
        )
    return table


def _with_interval(values: NDArray[np.float64]) -> str:
    """Give the mean and its bootstrap interval (percentile method), pairs drawn anew."""
    generator = np.random.default_rng(0)
    samples = generator.choice(values, (RESAMPLES, len(values))).mean(axis=1)
    low, high = np.percentile(samples, [2.5, 97.5])
    return f"{values.mean():.3f} [{low:.3f}, {high:.3f}]"


def _show(console: Console, judged: Sequence[Judged], most: int) -> None:
    """Print the first wrong cases: true claims not supported, and changed ones supported."""
    wrong = [found for found in judged if found.true is not Verdict.SUPPORTED]
    for found in wrong[:most]:
        _print_case(console, "true", found, found.pair.true.text, found.true)
    for change in Change:
        cases = [
            (found, changed)
            for found in judged
            for changed in found.pair.changed
            if changed.change is change and found.changed[change] is Verdict.SUPPORTED
        ]
        for found, changed in cases[:most]:
            _print_case(
                console, f"{change}, {changed.was} → {changed.now}", found, changed.text, Verdict.SUPPORTED
            )


def _print_case(console: Console, name: str, found: Judged, text: str, verdict: Verdict) -> None:
    console.print(f"[{name}] {verdict.value} ({found.pair.source.document_id})", markup=False, style="bold")
    console.print(f"  source: {found.pair.source.text}\n  claim:  {text}", markup=False)


if __name__ == "__main__":
    main()
