"""The commands that ask and search."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.interface.options import (
    FAILED,
    INTERRUPTED,
    CostOption,
    JsonOption,
    LibraryOption,
    LlmOption,
    ModelOptions,
    TokensOption,
    require_input,
)

if TYPE_CHECKING:
    from corpus.catalogue import Filter


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
    llm: LlmOption = None,
    max_tokens: TokensOption = None,
    max_cost: CostOption = None,
    library: LibraryOption = None,
) -> None:
    """Answer a question, every statement cited."""
    require_input(question, "QUESTION")
    within = _filter(year_from, types or [], documents or [])
    from assistant.interface.asking import answer_lines, answer_question
    from assistant.interface.opening import open_assistant

    with open_assistant(library, ModelOptions(llm, max_tokens, max_cost)) as assistant:
        for document_id in documents or []:
            assistant.library.document(document_id)
        if question is not None:
            if answer_question(assistant, question, within, as_json=as_json):
                raise typer.Exit(INTERRUPTED)
        elif not answer_lines(assistant, sys.stdin, within):
            raise typer.Exit(FAILED)


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
    require_input(query, "QUERY")
    from assistant.interface.asking import search_lines, search_query
    from assistant.interface.opening import open_assistant

    # No language model takes part: one that cannot be used must not stand in the way.
    with open_assistant(library, ModelOptions(llm="none")) as assistant:
        if query is not None:
            search_query(assistant, query, number, as_json=as_json)
        elif not search_lines(assistant, sys.stdin, number):
            raise typer.Exit(FAILED)


def _filter(year_from: int | None, types: Sequence[str], document_ids: Sequence[str]) -> Filter:
    from corpus.catalogue import Filter
    from corpus.document import SourceType

    known = [str(source_type) for source_type in SourceType]
    for name in types:
        if name not in known:
            raise typer.BadParameter(f"{name!r} is not a type of source. These are: {', '.join(known)}.")
    return Filter(year_from, frozenset(map(SourceType, types)), frozenset(document_ids))
