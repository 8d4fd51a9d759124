"""Writes to a library: indexes first, one commit that makes it visible, then what has become obsolete is swept."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.fulltext import FullText, FullTextEntry
from corpus.ledger import Listed
from corpus.notices import Notice
from corpus.rows import Failure, IndexedDocument, IngestedOrigin, document_version, index_id
from corpus.vectors import VectorIndex

if TYPE_CHECKING:
    from corpus.library import Library

# Moves on whenever parsing, cutting or embedding change what is stored for the same file.
PIPELINE_VERSION = "5"


@dataclass(frozen=True, slots=True)
class Done:
    """What a commit says beside its documents.

    Attributes:
        origins: Those that are now ingested whole.
        failures: What could not be ingested.
        superseded: Lesser copies of a work with the id of the better one, which takes their place.
        notices: What was said of works.
        listed: Lists, folders and queries that were gone through to their ends.
    """

    origins: Sequence[IngestedOrigin] = ()
    failures: Sequence[Failure] = ()
    superseded: Sequence[tuple[str, str]] = ()
    notices: Sequence[Notice] = ()
    listed: Sequence[Listed] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.origins or self.failures or self.superseded or self.notices or self.listed)


NOTHING_DONE = Done()


def pipeline_of(model: str, runtime: str) -> str:
    """Name everything that shapes what is stored for a document."""
    return f"{PIPELINE_VERSION}/{model}/{runtime}"


class LibraryWriter:
    """Writes to a library that it holds. Each call is whole or has not happened."""

    def __init__(self, library: Library) -> None:
        """Write to `library`, whose lock the caller holds."""
        self._library = library
        self._catalogue = library.catalogue
        self._ledger = library.catalogue.ledger

    @cached_property
    def _versions(self) -> dict[str, str]:
        return self._catalogue.versions()

    @property
    def _pipeline(self) -> str:
        return pipeline_of(self._library.settings.embedding_model, self._library.runtime)

    def version(self, document: Document) -> str:
        """Fingerprint a document together with everything that shapes what is stored for it."""
        return document_version(document, self._pipeline)

    def origin_version(self, sha256: str) -> str:
        """Join an origin's hash with the pipeline's version: a better pipeline reads it again."""
        return f"{self._pipeline}/{sha256}"

    def made_now(self, origin_version: str) -> bool:
        """Tell whether an origin was read by this very pipeline, whatever its bytes were."""
        return origin_version.rpartition("/")[0] == self._pipeline

    def holds(self, document: Document) -> bool:
        """Tell whether the library already holds this very document."""
        return self._versions.get(document.id) == self.version(document)

    def sweep(self) -> None:
        """Drop index entries that an interrupted write has left behind."""
        names = self._ledger.unswept()
        if names:
            library = self._library
            vectors, fulltext = library.vectors, library.fulltext
            vectors.write((), names)
            fulltext.write((), names)
            # Readers that opened between the commit and here saw the old entries: they open again.
            with self._catalogue.transaction():
                self._ledger.note_swept()
            vectors.written(self._catalogue.generation)

    def sweep_originals(self) -> None:
        """Drop copies of originals that no document has any more."""
        self._library.originals.sweep(self._ledger.originals())

    def add(self, batch: Sequence[IndexedDocument], done: Done = NOTHING_DONE) -> tuple[int, int]:
        """Store documents in place of earlier versions, and remember the origins they came from.

        Indexes first, then one commit of the catalogue that makes all of it visible, then the old versions' entries are
        swept. Whenever it is interrupted, what the catalogue knows is whole, and the next write sweeps the rest.

        Args:
            batch: Documents with their passages and vectors; of several with one id, the last counts.
            done: What the same commit says of origins and of lesser copies.

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
                self._ledger.note_unswept(names)
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
                catalogue.set_fact("embedding_runtime", library.runtime)
            old |= self._note(done)
            self._ledger.note_swept()
            self._ledger.note_unswept(old - names)
        if new:
            library.vectors.written(catalogue.generation)
        self.sweep()
        self._versions.update(versions)
        return len(versions) - len(replaced), len(replaced)

    def _note(self, done: Done) -> set[str]:
        """Write down what became of origins and lesser copies; give the index entries of documents that go."""
        old: set[str] = set()
        for origin in done.origins:
            for document_id in self._ledger.put_origin(origin):
                old |= self._drop(document_id)
        for lesser, better in done.superseded:
            old |= self._drop(lesser)
            self._ledger.stand_in(better, for_document=lesser)
        for listed in done.listed:
            self._ledger.put_listed(listed)
        self._ledger.put_failures(done.failures)
        self._ledger.put_notices(done.notices)
        return old

    def _drop(self, document_id: str) -> set[str]:
        names = set(self._catalogue.index_ids(document_id=document_id))
        self._catalogue.delete(document_id)
        self._versions.pop(document_id, None)
        return names

    def remove(self, document_id: str) -> None:
        """Remove a document; the next ingest of its origin brings it back.

        Raises:
            UnknownDocumentError: If the library does not hold it.
        """
        self._library.document(document_id)
        self.sweep()
        with self._catalogue.transaction():
            names = self._drop(document_id)
            self._ledger.forget_origins_of(document_id)
            self._ledger.note_unswept(names)
        self.sweep()
        self.sweep_originals()

    def forget_failures(self) -> None:
        """Forget what could not be ingested, and why."""
        with self._catalogue.transaction(visible=False):
            self._ledger.forget_failures()

    def rebuild_fulltext(self) -> None:
        """Throw the full-text index away and open an empty one in its place."""
        library = self._library
        with library._lock:
            library._fulltext = None
            shutil.rmtree(library.fulltext_folder, ignore_errors=True)
            library._fulltext = FullText(library.fulltext_folder)

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
