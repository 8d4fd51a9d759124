"""What the catalogue remembers of words and names: abbreviations as papers define them, and every word in use."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.database import Database
from corpus.document import Abbreviation, Document, Span
from corpus.folding import name_key, plain_words

_DEFINITIONS = """
WITH
wanted AS (
    SELECT * FROM abbreviations WHERE short_key IN (SELECT value FROM json_each(?))
    UNION SELECT * FROM abbreviations WHERE long_key IN (SELECT value FROM json_each(?))
),
shorts AS (
    SELECT short_key, long_key, short, row_number() OVER (
        PARTITION BY short_key, long_key ORDER BY count(*) DESC, length(short), short) AS place
    FROM wanted GROUP BY short_key, long_key, short
),
longs AS (
    SELECT short_key, long_key, long, row_number() OVER (
        PARTITION BY short_key, long_key ORDER BY count(*) DESC, long DESC) AS place
    FROM wanted GROUP BY short_key, long_key, long
)
SELECT shorts_used.short, longs_used.long, short_key, long_key, count(DISTINCT document) AS documents
FROM wanted
JOIN (SELECT * FROM shorts WHERE place = 1) shorts_used USING (short_key, long_key)
JOIN (SELECT * FROM longs WHERE place = 1) longs_used USING (short_key, long_key)
GROUP BY short_key, long_key ORDER BY documents DESC, short_key, long_key
"""


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and a long form that documents define together, as they are written most often.

    Attributes:
        short: The short form.
        long: The long form.
        short_key: The short form as names are compared (`name_key`).
        long_key: The long form as names are compared.
        documents: How many documents define it so.
    """

    short: str
    long: str
    short_key: str
    long_key: str
    documents: int


class Names:
    """Words and names of one catalogue. Writes belong inside the catalogue's transaction."""

    def __init__(self, database: Database) -> None:
        """Keep them in a catalogue's file."""
        self._database = database

    def put(self, key: int | None, document: Document) -> None:
        """Store what a document defines and the words it has, under its key."""
        connection = self._database.connection
        connection.executemany(
            "INSERT INTO abbreviations VALUES (?,?,?,?,?,?,?,?)",
            [(key, ordinal, *_row(defined)) for ordinal, defined in enumerate(document.abbreviations)],
        )
        words = plain_words(f"{document.record.title}\n{document.text}")
        connection.executemany("INSERT OR IGNORE INTO words VALUES (?)", [(word,) for word in sorted(words)])

    def defined_by(self, key: int) -> tuple[Abbreviation, ...]:
        """Give what the document with that key defines, in order."""
        rows = self._database.connection.execute(
            "SELECT short, long, start, stop FROM abbreviations WHERE document = ? ORDER BY ordinal", (key,)
        )
        return tuple(
            Abbreviation(short, long, None if start is None else Span(start, stop))
            for short, long, start, stop in rows
        )

    def definitions(self, keys: Iterable[str]) -> list[Definition]:
        """Give the definitions that have one of some names on either side, the commonest first.

        Args:
            keys: Names as they are compared (`name_key`).
        """
        asked = json.dumps(sorted(set(keys)))
        rows = self._database.connection.execute(_DEFINITIONS, (asked, asked))
        return [Definition(*row) for row in rows]

    def commonest(self, most: int) -> list[str]:
        """Give the short forms that most documents define, as they are written most often.

        Args:
            most: How many.
        """
        rows = self._database.connection.execute(
            "SELECT short, max(written) FROM (SELECT short_key, short, count(*) AS written,"
            " count(DISTINCT document) AS documents FROM abbreviations GROUP BY short_key, short)"
            " GROUP BY short_key ORDER BY sum(documents) DESC, short_key LIMIT ?",
            (most,),
        )
        return [short for short, _ in rows]

    def meanings(self, document_id: str, short_key: str) -> frozenset[str]:
        """Give what one document defines an abbreviation as; all in the form by which names are compared."""
        rows = self._database.connection.execute(
            "SELECT a.long_key FROM abbreviations a JOIN documents d ON d.key = a.document"
            " WHERE d.id = ? AND a.short_key = ?",
            (document_id, short_key),
        )
        return frozenset(row[0] for row in rows)

    def words(self) -> frozenset[str]:
        """Give every word of four letters or more that some document has, or has had."""
        return frozenset(row[0] for row in self._database.connection.execute("SELECT word FROM words"))


def _row(defined: Abbreviation) -> tuple[str, str, str, str, int | None, int | None]:
    start, stop = (defined.span.start, defined.span.end) if defined.span else (None, None)
    return defined.short, defined.long, name_key(defined.short), name_key(defined.long), start, stop
