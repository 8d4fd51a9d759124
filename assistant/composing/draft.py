"""What a composer hands on: statements and the evidence they rest on, before anything is numbered or judged."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Difference, Stance, Verdict
from assistant.evidence import Evidence
from corpus.document import Span


@dataclass(frozen=True, slots=True, eq=False)
class DraftStatement:
    """Something said, and the evidence it rests on; the first is where the words come from.

    Attributes:
        text: What is said; items of a list stand on lines of their own.
        evidence: At least one.
        verdict: What it was judged when it was written; None where its words are all there is to judge by.
    """

    text: str
    evidence: tuple[Evidence, ...]
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DraftRow:
    """A row of a comparison: for each subject, indices of statements."""

    aspect: str
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """Statements that take one side of a question, by their indices."""

    stance: Stance
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DraftFigure:
    """A figure of a statement; all spans are of the document of its evidence.

    Attributes:
        statement: Index of the statement.
        evidence: Where the figure stands.
        number: The figure with its unit.
        unit: What it is counted in.
        measured: What it is a figure of.
        population: In whom it was measured.
    """

    statement: int
    evidence: Evidence
    number: Span
    unit: Span | None
    measured: Span | None
    population: Span | None


@dataclass(frozen=True, slots=True)
class DraftDisagreement:
    """Statements that differ about one thing, by their indices, and in what their sources differ."""

    about: str
    statements: tuple[int, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A composed answer: statements in reading order and what puts them in relation.

    Attributes:
        statements: In reading order.
        subjects: What a comparison compares, a column each.
        rows: The rows of a comparison.
        groups: Sides of a yes/no question; together they hold every statement once, in order.
        figures: What a quantity question asked for, side by side.
        disagreements: Statements that cannot all be right.
        undefined: Whether a definition was asked for that no statement gives.
    """

    statements: tuple[DraftStatement, ...]
    subjects: tuple[str, ...] = ()
    rows: tuple[DraftRow, ...] = ()
    groups: tuple[DraftGroup, ...] = ()
    figures: tuple[DraftFigure, ...] = ()
    disagreements: tuple[DraftDisagreement, ...] = ()
    undefined: bool = False
