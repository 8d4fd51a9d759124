"""The command that opens the page."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.interface.options import CostOption, LibraryOption, LlmOption, ModelOptions, TokensOption


def serve(
    host: Annotated[str, typer.Option(metavar="HOST", help="Name or address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 7860,
    llm: LlmOption = None,
    max_tokens: TokensOption = None,
    max_cost: CostOption = None,
    library: LibraryOption = None,
) -> None:
    """Open the library in the browser."""
    from assistant.interface.opening import open_assistant

    with open_assistant(library, ModelOptions(llm, max_tokens, max_cost)) as assistant:
        # After the library, so that a missing one is told at once: this import takes seconds.
        from assistant.interface import browser

        browser.serve(
            assistant, host, port, lambda address: typer.echo(f"Loccit is at {address} (Ctrl-C ends it).")
        )
