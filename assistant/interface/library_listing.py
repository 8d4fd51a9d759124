"""The library's documents as lines of a list, and which of them a reader is looking for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from corpus.document import Fidelity, SourceType
from corpus.folding import folded
from corpus.library import Library
from corpus.record import Record

# A page of the list: more rows than a reader looks through, few enough to be drawn at once.
ROWS = 100

# The text and the details of a document are megabytes in a large library: only what a line shows is read.
_LINES = """
SELECT d.id, d.version, d.record, d.source_type, d.fidelity, d.commercial, d.retracted, d.licence, d.note,
       (SELECT count(*) FROM passages p WHERE p.document = d.key)
FROM documents d WHERE d.id IN (SELECT value FROM json_each(?))
"""


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


class Wanted(BaseModel):
    """What a reader looks for in the list; fields that are not set narrow nothing.

    Attributes:
        q: Words of titles, authors' names, journals or ids; a document has all of them.
        offset: Lines to leave out: those that the page shows already.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = ""
    year_from: Annotated[int | None, BeforeValidator(_none_if_empty)] = None
    year_to: Annotated[int | None, BeforeValidator(_none_if_empty)] = None
    source_type: Annotated[SourceType | None, BeforeValidator(_none_if_empty)] = None
    fidelity: Annotated[Fidelity | None, BeforeValidator(_none_if_empty)] = None
    retracted: bool = False
    offset: int = 0

    def admits(self, line: Line) -> bool:
        """Tell whether a document has all that is asked for, but for the words."""
        return (
            (self.year_from is None or (line.year is not None and line.year >= self.year_from))
            and (self.year_to is None or (line.year is not None and line.year <= self.year_to))
            and self.source_type in (None, line.source_type)
            and self.fidelity in (None, line.fidelity)
            and (line.retracted or not self.retracted)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """What the list shows of a document.

    Attributes:
        version: Of what is stored; another one is read again.
        searched: All that words are looked for in, folded.
    """

    document_id: str
    version: str
    title: str
    authors: tuple[str, ...]
    container_title: str | None
    year: int | None
    source_type: SourceType
    fidelity: Fidelity
    commercial: bool
    retracted: bool
    licence: str | None
    note: str | None
    passages: int
    searched: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader's wishes have found.

    Attributes:
        lines: The newest first, from `offset` on, a page of them.
        offset: Lines before these.
        matching: How many documents are as wanted.
        passages: How many passages these have.
        total: How many documents the library holds.
    """

    lines: Sequence[Line]
    offset: int
    matching: int
    passages: int
    total: int

    @property
    def remaining(self) -> int:
        """How many lines come after these."""
        return self.matching - self.offset - len(self.lines)


class Listing:
    """The lines of one library, kept in memory; after a commit only what has changed is read."""

    def __init__(self, library: Library) -> None:
        """List a library's documents."""
        self._library = library
        self._lock = threading.Lock()
        self._seen_generation = -1
        self._by_id: dict[str, Line] = {}
        self._ordered: list[Line] = []

    def found(self, wanted: Wanted) -> Found:
        """Give the documents that a reader looks for, as the library is now."""
        lines = self._lines()
        words = folded(wanted.q).split()
        matching = [
            line for line in lines if wanted.admits(line) and all(word in line.searched for word in words)
        ]
        return Found(
            lines=matching[wanted.offset : wanted.offset + ROWS],
            offset=wanted.offset,
            matching=len(matching),
            passages=sum(line.passages for line in matching),
            total=len(lines),
        )

    def _lines(self) -> list[Line]:
        catalogue = self._library.catalogue
        with self._lock, catalogue.snapshot():
            generation = catalogue.generation
            if generation != self._seen_generation:
                versions = catalogue.versions()
                kept = {i: line for i, line in self._by_id.items() if versions.get(i) == line.version}
                self._by_id = kept | self._read(versions.keys() - kept.keys())
                self._ordered = sorted(self._by_id.values(), key=_newest_first)
                self._seen_generation = generation
            return self._ordered

    def _read(self, document_ids: Iterable[str]) -> dict[str, Line]:
        rows = self._library.catalogue.connection.execute(_LINES, (json.dumps(sorted(document_ids)),))
        return {row[0]: _line(row) for row in rows}


def _newest_first(line: Line) -> tuple[int, str, str]:
    return -(line.year or 0), line.title.casefold(), line.document_id


def _line(row: Sequence[Any]) -> Line:
    (
        document_id,
        version,
        record_json,
        source_type,
        fidelity,
        commercial,
        retracted,
        licence,
        note,
        passages,
    ) = row
    record = Record.model_validate_json(record_json)
    searched = (record.title, *record.authors, record.container_title or "", document_id, record.doi or "")
    return Line(
        document_id=document_id,
        version=version,
        title=record.title,
        authors=tuple(record.authors),
        container_title=record.container_title,
        year=record.year,
        source_type=SourceType(source_type),
        fidelity=Fidelity(fidelity),
        commercial=bool(commercial),
        retracted=bool(retracted),
        licence=licence,
        note=note,
        passages=passages,
        searched=folded("\n".join(searched)),
    )
