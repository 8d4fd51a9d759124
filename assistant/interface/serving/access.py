"""Who may come in to the page, by which path, and by which protocols."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.interface.serving.named import NamedReaders


@dataclass(frozen=True, slots=True)
class Access:
    """How the page is served.

    Attributes:
        readers: Those who may sign in; None lets everybody in.
        root_path: The path under which a proxy serves it; empty for none.
        mcp: Whether programs reach it by the Model Context Protocol too.
        own_host: What it listens on, if requests must name that or this machine; None lets them name any host.
    """

    readers: NamedReaders | None = None
    root_path: str = ""
    mcp: bool = False
    own_host: str | None = None
