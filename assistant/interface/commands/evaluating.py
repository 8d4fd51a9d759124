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
    feedback: Annotated[
        bool,
        typer.Option("--feedback", help="Ask what readers have judged on the page: what was good stays."),
    ] = False,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write", metavar="FILE", help="With --feedback: write its questions, and ask nothing."
        ),
    ] = None,
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
    if feedback and (held_out or file is not None):
        raise typer.BadParameter("--feedback asks what readers have judged; name no other questions with it.")
    if write is not None and not feedback:
        raise typer.BadParameter("--write writes the questions of --feedback; name both.")
    from assistant.interface.evaluating import Wanted, evaluate_answers, write_feedback

    if write is not None:
        write_feedback(library, write)
        return
    wanted = Wanted(
        file=file, held_out=held_out, feedback=feedback, save=save, report=report, compare=compare
    )
    evaluate_answers(library, wanted, as_json=as_json)
