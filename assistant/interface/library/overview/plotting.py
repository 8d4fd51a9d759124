"""Plotly's script, which draws the overview: from its Python package, as nothing comes from another server."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATH = "library/plotly.js"
_PACKAGE = "plotly"
_SCRIPT = "plotly/package_data/plotly.min.js"
_TYPE = "text/javascript; charset=utf-8"
# Smaller by two thirds at once; the highest level would take three times as long for a tenth less.
_LEVEL = 6
# Its address says its version: what a browser has once, it need not ask for again.
_KEPT = "private, max-age=31536000, immutable"


def script_address() -> str:
    """Give the script's address, from the page's root."""
    return f"{PATH}?v={version(_PACKAGE)}"


def script_route() -> Route:
    """Serve the script."""

    async def endpoint(request: Request) -> Response:
        headers = {"Cache-Control": _KEPT, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(await run_in_threadpool(_script), headers=headers, media_type=_TYPE)
        headers["Content-Encoding"] = "gzip"
        return Response(await run_in_threadpool(_packed), headers=headers, media_type=_TYPE)

    return Route(f"/{PATH}", endpoint, methods=["GET"])


def _script() -> bytes:
    return Path(str(distribution(_PACKAGE).locate_file(_SCRIPT))).read_bytes()


@cache
def _packed() -> bytes:
    return gzip.compress(_script(), _LEVEL, mtime=0)
