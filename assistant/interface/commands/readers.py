"""The commands that name the readers who may sign in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.interface.serving.named import NamedReaders

app = typer.Typer(
    name="readers",
    help="Say who may sign in where the page is served with --auth.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
FileOption = Annotated[
    Path | None,
    typer.Option(
        "--auth",
        metavar="FILE",
        help="The file of the readers, as `loccit serve --auth FILE` takes it.",
        show_default="readers.txt beside the library",
    ),
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The reader's name.", show_default=False)]


@app.command()
def add(name: NameArgument, auth: FileOption = None) -> None:
    """Add a reader, or give one another password: typed twice, or the first line of standard input."""
    readers = _readers(auth)
    new = readers.put(name, _password(name))
    typer.echo(
        f"{name} {'may sign in' if new else 'has another password'}: loccit serve --auth {readers.path}"
    )


@app.command()
def remove(name: NameArgument, auth: FileOption = None) -> None:
    """Remove a reader, whose sessions end at once."""
    readers = _readers(auth)
    readers.remove(name)
    typer.echo(f"{name} is no longer in {readers.path}.")


@app.command(name="list")
def list_(auth: FileOption = None) -> None:
    """Name the readers, a line each."""
    for name in _readers(auth).hashes:
        typer.echo(name)


def _readers(auth: Path | None) -> NamedReaders:
    from assistant.interface.serving.named import NamedReaders

    if auth is None:
        from corpus.settings import Settings

        library = Settings().library
        auth = library.with_name(f"{library.name}-readers.txt")
    return NamedReaders(auth)


def _password(name: str) -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
