"""A web server on this machine that misbehaves as it is told."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote_plus, urlsplit


@dataclass(frozen=True)
class Request:
    """What a client has asked for."""

    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def whole(self) -> str:
        return "&".join([self.path, *(f"{name}={value}" for name, value in self.parameters.items())])


@dataclass(frozen=True)
class Reply:
    """What the server says."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class _Kind(Enum):
    SLOW = auto()
    INSTEAD = auto()
    CUT = auto()


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with requests whose path and parameters hold `at`, `times` times; None is for ever."""

    at: str
    kind: _Kind
    times: int | None = 1
    seconds: float = 0
    reply: Reply = Reply(b"")


def slow(at: str, seconds: float, times: int | None = 1) -> Trouble:
    """The answer comes late; not later than the server's end."""
    return Trouble(at, _Kind.SLOW, times, seconds=seconds)


def cut(at: str, times: int | None = 1) -> Trouble:
    """The connection ends in the middle of the body."""
    return Trouble(at, _Kind.CUT, times)


def failing(at: str, status: int, times: int | None = 1, retry_after: str | None = None) -> Trouble:
    """The server is busy or broken."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return instead(at, Reply(b"<h1>Sorry</h1>", status=status, headers=headers), times)


def redirected(at: str, to: str, times: int | None = None) -> Trouble:
    """What is asked for is elsewhere."""
    return instead(at, Reply(b"", status=302, headers={"Location": to}), times)


def bad_xml(at: str) -> Trouble:
    """The full text ends too early, and always has."""
    reply = Reply(b"<?xml version='1.0'?><article><body><p>No end", "application/xml")
    return instead(at, reply, None)


def wrong_type(at: str, times: int | None = None) -> Trouble:
    """A page for people comes in place of data."""
    return instead(at, Reply(b"<!DOCTYPE html><p>Back soon.</p>"), times)


def instead(at: str, reply: Reply, times: int | None = None) -> Trouble:
    """Something else is answered."""
    return Trouble(at, _Kind.INSTEAD, times, reply=reply)


class Server:
    """Serves while its context is open. Subclasses say what; the base class serves pages by their paths."""

    def __init__(
        self,
        pages: Mapping[str, Reply] | None = None,
        trouble: Sequence[Trouble] = (),
        host: str = "127.0.0.1",
    ) -> None:
        self.requests: list[Request] = []
        self._pages = pages or {}
        self._trouble = list(trouble)
        self._host = host
        self._ended = threading.Event()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._http = _QuietServer((self._host, 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._ended.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self.port}"

    def reply(self, request: Request) -> Reply:
        return self._pages.get(request.path, Reply(b"<h1>Not found</h1>", status=404))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # In one packet: headers apart from the body cost a delayed acknowledgement, 40 ms an answer.
            wbufsize = -1

            def do_GET(self) -> None:
                server._serve(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        return Handler

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        request = Request(
            unquote_plus(parts.path), dict(parse_qsl(parts.query)), dict(handler.headers.items())
        )
        with self._lock:
            self.requests.append(request)
            trouble = self._next_trouble(request)
        if trouble and trouble.kind is _Kind.SLOW:
            self._ended.wait(trouble.seconds)
        in_place = trouble.reply if trouble and trouble.kind is _Kind.INSTEAD else None
        reply = in_place or self._unless_known(request, self.reply(request))
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Type", reply.content_type)
        handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        if trouble and trouble.kind is _Kind.CUT:
            handler.wfile.write(reply.body[: len(reply.body) // 2])
            handler.close_connection = True
        else:
            handler.wfile.write(reply.body)

    def _unless_known(self, request: Request, reply: Reply) -> Reply:
        etag = reply.headers.get("ETag")
        known = etag is not None and request.headers.get("If-None-Match") == etag
        return replace(reply, body=b"", status=304) if known else reply

    def _next_trouble(self, request: Request) -> Trouble | None:
        for index, trouble in enumerate(self._trouble):
            if trouble.at in request.whole and trouble.times != 0:
                if trouble.times is not None:
                    self._trouble[index] = replace(trouble, times=trouble.times - 1)
                return trouble
        return None


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no error."""
