"""Parses and cuts originals in processes of their own: one that a bad file brings down harms nothing else."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.document import Document, Passage
from ingest.origins.original import Original

# More would have nothing to do: one process cuts as fast as eight cores embed.
MOST_PROCESSES = 4
# No parser needs so long for one document; one that does has met something it was not made for.
SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A document with the passages it was cut into."""

    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document, or a whole original, that cannot be read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """All of an original has been given."""


Message = Cut | Rejected | Done


class Cutters:
    """Processes that cut. Originals go in and their documents come out in the same order, a few at a time."""

    def __init__(self, model: Callable[[], Path], most: int | None = None, seconds: float = SECONDS) -> None:
        """Prepare; a process starts when there is work for it.

        Args:
            model: Gives the folder of the exported embedding model, by whose tokens passages are measured.
            most: How many processes at the most; None for as many as help on this machine.
            seconds: How long one document may take.
        """
        self._model = model
        self._most = most or min(MOST_PROCESSES, os.cpu_count() or 1)
        self._seconds = seconds
        self._idle: list[_Process] = []
        self._busy: deque[_Process] = deque()

    def __enter__(self) -> Self:
        """Give the cutters."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """End every process."""
        for process in (*self._idle, *self._busy):
            process.end()
        self._idle.clear()
        self._busy.clear()

    @property
    def has_room(self) -> bool:
        """Whether another original can be taken in at once."""
        return bool(self._idle) or len(self._busy) < self._most

    @property
    def has_work(self) -> bool:
        """Whether documents are still to come out."""
        return bool(self._busy)

    def take(self, original: Original) -> None:
        """Begin to cut an original. Only while there is room."""
        process = self._idle.pop() if self._idle else _Process(self._model())
        process.send(original)
        self._busy.append(process)

    def next_original(self) -> Iterator[Cut | Rejected]:
        """Give the documents of the original that was taken in first, as they are cut."""
        process = self._busy[0]
        whole = False
        try:
            while not isinstance(message := process.receive(self._seconds), Done):
                yield message
            whole = True
        except _BroughtDownError as error:
            yield Rejected(str(error))
        finally:
            # When a run breaks off, every process has been ended already.
            if self._busy:
                self._busy.popleft()
                if whole:
                    self._idle.append(process)
                else:
                    process.end()


class _BroughtDownError(Exception):
    """A process has died or does not answer."""


class _Process:
    """One process that cuts, and the line to it."""

    def __init__(self, model: Path) -> None:
        ours, theirs = Pipe()
        self._line = ours
        # Not through `multiprocessing`, which would import the program's main module there once more.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.cutter", str(theirs.fileno()), str(model)],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        theirs.close()

    def send(self, original: Original) -> None:
        # One that is down already says so when it is asked for its documents.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._line.send(original)

    def receive(self, seconds: float) -> Message:
        try:
            if not self._line.poll(seconds):
                raise _BroughtDownError(
                    f"reading it has taken more than {seconds:.0f} seconds and was given up; "
                    "try a smaller or simpler copy of it"
                )
            message: Message = self._line.recv()
        except (EOFError, ConnectionResetError) as error:
            raise _BroughtDownError(
                "reading it has brought the parser down, for want of memory or by a fault in a library; "
                "try another copy or another format of it"
            ) from error
        return message

    def end(self) -> None:
        self._line.close()
        self._process.kill()
        self._process.wait()


def serve(line: Connection, cut: Callable[[Original], Iterator[Cut | Rejected]]) -> None:
    """Cut what comes over a line until its other end is closed."""
    while True:
        try:
            original: Original = line.recv()
            for message in cut(original):
                line.send(message)
            line.send(Done())
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
