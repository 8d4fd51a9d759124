"""The functions for other programs, by Gradio's API."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

# The package does not say that it exports what its documentation names.
from gradio.events import api
from gradio.exceptions import Error

from assistant.interface.serving.tools import Tool, Tools
from corpus.errors import LoccitError


def offer(tools: Tools) -> None:
    """Add the functions to the page that is being built."""
    for tool in tools:
        # As many at once as there are threads: one long answer holds up nobody else's.
        api(_told(tool), api_name=tool.__name__, concurrency_limit=None)


def _told(tool: Tool) -> Callable[..., dict[str, Any]]:
    """Give plain JSON, and let a program read why it gets none; of other errors it learns only that there was one."""

    @wraps(tool)
    def answered(*args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return tool(*args, **kwargs).model_dump(mode="json")
        except LoccitError as error:
            raise Error(str(error), print_exception=False) from error

    # Gradio tells programs what comes by these two, and would take a model of pydantic's for a string.
    answered.__annotations__ = {**tool.__annotations__, "return": dict[str, Any]}
    answered.__signature__ = signature(tool).replace(return_annotation=dict[str, Any])  # type: ignore[attr-defined]
    return answered
