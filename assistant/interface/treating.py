"""Examines and repairs a library for the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.progress import Progress as Bar

from assistant.interface.console import one_line, plain, print_json, to_stderr, to_stdout
from corpus.doctor import Diagnosis, IndexDiagnosis, Repair, examine, repair

if TYPE_CHECKING:
    from corpus.library import Library


def examine_library(library: Library, *, mend: bool, as_json: bool) -> bool:
    """Examine a library, repair it if wanted, and print how it is.

    Returns:
        Whether it is whole now.
    """
    repaired = _repaired(library) if mend else None
    diagnosis = repaired.diagnosis if repaired else examine(library)
    if as_json:
        done = {"restored": repaired.restored, "swept": repaired.swept} if repaired else None
        print_json(
            {"library": str(library.path), "whole": diagnosis.whole, **asdict(diagnosis), "repair": done}
        )
    else:
        console = to_stdout()
        for line in _findings(diagnosis, repaired):
            console.print(plain(one_line(line)), soft_wrap=True)
    return diagnosis.whole


def _repaired(library: Library) -> Repair:
    with _progress() as tell:
        return repair(library, tell)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    console = to_stderr()
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Repairing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _findings(diagnosis: Diagnosis, repaired: Repair | None) -> Iterator[str]:
    yield f"Catalogue: {diagnosis.documents} documents, {diagnosis.passages} passages."
    for problem in diagnosis.problems:
        yield f"Catalogue: {problem}."
    for name, index in (("Full text", diagnosis.fulltext), ("Vectors", diagnosis.vectors)):
        yield f"{name}: {_state(index)}."
    yield f"Free on its disk: {diagnosis.free_bytes / 1e9:.1f} GB."
    if repaired:
        yield f"Repaired: {repaired.restored} passages restored, {repaired.swept} leftover entries dropped."
    if diagnosis.whole:
        yield "The library is whole."
    elif repaired or diagnosis.problems:
        yield "The library is not whole, and repairing its indexes does not help."
    else:
        yield "The library is not whole. `loccit doctor --repair` makes it so."


def _state(index: IndexDiagnosis | None) -> str:
    if index is None:
        return "not compared, since the catalogue cannot be read"
    if index.damage:
        return "damaged"
    if index.whole:
        return "complete"
    return f"{len(index.missing)} passages missing, {len(index.orphaned)} leftover entries"
