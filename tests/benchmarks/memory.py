"""Watches how much memory a process and those that it has started hold."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

# Seconds from one look to the next; a look costs about ten milliseconds of a process that holds a gigabyte.
_PAUSE = 0.25
_KIB_IN_MB = 1024
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class PeakMemory:
    """The most that this process and its descendants hold at once, while the context lasts (Linux).

    Pages that several of them share count once: the sum of their proportional set sizes, as proc(5) defines it.
    """

    def __init__(self) -> None:
        """Watch nothing yet."""
        self.megabytes = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Look once more, and no longer."""
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while True:
            held = sum(map(_held, _family(os.getpid())))
            self.megabytes = max(self.megabytes, held / _KIB_IN_MB)
            if self._over.wait(_PAUSE):
                return


def _family(process: int) -> Iterator[int]:
    yield process
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # It may have ended meanwhile.
            for child in listed.read_text().split():
                yield from _family(int(child))


def _held(process: int) -> int:
    with suppress(OSError):  # It may have ended meanwhile.
        found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text())
        return int(found[1]) if found else 0
    return 0
