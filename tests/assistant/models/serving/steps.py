"""What a scripted model does with a request: a reply is made of these steps, done in order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.assistant.models.serving.gates import Gate
from tests.assistant.models.serving.requests import Chat


@dataclass(frozen=True)
class Start:
    """Send the head, and what the protocol sends before any text."""


@dataclass(frozen=True)
class Say:
    """Send a text in `chunks` pieces of about one length; None is a piece a word, as models do it."""

    text: str
    chunks: int | None = None

    @property
    def pieces(self) -> list[str]:
        if self.chunks is None:
            return _words(self.text)
        marks = [len(self.text) * n // self.chunks for n in range(self.chunks + 1)]
        return [self.text[start:end] for start, end in itertools.pairwise(marks) if end > start]


@dataclass(frozen=True)
class Think:
    """Send reasoning, in the place that the protocol has for it beside the answer."""

    text: str

    @property
    def pieces(self) -> list[str]:
        return _words(self.text)


@dataclass(frozen=True)
class Pause:
    """Send nothing before the test sets the gate."""

    until: Gate


@dataclass(frozen=True)
class Hang:
    """Send nothing any more; the connection stays open."""


@dataclass(frozen=True)
class Cut:
    """The connection dies: by a reset, as when a process is killed, or else closed as by a proxy."""

    is_reset: bool = True


@dataclass(frozen=True)
class Garbage:
    """Send what is not the protocol: by default a piece whose JSON ends in the middle."""

    text: str | None = None


@dataclass(frozen=True)
class Status:
    """Fail with an HTTP status; once text has been sent, with the protocol's error amid the stream."""

    code: int
    retry_after: str | int | None = None
    body: str | None = None


@dataclass(frozen=True)
class Overflow:
    """The prompt is longer than the model's context."""


@dataclass(frozen=True)
class Refuse:
    """End for the reason that the protocol has for refusals; Ollama has none, its models say `text`."""

    text: str = "I can't help with that."


@dataclass(frozen=True)
class Empty:
    """Say nothing; the end comes in good order."""


@dataclass(frozen=True)
class NoFinish:
    """End the stream without the mark of its end."""


Step = Start | Say | Think | Pause | Hang | Cut | Garbage | Status | Overflow | Refuse | Empty | NoFinish
Reply = str | Step | Sequence[Step]
Script = Callable[[Chat], Reply]


def steps_of(reply: Reply) -> tuple[Step, ...]:
    """Give the steps of a reply; a plain text is said."""
    if isinstance(reply, str):
        return (Say(reply),)
    return (reply,) if isinstance(reply, Step) else tuple(reply)


def always(reply: Reply) -> Script:
    """Reply so to every request."""
    return lambda _: reply


def in_turn(*replies: Reply) -> Script:
    """Give each request the next reply; the last one stays."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+|\s+\Z", text)
