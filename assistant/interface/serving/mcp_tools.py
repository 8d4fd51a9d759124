"""The tools as the `mcp` package holds them, whose failures are told in sentences. Needs the extra `mcp`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any, Self

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import BaseModel, ValidationError

from assistant.interface.serving.tools import Tool, Tools, misfit
from corpus.errors import LoccitError

INSTRUCTIONS = (
    "A library of scientific literature. Every statement of an answer cites the exact words of a source; quote these, "
    "name their sources, and say so where the library has no evidence."
)


class SentenceServer(MCPServer[None]):
    """A server of tools that tells a program in one sentence why it gets nothing."""

    @classmethod
    def of(cls, tools: Tools) -> Self:
        """Offer the functions over a library, none of which changes anything."""
        # Its log is for those who serve: what goes wrong, not every request.
        server = cls("Loccit", instructions=INSTRUCTIONS, version=version("loccit"), log_level="ERROR")
        for tool in tools:
            server.add_tool(
                _told(tool),
                name=tool.__name__,
                annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
            )
        return server

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool, or say why it was not."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            why = error.__cause__
            if not isinstance(why, ToolError | ValidationError):
                raise
            said = misfit(why, []) if isinstance(why, ValidationError) else str(why)
            return CallToolResult(content=[TextContent(type="text", text=said)], is_error=True)


def _told(tool: Tool) -> Callable[..., BaseModel]:
    """Let what readers may know of an error pass; of other errors a program learns only that there was one."""

    @wraps(tool)
    def answered(*args: Any, **kwargs: Any) -> BaseModel:
        try:
            return tool(*args, **kwargs)
        except LoccitError as error:
            raise ToolError(str(error)) from error

    return answered
