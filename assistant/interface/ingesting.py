"""Ingests for the command line: progress while it runs, a summary when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from assistant.interface.console import one_line, plain, to_stderr, to_stdout
from assistant.interface.opening import open_library
from corpus.errors import OriginError

if TYPE_CHECKING:
    from ingest.pipeline import Progress, Report

LONGEST_NAME = 40


def ingest_origins(folder: Path | None, origins: Sequence[str], *, starter: bool) -> bool:
    """Ingest into the library in a folder, made if there is none, and print what was done.

    Args:
        folder: Of the library; None for the one in the settings.
        origins: Files and folders.
        starter: Whether to ingest the starter corpus first.

    Returns:
        Whether nothing failed.

    Raises:
        OriginError: If an origin is not a file or folder; nothing is ingested then.
    """
    paths = [_existing(origin) for origin in origins]
    from ingest.pipeline import Ingest

    begun = time.perf_counter()
    with open_library(folder, create=True) as library:
        with _progress(to_stderr()) as told:
            run = Ingest(library, told)
            if starter:
                run.starter()
            if paths:
                run.paths(paths)
        _summarise(run.report, time.perf_counter() - begun)
    return not run.report.failures


def _existing(origin: str) -> Path:
    path = Path(origin)
    if not path.exists():
        raise OriginError(f"{origin!r} is not a file or folder")
    return path


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[Progress], None]]:
    """Give what shows progress: a bar in a terminal, nothing elsewhere."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[passages]} passages"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Preparing", total=None, passages=0)

        def tell(progress: Progress) -> None:
            name = one_line(Path(progress.location).name)[:LONGEST_NAME] or "Storing"
            bar.update(
                task,
                description=escape(name),
                completed=progress.done,
                total=progress.total,
                passages=progress.passages,
            )

        yield tell


def _summarise(report: Report, seconds: float) -> None:
    """Print what was done and, on standard error, what was not."""
    done = f"{report.added} added, {report.replaced} replaced, {report.unchanged} unchanged"
    to_stdout().print(
        plain(f"Documents: {done}. Passages stored: {report.passages}. Seconds: {seconds:.1f}.")
    )
    if not report.failures:
        return
    console = to_stderr()
    console.print(plain(f"Failed: {len(report.failures)}."), soft_wrap=True)
    for failure in report.failures:
        console.print(plain(one_line(f"{failure.location}: {failure.reason}")), soft_wrap=True)
