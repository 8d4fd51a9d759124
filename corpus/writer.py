"""Writes to a library: indexes first, one commit that makes it visible, then what has become obsolete is swept."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.encoder import RUNTIME
from corpus.fulltext import FullText, FullTextEntry
from corpus.rows import IndexedDocument, document_version, index_id
from corpus.vectors import VectorIndex

if TYPE_CHECKING:
    from corpus.library import Library

# Moves on whenever parsing, cutting or embedding change what is stored for the same file.
PIPELINE_VERSION = "2"


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

    def sweep(self) -> None:
        """Drop index entries that an interrupted write has left behind."""
        names = self._catalogue.unswept()
        if names:
            library = self._library
            vectors, fulltext = library.vectors, library.fulltext
            vectors.write((), names)
            fulltext.write((), names)
            # Readers that opened between the commit and here saw the old entries: they open again.
            with self._catalogue.transaction():
                self._catalogue.note_swept()
            vectors.written(self._catalogue.generation)

    def add(
        self, batch: Sequence[IndexedDocument], origins: Sequence[tuple[str, str, int]] = ()
    ) -> tuple[int, int]:
        """Store documents in place of earlier versions, and remember the origins they came from.

        Indexes first, then one commit of the catalogue that makes all of it visible, then the old versions' entries are
        swept. Whenever it is interrupted, what the catalogue knows is whole, and the next write sweeps the rest.

        Args:
            batch: Documents with their passages and vectors; of several with one id, the last counts.
            origins: Location, hash and number of documents of every origin that is now ingested whole.

        Returns:
            How many documents are new and how many replace an earlier version.
        """
        library, catalogue = self._library, self._catalogue
        self.sweep()
        batch = list({indexed.document.id: indexed for indexed in batch}.values())
        versions = {indexed.document.id: self.version(indexed.document) for indexed in batch}
        replaced = [name for name in versions if name in self._versions]
        old = {i for name in replaced for i in catalogue.index_ids(document_id=name)}
        new = [
            (index_id(p.passage, versions[d.document.id]), d.document, p) for d in batch for p in d.passages
        ]
        names = {name for name, _, _ in new}
        if new:
            with catalogue.transaction(visible=False):
                catalogue.note_unswept(names)
            library.vectors.write([(name, p.vector) for name, _, p in new], ())
            library.fulltext.write(
                [FullTextEntry.of(name, document, p.passage) for name, document, p in new], ()
            )
        with catalogue.transaction():
            for indexed in batch:
                catalogue.put(indexed, versions[indexed.document.id])
            catalogue.set_fact("pipeline_version", PIPELINE_VERSION)
            if new:
                catalogue.set_fact("dimension", str(new[0][2].vector.shape[0]))
            for location, sha256, documents in origins:
                catalogue.set_origin(location, sha256, documents)
            catalogue.note_swept()
            catalogue.note_unswept(old - names)
        if new:
            library.vectors.written(catalogue.generation)
        self.sweep()
        self._versions.update(versions)
        return len(versions) - len(replaced), len(replaced)

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            UnknownDocumentError: If the library does not hold it.
        """
        self._library.document(document_id)
        self.sweep()
        names = self._catalogue.index_ids(document_id=document_id)
        with self._catalogue.transaction():
            self._catalogue.delete(document_id)
            self._catalogue.forget_origins()
            self._catalogue.note_unswept(names)
        self.sweep()
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
            if library._vectors is not None:
                library._vectors.close()
            library._vectors = None
            VectorIndex.discard(*library.vectors_place)
            library._vectors = library._open_vectors()

    def indexes_repaired(self) -> None:
        """Let every reader, in other processes too, see what was written to the indexes alone."""
        with self._catalogue.transaction():
            pass
        self._library.vectors.written(self._catalogue.generation)
