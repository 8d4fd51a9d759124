"""Ingests for the command line: progress while it runs, a summary when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from assistant.interface.console import one_line, plain, print_json, to_stderr, to_stdout
from assistant.interface.opening import open_library
from corpus.errors import OriginError, SettingsError

if TYPE_CHECKING:
    from corpus.library import Library
    from ingest.origins.europepmc import Filter
    from ingest.origins.naming import Services
    from ingest.origins.original import Listings
    from ingest.pipeline import Progress, Report

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one `loccit ingest` is to do.

    Attributes:
        origins: Files, folders, identifiers and addresses, as a reader names them.
        starter: Whether to ingest the starter corpus first.
        full_text: Whether the starter corpus's digests make way for the papers where those are open.
        query: To search Europe PMC with.
        limit: Works of the query at most.
        licences: Only papers of Europe PMC under these.
        any_access: Whether works of the query that are not open are wanted too, as abstracts.
        retry_failed: Whether what failed before is tried again.
        clear_failed: Whether the list of what failed before is cleared first.
        refresh: Whether to look for retractions, corrections and newer texts of what is there.
    """

    origins: Sequence[str] = ()
    starter: bool = False
    full_text: bool = False
    query: str | None = None
    limit: int = 25
    licences: Sequence[str] = ()
    any_access: bool = False
    retry_failed: bool = False
    clear_failed: bool = False
    refresh: bool = False


def ingest_origins(folder: Path | None, wanted: Wanted, *, as_json: bool) -> bool:
    """Ingest into the library in a folder, made if there is none, and print what was done.

    Args:
        folder: Of the library; None for the one in the settings.
        wanted: What to do.
        as_json: Whether the summary is one JSON object.

    Returns:
        Whether nothing failed.

    Raises:
        LoccitError: If an origin names nothing, or the library cannot be opened or written; nothing is ingested then.
    """
    from ingest.origins.naming import Services
    from ingest.pipeline import Ingest
    from ingest.refreshing import refresh
    from ingest.storing import total

    _check(wanted)
    begun = time.perf_counter()
    with open_library(folder, create=True) as library, _progress(to_stderr()) as told:
        if wanted.clear_failed:
            with library.writing() as writer:
                writer.forget_failures()
        run = Ingest(library, told)
        with Services(library.settings, renew=wanted.refresh) as services:
            if wanted.starter:
                run.starter()
            reports = [run.run(_origins(wanted, library, services))]
            if wanted.refresh:
                reports.append(refresh(library, services, told))
    report = total(reports)
    if as_json:
        failures = [{"location": f.location, "reason": f.reason} for f in report.failures]
        print_json({**asdict(report), "failures": failures})
    else:
        _summarise(report, time.perf_counter() - begun)
    return not report.failures


def _check(wanted: Wanted) -> None:
    """Refuse what cannot be done, before anything is.

    Raises:
        OriginError: An origin names nothing, or is a file, of which `licences` cannot choose.
        SettingsError: A licence is none, or there is nothing to choose by it.
    """
    from ingest.bibliographies import SUFFIXES
    from ingest.origins.naming import names_something

    for origin in wanted.origins:
        if not names_something(origin):
            raise OriginError(
                f"{origin!r} is no file or folder, and no PMC…, doi:…, pmid:… or https://… either; nothing was ingested"
            )
    if not wanted.licences:
        return
    _filter(wanted, open_access_only=False)
    if not (wanted.origins or wanted.full_text or wanted.query is not None):
        raise SettingsError("--license chooses among papers of Europe PMC: name some, or a --query")
    for origin in wanted.origins:
        path = Path(origin)
        if path.exists() and path.suffix.lower() not in SUFFIXES:
            raise OriginError(
                f"{origin}: --license chooses among papers of Europe PMC, and this is a file; "
                "ingest it without --license; nothing was ingested"
            )


def _filter(wanted: Wanted, *, open_access_only: bool) -> Filter:
    from ingest.origins.europepmc import Filter

    return Filter(licences=wanted.licences, open_access_only=open_access_only)


def _origins(wanted: Wanted, library: Library, services: Services) -> Listings:
    """Give what a reader wants, in the order in which the options are explained."""
    from ingest.origins.naming import all_named, searched
    from ingest.origins.retrying import retried
    from ingest.origins.starter_papers import starter_full_texts

    # What a reader names comes, open or not: it is no search that has to leave out what is closed.
    of_named = _filter(wanted, open_access_only=False)
    if wanted.full_text:
        yield from starter_full_texts(services, of_named)
    yield from all_named(wanted.origins, services, of_named)
    if wanted.retry_failed:
        yield from retried(library.catalogue.ledger.failures(), services)
    if wanted.query is not None:
        of_query = _filter(wanted, open_access_only=not wanted.any_access)
        yield from searched(wanted.query, wanted.limit, services, of_query)


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
    if report.duplicates or report.superseded:
        done += f", {report.superseded} superseded, {report.duplicates} left out for a better copy"
    to_stdout().print(
        plain(f"Documents: {done}. Passages stored: {report.passages}. Seconds: {seconds:.1f}.")
    )
    if not report.failures:
        return
    console = to_stderr()
    console.print(plain(f"Failed: {len(report.failures)}."), soft_wrap=True)
    for failure in report.failures:
        console.print(plain(one_line(f"{failure.location}: {failure.reason}")), soft_wrap=True)
