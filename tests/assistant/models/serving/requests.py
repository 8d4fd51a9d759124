"""What clients have asked a model server for, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Protocol(Enum):
    """A way of speaking to a model."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    OLLAMA = "ollama"
    LLAMA_CPP = "llama.cpp"


@dataclass(eq=False)
class Request:
    """A request; times are those of `time.monotonic`, None before it is so."""

    protocol: Protocol
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    at: float
    finished_at: float | None = None
    went_away_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still being answered."""
        return self.finished_at is None and self.went_away_at is None

    @property
    def went_away(self) -> bool:
        """Whether the client left before it had its answer."""
        return self.went_away_at is not None


@dataclass(frozen=True)
class Message:
    """One of a chat's messages."""

    role: str
    text: str


@dataclass(eq=False, kw_only=True)
class Chat(Request):
    """A request for text."""

    model: str
    messages: tuple[Message, ...]
    longest: int | None
    is_streaming: bool
    said: str = ""

    @property
    def prompt(self) -> str:
        """All that the model is told."""
        return "\n\n".join(message.text for message in self.messages)

    @property
    def prompt_tokens(self) -> int:
        return len(tokens_of(templated(self.messages)))


def templated(messages: Iterable[Message]) -> str:
    """Give the text that the model reads, with marks between the messages, which cost tokens too."""
    return "".join(f"<{message.role}>\n{message.text}\n</{message.role}>\n" for message in messages)


def tokens_of(text: str) -> list[str]:
    """Cut a text into tokens, which make it up again: words and signs, each with the white space before it."""
    return re.findall(r"\s*\w+|\s*[^\w\s]|\s+\Z", text)
