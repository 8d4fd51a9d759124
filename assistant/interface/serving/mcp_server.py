"""The functions for other programs, by the Model Context Protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute

from assistant.interface.serving.tools import Tool, Tools
from corpus.errors import LoccitError

PATH = "/mcp"
INSTRUCTIONS = (
    "A library of scientific literature. Every statement of an answer cites the exact words of a source; quote these, "
    "name their sources, and say so where the library has no evidence."
)


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
async def _nothing(_app: Any) -> AsyncIterator[None]:
    yield


NO_MCP = McpServer([], _nothing)


def require_mcp() -> None:
    """Refuse to serve MCP where its package is missing.

    Raises:
        McpError: If it is.
    """
    if find_spec("mcp") is None:
        raise McpError("MCP needs a package that is not installed here. Install it: pip install 'loccit[mcp]'.")


def mcp_server(tools: Tools) -> McpServer:
    """Offer the functions as tools.

    Each request stands by itself: nothing is kept of who asked, and a restart breaks no connection.
    """
    # By name: only this extra brings the package.
    fastmcp = import_module("mcp.server.fastmcp")
    security = import_module("mcp.server.transport_security")
    server = fastmcp.FastMCP(
        "Loccit",
        instructions=INSTRUCTIONS,
        stateless_http=True,
        json_response=True,
        streamable_http_path=PATH,
        # The guard before the whole server refuses what other sites' pages send, whatever the host is called.
        transport_security=security.TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    for tool in tools:
        server.add_tool(_threaded(tool), name=tool.__name__)
    served = server.streamable_http_app()

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    return McpServer(list(served.routes), lifespan)


def _threaded(tool: Tool) -> Callable[..., Any]:
    """Let a tool work in a thread: the loop serves everybody else."""

    @wraps(tool)
    async def answered(*args: Any, **kwargs: Any) -> dict[str, Any]:
        return await run_in_threadpool(tool, *args, **kwargs)

    return answered
