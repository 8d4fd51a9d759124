"""The command that tells how the language model is."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.interface.options import FAILED, JsonOption


def models(
    llm: Annotated[
        str | None,
        typer.Option(
            "--llm",
            envvar="LOCCIT_LLM",
            metavar="MODEL",
            help="none, openai:MODEL, anthropic:MODEL, ollama:MODEL, openai-like:URL#MODEL or gguf:PATH.",
            show_default="none",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell which language model is set, where it runs and whether it answers. Asks it one short question."""
    from assistant.interface.modelling import tell_model

    if not tell_model(llm, as_json=as_json):
        raise typer.Exit(FAILED)
