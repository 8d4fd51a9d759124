"""Options and arguments that commands share, and how what they are given is checked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

FAILED = 1

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


def require_input(given: str | None, name: str) -> None:
    """Refuse an empty argument, and a missing one where nothing is piped in.

    Raises:
        typer.BadParameter: If there is nothing to work on.
    """
    if given is not None and not given.strip():
        raise typer.BadParameter(f"{name} is empty.")
    if given is None and sys.stdin.isatty():
        raise typer.BadParameter(f"Give a {name}, or pipe lines into the command.")
