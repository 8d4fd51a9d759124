"""The SQLite catalogue: documents, their spans and their sentence vectors. The library's one source of truth."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Block, BlockKind, Document, Fidelity, Licence, Passage, Section, SourceType, Span
from corpus.encoder import Vectors
from corpus.errors import LibraryError
from corpus.quantising import pack_vectors, unpack_vectors
from corpus.record import Record

SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE origins (
    location TEXT PRIMARY KEY, sha256 TEXT NOT NULL, passages INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version TEXT NOT NULL, text TEXT NOT NULL,
    title TEXT NOT NULL, year INTEGER, record TEXT NOT NULL, source_type TEXT NOT NULL, fidelity TEXT NOT NULL,
    commercial INTEGER NOT NULL, retracted INTEGER NOT NULL, licence TEXT, licence_url TEXT, note TEXT,
    text_sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, path TEXT NOT NULL,
    heading_start INTEGER, heading_stop INTEGER, PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE blocks (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, kind TEXT NOT NULL, section INTEGER, read_at TEXT, PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE reference_marks (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    index_id TEXT NOT NULL UNIQUE, start INTEGER NOT NULL, stop INTEGER NOT NULL, path TEXT NOT NULL,
    sentences BLOB NOT NULL, sentence_vectors BLOB NOT NULL
) STRICT;
CREATE INDEX passages_by_document ON passages (document, start);
"""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with its vectors, ready to be stored."""

    passage: Passage
    vector: Vectors
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document with everything that is derived from it, ready to be stored."""

    document: Document
    passages: tuple[IndexedPassage, ...]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as retrieval reads it: with unit sentence vectors, shape `(sentences, dimension)`."""

    index_id: str
    passage: Passage
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of the list of documents."""

    document_id: str
    title: str
    year: int | None
    source_type: SourceType
    fidelity: Fidelity
    commercial: bool
    retracted: bool
    passages: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows a question: unset fields do not."""

    year_from: int | None = None
    source_types: frozenset[SourceType] = frozenset()
    document_ids: frozenset[str] = frozenset()

    @property
    def narrows(self) -> bool:
        """Whether anything is left out at all."""
        return self.year_from is not None or bool(self.source_types) or bool(self.document_ids)


class Catalogue:
    """The catalogue of one library. A connection a thread; writes only inside `transaction`."""

    def __init__(self, path: Path, facts: dict[str, str] | None = None) -> None:
        """Open the catalogue, or make a new one with `facts` where there is none.

        Raises:
            LibraryError: If the file is not a catalogue of this version.
        """
        self.path = path
        self._thread = threading.local()
        self._connections: list[sqlite3.Connection] = []
        try:
            if facts is not None:
                self._create(facts)
            version = self.fact("schema_version")
        except sqlite3.DatabaseError as error:
            self.close()
            raise LibraryError(
                f"The library's catalogue {path} cannot be read: {error}. "
                "Name another folder with --library, or remove this one and ingest again."
            ) from error
        if version != str(SCHEMA_VERSION):
            self.close()
            raise LibraryError(
                f"The library in {path.parent} was made by another version of Loccit (catalogue {version}, this one "
                f"reads {SCHEMA_VERSION}). Remove the folder and ingest again, or name another with --library."
            )

    def _create(self, facts: dict[str, str]) -> None:
        connection = self._connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone() is None:
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
            values = {"schema_version": str(SCHEMA_VERSION), "generation": "0", **facts}
            connection.executemany("INSERT INTO facts VALUES (?, ?)", values.items())
        connection.execute("COMMIT")

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._thread, "connection", None)
        if connection is None:
            # Closed by `close` from whichever thread ends the library; used by this one alone until then.
            connection = sqlite3.connect(self.path, isolation_level=None, timeout=30, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._thread.connection = connection
            self._connections.append(connection)
        return connection

    def close(self) -> None:
        """Close every thread's connection."""
        while self._connections:
            self._connections.pop().close()
        self._thread = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all writes inside together, and move the generation on, or none of them."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("UPDATE facts SET value = value + 1 WHERE name = 'generation'")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def fact(self, name: str) -> str | None:
        """Give a fact about the library itself, such as the embedding model it was made with."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    @property
    def generation(self) -> int:
        """A number that moves with every commit: readers know by it that the indexes have changed."""
        return int(self.fact("generation") or 0)

    # A document's version tells whether what is stored is what would be stored now.

    def versions(self) -> dict[str, str]:
        """Give the stored version of every document id."""
        return dict(self._connection.execute("SELECT id, version FROM documents"))

    def origin_sha256(self, location: str) -> str | None:
        """Give the hash that an origin had when it was ingested."""
        row = self._connection.execute("SELECT sha256 FROM origins WHERE location = ?", (location,)).fetchone()
        return str(row[0]) if row else None

    def set_origin(self, location: str, sha256: str, passages: int) -> None:
        """Remember an origin as ingested."""
        self._connection.execute("INSERT OR REPLACE INTO origins VALUES (?, ?, ?)", (location, sha256, passages))

    def forget_origins(self) -> None:
        """Forget what was ingested from where, so that a removed document can come back."""
        self._connection.execute("DELETE FROM origins")

    def put(self, indexed: IndexedDocument, version: str) -> None:
        """Store a document and its passages in place of any earlier version. Inside a transaction."""
        document = indexed.document
        self.delete(document.id)
        cursor = self._connection.execute(
            "INSERT INTO documents (id, version, text, title, year, record, source_type, fidelity, commercial,"
            " retracted, licence, licence_url, note, text_sha256) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                document.id,
                version,
                document.text,
                document.record.title,
                document.record.year,
                json.dumps(document.record.to_csl(), ensure_ascii=False),
                document.source_type,
                document.fidelity,
                document.commercial,
                document.retracted,
                document.licence.name,
                document.licence.url,
                document.note,
                document.text_sha256,
            ),
        )
        key = cursor.lastrowid
        self._connection.executemany(
            "INSERT INTO sections VALUES (?,?,?,?,?,?,?)",
            [(key, ordinal, *_section_row(section)) for ordinal, section in enumerate(document.sections)],
        )
        self._connection.executemany(
            "INSERT INTO blocks VALUES (?,?,?,?,?,?)",
            [(key, b.span.start, b.span.end, b.kind, b.section, b.read_at) for b in document.blocks],
        )
        self._connection.executemany(
            "INSERT INTO reference_marks VALUES (?,?,?)",
            [(key, mark.start, mark.end) for mark in document.reference_marks],
        )
        self._connection.executemany(
            "INSERT INTO passages (document, index_id, start, stop, path, sentences, sentence_vectors)"
            " VALUES (?,?,?,?,?,?,?)",
            [_passage_row(key, version, indexed_passage) for indexed_passage in indexed.passages],
        )

    def delete(self, document_id: str) -> None:
        """Remove a document if it is there. Inside a transaction."""
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def document(self, document_id: str) -> Document | None:
        """Read a document back as it was stored."""
        row = self._connection.execute(
            "SELECT key, text, record, source_type, fidelity, commercial, retracted, licence, licence_url, note"
            " FROM documents WHERE id = ?",
            (document_id,),
        ).fetchone()
        if row is None:
            return None
        key, text, record, source_type, fidelity, commercial, retracted, licence, licence_url, note = row
        sections = self._connection.execute(
            "SELECT start, stop, path, heading_start, heading_stop FROM sections WHERE document = ? ORDER BY ordinal",
            (key,),
        )
        blocks = self._connection.execute(
            "SELECT start, stop, kind, section, read_at FROM blocks WHERE document = ? ORDER BY start", (key,)
        )
        marks = self._connection.execute(
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
            sections=tuple(_section(*fields) for fields in sections),
            blocks=tuple(Block(Span(a, b), BlockKind(kind), section, at) for a, b, kind, section, at in blocks),
            reference_marks=tuple(Span(a, b) for a, b in marks),
            note=note,
        )

    def summaries(self) -> list[DocumentSummary]:
        """List the documents, the newest first."""
        rows = self._connection.execute(
            "SELECT d.id, d.title, d.year, d.source_type, d.fidelity, d.commercial, d.retracted,"
            " (SELECT count(*) FROM passages p WHERE p.document = d.key)"
            " FROM documents d ORDER BY d.year IS NULL, d.year DESC, d.id"
        )
        return [
            DocumentSummary(i, t, y, SourceType(s), Fidelity(f), bool(c), bool(r), n) for i, t, y, s, f, c, r, n in rows
        ]

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """Give a document's passages in order."""
        return self._passages("d.id = ? ORDER BY p.start", (document_id,))

    def passages(self, index_ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Look passages up; ids that the catalogue does not know are left out."""
        found = self._passages(f"p.index_id IN ({','.join('?' * len(index_ids))})", tuple(index_ids))
        return {passage.index_id: passage for passage in found}

    def index_ids(self, within: Filter | None = None, document_id: str | None = None) -> list[str]:
        """Give the index ids of all passages, of those that pass a filter, or of one document."""
        where, values = _where(within or Filter())
        if document_id is not None:
            where, values = f"{where} AND d.id = ?", [*values, document_id]
        rows = self._connection.execute(
            f"SELECT p.index_id FROM passages p JOIN documents d ON d.key = p.document WHERE {where}", values
        )
        return [row[0] for row in rows]

    def document_ids(self, within: Filter) -> list[str]:
        """Give the ids of the documents that pass a filter."""
        where, values = _where(within)
        return [row[0] for row in self._connection.execute(f"SELECT d.id FROM documents d WHERE {where}", values)]

    def counts(self) -> tuple[int, int]:
        """Count documents and passages."""
        row = self._connection.execute("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)")
        documents, passages = row.fetchone()
        return int(documents), int(passages)

    def text_hashes(self) -> dict[str, str]:
        """Give the hash that every document's text had when it was stored."""
        return dict(self._connection.execute("SELECT id, text_sha256 FROM documents"))

    def problems(self) -> list[str]:
        """Let SQLite check its own file; an empty list is a whole file."""
        try:
            rows = self._connection.execute("PRAGMA integrity_check(5)").fetchall()
            astray = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
        tables = sorted({str(row[0]) for row in astray})
        return [
            *(str(row[0]) for row in rows if row[0] != "ok"),
            *(f"rows of the table {table} belong to no document" for table in tables),
        ]

    def _passages(self, where: str, values: Iterable[str]) -> list[StoredPassage]:
        rows = self._connection.execute(
            "SELECT d.id, p.index_id, p.start, p.stop, p.path, p.sentences, p.sentence_vectors"
            f" FROM passages p JOIN documents d ON d.key = p.document WHERE {where}",
            tuple(values),
        )
        return [_stored_passage(*row) for row in rows]


def document_version(document: Document, pipeline: str) -> str:
    """Fingerprint a document and the pipeline that cuts and embeds it: equal versions need no work."""
    parts = (
        pipeline,
        document.id,
        document.text,
        json.dumps(document.record.to_csl(), sort_keys=True),
        document.source_type,
        document.fidelity,
        document.commercial,
        document.retracted,
        document.licence,
        document.sections,
        document.blocks,
        document.reference_marks,
        document.note,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def index_id(passage: Passage, version: str) -> str:
    """Name a passage in the indexes: a changed document's passages never share a name with the old ones."""
    return f"{passage.id}#{version}"


def _where(within: Filter) -> tuple[str, list[str | int]]:
    """Translate a filter to SQL over the table of documents, named `d`."""
    conditions, values = ["1"], list[str | int]()
    if within.year_from is not None:
        conditions.append("d.year >= ?")
        values.append(within.year_from)
    for column, allowed in (("source_type", within.source_types), ("id", within.document_ids)):
        if allowed:
            conditions.append(f"d.{column} IN ({','.join('?' * len(allowed))})")
            values.extend(sorted(allowed))
    return " AND ".join(conditions), values


def _section_row(section: Section) -> tuple[int, int, str, int | None, int | None]:
    heading = section.heading_span
    path = json.dumps(section.path, ensure_ascii=False)
    start, stop = (heading.start, heading.end) if heading else (None, None)
    return section.span.start, section.span.end, path, start, stop


def _section(start: int, stop: int, path: str, heading_start: int | None, heading_stop: int | None) -> Section:
    heading = None if heading_start is None or heading_stop is None else Span(heading_start, heading_stop)
    return Section(Span(start, stop), tuple(json.loads(path)), heading)


def _passage_row(
    document: int | None, version: str, indexed: IndexedPassage
) -> tuple[int | None, str, int, int, str, bytes, bytes]:
    passage = indexed.passage
    spans = np.array([(s.start, s.end) for s in passage.sentences], dtype="<u4")
    path = json.dumps(passage.path, ensure_ascii=False)
    vectors = pack_vectors(indexed.sentence_vectors)
    return document, index_id(passage, version), passage.span.start, passage.span.end, path, spans.tobytes(), vectors


def _stored_passage(
    document_id: str, name: str, start: int, stop: int, path: str, sentences: bytes, vectors: bytes
) -> StoredPassage:
    pairs = np.frombuffer(sentences, dtype="<u4").reshape(-1, 2).tolist()
    spans = tuple(Span(a, b) for a, b in pairs)
    passage = Passage(document_id, Span(start, stop), tuple(json.loads(path)), spans)
    return StoredPassage(name, passage, unpack_vectors(vectors, len(spans)))
