"""Statements in a writer's own words: how many true ones a reader gets as supported, and how many faulty ones.

Run it from the repository's root: `python -m tests.benchmarks.bench_statements`. Each half of the statements is judged
by a scale that was fitted to the other half. `--fit` prints the scale fitted to all of them, which the code has;
`--show 5` the first wrong cases of each kind.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.answer import Verdict
from assistant.composing.generative.holding import Judging, quoted, support
from assistant.verification import judge
from assistant.verification.meaning import Meanings
from assistant.verification.meaning.likeness import Scale
from assistant.verification.meaning.meaning import SCALE
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest
from tests.benchmarks.fitting import Measured, fit, measured, rate, supporting
from tests.benchmarks.statements import MIXTURE, Case, Fault, cases

WIDTH = 150
KINDS: tuple[Fault | None, ...] = (None, *Fault)
HALVES = ("a", "b")
# Shares of three hundred faulty statements that may be supported.
LIMITS = (0.004, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05)
ALL_ODDS = np.round(np.arange(-4, 8, 0.05), 2)
OUTCOMES = ("supported", "partial", "withdrawn")

Outcomes = Mapping[Case, str]


def main() -> None:
    """Print what readers get, and the trade-off between what is withheld and what passes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--fit", action="store_true", help="print the scale fitted to all statements, and no more"
    )
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print the first N wrong cases of a kind"
    )
    chosen = parser.parse_args()
    console = Console(width=WIDTH)
    with (
        tempfile.TemporaryDirectory() as scratch,
        Library(Path(scratch) / "starter", Settings(), create=True) as library,
    ):
        Ingest(library).starter()
        meanings = Meanings.of(library)
        if meanings is None:
            parser.error(
                "the scale holds for the default embedding model alone; unset LOCCIT_EMBEDDING_MODEL"
            )
        with library.snapshot():
            all_ = measured(cases(library), meanings)
        if chosen.fit:
            console.print(fit(all_))
        else:
            _report(console, all_, meanings, chosen.show)


def _report(console: Console, all_: Sequence[Measured], meanings: Meanings, show: int) -> None:
    halves = {half: [one for one in all_ if one.case.half == half] for half in HALVES}
    scales = {half: fit([one for one in all_ if one.case.half != half]) for half in HALVES}
    console.print(_reached("By rules alone", {one.case: _outcome(one.case, judge) for one in all_}))
    crossed = {
        half: {
            one.case: _outcome(one.case, _judging(one.case, meanings, scales[half])) for one in halves[half]
        }
        for half in HALVES
    }
    for half in HALVES:
        console.print(_reached(f"With meaning: half {half}, by the scale of the other half", crossed[half]))
    console.print(_reached("Both halves, each by the scale of the other", {**crossed["a"], **crossed["b"]}))
    shipped = {one.case: _outcome(one.case, _judging(one.case, meanings, SCALE)) for one in all_}
    console.print(_reached("Both halves by the scale that the code has", shipped))
    console.print(_curve(all_))
    times = [one.milliseconds for one in all_ if one.opinion]
    console.print(f"A statement: {np.median(times):.1f} ms (median), {np.percentile(times, 95):.1f} ms (p95)")
    _show(console, shipped, show)


def _judging(case: Case, meanings: Meanings, scale: Scale) -> Judging:
    return partial(judge, meaning=meanings.among((quoted(found).text for found in case.found), scale))


def _outcome(case: Case, judging: Judging) -> str:
    """Tell as what a reader gets a statement."""
    found = support(case.text, [case.cited] if case.cited else [], judging)
    if not found.stands:
        return "withdrawn"
    return "supported" if found.verdict is Verdict.SUPPORTED else "partial"


def _reached(title: str, outcomes: Outcomes) -> Table:
    """Count as what statements reach a reader, by what is wrong with them; and the faulty ones of three hundred."""
    table = Table("statements", "number", *OUTCOMES, title=title)
    shares: dict[Fault | None, Counter[str]] = {}
    for kind in KINDS:
        counted = shares[kind] = Counter(outcome for case, outcome in outcomes.items() if case.fault is kind)
        cells = (f"{counted[outcome]} ({counted[outcome] / counted.total():.1%})" for outcome in OUTCOMES)
        table.add_row(_name(kind), str(counted.total()), *cells)
    total = sum(MIXTURE.values())
    mixed = {o: sum(n * shares[k][o] / shares[k].total() for k, n in MIXTURE.items()) for o in OUTCOMES}
    table.add_row(
        "of 300 faulty", str(total), *(f"{mixed[o]:.1f} ({mixed[o] / total:.1%})" for o in OUTCOMES)
    )
    return table


def _curve(all_: Sequence[Measured]) -> Table:
    """Tell how many statements of each kind are supported, for each share of faulty ones that may be."""
    table = Table("faulty, at most", "odds", *map(_name, KINDS), title="Curve: all by a scale fitted to all")
    fitted = fit(all_)
    for limit in LIMITS:
        scale = supporting(all_, fitted, limit, {}, ALL_ODDS)
        rates = (f"{rate(all_, scale, kind):.1%}" for kind in KINDS)
        table.add_row(f"{limit:.1%}", f"{scale.supporting:.2f}", *rates)
    return table


def _show(console: Console, outcomes: Outcomes, most: int) -> None:
    """Print the first true statements that were withheld, and the first faulty ones that were not."""
    for kind in KINDS:
        wrong = [
            c for c, o in outcomes.items() if c.fault is kind and (o == "supported") is (kind is not None)
        ]
        for case in wrong[:most]:
            console.print(f"[{_name(kind)}] {outcomes[case]}\n  statement: {case.text}", markup=False)
            console.print(f"  cites:     {case.cited.text if case.cited else 'nothing'}", markup=False)


def _name(kind: Fault | None) -> str:
    return kind.value if kind else "true"


if __name__ == "__main__":
    main()
