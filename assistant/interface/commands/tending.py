"""The commands that tend the library."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.interface.options import FAILED, JsonOption, LibraryOption


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
