"""The functions for other programs, by Gradio's API."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import gradio as gr

from assistant.interface.serving.tools import Tool, Tools
from corpus.errors import LoccitError


def offer(tools: Tools) -> None:
    """Add the functions to the page that is being built."""
    for tool in tools:
        # As many at once as there are threads: one long answer holds up nobody else's.
        gr.api(_told(tool), api_name=tool.__name__, concurrency_limit=None)


def _told(tool: Tool) -> Callable[..., dict[str, Any]]:
    """Let a program read why it gets no answer; of other errors it is told nothing but that there was one."""

    @wraps(tool)
    def answered(*args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return tool(*args, **kwargs)
        except LoccitError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return answered
