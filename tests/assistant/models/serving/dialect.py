"""What differs between the protocols: how a chat is asked for, and how its answer is told."""

from __future__ import annotations

import abc
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from tests.assistant.models.serving.requests import Chat, Message, Protocol

EVENTS = "text/event-stream; charset=utf-8"


class Reason(Enum):
    """Why a text ends."""

    STOP = auto()
    LENGTH = auto()
    REFUSAL = auto()


@dataclass(frozen=True)
class Usage:
    """Tokens read and written."""

    prompt: int
    completion: int


@dataclass(frozen=True)
class Failure:
    """An HTTP status, and what is said of it."""

    status: int
    message: str


@dataclass(frozen=True)
class Asked:
    """What a body asks for; the longest answer in tokens."""

    model: str
    messages: tuple[Message, ...]
    longest: int | None
    is_streaming: bool


class Dialect(abc.ABC):
    """Tells one chat's answer as one protocol does."""

    protocol: Protocol
    stream_type = EVENTS
    knows_refusals = True

    def __init__(self, chat: Chat, tells_usage: bool) -> None:
        self.chat = chat
        self.tells_usage = tells_usage

    @staticmethod
    @abc.abstractmethod
    def asked(body: Mapping[str, Any]) -> Asked:
        """Read what a chat asks for."""

    @abc.abstractmethod
    def opening(self) -> list[bytes]:
        """What comes before any text."""

    @abc.abstractmethod
    def text(self, piece: str) -> list[bytes]:
        """A piece of text."""

    @abc.abstractmethod
    def thought(self, piece: str) -> list[bytes]:
        """A piece of reasoning."""

    @abc.abstractmethod
    def ending(self, reason: Reason, usage: Usage) -> list[bytes]:
        """The mark of the end, with what was used."""

    @abc.abstractmethod
    def garbage(self) -> bytes:
        """A piece that ends in the middle of its JSON."""

    @abc.abstractmethod
    def failing(self, error: bytes) -> bytes:
        """An error, written as it goes with a status, amid a stream."""

    @abc.abstractmethod
    def whole(self, text: str, thoughts: str, reason: Reason | None, usage: Usage) -> object:
        """The whole answer to who did not ask for a stream."""

    @staticmethod
    @abc.abstractmethod
    def error(failure: Failure) -> object:
        """What goes with an HTTP status."""

    @abc.abstractmethod
    def overflow(self, prompt: int, context: int) -> object:
        """What goes with status 400 where a prompt is longer than the context, in tokens."""


def messages_in(given: Sequence[Mapping[str, Any]]) -> tuple[Message, ...]:
    """Read messages, whose content is a text or a list of blocks."""
    return tuple(Message(message["role"], text_of(message.get("content"))) for message in given)


def text_of(content: str | Sequence[Mapping[str, Any]] | None) -> str:
    """Give the text of a message's content."""
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(block.get("text", "") for block in content)


def event(content: object, name: str | None = None) -> bytes:
    """Write a server-sent event."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(content)}\n\n".encode()
