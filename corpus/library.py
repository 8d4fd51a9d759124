"""The library: the one door to the catalogue and its two indexes."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from corpus.catalogue import (
    Catalogue,
    DocumentSummary,
    Filter,
    IndexedDocument,
    StoredPassage,
    document_version,
    index_id,
)
from corpus.document import Document
from corpus.encoder import RUNTIME, Encoder, Vectors
from corpus.errors import EmbeddingError, LibraryError, LibraryLockedError, UnknownDocumentError
from corpus.fulltext import FullText, FullTextEntry, Hit
from corpus.settings import Settings
from corpus.vectors import VectorIndex

# Moves on whenever parsing, cutting or embedding change what is stored for the same file.
PIPELINE_VERSION = "1"
CACHED_DOCUMENTS = 256


class Library:
    """A folder with one catalogue and its two indexes. Safe across threads; readers never wait for a writer."""

    def __init__(self, path: Path, settings: Settings, *, create: bool = False) -> None:
        """Open a library.

        Args:
            path: Its folder.
            settings: The embedding model and, if any, the Chroma server.
            create: Make an empty library where there is none.

        Raises:
            LibraryError: If there is no library, or it cannot be read.
            EmbeddingError: If the library was made with another embedding model than the one set.
        """
        self.path = path
        self.settings = settings
        if not create and not (path / "catalogue.sqlite").is_file():
            raise LibraryError(
                f"There is no library in {path}. Run `loccit ingest` to make one, or name another with --library."
            )
        path.mkdir(parents=True, exist_ok=True)
        facts = {
            "collection": f"loccit-{uuid.uuid4().hex}",
            "embedding_model": settings.embedding_model,
            "embedding_runtime": RUNTIME,
        }
        self.catalogue = Catalogue(path / "catalogue.sqlite", facts if create else None)
        self._check_model()
        self._lock = threading.RLock()
        self._encoder: Encoder | None = None
        self._fulltext: FullText | None = None
        self._vectors: VectorIndex | None = None
        self._seen_generation = -1
        self._documents: OrderedDict[str, Document] = OrderedDict()

    def _check_model(self) -> None:
        made_with = (self.catalogue.fact("embedding_model"), self.catalogue.fact("embedding_runtime"))
        if made_with != (self.settings.embedding_model, RUNTIME):
            self.catalogue.close()
            raise EmbeddingError(
                f"The library in {self.path} was made with the embedding model {made_with[0]!r} ({made_with[1]}), but "
                f"{self.settings.embedding_model!r} ({RUNTIME}) is set. Set LOCCIT_EMBEDDING_MODEL={made_with[0]}, or "
                "ingest into another folder with --library."
            )

    def __enter__(self) -> Self:
        """Give the open library."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the library."""
        self.close()

    def close(self) -> None:
        """Let go of every file and connection."""
        if self._vectors is not None:
            self._vectors.close()
        self._vectors = self._fulltext = None
        self.catalogue.close()

    @property
    def encoder(self) -> Encoder:
        """The embedding model, loaded at first use."""
        with self._lock:
            if self._encoder is None:
                self._encoder = Encoder.load(self.settings.embedding_model, self.settings.model_cache)
            return self._encoder

    @property
    def fulltext(self) -> FullText:
        """The full-text index, opened at first use, as of the catalogue's last commit."""
        with self._lock:
            self._follow()
            if self._fulltext is None:
                self._fulltext = FullText(self.path / "fulltext")
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
            if generation == self._seen_generation:
                return
            self._documents.clear()
            if self._fulltext is not None:
                self._fulltext.reload()
            if self._vectors is not None:
                self._vectors.follow(generation)
            self._seen_generation = generation

    @property
    def vectors_place(self) -> tuple[Path | str, str]:
        """Where the vectors lie: a folder or a server's address, and the name of the collection."""
        return self.settings.chroma_url or self.path / "chroma", self.catalogue.fact("collection") or "loccit"

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
        self._follow()
        with self._lock:
            document = self._documents.pop(document_id, None)
        document = document or self.catalogue.document(document_id)
        if document is None:
            raise UnknownDocumentError(
                f"The library in {self.path} has no document {document_id!r}. `loccit documents` lists what it has."
            )
        with self._lock:
            self._documents[document_id] = document
            while len(self._documents) > CACHED_DOCUMENTS:
                self._documents.popitem(last=False)
        return document

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """Give a document's passages in order."""
        return self.catalogue.passages_of(document_id)

    def passages(self, index_ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Look up passages that an index found; those that the catalogue does not know are left out."""
        return self.catalogue.passages(index_ids)

    def search_fulltext(self, question: str, k: int, within: Filter | None = None) -> list[Hit]:
        """Rank passages by BM25."""
        narrowed = self.catalogue.document_ids(within) if within and within.narrows else None
        return self.fulltext.search(question, k, narrowed)

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
        try:
            yield LibraryWriter(self)
        finally:
            lock.release()


class LibraryWriter:
    """Writes to a library that it holds. Each call is whole or has not happened."""

    def __init__(self, library: Library) -> None:
        """Write to `library`, whose lock the caller holds."""
        self._library = library
        self._catalogue = library.catalogue

    @cached_property
    def _versions(self) -> dict[str, str]:
        return self._catalogue.versions()

    @property
    def _pipeline(self) -> str:
        return f"{PIPELINE_VERSION}/{self._library.settings.embedding_model}/{RUNTIME}"

    def version(self, document: Document) -> str:
        """Fingerprint a document together with everything that shapes what is stored for it."""
        return document_version(document, self._pipeline)

    def origin_version(self, sha256: str) -> str:
        """Join an origin's hash with the pipeline's version: a better pipeline reads it again."""
        return f"{self._pipeline}/{sha256}"

    def holds(self, document: Document) -> bool:
        """Tell whether the library already holds this very document."""
        return self._versions.get(document.id) == self.version(document)

    def add(self, batch: Sequence[IndexedDocument], origins: Sequence[tuple[str, str, int]] = ()) -> tuple[int, int]:
        """Store documents in place of earlier versions, and remember the origins they came from.

        Indexes first, then one commit of the catalogue that makes all of it visible, then the old versions' entries are
        swept: whenever it is interrupted, what the catalogue knows is whole.

        Args:
            batch: Documents with their passages and vectors; ids are unique within it.
            origins: Location, hash and number of passages of every origin that is now ingested whole.

        Returns:
            How many documents are new and how many replace an earlier version.
        """
        library, catalogue = self._library, self._catalogue
        versions = {indexed.document.id: self.version(indexed.document) for indexed in batch}
        replaced = [name for name in versions if name in self._versions]
        old = {i for name in replaced for i in catalogue.index_ids(document_id=name)}
        new = [
            (index_id(p.passage, versions[d.document.id]), d.document, p)
            for d in batch
            for p in d.passages
        ]
        if new:
            library.vectors.write([(name, p.vector) for name, _, p in new], ())
            library.fulltext.write([FullTextEntry.of(name, document, p.passage) for name, document, p in new], ())
        with catalogue.transaction():
            for indexed in batch:
                catalogue.put(indexed, versions[indexed.document.id])
            for location, sha256, passages in origins:
                catalogue.set_origin(location, sha256, passages)
        self._sweep(old - {name for name, _, _ in new})
        self._versions.update(versions)
        return len(versions) - len(replaced), len(replaced)

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            UnknownDocumentError: If the library does not hold it.
        """
        self._library.document(document_id)
        names = set(self._catalogue.index_ids(document_id=document_id))
        with self._catalogue.transaction():
            self._catalogue.delete(document_id)
            self._catalogue.forget_origins()
        self._sweep(names)
        self._versions.pop(document_id, None)

    def rebuild_fulltext(self) -> None:
        """Throw the full-text index away and open an empty one in its place."""
        library = self._library
        with library._lock:
            library._fulltext = None
            shutil.rmtree(library.path / "fulltext", ignore_errors=True)
            library._fulltext = FullText(library.path / "fulltext")

    def rebuild_vectors(self) -> None:
        """Throw the vector index away and open an empty one in its place."""
        library = self._library
        with library._lock:
            library._vectors = None
            VectorIndex.discard(*library.vectors_place)
            library._vectors = library._open_vectors()

    def indexes_repaired(self) -> None:
        """Let every reader, in other processes too, see what was written to the indexes alone."""
        with self._catalogue.transaction():
            pass
        self._library.vectors.written(self._catalogue.generation)

    def _sweep(self, names: set[str]) -> None:
        """Drop index entries that the catalogue no longer knows."""
        library = self._library
        vectors, fulltext = library.vectors, library.fulltext
        if names:
            vectors.write((), names)
            fulltext.write((), names)
        vectors.written(self._catalogue.generation)
