"""Finds and reads origins in a thread of its own, a few ahead of what is being embedded."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from corpus.document import Fidelity
from corpus.errors import OriginError
from corpus.ledger import Ledger
from corpus.rows import Failure, Listing
from corpus.writer import LibraryWriter
from ingest.origins.original import Ended, Listings, Origin, Original, Unreadable

# Originals read ahead: enough for the network's hiccups, few enough that large ones do not fill the memory.
AHEAD = 4
# How many seconds a fetch may go on after a run has been broken off.
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An origin that the library has ingested as it is now."""

    location: str
    documents: int


@dataclass(frozen=True, slots=True)
class Read:
    """An origin that is new or has changed."""

    location: str
    version: str
    original: Original
    listing: Listing | None = None


Found = Unchanged | Failure | Read | Ended


class Reader:
    """Reads origins ahead while other work goes on."""

    def __init__(self, origins: Listings, writer: LibraryWriter, ledger: Ledger, *, refetch: bool) -> None:
        """Begin to read.

        Args:
            origins: Listed as they are needed.
            writer: Says which pipeline reads.
            ledger: Says what was ingested before.
            refetch: Whether what the library holds of remote origins is fetched again.
        """
        self._origins = origins
        self._writer = writer
        self._ledger = ledger
        self._refetch = refetch
        self._found: queue.Queue[Found | BaseException | None] = queue.Queue(AHEAD)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loccit-reader", daemon=True)
        self.listed = 0
        self.all_listed = False
        self._ended = False

    def __enter__(self) -> Self:
        """Start reading."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Stop reading; a fetch that hangs is left behind, so that Ctrl-C ends a run at once."""
        self._stop.set()
        deadline = time.monotonic() + PATIENCE
        while self._thread.is_alive() and time.monotonic() < deadline:
            # Room in the queue lets a reader go on that waits for some.
            with suppress(queue.Empty):
                self._found.get(timeout=0.05)

    def next(self, *, wait: bool) -> Found | None:
        """Give the next origin; None at the end or, unless `wait`, if none is ready yet."""
        if self._ended:
            return None
        try:
            found = self._found.get(block=wait)
        except queue.Empty:
            return None
        if isinstance(found, BaseException):
            raise found
        self._ended = found is None
        return found

    @property
    def ended(self) -> bool:
        """Whether every origin has been given."""
        return self._ended

    def _run(self) -> None:
        try:
            for found in self._all():
                self._found.put(found)
                if self._stop.is_set():
                    return
            self._found.put(None)
        except BaseException as error:  # noqa: BLE001, raised again where the origins are asked for
            self._found.put(error)

    def _all(self) -> Iterator[Found]:
        listing: Listing | None = None
        for origin in self._origins:
            match origin:
                case Listing():
                    listing = origin
                case Ended():
                    yield origin
                case Unreadable():
                    self.listed += 1
                    yield Failure(origin.location, origin.reason, listing)
                case _:
                    self.listed += 1
                    yield self._read(origin, listing)
        self.all_listed = True

    def _read(self, origin: Origin, listing: Listing | None) -> Found:
        held = self._ledger.origin_version(origin.location)
        if origin.is_remote and not self._refetch and self._is_had(origin, held):
            return self._unchanged(origin)
        try:
            original = origin.read()
        except OriginError as error:
            return Failure(origin.location, str(error), listing)
        # What is known beyond the bytes counts too: a retraction changes a document whose text stays.
        digest = hashlib.sha256(original.data)
        digest.update(repr(original.known).encode())
        version = self._writer.origin_version(digest.hexdigest())
        if version == held:
            return self._unchanged(origin)
        return Read(origin.location, version, original, listing)

    def _is_had(self, origin: Origin, held: str | None) -> bool:
        """Tell whether there is nothing to gain from fetching an origin."""
        if held:
            return self._writer.made_now(held)
        copies = self._ledger.held(origin.works) if origin.works else ()
        return any(copy.fidelity is Fidelity.FULL_TEXT for copy in copies)

    def _unchanged(self, origin: Origin) -> Unchanged:
        # One that was skipped because of another copy has no documents of its own.
        return Unchanged(origin.location, len(self._ledger.documents_of_origin(origin.location)) or 1)
