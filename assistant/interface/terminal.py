"""The command line: reads arguments, calls the library and the assistant, ends with an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from corpus.catalogue import Filter

FAILED = 1
# What shells report of a program that Ctrl-C has ended; Typer gives it too.
INTERRUPTED = 130

# Rich's help draws boxes into pipes too; plain help reads the same everywhere.
app = typer.Typer(
    name="loccit",
    help="Answer questions from scientific literature, and show for every statement the exact place it cites.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        envvar="LOCCIT_LIBRARY",
        metavar="DIR",
        help="Folder of the library.",
        show_default="the platform's data folder",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DocumentArgument = Annotated[str, typer.Argument(metavar="ID", help="As `loccit documents` lists it.")]


def main() -> None:
    """Run the program and end it."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command, each failure told in one line.

    Returns:
        The exit status: 0 done, 1 failed, 2 wrong usage, 130 ended by Ctrl-C.
    """
    from assistant.interface.console import utf8_streams

    utf8_streams()
    try:
        app(args=list(arguments), prog_name="loccit")
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    except Exception as error:
        message = _expected(error)
        if message is None:
            raise
        return _end(message, FAILED)
    if status == INTERRUPTED:
        return _end("interrupted", INTERRUPTED)
    return status if _flushed() else FAILED


def _flushed() -> bool:
    """Write what is still buffered, or nowhere if whoever read it has gone: that ends quietly."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def _expected(error: Exception) -> str | None:
    """Give the line for a failure that is no bug."""
    import sqlite3

    from corpus.errors import LoccitError

    if isinstance(error, LoccitError):
        return str(error)
    if isinstance(error, sqlite3.Error):
        return f"the library's catalogue cannot be used: {error}; `loccit doctor` examines it"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return None


def _end(message: str, status: int) -> int:
    from assistant.interface.console import one_line

    sys.stderr.write(f"loccit: {one_line(message)}\n")
    return status


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"loccit {version('loccit')}")
        raise typer.Exit


@app.callback()
def _program(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end."),
    ] = False,
) -> None:
    pass


@app.command()
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
        typer.Option("--license", metavar="NAMES", help="Only papers of the query under these: cc-by,cc0"),
    ] = None,
    any_access: Annotated[
        bool,
        typer.Option("--any-access", help="Papers of the query that are not open too, as abstracts."),
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="What could not be ingested before.")
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

    named = bool(origins or query is not None or retry_failed or refresh)
    wanted = Wanted(
        origins=origins or (),
        starter=starter or not named,
        full_text=full_text,
        query=query,
        limit=limit,
        licences=[name for name in (licences or "").split(",") if name.strip()],
        any_access=any_access,
        retry_failed=retry_failed,
        refresh=refresh,
    )
    if not ingest_origins(library, wanted, as_json=as_json):
        raise typer.Exit(FAILED)


@app.command()
def ask(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION",
            help='In plain words. Without one, a JSON object a line is read: {"question": …, "history": […]}.',
            show_default=False,
        ),
    ] = None,
    year_from: Annotated[
        int | None, typer.Option("--year-from", metavar="YEAR", help="Only sources from this year on.")
    ] = None,
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type", metavar="TYPE", help="Only this type of source, such as review; can be repeated."
        ),
    ] = None,
    documents: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="ID", help="Only this document; can be repeated."),
    ] = None,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Answer a question, every statement cited."""
    _require_input(question, "QUESTION")
    within = _filter(year_from, types or [], documents or [])
    from assistant.interface.asking import answer_lines, answer_question
    from assistant.interface.opening import open_assistant

    with open_assistant(library) as assistant:
        for document_id in documents or []:
            assistant.library.document(document_id)
        if question is not None:
            answer_question(assistant, question, within, as_json=as_json)
        elif not answer_lines(assistant, sys.stdin, within):
            raise typer.Exit(FAILED)


@app.command()
def search(
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="QUERY", help="Plain words. Without any, a query a line is read.", show_default=False
        ),
    ] = None,
    number: Annotated[
        int, typer.Option("-k", metavar="N", min=1, help="How many passages at the most.")
    ] = 10,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Find passages, the best first."""
    _require_input(query, "QUERY")
    from assistant.interface.asking import search_lines, search_query
    from assistant.interface.opening import open_assistant

    with open_assistant(library) as assistant:
        if query is not None:
            search_query(assistant, query, number, as_json=as_json)
        elif not search_lines(assistant, sys.stdin, number):
            raise typer.Exit(FAILED)


@app.command()
def documents(as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """List what the library holds."""
    from assistant.interface.contents import list_documents
    from assistant.interface.opening import open_library

    with open_library(library) as opened:
        list_documents(opened, as_json=as_json)


@app.command()
def show(document_id: DocumentArgument, as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """Show one document: its record, its sections, its text."""
    from assistant.interface.contents import show_document
    from assistant.interface.opening import open_library

    with open_library(library) as opened:
        show_document(opened, document_id, as_json=as_json)


@app.command()
def remove(document_id: DocumentArgument, library: LibraryOption = None) -> None:
    """Remove a document from the library."""
    from assistant.interface.contents import remove_document
    from assistant.interface.opening import open_library

    with open_library(library) as opened:
        remove_document(opened, document_id)


@app.command()
def serve(
    host: Annotated[str, typer.Option(metavar="HOST", help="Name or address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 7860,
    library: LibraryOption = None,
) -> None:
    """Open the library in the browser."""
    from assistant.interface.opening import open_assistant

    with open_assistant(library) as assistant:
        # After the library, so that a missing one is told at once: this import takes seconds.
        from assistant.interface import browser

        browser.serve(
            assistant, host, port, lambda address: typer.echo(f"Loccit is at {address} (Ctrl-C ends it).")
        )


@app.command()
def reembed(
    model: Annotated[
        str | None,
        typer.Argument(
            metavar="[MODEL]",
            help="A sentence-transformers model: a folder or a hub name. Without one, that of the settings.",
            show_default=False,
        ),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Give the library another embedding model. Broken off, it goes on where it was; the old one serves till then."""
    from assistant.interface.reembedding import reembed_library

    reembed_library(library, model)


@app.command()
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Make the indexes whole again.")] = False,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Tell whether the library is whole."""
    from assistant.interface.opening import open_library
    from assistant.interface.treating import examine_library

    with open_library(library) as opened:
        if not examine_library(opened, mend=repair, as_json=as_json):
            raise typer.Exit(FAILED)


def _require_input(given: str | None, name: str) -> None:
    if given is not None and not given.strip():
        raise typer.BadParameter(f"{name} is empty.")
    if given is None and sys.stdin.isatty():
        raise typer.BadParameter(f"Give a {name}, or pipe lines into the command.")


def _filter(year_from: int | None, types: Sequence[str], document_ids: Sequence[str]) -> Filter:
    from corpus.catalogue import Filter
    from corpus.document import SourceType

    known = [str(source_type) for source_type in SourceType]
    for name in types:
        if name not in known:
            raise typer.BadParameter(f"{name!r} is not a type of source. These are: {', '.join(known)}.")
    return Filter(year_from, frozenset(map(SourceType, types)), frozenset(document_ids))
