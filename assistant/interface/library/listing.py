"""The library's documents as lines of a list, and which of them a reader is looking for."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from corpus.document import Fidelity, SourceType
from corpus.folding import folded
from corpus.library import Library
from corpus.rows import ListedDocument

# A page of the list: more rows than a reader looks through, few enough to be drawn at once.
ROWS = 100


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

    def admits(self, entry: ListedDocument) -> bool:
        """Tell whether a document has all that is asked for, but for the words."""
        year = entry.record.year
        return (
            (self.year_from is None or (year is not None and year >= self.year_from))
            and (self.year_to is None or (year is not None and year <= self.year_to))
            and self.source_type in (None, entry.source_type)
            and self.fidelity in (None, entry.fidelity)
            and (entry.retracted or not self.retracted)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """What the list shows of a document.

    Attributes:
        entry: What the catalogue says of it.
        searched: All that words are looked for in, folded.
    """

    entry: ListedDocument
    searched: str

    @classmethod
    def of(cls, entry: ListedDocument) -> Line:
        """Prepare a document to be looked for."""
        record = entry.record
        words = (
            record.title,
            *record.authors,
            record.container_title or "",
            entry.document_id,
            record.doi or "",
        )
        return cls(entry, folded("\n".join(words)))


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader's wishes have found.

    Attributes:
        entries: The newest first, from `offset` on, a page of them.
        offset: Lines before these.
        matching: How many documents are as wanted.
        passages: How many passages these have.
        total: How many documents the library holds.
    """

    entries: Sequence[ListedDocument]
    offset: int
    matching: int
    passages: int
    total: int

    @property
    def remaining(self) -> int:
        """How many lines come after these."""
        return self.matching - self.offset - len(self.entries)


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
            line
            for line in lines
            if wanted.admits(line.entry) and all(word in line.searched for word in words)
        ]
        return Found(
            entries=[line.entry for line in matching[wanted.offset : wanted.offset + ROWS]],
            offset=wanted.offset,
            matching=len(matching),
            passages=sum(line.entry.passages for line in matching),
            total=len(lines),
        )

    def _lines(self) -> list[Line]:
        catalogue = self._library.catalogue
        with self._lock, catalogue.snapshot():
            generation = catalogue.generation
            if generation != self._seen_generation:
                versions = catalogue.versions()
                kept = {i: line for i, line in self._by_id.items() if versions.get(i) == line.entry.version}
                self._by_id = kept | self._read(versions.keys() - kept.keys())
                self._ordered = sorted(self._by_id.values(), key=_newest_first)
                self._seen_generation = generation
            return self._ordered

    def _read(self, document_ids: Iterable[str]) -> dict[str, Line]:
        return {entry.document_id: Line.of(entry) for entry in self._library.catalogue.listed(document_ids)}


def _newest_first(line: Line) -> tuple[int, str, str]:
    record = line.entry.record
    return -(record.year or 0), record.title.casefold(), line.entry.document_id
