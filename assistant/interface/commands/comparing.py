"""The command that compares."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.interface.options import (
    CostOption,
    JsonOption,
    LibraryOption,
    LlmOption,
    ModelOptions,
    TokensOption,
)

FEWEST = 2


def compare(
    subjects: Annotated[
        list[str],
        typer.Argument(metavar="A B [C…]", help="What to compare, two or more.", show_default=False),
    ],
    aspects: Annotated[
        list[str] | None,
        typer.Option(
            "--aspect",
            metavar="NAME",
            help="Compare in this respect; can be repeated. Without any, in those of which the sources say most.",
        ),
    ] = None,
    as_json: JsonOption = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print a Markdown table with its references.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for a spreadsheet.")] = False,
    llm: LlmOption = None,
    max_tokens: TokensOption = None,
    max_cost: CostOption = None,
    library: LibraryOption = None,
) -> None:
    """Compare subjects side by side, every cell cited."""
    if as_json + markdown + as_csv > 1:
        raise typer.BadParameter("Choose one of --json, --markdown and --csv.")
    wanted = {" ".join(subject.split()).casefold() for subject in subjects} - {""}
    if len(wanted) < max(FEWEST, len(subjects)):
        raise typer.BadParameter("Give two or more different things to compare.")
    if any(not aspect.strip() for aspect in aspects or []):
        raise typer.BadParameter("--aspect is empty.")
    from assistant.interface.comparing import Form, compare_subjects
    from assistant.interface.opening import open_assistant

    form = Form.JSON if as_json else Form.MARKDOWN if markdown else Form.CSV if as_csv else Form.TABLE
    with open_assistant(library, ModelOptions(llm, max_tokens, max_cost)) as assistant:
        compare_subjects(assistant, subjects, aspects or [], form)
