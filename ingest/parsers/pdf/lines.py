"""Lines: what stands side by side in a column, from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from ingest.parsers.pdf.page import Run, Segment, is_apart

# What is said of a column by most of its lines, whatever a few do.
_MOST = 0.9
# Between words a justified line has less than this, in sizes of its type; cells of a table have more.
_CELL_GAP = 1.4
_SAME_EDGE = 1.5


@dataclass(frozen=True, slots=True)
class Column:
    """The edges between which lines run."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left


@dataclass(frozen=True)
class Line:
    """A line of text.

    Attributes:
        segments: From left to right.
        page: Number of its page.
        column: Where it stands.
    """

    segments: tuple[Segment, ...]
    page: int
    column: Column
    main: Segment = field(init=False)

    def __post_init__(self) -> None:
        """The largest type decides: a raised sign does not."""
        object.__setattr__(self, "main", max(self.segments, key=lambda s: (s.size, len(s.text))))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All runs; those that stand apart end in a space."""
        runs: list[Run] = []
        for run in (run for segment in self.segments for run in segment.runs):
            if runs and is_apart(runs[-1], run):
                runs[-1] = runs[-1]._replace(text=runs[-1].text + " ")
            runs.append(run)
        return tuple(runs)

    @cached_property
    def text(self) -> str:
        """The words."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(segment.right for segment in self.segments)

    @property
    def base(self) -> float:
        """Its baseline, from the top of the page."""
        return self.main.base

    @cached_property
    def size(self) -> float:
        """The size that most of its letters have."""
        sizes: dict[float, int] = {}
        for run in self.runs:
            sizes[run.size] = sizes.get(run.size, 0) + len(run.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(segment.bold for segment in self.segments)

    @property
    def italic(self) -> bool:
        """Whether all of it leans."""
        return all(segment.italic for segment in self.segments)

    @cached_property
    def cells(self) -> tuple[tuple[Segment, ...], ...]:
        """The segments that only white space of a table's width parts."""
        if self._is_spread():
            return (self.segments,)
        cells: list[list[Segment]] = []
        for segment in self.segments:
            if cells and segment.left - cells[-1][-1].right < _CELL_GAP * self.size:
                cells[-1].append(segment)
            else:
                cells.append([segment])
        return tuple(map(tuple, cells))

    def _is_spread(self) -> bool:
        """Tell a line of few words that was justified: all its spaces are alike, and it fills its column."""
        gaps = [after.left - before.right for before, after in pairwise(self.segments)]
        words = all(" " not in segment.text.strip() for segment in self.segments)
        fills = abs(self.right - self.column.right) < _SAME_EDGE
        return bool(gaps) and words and fills and max(gaps) - min(gaps) < _SAME_EDGE

    def is_raised(self, run: Run) -> bool:
        """Tell a superscript from the type around it."""
        return self.main.is_raised(run)


def rows_of(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Give what stands side by side, from above; each row from left to right."""
    rows: list[list[Segment]] = []
    largest: list[Segment] = []
    for segment in sorted(segments, key=lambda segment: (segment.base, segment.left)):
        # A raised sign comes before its line, so that the row before the last may be the one.
        for place in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            if segment.beside(largest[place]):
                rows[place].append(segment)
                largest[place] = max(largest[place], segment, key=lambda one: one.size)
                break
        else:
            rows.append([segment])
            largest.append(segment)
    order = sorted(range(len(rows)), key=lambda place: largest[place].base)
    return [sorted(rows[place], key=lambda segment: segment.left) for place in order]


def column_of(rows: Sequence[Sequence[Segment]]) -> Column:
    """Give the edges that nearly all rows keep to."""
    lefts = sorted(row[0].left for row in rows)
    rights = sorted(max(segment.right for segment in row) for row in rows)
    few = int((1 - _MOST) * len(rows))
    return Column(lefts[few], max(rights[len(rights) - 1 - few], lefts[few]))
