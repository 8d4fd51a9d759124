"""The command that checks claims."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.interface.options import (
    FAILED,
    CostOption,
    JsonOption,
    LibraryOption,
    LlmOption,
    ModelOptions,
    TokensOption,
    require_input,
)


def check(
    claim: Annotated[
        str | None,
        typer.Argument(
            metavar="CLAIM",
            help="A claim or several, in plain words. Without one, a claim a line is read.",
            show_default=False,
        ),
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="Does this document say so?")
    ] = None,
    as_json: JsonOption = False,
    llm: LlmOption = None,
    max_tokens: TokensOption = None,
    max_cost: CostOption = None,
    library: LibraryOption = None,
) -> None:
    """Check a claim: what supports it, what speaks against it, or nothing found.

    Rules decide, or an entailment model (LOCCIT_NLI_MODEL), or the language model (LOCCIT_LLM_JUDGE).
    """
    require_input(claim, "CLAIM")
    from assistant.interface.asking import check_claim, check_lines
    from assistant.interface.opening import open_assistant

    with open_assistant(library, ModelOptions(llm, max_tokens, max_cost)) as assistant:
        if document is not None:
            assistant.library.document(document)
        if claim is not None:
            check_claim(assistant, claim, document, as_json=as_json)
        elif not check_lines(assistant, sys.stdin, document):
            raise typer.Exit(FAILED)
