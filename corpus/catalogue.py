"""The SQLite catalogue: documents, their spans and their sentence vectors. The library's one source of truth."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.database import Database
from corpus.details import Details
from corpus.document import Block, BlockKind, Document, Fidelity, Licence, SourceType, Span
from corpus.errors import LibraryError
from corpus.identity import work_names
from corpus.ledger import Ledger
from corpus.names import Names
from corpus.record import Record
from corpus.rows import (
    DocumentSummary,
    Filter,
    IndexedDocument,
    IndexedPassage,
    ListedDocument,
    StoredPassage,
    document_row,
    document_version,
    index_id,
    passage_of,
    passage_row,
    section_of,
    section_row,
)
from corpus.schema import EARLIER_VERSIONS, SCHEMA, SCHEMA_VERSION

__all__ = [
    "Catalogue",
    "DocumentSummary",
    "Filter",
    "IndexedDocument",
    "IndexedPassage",
    "StoredPassage",
    "document_version",
    "index_id",
]

# SQLite binds 32,766 values to a statement at the most.
LOOKUP = 1_000


class Catalogue(Database):
    """The catalogue of one library."""

    def __init__(self, path: Path, facts: dict[str, str] | None = None) -> None:
        """Open the catalogue, or make a new one with `facts` where there is none.

        Raises:
            LibraryError: If the file is not a catalogue of this version.
        """
        super().__init__(path)
        self.ledger = Ledger(self)
        self.names = Names(self)
        try:
            if facts is not None:
                self._create(facts)
            version = self.fact("schema_version")
            if version in EARLIER_VERSIONS:
                version = self._bring_up_to_date()
        except sqlite3.OperationalError as error:
            self.close()
            # The lowest byte is the kind of error, the rest its circumstances.
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
                raise LibraryError(
                    f"The library in {path.parent} cannot be opened: {error}. Even reading writes to its folder: "
                    "check the rights of the folder and of what is in it, or name another with --library."
                ) from error
            raise self._unreadable(error) from error
        except sqlite3.DatabaseError as error:
            self.close()
            raise self._unreadable(error) from error
        if version != str(SCHEMA_VERSION):
            self.close()
            raise LibraryError(
                f"The library in {path.parent} was made by another version of Loccit (catalogue {version}, this one "
                f"reads {SCHEMA_VERSION}). Remove the folder and ingest again, or name another with --library."
            )

    def _unreadable(self, error: sqlite3.DatabaseError) -> LibraryError:
        return LibraryError(
            f"The library's catalogue {self.path} cannot be read: {error}. "
            "Name another folder with --library, or remove this one and ingest again."
        )

    def _create(self, facts: dict[str, str]) -> None:
        connection = self.connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        version = self.fact("schema_version") if "facts" in tables else str(SCHEMA_VERSION)
        if version == str(SCHEMA_VERSION):
            self.define(SCHEMA)
            values = {"schema_version": str(SCHEMA_VERSION), "generation": "0", **facts}
            connection.executemany("INSERT OR IGNORE INTO facts VALUES (?, ?)", values.items())
        connection.execute("COMMIT")

    def _bring_up_to_date(self) -> str:
        with self.transaction(visible=False):
            self.define(SCHEMA)
            self.set_fact("schema_version", str(SCHEMA_VERSION))
        return str(SCHEMA_VERSION)

    def define(self, schema: str) -> None:
        """Make the tables of a schema that are not there yet. Inside a transaction."""
        for statement in schema.split(";"):
            self.connection.execute(statement)

    @contextmanager
    def transaction(self, *, visible: bool = True) -> Iterator[None]:
        """Commit all writes inside together, or none of them.

        Args:
            visible: Whether readers have something new to see, so that the generation moves on.

        Raises:
            LibraryError: If the disk is full or refuses.
        """
        with super().transaction():
            yield
            if visible:
                self.connection.execute("UPDATE facts SET value = value + 1 WHERE name = 'generation'")

    def fact(self, name: str) -> str | None:
        """Give a fact about the library itself, such as the embedding model it was made with."""
        row = self.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def set_fact(self, name: str, value: str) -> None:
        """Record a fact about the library itself. Inside a transaction."""
        self.connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    @property
    def generation(self) -> int:
        """A number that moves with every commit: readers know by it that the indexes have changed."""
        return int(self.fact("generation") or 0)

    # A document's version tells whether what is stored is what would be stored now.

    def version(self, document_id: str) -> str | None:
        """Give the stored version of a document."""
        row = self.connection.execute("SELECT version FROM documents WHERE id = ?", (document_id,)).fetchone()
        return str(row[0]) if row else None

    def versions(self) -> dict[str, str]:
        """Give the stored version of every document id."""
        return dict(self.connection.execute("SELECT id, version FROM documents"))

    def put(self, indexed: IndexedDocument, version: str) -> None:
        """Store a document and its passages in place of any earlier version. Inside a transaction."""
        document = indexed.document
        self.delete(document.id)
        row = document_row(indexed, version)
        cursor = self.connection.execute(
            f"INSERT INTO documents VALUES (NULL{',?' * len(row)})",
            row,
        )
        key = cursor.lastrowid
        self.connection.executemany(
            "INSERT INTO sections VALUES (?,?,?,?,?,?,?,?)",
            [(key, ordinal, *section_row(section)) for ordinal, section in enumerate(document.sections)],
        )
        self.connection.executemany(
            "INSERT INTO blocks VALUES (?,?,?,?,?,?)",
            [(key, b.span.start, b.span.end, b.kind, b.section, b.read_at) for b in document.blocks],
        )
        self.connection.executemany(
            "INSERT INTO reference_marks VALUES (?,?,?)",
            [(key, mark.start, mark.end) for mark in document.reference_marks],
        )
        self.connection.executemany(
            "INSERT INTO works VALUES (?,?)", [(name, key) for name in work_names(document)]
        )
        self.names.put(key, document)
        self.put_passages("passages", key, indexed.passages, version)

    def put_passages(
        self, table: str, key: int | None, passages: Sequence[IndexedPassage], version: str
    ) -> None:
        """Store passages of the document with that key. Inside a transaction."""
        self.connection.executemany(
            f"INSERT INTO {table} (document, index_id, start, stop, path, sentences, sentence_vectors)"
            " VALUES (?,?,?,?,?,?,?)",
            [(key, *passage_row(passage, version)) for passage in passages],
        )

    def delete(self, document_id: str) -> None:
        """Remove a document if it is there. Inside a transaction."""
        self.connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def document(self, document_id: str) -> Document | None:
        """Read a document back as it was stored."""
        with self.snapshot():
            return self._read_document(document_id)

    def _read_document(self, document_id: str) -> Document | None:
        row = self.connection.execute(
            "SELECT key, text, record, source_type, fidelity, commercial, retracted, licence, licence_url, note,"
            " details FROM documents WHERE id = ?",
            (document_id,),
        ).fetchone()
        if row is None:
            return None
        key, text, record, source_type, fidelity, commercial, retracted, licence, licence_url, note = row[:-1]
        details = Details.from_json(row[-1])
        sections = self.connection.execute(
            "SELECT start, stop, path, heading_start, heading_stop, role FROM sections"
            " WHERE document = ? ORDER BY ordinal",
            (key,),
        )
        blocks = self.connection.execute(
            "SELECT start, stop, kind, section, read_at FROM blocks WHERE document = ? ORDER BY start", (key,)
        )
        marks = self.connection.execute(
            "SELECT start, stop FROM reference_marks WHERE document = ? ORDER BY start", (key,)
        )
        return Document(
            id=document_id,
            text=text,
            record=Record.model_validate_json(record),
            source_type=SourceType(source_type),
            fidelity=Fidelity(fidelity),
            commercial=bool(commercial),
            retracted=bool(retracted),
            licence=Licence(licence, licence_url),
            sections=tuple(section_of(*fields) for fields in sections),
            blocks=tuple(
                Block(Span(a, b), BlockKind(kind), section, at) for a, b, kind, section, at in blocks
            ),
            reference_marks=tuple(Span(a, b) for a, b in marks),
            references=details.references,
            reference_links=details.reference_links,
            tables=details.tables,
            pages=details.pages,
            abbreviations=self.names.defined_by(key),
            related=details.related,
            note=note,
        )

    def summaries(self) -> list[DocumentSummary]:
        """List the documents, the newest first."""
        rows = self.connection.execute(
            "SELECT d.id, d.title, d.year, d.source_type, d.fidelity, d.commercial, d.retracted,"
            " (SELECT count(*) FROM passages p WHERE p.document = d.key)"
            " FROM documents d ORDER BY d.year IS NULL, d.year DESC, d.id"
        )
        return [
            DocumentSummary(i, t, y, SourceType(s), Fidelity(f), bool(c), bool(r), n)
            for i, t, y, s, f, c, r, n in rows
        ]

    def listed(self, document_ids: Iterable[str]) -> list[ListedDocument]:
        """Read documents without their texts, which are megabytes in a large library."""
        rows = self.connection.execute(
            "SELECT d.id, d.version, d.record, d.source_type, d.fidelity, d.commercial, d.retracted, d.licence, d.note,"
            " (SELECT count(*) FROM passages p WHERE p.document = d.key)"
            " FROM documents d WHERE d.id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(document_ids)),),
        )
        return [
            ListedDocument(
                i,
                v,
                Record.model_validate_json(r),
                SourceType(s),
                Fidelity(f),
                bool(c),
                bool(w),
                licence,
                note,
                n,
            )
            for i, v, r, s, f, c, w, licence, note, n in rows
        ]

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """Give a document's passages in order."""
        return self._passages("d.id = ? ORDER BY p.start", (document_id,))

    def passages(self, index_ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Look passages up; ids that the catalogue does not know are left out."""
        found: dict[str, StoredPassage] = {}
        for begin in range(0, len(index_ids), LOOKUP):
            names = tuple(index_ids[begin : begin + LOOKUP])
            stored = self._passages(f"p.index_id IN ({','.join('?' * len(names))})", names)
            found.update((passage.index_id, passage) for passage in stored)
        return found

    def index_ids(self, within: Filter | None = None, document_id: str | None = None) -> list[str]:
        """Give the index ids of all passages, of those that pass a filter, or of one document."""
        where, values = _where(within or Filter())
        if document_id is not None:
            where, values = f"{where} AND d.id = ?", [*values, document_id]
        rows = self.connection.execute(
            f"SELECT p.index_id FROM passages p JOIN documents d ON d.key = p.document WHERE {where}", values
        )
        return [row[0] for row in rows]

    def document_ids(self, within: Filter) -> list[str]:
        """Give the ids of the documents that pass a filter."""
        where, values = _where(within)
        return [
            row[0] for row in self.connection.execute(f"SELECT d.id FROM documents d WHERE {where}", values)
        ]

    def retracted_ids(self) -> frozenset[str]:
        """Give the ids of the documents that were retracted."""
        rows = self.connection.execute("SELECT id FROM documents WHERE retracted = 1")
        return frozenset(row[0] for row in rows)

    def counts(self) -> tuple[int, int]:
        """Count documents and passages."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
        )
        documents, passages = row.fetchone()
        return int(documents), int(passages)

    def text_hashes(self) -> dict[str, str]:
        """Give the hash that every document's text had when it was stored."""
        return dict(self.connection.execute("SELECT id, text_sha256 FROM documents"))

    def problems(self) -> list[str]:
        """Let SQLite check its own file; an empty list is a whole file."""
        try:
            rows = self.connection.execute("PRAGMA integrity_check(5)").fetchall()
            astray = self.connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
        tables = sorted({str(row[0]) for row in astray})
        return [
            *(str(row[0]) for row in rows if row[0] != "ok"),
            *(f"rows of the table {table} belong to no document" for table in tables),
        ]

    def _passages(self, where: str, values: Iterable[str]) -> list[StoredPassage]:
        rows = self.connection.execute(
            "SELECT d.id, p.index_id, p.start, p.stop, p.path, p.sentences, p.sentence_vectors"
            f" FROM passages p JOIN documents d ON d.key = p.document WHERE {where}",
            tuple(values),
        )
        return [passage_of(*row) for row in rows]


def _where(within: Filter) -> tuple[str, list[str | int]]:
    """Translate a filter to SQL over the table of documents, named `d`."""
    conditions, values = ["0" if within.nothing else "1"], list[str | int]()
    if within.year_from is not None:
        conditions.append("d.year >= ?")
        values.append(within.year_from)
    if within.year_to is not None:
        conditions.append("d.year <= ?")
        values.append(within.year_to)
    for column, allowed in (("source_type", within.source_types), ("id", within.document_ids)):
        if allowed:
            # As JSON: a reader may have chosen more documents than a statement takes values.
            conditions.append(f"d.{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(allowed)))
    return " AND ".join(conditions), values
