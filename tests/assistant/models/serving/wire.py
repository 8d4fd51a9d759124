"""HTTP/1.1 over one connection, down to its death: as much of it as the clients of models use."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

_STREAMS = {"Transfer-Encoding": "chunked", "Cache-Control": "no-cache"}
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class WatchedReader(asyncio.StreamReader):
    """Knows at once when the other side has gone."""

    def __init__(self) -> None:
        super().__init__(limit=2**20)
        self.gone = asyncio.Event()

    def feed_eof(self) -> None:
        super().feed_eof()
        self.gone.set()

    def set_exception(self, exc: Exception) -> None:
        super().set_exception(exc)
        self.gone.set()


@dataclass(frozen=True)
class Call:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    json: Mapping[str, Any]

    @property
    def last(self) -> str:
        """The path's last part."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Answer:
    """An answer that is known whole."""

    content: bytes
    status: int = 200
    content_type: str = "application/json"
    retry_after: str | None = None

    @classmethod
    def of(cls, content: object, status: int = 200, retry_after: str | None = None) -> Answer:
        return cls(json.dumps(content).encode(), status, retry_after=retry_after)


class Wire:
    """A connection to one client.

    Attributes:
        at_end: Called before an answer's last bytes go out, so that who has read them finds their end noted.
    """

    def __init__(self, reader: WatchedReader, writer: asyncio.StreamWriter) -> None:
        self.at_end: Callable[[], None] = lambda: None
        self._gone = reader.gone
        self._reader = reader
        self._writer = writer

    async def call(self) -> Call | None:
        """Wait for the next request; None when the client has gone."""
        try:
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
            headers = {}
            for line in head[1:]:
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            content = await self._reader.readexactly(int(headers.get("content-length", "0")))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        method, target, _ = head[0].split(" ")
        return Call(method, target.partition("?")[0], headers, json.loads(content or b"{}"))

    async def answer(self, answer: Answer) -> None:
        self.at_end()
        headers = {"Content-Length": str(len(answer.content))}
        if answer.retry_after is not None:
            headers["Retry-After"] = answer.retry_after
        await self._send(_head(answer.status, answer.content_type, headers) + answer.content)

    async def begin(self, content_type: str) -> None:
        """Send the head of a stream."""
        await self._send(_head(200, content_type, _STREAMS))

    async def chunk(self, content: bytes) -> None:
        await self._send(_chunk(content))
        # A long answer lets others speak, and its reader leave, between any two pieces.
        await asyncio.sleep(0)

    async def end(self, content: bytes = b"") -> None:
        """End a stream, with the last of it."""
        self.at_end()
        await self._send((_chunk(content) if content else b"") + b"0\r\n\r\n")

    async def stays_for(self, work: Coroutine[None, None, None]) -> bool:
        """Do the work, and say whether the other side has stayed to its end; it ends where they leave."""
        working = asyncio.ensure_future(work)
        leaving = asyncio.ensure_future(self._gone.wait())
        try:
            await asyncio.wait([working, leaving], return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                await working
            return working.done()
        except ConnectionError:
            return False
        finally:
            working.cancel()
            leaving.cancel()
            await asyncio.gather(working, leaving, return_exceptions=True)

    def close(self) -> None:
        self.at_end()
        self._writer.close()

    def reset(self) -> None:
        self.at_end()
        # To linger for no time is to reset instead of saying goodbye.
        reset = struct.pack("ii", 1, 0)
        self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        self._writer.transport.abort()

    def abort(self) -> None:
        self._writer.transport.abort()

    async def _send(self, content: bytes) -> None:
        self._writer.write(content)
        await self._writer.drain()


def phrase_of(status: int) -> str:
    """Say what a status means; hosted models have one more of their own, 529."""
    return _PHRASES.get(status, "Overloaded")


def _chunk(content: bytes) -> bytes:
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


def _head(status: int, content_type: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {phrase_of(status)}", f"Content-Type: {content_type}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
