"""Options and arguments that commands share, and how what they are given is checked."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

FAILED = 1
# What shells report of a program that Ctrl-C has ended; Typer gives it too.
INTERRUPTED = 130

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
LlmOption = Annotated[
    str | None,
    typer.Option(
        "--llm",
        envvar="LOCCIT_LLM",
        metavar="MODEL",
        help="The language model: none, openai:MODEL, anthropic:MODEL, ollama:MODEL, openai-like:URL#MODEL or "
        "gguf:PATH.",
        show_default="none",
    ),
]
TokensOption = Annotated[
    int | None,
    typer.Option(
        "--max-tokens-per-answer",
        envvar="LOCCIT_MAX_TOKENS_PER_ANSWER",
        metavar="N",
        min=1,
        help="How many tokens the model may read and write for one answer.",
        show_default="no limit",
    ),
]
CostOption = Annotated[
    float | None,
    typer.Option(
        "--max-cost-per-day",
        envvar="LOCCIT_MAX_COST_PER_DAY",
        metavar="COST",
        min=0,
        help="What the model may cost in a day, in the currency of LOCCIT_LLM_PRICE.",
        show_default="no limit",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DocumentArgument = Annotated[str, typer.Argument(metavar="ID", help="As `loccit documents` lists it.")]


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """What the options say of the language model; None leaves it to the settings."""

    llm: str | None = None
    max_tokens_per_answer: int | None = None
    max_cost_per_day: float | None = None


def require_input(given: str | None, name: str) -> None:
    """Refuse an empty argument, and a missing one where nothing is piped in.

    Raises:
        typer.BadParameter: If there is nothing to work on.
    """
    if given is not None and not given.strip():
        raise typer.BadParameter(f"{name} is empty.")
    if given is None and sys.stdin.isatty():
        raise typer.BadParameter(f"Give a {name}, or pipe lines into the command.")
