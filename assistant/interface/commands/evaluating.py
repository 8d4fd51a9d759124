"""The command that measures answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.interface.options import JsonOption, LibraryOption


def evaluate(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="Questions, as YAML. Without one, those that ship with the starter corpus.",
            show_default=False,
        ),
    ] = None,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Ask the shipped questions that nothing was tuned on.")
    ] = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Keep the run as JSON, to compare with.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a report to read question by question."),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", metavar="FILE", help="Print the differences to a run that was saved."),
    ] = None,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Measure the answers to a set of questions: are the facts found, and do the citations hold them?"""
    if held_out and file is not None:
        raise typer.BadParameter("--held-out asks questions that ship; name no FILE with it.")
    from assistant.interface.evaluating import Wanted, evaluate_answers

    wanted = Wanted(file=file, held_out=held_out, save=save, report=report, compare=compare)
    evaluate_answers(library, wanted, as_json=as_json)
