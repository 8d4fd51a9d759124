"""Reading order: finds the gutters between columns, and what spans them, and gives the lines of a page in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.parsers.pdf.lines import Column, Line, column_of, rows_of
from ingest.parsers.pdf.page import Rule, Segment

_STEP = 2.0
# A gutter is at least so wide, in sizes of the type.
_NARROWEST = 0.5
# Columns of prose: so many rows, that hold so many letters and fill so much of the width.
_FEWEST_ROWS = 3
_FEWEST_LETTERS = 13
_FILLED = 0.28
_MOST_COLUMNS = 4
_MOST_CROSSING = 0.4
_MOST_STRIPS = 12
# So many of a column's lines begin at one place.
_ALIGNED = 0.3
_SAME_LEFT = 2.0
# Two segments across a gutter belong to one line if they are nearer than this part of its width.
_NEAR = 0.8
_SAME_BASE = 0.6


class _Gutter(NamedTuple):
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def lines_in_order(page: int, segments: Sequence[Segment], rules: Sequence[Rule]) -> list[Line]:
    """Give the lines of a page as they are read: by columns, between what spans them.

    Args:
        page: The page's number.
        segments: Its own text.
        rules: Its horizontal rules; a table between them is read across.
    """
    return _ordered(page, segments, rules, _MOST_COLUMNS) if segments else []


def _ordered(page: int, segments: Sequence[Segment], rules: Sequence[Rule], columns: int) -> list[Line]:
    gutter = _gutter(segments) if columns > 1 else None
    if gutter is None:
        return _lines(page, rows_of(segments))
    spanning = _spanning(segments, gutter, rules)
    sides = [segment for segment in segments if id(segment) not in spanning]
    across = rows_of(segment for segment in segments if id(segment) in spanning)
    lines: list[Line] = []
    position = float("-inf")
    for group in _groups(across, sides):
        top = group[0][0].top
        lines += _band(page, [s for s in sides if position <= s.base < top], gutter, rules, columns)
        lines += _lines(page, group, column_of(across))
        position = top
    return lines + _band(page, [s for s in sides if s.base >= position], gutter, rules, columns)


def _lines(page: int, rows: Sequence[Sequence[Segment]], column: Column | None = None) -> list[Line]:
    if not rows:
        return []
    column = column or column_of(rows)
    return [Line(tuple(row), page, column) for row in rows]


def _band(
    page: int, segments: Sequence[Segment], gutter: _Gutter, rules: Sequence[Rule], columns: int
) -> list[Line]:
    """Give the lines between two things that span the columns, column by column."""
    sides = [
        [segment for segment in segments if segment.left < gutter.middle],
        [segment for segment in segments if segment.left >= gutter.middle],
    ]
    if all(side and _letters(rows_of(side)) < _FEWEST_LETTERS for side in sides):
        # Cells and labels of figures, which nobody reads downwards.
        return _lines(page, rows_of(segments))
    return [line for side in sides if side for line in _ordered(page, side, rules, columns - 1)]


def _groups(across: Sequence[list[Segment]], sides: Sequence[Segment]) -> Iterable[list[list[Segment]]]:
    """Give the spanning rows that follow each other without a column's line in between."""
    group: list[list[Segment]] = []
    for row in across:
        if group and any(group[-1][0].base < segment.base < row[0].base for segment in sides):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _gutter(segments: Sequence[Segment]) -> _Gutter | None:
    """Find the white strip that the fewest lines cross and that has columns of prose on both sides."""
    left, right = min(s.left for s in segments), max(s.right for s in segments)
    half = _NARROWEST * median(s.size for s in segments) / 2
    places: list[tuple[int, float]] = []
    x = left + 0.12 * (right - left)
    while x < right - 0.12 * (right - left):
        crossing = sum(s.left < x + half and s.right > x - half for s in segments)
        places.append((crossing, x))
        x += _STEP
    strips = [
        strip
        for crossing in sorted(
            {crossing for crossing, _ in places if crossing < _MOST_CROSSING * len(segments)}
        )
        for strip in _strips([x for found, x in places if found == crossing])
    ]
    gutters = (_edges(segments, strip) for strip in strips[:_MOST_STRIPS])
    return next((gutter for gutter in gutters if gutter), None)


def _strips(places: Sequence[float]) -> list[float]:
    """Give the middles of the strips that places next to each other make, the widest first."""
    strips: list[list[float]] = []
    for x in places:
        if strips and x - strips[-1][-1] < 1.5 * _STEP:
            strips[-1].append(x)
        else:
            strips.append([x])
    return [strip[len(strip) // 2] for strip in sorted(strips, key=len, reverse=True)]


def _edges(segments: Sequence[Segment], middle: float) -> _Gutter | None:
    """Give the gutter around a place, if there are columns of prose on both sides of it."""
    sides = (
        rows_of(s for s in segments if s.right <= middle),
        rows_of(s for s in segments if s.left >= middle),
    )
    if not all(len(rows) >= _FEWEST_ROWS and _is_prose(rows) and _is_aligned(rows) for rows in sides):
        return None
    left, right = (column_of(rows) for rows in sides)
    return _Gutter(left.right, right.left) if left.right < middle < right.left else None


def _is_prose(rows: Sequence[Sequence[Segment]]) -> bool:
    column = column_of(rows)
    widths = [max(s.right for s in row) - row[0].left for row in rows]
    return _letters(rows) >= _FEWEST_LETTERS and median(widths) > _FILLED * column.width


def _is_aligned(rows: Sequence[Sequence[Segment]]) -> bool:
    """Tell a column from lines that happen to have a wide space in nearly the same place."""
    lefts = sorted(row[0].left for row in rows)
    most = max(sum(0 <= other - left < _SAME_LEFT for other in lefts) for left in lefts)
    return most >= _ALIGNED * len(rows)


def _letters(rows: Sequence[Sequence[Segment]]) -> float:
    return median(sum(len(segment.text) for segment in row) for row in rows)


def _spanning(segments: Sequence[Segment], gutter: _Gutter, rules: Sequence[Rule]) -> set[int]:
    """Find what belongs to no column: what crosses the gutter, what stands beside it, tables between rules."""
    found = {id(s) for s in segments if s.left < gutter.middle < s.right}
    tables = _tables(rules, gutter)
    for row in rows_of(segments):
        for before, after in pairwise(row):
            near = after.left - before.right < _NEAR * (gutter.right - gutter.left)
            if (
                before.right <= gutter.middle <= after.left
                and near
                and abs(before.base - after.base) < _SAME_BASE
            ):
                found |= {id(before), id(after)}
        if any(id(s) in found for s in row) or any(top < row[0].base < end for top, end in tables):
            found |= {id(s) for s in row}
    return found


def _tables(rules: Sequence[Rule], gutter: _Gutter) -> list[tuple[float, float]]:
    """Give from where to where a table's rules cross the gutter."""
    wide = sorted((r for r in rules if r.left < gutter.left and r.right > gutter.right), key=lambda r: r.base)
    groups: list[list[Rule]] = []
    for rule in wide:
        same = [
            g for g in groups if abs(g[-1].left - rule.left) < _STEP and abs(g[-1].right - rule.right) < _STEP
        ]
        if same:
            same[0].append(rule)
        else:
            groups.append([rule])
    return [(group[0].base, group[-1].base) for group in groups if len(group) > 1]
