"""The command line: reads arguments, calls the library and the assistant, ends with an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from assistant.interface.commands.asking import ask, search
from assistant.interface.commands.checking import check
from assistant.interface.commands.comparing import compare
from assistant.interface.commands.contents import documents, remove, show
from assistant.interface.commands.evaluating import evaluate
from assistant.interface.commands.exporting import export
from assistant.interface.commands.ingesting import ingest
from assistant.interface.commands.models import models
from assistant.interface.commands.readers import app as readers
from assistant.interface.commands.serving import serve
from assistant.interface.commands.tending import doctor, reembed
from assistant.interface.options import FAILED, INTERRUPTED

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

    from pydantic import ValidationError

    from corpus.errors import LoccitError
    from corpus.settings import Settings

    if isinstance(error, LoccitError):
        return str(error)
    if isinstance(error, ValidationError) and error.title == Settings.__name__:
        first = error.errors(include_url=False, include_input=False)[0]
        return f"the setting LOCCIT_{'_'.join(map(str, first['loc'])).upper()} cannot be used: {first['msg']}"
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


for _command in (
    ingest,
    ask,
    compare,
    check,
    search,
    documents,
    show,
    remove,
    export,
    serve,
    evaluate,
    reembed,
    models,
    doctor,
):
    app.command()(_command)
app.add_typer(readers)
