"""A reverse proxy on this machine that serves another server under a path of its own, as nginx does."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

# They speak of one connection, not of what is passed on.
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade"}


@contextmanager
def proxied(address: str, path: str) -> Iterator[str]:
    """Serve what lies at `address` under `path`, which is taken off, and give where."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(_application(address, path, host), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://{host}{path}/"
        finally:
            server.should_exit = True
            thread.join()


def _application(address: str, path: str, host: str) -> Starlette:
    clients: list[httpx.AsyncClient] = []

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            clients.append(client)
            yield

    async def passed_on(request: Request) -> Response:
        [client] = clients
        headers = [(name, value) for name, value in request.headers.items() if name not in HOP_BY_HOP]
        headers += [("X-Forwarded-Host", host), ("X-Forwarded-Proto", "http")]
        wanted = httpx.URL(request.url.path.removeprefix(path), query=request.url.query.encode())
        asked = client.build_request(request.method, wanted, headers=headers, content=request.stream())
        answer = await client.send(asked, stream=True)
        given = StreamingResponse(
            answer.aiter_raw(), answer.status_code, background=BackgroundTask(answer.aclose)
        )
        given.raw_headers = [
            (name.lower(), value)
            for name, value in answer.headers.raw
            if name.decode().lower() not in HOP_BY_HOP
        ]
        return given

    methods = ["GET", "HEAD", "POST", "DELETE"]
    return Starlette(routes=[Route(f"{path}/{{rest:path}}", passed_on, methods=methods)], lifespan=lifespan)
