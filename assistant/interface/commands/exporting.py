"""The command that exports references and answers."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from assistant.interface.options import LibraryOption, require_input


class ExportFormat(StrEnum):
    """What `loccit export` writes. As `Export`, without what that imports."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    MARKDOWN = "markdown"


def export(
    document_ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID…",
            help="As `loccit documents` lists them, or DOIs, PMIDs and PMCIDs. Without any, answers are read, a line "
            "each, as `loccit ask --json` prints them: what they cite is exported or, as Markdown, the whole answers.",
            show_default=False,
        ),
    ] = None,
    wanted: Annotated[
        ExportFormat, typer.Option("--format", help="The format of the references.")
    ] = ExportFormat.BIBTEX,
    library: LibraryOption = None,
) -> None:
    """Write references for a reference manager, or answers as Markdown."""
    require_input(next(iter(document_ids or []), None), "ID")
    from assistant.interface.answering.exporting import Export
    from assistant.interface.exporting import export_answers, export_documents
    from assistant.interface.opening import open_library

    with open_library(library) as opened:
        if document_ids:
            export_documents(opened, document_ids, Export(wanted.value))
        else:
            export_answers(opened, sys.stdin, Export(wanted.value))
