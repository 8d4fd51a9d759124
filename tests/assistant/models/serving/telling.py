"""The two ways of answering a chat: piece by piece as text comes, or whole at its end."""

from __future__ import annotations

import abc

from tests.assistant.models.serving.dialect import Dialect, Reason, Usage
from tests.assistant.models.serving.requests import tokens_of
from tests.assistant.models.serving.wire import Answer, Wire


class Telling(abc.ABC):
    """Tells one answer to one client, in the dialect of its chat."""

    def __init__(self, wire: Wire, dialect: Dialect) -> None:
        self._wire = wire
        self._dialect = dialect
        self._thoughts = ""

    @property
    def usage(self) -> Usage:
        """What the client is told of tokens; reasoning counts as written."""
        chat = self._dialect.chat
        return Usage(chat.prompt_tokens, len(tokens_of(chat.said)) + len(tokens_of(self._thoughts)))

    @abc.abstractmethod
    async def begin(self) -> None:
        """Send what comes before any text."""

    async def say(self, piece: str) -> None:
        self._dialect.chat.said += piece

    async def think(self, piece: str) -> None:
        self._thoughts += piece

    @abc.abstractmethod
    async def babble(self, text: str | None) -> bool:
        """Send what is no piece of the protocol, and say whether more can follow."""

    @abc.abstractmethod
    async def fail(self, error: Answer) -> None:
        """End with an error."""

    @abc.abstractmethod
    async def end(self, reason: Reason | None) -> None:
        """End; without the mark of an end for no reason."""


class Streamed(Telling):
    """Piece by piece."""

    def __init__(self, wire: Wire, dialect: Dialect) -> None:
        super().__init__(wire, dialect)
        self._has_begun = False

    async def begin(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            await self._wire.begin(self._dialect.stream_type)
            await self._send(self._dialect.opening())

    async def say(self, piece: str) -> None:
        await self.begin()
        await super().say(piece)
        await self._send(self._dialect.text(piece))

    async def think(self, piece: str) -> None:
        await self.begin()
        await super().think(piece)
        await self._send(self._dialect.thought(piece))

    async def babble(self, text: str | None) -> bool:
        await self.begin()
        await self._send([self._dialect.garbage() if text is None else text.encode()])
        return True

    async def fail(self, error: Answer) -> None:
        if self._has_begun:
            await self._wire.end(self._dialect.failing(error.content))
        else:
            await self._wire.answer(error)

    async def end(self, reason: Reason | None) -> None:
        await self.begin()
        last = self._dialect.ending(reason, self.usage) if reason else []
        await self._wire.end(b"".join(last))

    async def _send(self, chunks: list[bytes]) -> None:
        for chunk in chunks:
            await self._wire.chunk(chunk)


class Whole(Telling):
    """At its end."""

    async def begin(self) -> None:
        """Nothing comes before the whole."""

    async def babble(self, text: str | None) -> bool:
        await self._wire.answer(Answer(b'{"id": "1", "mess' if text is None else text.encode()))
        return False

    async def fail(self, error: Answer) -> None:
        await self._wire.answer(error)

    async def end(self, reason: Reason | None) -> None:
        told = self._dialect.whole(self._dialect.chat.said, self._thoughts, reason, self.usage)
        await self._wire.answer(Answer.of(told))
