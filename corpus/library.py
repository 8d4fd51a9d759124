"""The library: the one door to the catalogue and its two indexes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from corpus.catalogue import Catalogue, DocumentSummary, Filter, StoredPassage
from corpus.document import Document
from corpus.encoder import Encoder
from corpus.errors import EmbeddingError, LibraryError, LibraryLockedError, UnknownDocumentError
from corpus.fulltext import FullText, Hit, Wanted
from corpus.originals import Originals
from corpus.places import Places
from corpus.runtimes.runtime import Vectors
from corpus.settings import Settings
from corpus.vectors import VectorIndex
from corpus.writer import LibraryWriter

CACHED_DOCUMENTS = 256


class Library:
    """A folder with one catalogue and its two indexes. Safe across threads; readers never wait for a writer."""

    def __init__(
        self, path: Path, settings: Settings, *, create: bool = False, any_model: bool = False
    ) -> None:
        """Open a library.

        Args:
            path: Its folder.
            settings: The embedding model and, if any, the Chroma server.
            create: Make an empty library where there is none.
            any_model: Open it whatever model made it, to give it another one.

        Raises:
            LibraryError: If there is no library, or it cannot be read.
            EmbeddingError: If the library was made with another embedding model than the one set.
        """
        self.path = path
        self.settings = settings
        if create:
            _make_folder(path)
        elif not (path / "catalogue.sqlite").exists():
            raise LibraryError(
                f"There is no library in {path}. Run `loccit ingest` to make one, or name another with --library."
            )
        facts = {**Places.new().as_facts(), "embedding_model": settings.embedding_model}
        self.catalogue = Catalogue(path / "catalogue.sqlite", facts if create else None)
        self.places = Places.read(self.catalogue)
        if not any_model:
            self._check_model()
        self._lock = threading.RLock()
        self._encoder: Encoder | None = None
        self._fulltext: FullText | None = None
        self._vectors: VectorIndex | None = None
        self._seen_generation = -1
        self._documents: OrderedDict[tuple[str, str], Document] = OrderedDict()

    def _check_model(self) -> None:
        made_with = self.catalogue.fact("embedding_model")
        if made_with != self.settings.embedding_model:
            self.catalogue.close()
            raise EmbeddingError(
                f"The library in {self.path} was made with the embedding model {made_with!r}, but "
                f"{self.settings.embedding_model!r} is set. Set LOCCIT_EMBEDDING_MODEL={made_with}, or run "
                "`loccit reembed` to make it anew with the one that is set."
            )

    @property
    def runtime(self) -> str:
        """What made the library's vectors; for one that is empty, what will."""
        return self.catalogue.fact("embedding_runtime") or self.encoder.runtime

    def __enter__(self) -> Self:
        """Give the open library."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close the library."""
        self.close()

    def close(self) -> None:
        """Let go of every file and connection."""
        if self._vectors is not None:
            self._vectors.close()
        self._vectors = self._fulltext = None
        self.catalogue.close()

    @property
    def originals(self) -> Originals:
        """Copies of what was fetched or uploaded."""
        return Originals(self.path / "originals")

    @property
    def encoder(self) -> Encoder:
        """The embedding model, loaded at first use."""
        with self._lock:
            if self._encoder is None:
                self._encoder = Encoder.load(
                    self.settings.embedding_model,
                    self.settings.model_cache,
                    self.catalogue.fact("embedding_runtime"),
                )
            return self._encoder

    @property
    def fulltext(self) -> FullText:
        """The full-text index, opened at first use, as of the catalogue's last commit."""
        with self._lock:
            self._follow()
            if self._fulltext is None:
                self._fulltext = FullText(self.fulltext_folder)
            return self._fulltext

    @property
    def vectors(self) -> VectorIndex:
        """The vector index, opened at first use, as of the catalogue's last commit."""
        with self._lock:
            self._follow()
            if self._vectors is None:
                vectors = self._open_vectors()
                vectors.follow(self._seen_generation)
                self._vectors = vectors
            return self._vectors

    def _follow(self) -> None:
        """See what other processes have committed since."""
        with self._lock:
            generation = self.catalogue.generation
            # A thread that reads an older snapshot does not turn the indexes back.
            if generation <= self._seen_generation:
                return
            self._follow_places()
            if self._fulltext is not None:
                self._fulltext.reload()
            if self._vectors is not None:
                self._vectors.follow(generation)
            self._seen_generation = generation

    def _follow_places(self) -> None:
        """Open other indexes if another model has made new ones."""
        places = Places.read(self.catalogue)
        if places == self.places:
            return
        if self.catalogue.fact("embedding_model") != self.settings.embedding_model:
            raise EmbeddingError(
                f"The library in {self.path} has been given the embedding model "
                f"{self.catalogue.fact('embedding_model')!r} meanwhile. Start again with LOCCIT_EMBEDDING_MODEL set "
                "to it."
            )
        if self._vectors is not None:
            self._vectors.close()
        self._vectors = self._fulltext = self._encoder = None
        self.places = places

    @property
    def fulltext_folder(self) -> Path:
        """Where the full-text index lies."""
        return self.path / self.places.fulltext

    @property
    def vectors_place(self) -> tuple[Path | str, str]:
        """Where the vectors lie: a folder or a server's address, and the name of the collection."""
        return self.settings.chroma_url or self.path / self.places.vectors, self.places.collection

    def _open_vectors(self) -> VectorIndex:
        place, collection = self.vectors_place
        if isinstance(place, Path):
            return VectorIndex.embedded(place, collection)
        return VectorIndex(place, collection)

    # Reading

    def documents(self) -> list[DocumentSummary]:
        """List the documents, the newest first."""
        return self.catalogue.summaries()

    def document(self, document_id: str) -> Document:
        """Give a document, from memory if it was read lately.

        Raises:
            UnknownDocumentError: If the library does not hold it.
        """
        with self.catalogue.snapshot():
            version = self.catalogue.version(document_id)
            if version is None:
                raise UnknownDocumentError(
                    f"The library in {self.path} has no document {document_id!r}. `loccit documents` lists what it has."
                )
            with self._lock:
                document = self._documents.pop((document_id, version), None)
            document = document or self.catalogue.document(document_id)
        assert document is not None, "the snapshot holds what it has shown"
        with self._lock:
            self._documents[document_id, version] = document
            while len(self._documents) > CACHED_DOCUMENTS:
                self._documents.popitem(last=False)
        return document

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let this thread see one and the same library inside: a passage and its document are of one version.

        What an ingest commits meanwhile is seen afterwards.
        """
        with self.catalogue.snapshot():
            yield

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """Give a document's passages in order."""
        return self.catalogue.passages_of(document_id)

    def passages(self, index_ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Look up passages that an index found; those that the catalogue does not know are left out."""
        return self.catalogue.passages(index_ids)

    def retracted_ids(self) -> frozenset[str]:
        """Give the ids of the documents that were retracted."""
        return self.catalogue.retracted_ids()

    def search_fulltext(
        self, wanted: str | Sequence[Wanted], k: int, within: Filter | None = None
    ) -> list[Hit]:
        """Rank passages by BM25 for plain words, or for phrases with their other names."""
        narrowed = self.catalogue.document_ids(within) if within and within.narrows else None
        return self.fulltext.search(wanted, k, narrowed)

    def search_vectors(self, vector: Vectors, k: int, within: Filter | None = None) -> list[Hit]:
        """Rank passages by the cosine of their vectors to `vector`, shape `(dimension,)`."""
        narrowed = self.catalogue.index_ids(within) if within and within.narrows else None
        return self.vectors.search(vector, k, narrowed)

    # Writing

    @contextmanager
    def writing(self) -> Iterator[LibraryWriter]:
        """Hold the library for writing: one writer at a time, readers go on meanwhile.

        Raises:
            LibraryLockedError: If another process or thread is writing.
        """
        lock = FileLock(self.path / "write.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise LibraryLockedError(
                f"Another process is writing to the library in {self.path}. Wait until it has ended, then try again."
            ) from error
        except OSError as error:
            raise LibraryError(
                f"The library in {self.path} cannot be written: {error.strerror}. Check the rights of its folder."
            ) from error
        try:
            yield LibraryWriter(self)
        finally:
            lock.release()


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The library's folder {path} cannot be made: {error.strerror}. Name another with --library."
        ) from error
