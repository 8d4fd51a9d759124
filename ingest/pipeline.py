"""From origins to the library: read, parse, split, embed, store. What has not changed costs a hash."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.catalogue import IndexedDocument, IndexedPassage
from corpus.document import Document, Passage
from corpus.encoder import Encoder, PassageText
from corpus.errors import LoccitError, OriginError
from corpus.library import Library
from corpus.writer import LibraryWriter
from ingest.origins.files import fallback_id, find_files
from ingest.origins.starter import LOCATION, starter_documents, starter_sha256
from ingest.parsers import parser_for
from ingest.splitting import split

logger = logging.getLogger(__name__)

# Enough passages to fill batches of equal length; few enough to keep memory small and commits frequent.
BATCH_PASSAGES = 2_000


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be ingested, and why."""

    location: str
    reason: str


@dataclass
class Report:
    """What an ingest did.

    Attributes:
        added: Documents that are new.
        replaced: Documents that replaced an earlier version.
        unchanged: Documents that the library held already.
        passages: Passages stored.
        failures: What could not be ingested.
        seconds: How long it took.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    passages: int = 0
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come.

    Attributes:
        done: Origins dealt with.
        total: Origins in all.
        passages: Passages stored so far.
        location: The origin at hand.
    """

    done: int
    total: int
    passages: int
    location: str


@dataclass(frozen=True, slots=True)
class _Origin:
    """One thing to read: where it is, how to hash it without parsing it, how to read its documents."""

    location: str
    sha256: Callable[[], str]
    documents: Callable[[], Iterator[Document | OriginError]]


@dataclass(slots=True)
class _Cut:
    """A document that has been cut and waits to be embedded."""

    document: Document
    passages: tuple[Passage, ...]


class Ingest:
    """One run of the pipeline over one library. Of several documents with one id, the one read last stays."""

    def __init__(self, library: Library, progress: Callable[[Progress], None] = lambda _: None) -> None:
        """Prepare a run.

        Args:
            library: Where documents go.
            progress: Called before and after each origin.
        """
        self._library = library
        self._progress = progress
        self.report = Report()
        self._waiting: dict[str, _Cut] = {}
        self._finished: list[tuple[str, str, int]] = []

    def paths(self, paths: Sequence[Path]) -> Report:
        """Ingest files and folders; a bad one is reported and never stops the others.

        Raises:
            LibraryLockedError: If another process is writing to the library.
        """
        return self._run(self._found(paths))

    def starter(self) -> Report:
        """Ingest the starter corpus.

        Raises:
            LibraryLockedError: If another process is writing to the library.
        """
        return self._run([_Origin(LOCATION, starter_sha256, starter_documents)])

    def _found(self, paths: Sequence[Path]) -> list[_Origin]:
        origins: dict[Path, _Origin] = {}
        for path in paths:
            try:
                for file in find_files(path):
                    origins.setdefault(file.resolve(), _file_origin(file))
            except OriginError as error:
                self.report.failures.append(Failure(str(path), _without_location(str(error), str(path))))
        return list(origins.values())

    def _run(self, origins: Sequence[_Origin]) -> Report:
        begun = time.perf_counter()
        with self._library.writing() as writer:
            writer.sweep()
            for done, origin in enumerate(origins):
                self._progress(Progress(done, len(origins), self.report.passages, origin.location))
                try:
                    self._take(origin, writer)
                except OriginError as error:
                    self.report.failures.append(Failure(origin.location, str(error)))
                except LoccitError:
                    raise
                except Exception as error:
                    # A fault of ours over one odd file: the others must not pay for it.
                    logger.exception("%s could not be read", origin.location)
                    reason = f"{type(error).__name__}: {error}; this is a fault of Loccit, please report it"
                    self.report.failures.append(Failure(origin.location, reason))
            self._store(writer)
        self._progress(Progress(len(origins), len(origins), self.report.passages, ""))
        self.report.seconds = time.perf_counter() - begun
        return self.report

    def _take(self, origin: _Origin, writer: LibraryWriter) -> None:
        """Read an origin's documents and cut those that are new or have changed."""
        sha256 = writer.origin_version(origin.sha256())
        known = self._library.catalogue.origin_documents(origin.location, sha256)
        if known is not None:
            self.report.unchanged += known
            return
        documents, failed = 0, False
        for document in origin.documents():
            if isinstance(document, OriginError):
                self.report.failures.append(Failure(origin.location, str(document)))
                failed = True
                continue
            documents += 1
            if writer.holds(document) and document.id not in self._waiting:
                self.report.unchanged += 1
            else:
                cut = _Cut(document, split(document, self._library.encoder))
                self._waiting[document.id] = cut
                if sum(len(waiting.passages) for waiting in self._waiting.values()) >= BATCH_PASSAGES:
                    self._store(writer)
        if not failed:
            self._finished.append((origin.location, sha256, documents))

    def _store(self, writer: LibraryWriter) -> None:
        """Embed what waits and store it in one commit."""
        cuts = list(self._waiting.values())
        if cuts or self._finished:
            indexed = _embedded(cuts, self._library.encoder)
            added, replaced = writer.add(indexed, self._finished)
            self.report.added += added
            self.report.replaced += replaced
            self.report.passages += sum(len(cut.passages) for cut in cuts)
        self._waiting.clear()
        self._finished.clear()


def _embedded(cuts: Sequence[_Cut], encoder: Encoder) -> list[IndexedDocument]:
    texts = [_passage_text(cut.document, passage) for cut in cuts for passage in cut.passages]
    vectors = iter(encoder.encode_passages(texts))
    indexed = []
    for cut in cuts:
        pairs = zip(cut.passages, vectors, strict=False)
        passages = tuple(IndexedPassage(passage, made.passage, made.sentences) for passage, made in pairs)
        indexed.append(IndexedDocument(cut.document, passages))
    return indexed


def _passage_text(document: Document, passage: Passage) -> PassageText:
    sentences = tuple(sentence.shifted(-passage.span.start) for sentence in passage.sentences)
    return PassageText(document.record.title, passage.path, passage.span.of(document.text), sentences)


def _file_origin(path: Path) -> _Origin:
    def read() -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise OriginError(f"the file cannot be read ({error.strerror}); check its rights") from error

    def documents() -> Iterable[Document | OriginError]:
        parse = parser_for(path.name)
        assert parse is not None, "find_files yields files of known formats only"
        return parse(read(), fallback_id(path))

    return _Origin(str(path.resolve()), lambda: hashlib.sha256(read()).hexdigest(), lambda: iter(documents()))


def _without_location(message: str, location: str) -> str:
    return message.removeprefix(f"{location}: ")
