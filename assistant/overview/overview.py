"""What a library looks like as a whole; worked out once for each of its states."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from assistant.comparing.aspects import Aspects
from assistant.overview.coverage import Coverage, coverage
from assistant.overview.holdings import Holdings
from assistant.overview.keeping import Maps
from assistant.overview.mapping import Making, PassageMap
from corpus.library import Library

Made = TypeVar("Made")


class Overview:
    """The numbers, the map and the gaps of one library. Safe across threads."""

    def __init__(self, library: Library) -> None:
        """Look at `library`; nothing is worked out before it is asked for."""
        aspects = Aspects(library)
        self._maps = Maps(library)
        self._holdings = _Latest(library, lambda: Holdings.of(library.documents()))
        self._coverage = _Latest(library, lambda: coverage(library, aspects.known()))

    def holdings(self) -> Holdings:
        """Count the documents by year and kind."""
        return self._holdings.get()

    def map(self) -> PassageMap | Making:
        """Lay out the passages in two dimensions; while that is being done, tell how far it is.

        Raises:
            LoccitError: If it could not be done.
        """
        return self._maps.latest()

    def coverage(self) -> tuple[Coverage, ...]:
        """Tell how much is known in each respect, the least known first.

        Raises:
            SettingsError: If the file of the aspects cannot be used.
        """
        return self._coverage.get()

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the map that is being made."""
        self._maps.wait(seconds)


class _Latest(Generic[Made]):
    """Something that follows from what a library holds; who asks while it is worked out, waits."""

    def __init__(self, library: Library, make: Callable[[], Made]) -> None:
        self._library, self._make = library, make
        self._lock = threading.Lock()
        self._made: tuple[int, Made] | None = None

    def get(self) -> Made:
        with self._lock:
            generation = self._library.catalogue.generation
            if self._made is None or self._made[0] != generation:
                self._made = generation, self._make()
            return self._made[1]
