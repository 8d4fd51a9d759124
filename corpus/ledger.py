"""What the catalogue remembers of ingests: origins, failures, names of works, and what has yet to be swept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from corpus.database import Database
from corpus.document import Fidelity, SourceType
from corpus.identity import Rank, rank
from corpus.notices import Notice
from corpus.rows import Failure, IngestedOrigin, Listing, Provenance
from corpus.works import RelatedWork

_RELATED = TypeAdapter(tuple[RelatedWork, ...])


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that was listed to its end.

    Attributes:
        name: As `Listing` names it.
        failed: Locations of what has failed of it this time.
    """

    name: str
    failed: frozenset[str]


@dataclass(frozen=True, slots=True)
class HeldWork:
    """A document that the library holds, as far as telling copies of one work apart needs it."""

    document_id: str
    location: str | None
    fidelity: Fidelity
    rank: Rank


class Ledger:
    """The ledger of one catalogue. Writes belong inside the catalogue's transaction."""

    def __init__(self, database: Database) -> None:
        """Keep the ledger in a catalogue's file."""
        self._database = database

    def origin_version(self, location: str) -> str | None:
        """Give the version of an origin when it was last ingested whole; None if it never was."""
        row = self._database.connection.execute(
            "SELECT version FROM origins WHERE location = ?", (location,)
        ).fetchone()
        return str(row[0]) if row else None

    def documents_of_origin(self, location: str) -> list[str]:
        """Give the ids of the documents that stand for what an origin gave."""
        rows = self._database.connection.execute(
            "SELECT document_id FROM origin_documents WHERE location = ? ORDER BY document_id", (location,)
        )
        return [row[0] for row in rows]

    def put_origin(self, origin: IngestedOrigin) -> list[str]:
        """Remember an origin as ingested; it has failed no more.

        Returns:
            Ids of documents whose text came from this origin and that it gives no more.
        """
        before = set(self.documents_of_origin(origin.location))
        connection = self._database.connection
        connection.execute("INSERT OR REPLACE INTO origins VALUES (?, ?)", (origin.location, origin.version))
        connection.execute("DELETE FROM origin_documents WHERE location = ?", (origin.location,))
        connection.executemany(
            "INSERT OR IGNORE INTO origin_documents VALUES (?, ?)",
            [(origin.location, document_id) for document_id in origin.documents],
        )
        connection.execute("DELETE FROM failures WHERE location = ?", (origin.location,))
        gone = sorted(before.difference(origin.documents))
        return [name for name in gone if self.provenance(name).location == origin.location]

    def forget_origins_of(self, document_id: str) -> None:
        """Forget the origins that a document stands for, so that the next ingest reads them again."""
        self._database.connection.execute(
            "DELETE FROM origins WHERE location IN (SELECT location FROM origin_documents WHERE document_id = ?)",
            (document_id,),
        )

    def stand_in(self, document_id: str, for_document: str) -> None:
        """Let a document stand for what another one, a lesser copy of the same work, stood for."""
        connection = self._database.connection
        connection.execute(
            "INSERT OR IGNORE INTO origin_documents"
            " SELECT location, ? FROM origin_documents WHERE document_id = ?",
            (document_id, for_document),
        )
        connection.execute("DELETE FROM origin_documents WHERE document_id = ?", (for_document,))

    def failures(self) -> list[Failure]:
        """List what could not be ingested and has not been since."""
        rows = self._database.connection.execute(
            "SELECT f.location, f.reason, l.name, l.asked FROM failures f"
            " LEFT JOIN failure_listings l USING (location) ORDER BY f.location"
        )
        return [
            Failure(location, reason, Listing(name, asked) if name is not None else None)
            for location, reason, name, asked in rows
        ]

    def put_failures(self, failures: Iterable[Failure]) -> None:
        """Remember what could not be ingested."""
        connection = self._database.connection
        for failure in failures:
            connection.execute("DELETE FROM failures WHERE location = ?", (failure.location,))
            connection.execute("INSERT INTO failures VALUES (?, ?)", (failure.location, failure.reason))
            if failure.listing:
                row = (failure.location, failure.listing.name, failure.listing.asked)
                connection.execute("INSERT INTO failure_listings VALUES (?, ?, ?)", row)

    def put_listed(self, listed: Listed) -> None:
        """Remember that something was listed whole: what once failed of it, and was not met again, is over."""
        self._database.connection.execute(
            "DELETE FROM failures WHERE location IN (SELECT location FROM failure_listings WHERE name = ?)"
            " AND location NOT IN (SELECT value FROM json_each(?))",
            (listed.name, json.dumps(sorted(listed.failed))),
        )

    def forget_failures(self) -> None:
        """Forget all that could not be ingested."""
        self._database.connection.execute("DELETE FROM failures")

    def held(self, names: Collection[str], document_id: str = "") -> list[HeldWork]:
        """Give the documents of an id, or known by any of the names of a work."""
        rows = self._database.connection.execute(
            "SELECT id, location, fidelity, source_type, details ->> '$.pages' FROM documents WHERE id = ? OR key IN"
            " (SELECT document FROM works WHERE name IN (SELECT value FROM json_each(?)))",
            (document_id, json.dumps(sorted(names))),
        )
        return [
            HeldWork(
                document_id=i,
                location=location,
                fidelity=Fidelity(fidelity),
                rank=rank(Fidelity(fidelity), SourceType(kind), paged=pages is not None),
            )
            for i, location, fidelity, kind, pages in rows
        ]

    def names_of_works(self) -> dict[str, list[str]]:
        """Give the names by which the work of each document is known, by document id."""
        rows = self._database.connection.execute(
            "SELECT d.id, w.name FROM works w JOIN documents d ON d.key = w.document ORDER BY d.id, w.name"
        )
        names: dict[str, list[str]] = {}
        for document_id, name in rows:
            names.setdefault(document_id, []).append(name)
        return names

    def provenance(self, document_id: str) -> Provenance:
        """Give where a document came from."""
        row = self._database.connection.execute(
            "SELECT location, address, original FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return Provenance(*row) if row else Provenance()

    def originals(self) -> set[str]:
        """Give the names of all kept originals."""
        rows = self._database.connection.execute(
            "SELECT DISTINCT original FROM documents WHERE original IS NOT NULL"
        )
        return {row[0] for row in rows}

    def notices(self, works: Collection[str]) -> list[Notice]:
        """Give what was ever said of the works of these names."""
        rows = self._database.connection.execute(
            "SELECT work, retracted, related FROM notices WHERE work IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(works)),),
        )
        return [
            Notice(work, bool(retracted), _RELATED.validate_json(related))
            for work, retracted, related in rows
        ]

    def put_notices(self, notices: Iterable[Notice]) -> None:
        """Remember what is said of works, in addition to what was said before."""
        for notice in notices:
            before = self.notices([notice.work])
            related = dict.fromkeys(work for known in (*before, notice) for work in known.related)
            retracted = notice.retracted or any(known.retracted for known in before)
            self._database.connection.execute(
                "INSERT OR REPLACE INTO notices VALUES (?, ?, ?)",
                (notice.work, retracted, _RELATED.dump_json(tuple(related), exclude_defaults=True).decode()),
            )

    def note_unswept(self, index_ids: Iterable[str]) -> None:
        """Remember index entries that may have to go."""
        names = [(name,) for name in index_ids]
        self._database.connection.executemany("INSERT OR IGNORE INTO unswept VALUES (?)", names)

    def unswept(self) -> set[str]:
        """Give the remembered index entries that no passage has."""
        rows = self._database.connection.execute(
            "SELECT index_id FROM unswept WHERE index_id NOT IN (SELECT index_id FROM passages)"
        )
        return {row[0] for row in rows}

    def note_swept(self) -> None:
        """Forget the remembered index entries."""
        self._database.connection.execute("DELETE FROM unswept")
