"""The functions for other programs, by the Model Context Protocol: what the page's server serves and runs for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from starlette.routing import BaseRoute

from assistant.interface.serving.tools import Tools
from corpus.errors import LoccitError

PATH = "/mcp"


class McpError(LoccitError):
    """MCP cannot be served."""


@dataclass(frozen=True, slots=True)
class McpServer:
    """What the page's server must serve and run for MCP.

    Attributes:
        routes: Where it is reached.
        lifespan: Runs it, for as long as the server runs.
    """

    routes: list[BaseRoute]
    lifespan: Callable[[Any], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def _nothing(_app: object) -> AsyncIterator[None]:
    yield


NO_MCP = McpServer([], _nothing)


def require_mcp() -> None:
    """Refuse to serve MCP where its package is missing.

    Raises:
        McpError: If it is.
    """
    if find_spec("mcp") is None:
        raise McpError(
            "MCP needs a package that is not installed here. Install it: pip install 'loccit[mcp]'."
        )


def mcp_server(tools: Tools) -> McpServer:
    """Offer the functions as tools.

    Each request stands by itself: nothing is kept of who asked, and a restart breaks no connection.
    """
    from mcp.server.transport_security import TransportSecuritySettings

    from assistant.interface.serving.mcp_tools import SentenceServer

    server = SentenceServer.of(tools)
    served = server.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        # The guard before the whole server refuses what other sites' pages send, whatever the host is called.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    return McpServer(list(served.routes), lifespan)
