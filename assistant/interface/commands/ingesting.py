"""The command that adds papers."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.interface.options import FAILED, JsonOption, LibraryOption


def ingest(
    origins: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ORIGIN]...",
            help="Files and folders (JATS XML, PDF, HTML, DOCX, Markdown, text, JSON Lines), lists of references "
            "(BibTeX, RIS), PMC…, doi:…, pmid:…, https://…",
            show_default=False,
        ),
    ] = None,
    starter: Annotated[
        bool, typer.Option("--starter", help="The starter corpus, beside any ORIGIN.")
    ] = False,
    full_text: Annotated[
        bool,
        typer.Option(
            "--full-text", help="With --starter: the papers themselves, where their licences allow."
        ),
    ] = False,
    query: Annotated[
        str | None, typer.Option("--query", metavar="Q", help="What Europe PMC finds for these words.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="Papers of the query at most.")
    ] = 25,
    licences: Annotated[
        str | None,
        typer.Option("--license", metavar="NAMES", help="Only papers of Europe PMC under these: cc-by,cc0"),
    ] = None,
    any_access: Annotated[
        bool,
        typer.Option(
            "--any-access",
            help="Papers of the query that are not open too, as abstracts; what is named comes so anyway.",
        ),
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="What could not be ingested before.")
    ] = False,
    clear_failed: Annotated[
        bool, typer.Option("--clear-failed", help="Forget what could not be ingested before.")
    ] = False,
    refresh: Annotated[
        bool,
        typer.Option("--refresh", help="Look for retractions, corrections and newer texts of what is there."),
    ] = False,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Add papers to the library; with nothing named, the starter corpus. What has not changed is skipped."""
    from assistant.interface.ingesting import Wanted, ingest_origins

    named = bool(origins or query is not None or retry_failed or clear_failed or refresh)
    wanted = Wanted(
        origins=origins or (),
        starter=starter or not named,
        full_text=full_text,
        query=query,
        limit=limit,
        licences=[name for name in (licences or "").split(",") if name.strip()],
        any_access=any_access,
        retry_failed=retry_failed,
        clear_failed=clear_failed,
        refresh=refresh,
    )
    if not ingest_origins(library, wanted, as_json=as_json):
        raise typer.Exit(FAILED)
