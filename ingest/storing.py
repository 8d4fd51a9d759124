"""Embeds cut documents batch by batch and stores each batch while the next is embedded."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from corpus.document import Document
from corpus.embedding import embedded
from corpus.identity import identifiers
from corpus.ledger import Listed
from corpus.library import Library
from corpus.notices import Notice, noticed, notices_of
from corpus.rows import Failure, IndexedDocument, IngestedOrigin, Provenance
from corpus.writer import Done, LibraryWriter
from ingest.cutting import Cut
from ingest.duplicates import Duplicates
from ingest.reading import Read

# Enough passages to fill batches of equal length; few enough to keep memory small and commits frequent.
BATCH_PASSAGES = 512


@dataclass
class Report:
    """What an ingest did.

    Attributes:
        added: Documents that are new.
        replaced: Documents that replaced an earlier version.
        unchanged: Documents that the library held already.
        duplicates: Documents of which the library has a better copy.
        superseded: Documents that made way for a better copy.
        passages: Passages stored.
        failures: What could not be ingested.
        seconds: How long it took.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    duplicates: int = 0
    superseded: int = 0
    passages: int = 0
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0


def total(reports: Iterable[Report]) -> Report:
    """Add up what several runs did."""
    whole = Report()
    for report in reports:
        whole.added += report.added
        whole.replaced += report.replaced
        whole.unchanged += report.unchanged
        whole.duplicates += report.duplicates
        whole.superseded += report.superseded
        whole.passages += report.passages
        whole.failures += report.failures
        whole.seconds += report.seconds
    return whole


class _Batch:
    """What the next commit stores."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.cuts: dict[str, tuple[Cut, Provenance]] = {}
        self.passages = 0
        self.origins: list[IngestedOrigin] = []
        self.failures: list[Failure] = []
        self.superseded: dict[str, str] = {}
        self.notices: list[Notice] = []
        self.listed: list[Listed] = []

    @property
    def done(self) -> Done:
        return Done(self.origins, self.failures, list(self.superseded.items()), self.notices, self.listed)

    def add(self, cut: Cut, provenance: Provenance) -> None:
        self.drop(cut.document.id)
        self.cuts[cut.document.id] = cut, provenance
        self.passages += len(cut.passages)

    def drop(self, document_id: str) -> None:
        gone = self.cuts.pop(document_id, None)
        self.passages -= len(gone[0].passages) if gone else 0


class Store:
    """Collects documents, embeds them batch by batch, and writes each batch while the next is embedded."""

    def __init__(self, library: Library, writer: LibraryWriter, report: Report) -> None:
        self._library = library
        self._writer = writer
        self._report = report
        self._duplicates = Duplicates(library.catalogue.ledger)
        self._batch = _Batch(0)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="loccit-writer")
        self._writing: tuple[_Batch, Future[tuple[int, int]]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._thread.shutdown()

    def take(self, cut: Cut, read: Read) -> str:
        """Take a document in, unless a better copy is there; give the id that stands for it."""
        document = self._noticed(cut.document)
        cut = replace(cut, document=document)
        fetched = read.original.address is not None
        judged = self._duplicates.judge(document, read.location, self._batch.number, fetched=fetched)
        for lesser in judged.lesser:
            self._batch.drop(lesser)
            self._batch.superseded[lesser] = document.id
            self._report.superseded += 1
        if judged.better is not None:
            self._report.duplicates += 1
            return judged.better
        self._batch.superseded.pop(document.id, None)
        if self._writer.holds(document) and document.id not in self._batch.cuts:
            self._report.unchanged += 1
            return document.id
        self._batch.add(cut, self._provenance(read))
        if self._batch.passages >= BATCH_PASSAGES:
            self._flush()
        return document.id

    def notice(self, notices: Iterable[Notice]) -> None:
        """Take in what is said of works: the next commit marks the documents that it is about."""
        self._batch.notices.extend(notices)

    def origin(self, origin: IngestedOrigin) -> None:
        """Remember an origin with the next commit."""
        self._batch.origins.append(origin)

    def fail(self, failure: Failure) -> None:
        """Report a failure and remember it."""
        self._report.failures.append(failure)
        self.remember(failure)

    def remember(self, failure: Failure) -> None:
        """Remember a failure with the next commit, so that it can be tried again."""
        self._batch.failures.append(failure)

    def listed(self, name: str) -> None:
        """Remember that all of a list or query was given: what failed of it before, and not now, is over."""
        of_it = (failure for failure in self._report.failures if failure.listing)
        failed = frozenset(f.location for f in of_it if f.listing and f.listing.name == name)
        self._batch.listed.append(Listed(name, failed))

    def finish(self) -> None:
        """Store the rest."""
        self._flush()
        self._settle()

    def _noticed(self, document: Document) -> Document:
        """Give a document with what is known of its work; keep what it says of works itself."""
        self.notice(notices_of(document))
        names = identifiers(document.record)
        known = self._library.catalogue.ledger.notices(names) if names else []
        return noticed(document, [*known, *self._batch.notices])

    def _provenance(self, read: Read) -> Provenance:
        original = read.original
        kept = self._library.originals.keep(original.data, original.suffix) if original.keep else None
        return Provenance(read.location, original.address, kept)

    def _flush(self) -> None:
        """Embed what waits, then hand it to the thread that writes."""
        batch = self._batch
        if not batch.cuts and not batch.done:
            return
        self._batch = _Batch(batch.number + 1)
        if batch.notices:
            # What the write under way stores may be what they are about.
            self._settle()
            self._mark(batch)
        indexed = self._embedded(batch) if batch.cuts else []
        self._settle()
        self._writing = batch, self._thread.submit(self._writer.add, indexed, batch.done)

    def _mark(self, batch: _Batch) -> None:
        """Add held documents to a batch that is to mark them retracted, corrected or otherwise spoken of."""
        names = {notice.work for notice in batch.notices}
        library = self._library
        ledger = library.catalogue.ledger
        for held in ledger.held(names) if names else ():
            document_id = held.document_id
            if document_id in batch.cuts or document_id in batch.superseded:
                continue
            document = library.document(document_id)
            marked = noticed(document, batch.notices)
            if marked != document:
                passages = tuple(stored.passage for stored in library.passages_of(document_id))
                batch.add(Cut(marked, passages), ledger.provenance(document_id))
        for document_id, (cut, provenance) in batch.cuts.items():
            batch.cuts[document_id] = replace(cut, document=noticed(cut.document, batch.notices)), provenance

    def _settle(self) -> None:
        """Wait for the write that is under way."""
        if self._writing is None:
            return
        batch, writing = self._writing
        self._writing = None
        added, replaced = writing.result()
        self._duplicates.stored(batch.number)
        self._report.added += added
        self._report.replaced += replaced
        self._report.passages += batch.passages

    def _embedded(self, batch: _Batch) -> list[IndexedDocument]:
        cuts = list(batch.cuts.values())
        passages = embedded([(cut.document, cut.passages) for cut, _ in cuts], self._library.encoder)
        return [
            IndexedDocument(cut.document, indexed, provenance)
            for (cut, provenance), indexed in zip(cuts, passages, strict=True)
        ]
