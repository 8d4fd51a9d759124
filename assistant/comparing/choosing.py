"""Chooses the rows of a table and the sentences of its cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.composing.draft import Draft, DraftRow, DraftStatement
from assistant.composing.merging import merged, repeats
from assistant.evidence import Evidence

# Rows and statements of a table whose aspects the reader has not named.
MOST_ROWS = 7
MOST_STATEMENTS = 12
# Statements of a cell.
MOST_IN_CELL = 3
# A further statement of a cell has at least this share of the first one's score; more if its document has spoken.
SHARE = 0.5
# Cosine from which a sentence gives way to one that says something else.
ALIKE = 0.8
SHARE_SAME_DOCUMENT = 0.8
# In a row that the reader named: by how much a further statement may score less than the first.
MARGIN = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What the sources say in one respect: for each subject, evidence, the best first.

    Attributes:
        aspect: The respect.
        cells: The evidence.
        is_asked: Whether the question's other words ask for it, though it names no aspect.
    """

    aspect: str
    cells: tuple[tuple[Evidence, ...], ...]
    is_asked: bool = False

    @property
    def filled(self) -> int:
        """For how many subjects there is something."""
        return sum(bool(cell) for cell in self.cells)

    @property
    def said(self) -> float:
        """How much the sources say: documents count, each further one less."""
        return sum(math.log1p(len({found.document.id for found in cell})) for cell in self.cells)


def table(subjects: Sequence[str], rows: Iterable[Row], *, named: bool) -> Draft:
    """Make a table.

    Args:
        subjects: The columns, as the reader wrote them.
        rows: All rows that there are.
        named: Whether the reader named the aspects: then all rows stay, in their order.
    """
    chosen = list(rows) if named else _worth_showing(list(rows), len(subjects))
    cells = [[_Cell(cell, named=named or row.is_asked) for cell in row.cells] for row in chosen]
    asked = [row.is_asked for row in chosen]
    statements = _Statements()
    for place in range(MOST_IN_CELL):
        # A first statement for every cell, then a second where there is one, the best before the others.
        waiting = [
            (is_asked, row, cell)
            for is_asked, row in zip(asked, cells, strict=True)
            for cell in row
            if len(cell.taken) == place
        ]
        if place:
            waiting.sort(key=lambda waits: (not waits[0], -waits[2].best))
        for _, row, cell in waiting:
            if len(cell.taken) == place and (place == 0 or len(statements.drafted) < MOST_STATEMENTS):
                found = cell.take(statements)
                if found is not None:
                    for other in row:
                        other.share(found, statements)
    return statements.numbered(subjects, [row.aspect for row in chosen], cells)


def _worth_showing(rows: Sequence[Row], columns: int) -> list[Row]:
    """Keep the rows of which the sources say most, those with something for every subject before the others."""
    there = [row for row in rows if row.filled]
    ranked = sorted(there, key=lambda row: (not row.is_asked, -row.filled, -row.said))
    most = min(MOST_ROWS, max(1, MOST_STATEMENTS // columns))
    return sorted(ranked[:most], key=lambda row: (not row.is_asked, -row.said))


class _Statements:
    """The statements of a table; one that stands in two cells is one statement."""

    def __init__(self) -> None:
        self.drafted: list[DraftStatement] = []

    def add(self, found: Evidence) -> int:
        """Add what evidence says, and give its place; what stands in the table already is not added again."""
        for place, known in enumerate(self.drafted):
            first = known.evidence[0]
            if first.document.id == found.document.id and first.sentences == found.sentences:
                return place
        self.drafted.append(DraftStatement(found.text, (found,)))
        return len(self.drafted) - 1

    def support(self, place: int, found: Evidence) -> None:
        """Let a statement cite further evidence that says the same, in its own words: it may stand in two columns."""
        supported = merged(self.drafted[place], found)
        if supported.evidence[0] is self.drafted[place].evidence[0]:
            self.drafted[place] = supported

    def numbered(
        self, subjects: Sequence[str], aspects: Sequence[str], cells: Sequence[Sequence[_Cell]]
    ) -> Draft:
        """Give the table with its statements in reading order."""
        order = dict.fromkeys(place for row in cells for cell in row for place in cell.taken)
        places = {old: new for new, old in enumerate(order)}
        rows = [
            DraftRow(aspect, tuple(tuple(places[place] for place in cell.taken) for cell in row))
            for aspect, row in zip(aspects, cells, strict=True)
        ]
        return Draft(tuple(self.drafted[old] for old in order), tuple(subjects), tuple(rows))


class _Cell:
    """A cell while it is filled: evidence still to be looked at, and what stands in it."""

    def __init__(self, evidence: Sequence[Evidence], *, named: bool) -> None:
        self._named = named
        self._waiting = list(evidence)
        self._highest = evidence[0].score if evidence else 0.0
        self._shown: list[Evidence] = []
        self.taken: list[int] = []

    @property
    def best(self) -> float:
        """The score of the best evidence that still waits."""
        return self._waiting[0].score if self._waiting else -math.inf

    def take(self, statements: _Statements) -> Evidence | None:
        """Take the best sentence that says something new; unasked, rather of a document that has not spoken."""
        spoken = {shown.document.id for shown in self._shown}
        for found in sorted(
            self._waiting,
            key=lambda waits: (not self._named and waits.document.id in spoken, self._is_like(waits)),
        ):
            if found.score < self._least(found.document.id in spoken):
                continue
            self._waiting.remove(found)
            again = next((n for n, shown in enumerate(self._shown) if repeats(found, shown)), None)
            if again is None:
                self._show(found, statements)
                return found
            statements.support(self.taken[again], found)
        return None

    def _least(self, has_spoken: bool) -> float:
        """Give what a sentence must score, by whether its document has spoken here."""
        if self._named:
            return self._highest - MARGIN
        return (SHARE_SAME_DOCUMENT if has_spoken else SHARE) * self._highest

    def _is_like(self, found: Evidence) -> bool:
        """Tell whether a sentence is near to what stands in the cell already (Carbonell and Goldstein 1998)."""
        return any(float(found.vector @ shown.vector) >= ALIKE for shown in self._shown)

    def share(self, found: Evidence, statements: _Statements) -> None:
        """Show a sentence that another cell of the row has taken, if it is about this subject too."""
        if found in self._waiting and len(self.taken) < MOST_IN_CELL:
            self._waiting.remove(found)
            self._show(found, statements)

    def _show(self, found: Evidence, statements: _Statements) -> None:
        self._shown.append(found)
        self.taken.append(statements.add(found))
