"""The indexes that another embedding model makes beside those in use, until they are whole and take their place."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from corpus.document import Document
from corpus.fulltext import FullText, FullTextEntry
from corpus.library import Library
from corpus.places import Places
from corpus.rows import IndexedPassage, document_version, index_id
from corpus.schema import NEXT_PASSAGES
from corpus.vectors import VectorIndex
from corpus.writer import pipeline_of

_NEXT = "next_"
_VERSIONS = """
CREATE TABLE IF NOT EXISTS next_versions (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE, version TEXT NOT NULL
) STRICT
"""


class NextIndexes:
    """New passages and indexes of one library. The caller holds the library for writing."""

    def __init__(self, library: Library, model: str, runtime: str) -> None:
        """Go on where an earlier run with the same model was broken off, or begin.

        Args:
            library: Its old indexes serve readers meanwhile.
            model: The embedding model.
            runtime: What makes its vectors.
        """
        self._library = library
        self._catalogue = library.catalogue
        self._model = model
        self._runtime = runtime
        self._pipeline = pipeline_of(model, runtime)
        if self._catalogue.fact(f"{_NEXT}pipeline") != self._pipeline:
            self._begin()
        self._places = Places.read(self._catalogue, _NEXT)
        discard_unused(library)
        self._fulltext = FullText(library.path / self._places.fulltext)
        place = library.settings.chroma_url or library.path / self._places.vectors
        if isinstance(place, str):
            self._vectors = VectorIndex(place, self._places.collection)
        else:
            self._vectors = VectorIndex.embedded(place, self._places.collection)

    def close(self) -> None:
        """Let go of the new indexes."""
        self._vectors.close()

    def _begin(self) -> None:
        catalogue = self._catalogue
        with catalogue.transaction(visible=False):
            catalogue.connection.execute("DROP TABLE IF EXISTS next_passages")
            catalogue.connection.execute("DROP TABLE IF EXISTS next_versions")
            catalogue.define(NEXT_PASSAGES + _VERSIONS)
            for name, value in Places.new().as_facts(_NEXT).items():
                catalogue.set_fact(name, value)
            catalogue.set_fact(f"{_NEXT}pipeline", self._pipeline)

    def missing(self) -> list[str]:
        """Give the ids of the documents that the new indexes lack."""
        rows = self._catalogue.connection.execute(
            "SELECT id FROM documents WHERE key NOT IN (SELECT document FROM next_versions) ORDER BY id"
        )
        return [row[0] for row in rows]

    def add(self, batch: Sequence[tuple[Document, tuple[IndexedPassage, ...]]]) -> None:
        """Store documents with their new passages, in one commit that nobody sees yet."""
        named = [
            (document, document_version(document, self._pipeline), passages) for document, passages in batch
        ]
        entries = [
            (index_id(indexed.passage, version), document, indexed)
            for document, version, passages in named
            for indexed in passages
        ]
        if entries:
            self._vectors.write([(name, indexed.vector) for name, _, indexed in entries], ())
            self._fulltext.write(
                [FullTextEntry.of(name, document, indexed.passage) for name, document, indexed in entries], ()
            )
        catalogue = self._catalogue
        with catalogue.transaction(visible=False):
            for document, version, passages in named:
                (key,) = catalogue.connection.execute(
                    "SELECT key FROM documents WHERE id = ?", (document.id,)
                ).fetchone()
                catalogue.connection.execute("INSERT INTO next_versions VALUES (?, ?)", (key, version))
                catalogue.put_passages("next_passages", key, passages, version)

    def take_over(self) -> None:
        """Put the new passages and indexes in the place of the old, in one commit; then drop the old."""
        catalogue = self._catalogue
        connection = catalogue.connection
        known = {row[0] for row in connection.execute("SELECT index_id FROM next_passages")}
        # What an interrupted run has written of documents that have changed since.
        self._vectors.write((), self._vectors.index_ids() - known)
        self._fulltext.write((), self._fulltext.index_ids() - known)
        old_pipeline = pipeline_of(
            catalogue.fact("embedding_model") or "", catalogue.fact("embedding_runtime") or ""
        )
        old_place = self._library.vectors_place
        with catalogue.transaction():
            connection.execute(
                "UPDATE documents SET version = (SELECT version FROM next_versions WHERE document = key)"
            )
            connection.execute("DROP TABLE passages")
            connection.execute("DROP TABLE next_versions")
            connection.execute("DROP INDEX next_passages_by_document")
            connection.execute("ALTER TABLE next_passages RENAME TO passages")
            connection.execute("CREATE INDEX passages_by_document ON passages (document, start)")
            # What was read by the old pipeline need not be read again: only passages and vectors are new.
            connection.execute(
                "UPDATE origins SET version = ? || substr(version, ?) WHERE substr(version, 1, ?) = ?",
                (self._pipeline, len(old_pipeline) + 1, len(old_pipeline), old_pipeline),
            )
            connection.execute("DELETE FROM unswept")
            connection.execute("DELETE FROM facts WHERE name LIKE ?", (f"{_NEXT}%",))
            facts = {"embedding_model": self._model, "embedding_runtime": self._runtime}
            for name, value in {**facts, **self._places.as_facts()}.items():
                catalogue.set_fact(name, value)
        if isinstance(old_place[0], str):
            VectorIndex.discard(*old_place)
        discard_unused(self._library)


def discard_unused(library: Library) -> None:
    """Drop indexes that the catalogue does not name: of a model that has been replaced, or of one given up."""
    named = [Places.read(library.catalogue), Places.read(library.catalogue, _NEXT)]
    kept = {name for places in named for name in (places.fulltext, places.vectors)}
    for pattern in ("fulltext-*", "chroma-*"):
        for folder in library.path.glob(pattern):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
