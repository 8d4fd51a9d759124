"""The command that opens the page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.interface.options import CostOption, LibraryOption, LlmOption, ModelOptions, TokensOption


def serve(
    host: Annotated[str, typer.Option(metavar="HOST", help="Name or address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 7860,
    auth: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Let only the readers of this file in, by name and password; `loccit readers add NAME` adds one.",
            show_default=False,
        ),
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Listen beyond this machine though nobody signs in.")
    ] = False,
    root_path: Annotated[
        str,
        typer.Option(
            metavar="PATH",
            help="The path under which a proxy serves the page, such as /chat.",
            show_default=False,
        ),
    ] = "",
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Serve the Model Context Protocol too; needs loccit[mcp].")
    ] = False,
    llm: LlmOption = None,
    max_tokens: TokensOption = None,
    max_cost: CostOption = None,
    library: LibraryOption = None,
) -> None:
    """Open the library in the browser."""
    # Refusals come before the library is opened, which takes longer.
    from assistant.interface.serving.access import Access
    from assistant.interface.serving.listening import path_of, refuse_exposure
    from assistant.interface.serving.named import NamedReaders, require_readers

    refuse_exposure(host, has_readers=auth is not None, insecure=insecure)
    readers = NamedReaders(auth) if auth else None
    if readers:
        require_readers(readers)
    access = Access(readers, path_of(root_path), mcp, None if auth or insecure else host)
    if mcp:
        from assistant.interface.serving.mcp_server import require_mcp

        require_mcp()
    from assistant.interface.opening import open_assistant

    with open_assistant(library, ModelOptions(llm, max_tokens, max_cost)) as assistant:
        # After the library, so that a missing one is told at once: this import takes seconds.
        from assistant.interface import browser

        browser.serve(assistant, host, port, lambda address: _announce(address, mcp=mcp), access)


def _announce(address: str, *, mcp: bool) -> None:
    typer.echo(f"Loccit is at {address} (Ctrl-C ends it).")
    if mcp:
        typer.echo(f"MCP is at {address}mcp.")
