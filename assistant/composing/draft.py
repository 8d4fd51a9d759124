"""What a composer hands on: statements and the evidence they rest on, before anything is numbered or judged."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence import Evidence


@dataclass(frozen=True, slots=True, eq=False)
class DraftStatement:
    """Something said, and the evidence it rests on; the first is where the words come from.

    Attributes:
        text: What is said; items of a list stand on lines of their own.
        evidence: At least one.
    """

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DraftRow:
    """A row of a comparison: for each subject, indices of statements."""

    aspect: str
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A composed answer: statements in reading order and, for a comparison, its table."""

    statements: tuple[DraftStatement, ...]
    subjects: tuple[str, ...] = ()
    rows: tuple[DraftRow, ...] = ()
