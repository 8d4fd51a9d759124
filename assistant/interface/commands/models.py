"""The command that tells how the language model is."""

from __future__ import annotations

import typer

from assistant.interface.options import FAILED, JsonOption, LlmOption


def models(
    llm: LlmOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell which language model is set, where it runs and whether it answers. Asks it one short question."""
    from assistant.interface.modelling import tell_model

    if not tell_model(llm, as_json=as_json):
        raise typer.Exit(FAILED)
