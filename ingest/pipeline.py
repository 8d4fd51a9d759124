"""From origins to the library: read, parse, split, embed, store, each while the next is under way."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from corpus.library import Library
from corpus.notices import Notice
from corpus.rows import Failure, IngestedOrigin
from ingest.cutting import Cut, Cutters, Rejected
from ingest.origins.files import file_origins
from ingest.origins.original import Ended, Listings
from ingest.origins.starter import StarterOrigin
from ingest.reading import Read, Reader, Unchanged
from ingest.storing import Report, Store


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come.

    Attributes:
        done: Origins dealt with.
        total: Origins in all; None as long as more are being found.
        passages: Passages stored so far.
        location: The origin at hand; empty while the rest is stored.
        failures: How many have failed.
    """

    done: int
    total: int | None
    passages: int
    location: str
    failures: int = 0


class Ingest:
    """One run over origins. Documents of equal identity are one document; the better copy stays."""

    def __init__(
        self,
        library: Library,
        progress: Callable[[Progress], None] = lambda _: None,
        *,
        refetch: bool = False,
    ) -> None:
        """Prepare a run.

        Args:
            library: Where documents go.
            progress: Called after each origin.
            refetch: Whether what the library holds of remote origins is fetched again.
        """
        self._library = library
        self._progress = progress
        self._refetch = refetch
        self.report = Report()

    def paths(self, paths: Sequence[Path]) -> Report:
        """Ingest files and folders; a bad one is reported and never stops the others.

        Raises:
            LibraryLockedError: If another process is writing to the library.
        """
        return self.run(chain.from_iterable(file_origins(path) for path in paths))

    def starter(self) -> Report:
        """Ingest the starter corpus.

        Raises:
            LibraryLockedError: If another process is writing to the library.
        """
        return self.run(iter([StarterOrigin()]))

    def run(self, origins: Listings, notices: Sequence[Notice] = ()) -> Report:
        """Ingest origins as they are listed.

        Args:
            origins: What is to be ingested.
            notices: What is known of works from elsewhere; the documents that they are about are marked.

        Raises:
            LibraryLockedError: If another process is writing to the library.
        """
        begun = time.perf_counter()
        library = self._library
        ledger = library.catalogue.ledger
        with library.writing() as writer:
            writer.sweep()
            writer.sweep_originals()
            with (
                Reader(origins, writer, ledger, refetch=self._refetch) as reader,
                Cutters(lambda: library.encoder.folder) as cutters,
                Store(library, writer, self.report) as store,
            ):
                store.notice(notices)
                _Run(reader, cutters, store, self.report, self._progress).all()
        self.report.seconds += time.perf_counter() - begun
        return self.report


class _Run:
    """The stages of one run, put together."""

    def __init__(
        self,
        reader: Reader,
        cutters: Cutters,
        store: Store,
        report: Report,
        progress: Callable[[Progress], None],
    ) -> None:
        self._reader = reader
        self._cutters = cutters
        self._store = store
        self._report = report
        self._progress = progress
        self._cutting: deque[Read] = deque()
        self._done = 0

    def all(self) -> None:
        """Deal with every origin, in the order in which they are listed."""
        while True:
            self._feed()
            if self._cutting:
                read = self._cutting.popleft()
                self._take(read, self._cutters.next_original())
                self._tell(read.location)
            elif self._reader.ended:
                break
        self._store.finish()
        self._progress(
            Progress(self._done, self._done, self._report.passages, "", len(self._report.failures))
        )

    def _feed(self) -> None:
        """Give the cutters work; wait for an origin only when there is nothing else to do."""
        while self._cutters.has_room and not self._reader.ended:
            found = self._reader.next(wait=not self._cutting)
            if found is None:
                return
            if isinstance(found, Read):
                self._cutters.take(found.original)
                self._cutting.append(found)
                continue
            if isinstance(found, Ended):
                self._store.listed(found.name)
                continue
            if isinstance(found, Unchanged):
                self._report.unchanged += found.documents
            else:
                self._store.fail(found)
            self._tell(found.location)

    def _take(self, read: Read, cuts: Iterator[Cut | Rejected]) -> None:
        documents: list[str] = []
        reasons: list[str] = []
        for cut in cuts:
            if isinstance(cut, Rejected):
                reasons.append(cut.reason)
                self._report.failures.append(Failure(read.location, cut.reason, read.listing))
            else:
                documents.append(self._store.take(cut, read))
        if reasons:
            self._store.remember(Failure(read.location, "; ".join(reasons), read.listing))
        else:
            self._store.origin(IngestedOrigin(read.location, read.version, tuple(documents)))

    def _tell(self, location: str) -> None:
        self._done += 1
        total = self._reader.listed if self._reader.all_listed else None
        failures = len(self._report.failures)
        self._progress(Progress(self._done, total, self._report.passages, location, failures))


__all__ = ["Failure", "Ingest", "Progress", "Report"]
