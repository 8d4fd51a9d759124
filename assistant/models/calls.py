"""One request's text on its way from the model's thread to the reader's."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from assistant.models.providers.access import Ending
from assistant.models.usage import Usage

# How often who waits looks whether it shall stop, in seconds: half of what a stop may take.
_GLANCE = 0.05
# How long a stop waits to hear that the connection is closed, in seconds: the other half.
_FAREWELL = 0.05


@dataclass(frozen=True, slots=True)
class End:
    """How a request ended; what it used, as far as it is known."""

    ending: Ending | None
    usage: Usage
    error: BaseException | None = None


class Call:
    """What both threads know of a request. Times are those of `time.monotonic`, None before it is so.

    Attributes:
        so_far: Gives what the request has used until now, from any thread: nothing before it has its turn.
    """

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.pieces: queue.SimpleQueue[str | End] = queue.SimpleQueue()
        self.asked_at: float | None = None
        self.first_at: float | None = None
        self.last_at: float | None = None
        self.end: End | None = None
        self.ended = threading.Event()
        self.so_far: Callable[[], Usage] = Usage

    def say(self, text: str) -> None:
        """Pass on a piece of text."""
        self.last_at = time.monotonic()
        self.first_at = self.first_at or self.last_at
        self.pieces.put(text)

    def finish(self, end: End) -> None:
        """Pass on the end; a second one is none."""
        if self.end is not None:
            return
        self.end = end
        self.ended.set()
        self.pieces.put(end)

    def give_up(self) -> None:
        """Pass on that nothing more comes, where no other end has been."""
        self.finish(End(Ending.STOPPED, Usage()))


class Speech(Iterator[str]):
    """A model's text, in pieces as they arrive. For one thread; closed at the end of a `with`, or when let go of.

    It ends where the model ends, where `stop` is set (within 100 ms, though nothing arrives), or where it is closed.
    """

    def __init__(self, call: Call, cancel: Callable[[], object], stop: threading.Event) -> None:
        """Read a request's text; `cancel` ends the request."""
        self._call = call
        self._cancel = cancel
        self._stop = stop
        self._is_over = False

    def __next__(self) -> str:
        """Give the next piece.

        Raises:
            ModelError: As what went wrong; the text that came before it has been given.
        """
        while not self._is_over:
            if self._stop.is_set():
                self.close()
                break
            try:
                piece = self._call.pieces.get(timeout=_GLANCE)
            except queue.Empty:
                continue
            if isinstance(piece, str):
                return piece
            self._is_over = True
            if piece.error is not None:
                raise piece.error
        raise StopIteration

    @property
    def usage(self) -> Usage:
        """What the request used: nothing before its end; an estimate where a stop has not been heard of yet."""
        if self._call.end:
            return self._call.end.usage
        return self._call.so_far() if self._is_over else Usage()

    @property
    def ending(self) -> Ending | None:
        """Why the text ended; None before it has, and where it went wrong."""
        if self._call.end:
            return self._call.end.ending
        return Ending.STOPPED if self._is_over else None

    @property
    def first_word_seconds(self) -> float | None:
        """How long the model took to its first word, without the wait for a turn; None where it said none."""
        asked, first = self._call.asked_at, self._call.first_at
        return None if asked is None or first is None else first - asked

    @property
    def tokens_per_second(self) -> float | None:
        """How fast the model wrote, from its first word on; None where it said too little to tell."""
        first, last = self._call.first_at, self._call.last_at
        if first is None or last is None or last <= first or not self.usage.completion_tokens:
            return None
        return (self.usage.completion_tokens - 1) / (last - first)

    def close(self) -> None:
        """Stop the model: its connection is closed, and its place free for others."""
        if not self._is_over:
            self._is_over = True
            self._cancel()
            self._call.ended.wait(_FAREWELL)

    def __enter__(self) -> Self:
        """Give the speech."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Stop the model."""
        self.close()

    def __del__(self) -> None:
        """Stop the model, whose text nobody can read any more."""
        if not self._is_over:
            self._is_over = True
            self._cancel()
