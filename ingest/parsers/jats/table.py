"""The rows of a table in JATS: the XHTML model (tr, td) and the OASIS one (row, entry), spans written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from lxml import etree

from ingest.canonical import Pieces, Row

# No table is wider; a longer span is a slip, or an attack on the memory.
_MOST_COLUMNS = 100
_GROUPS = ("thead", "tbody", "tfoot")
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "entry"))
_TABLES = frozenset(("table", "array", "tgroup"))

CellText = Callable[[etree._Element], Pieces]
"""Gives the words of a cell."""


def is_table(element: etree._Element) -> bool:
    """Tell a table from other elements, whatever the prefix of the OASIS model."""
    return _name(element) in _TABLES


def table_rows(table: etree._Element, text_of: CellText) -> list[Row]:
    """Read the rows of a table from the top, its header first and its footer last.

    Args:
        table: A `table`, `array` or `tgroup`.
        text_of: Gives the words of a cell; asked once for each, in order.

    Returns:
        Rows in which a cell that spans several places is given once and is empty in the others.
    """
    rows: list[Row] = []
    for part in _parts(table):
        columns = _columns(part)
        groups = list(_grouped(part))
        has_head = any(_name(group) == "thead" for group, _ in groups)
        for group, elements in groups:
            # Without a thead, rows of nothing but header cells at the top name the columns.
            heads = len(elements) if _name(group) == "thead" else 0 if has_head or rows else _heads(elements)
            for number, cells in enumerate(_expanded(elements, columns, text_of)):
                rows.append(Row(cells, number < heads))
    return rows


class _Cell(NamedTuple):
    element: etree._Element
    column: int | None
    width: int
    height: int


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if "}" in tag else tag


def _parts(table: etree._Element) -> list[etree._Element]:
    """Give the parts of a table that count columns of their own: one, but for OASIS tables in several groups."""
    return [child for child in table if _name(child) == "tgroup"] or [table]


def _grouped(part: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Give header, body and footer with their rows, in the order in which they are printed."""
    direct = [child for child in part if _name(child) in _ROWS]
    groups = sorted(
        (child for child in part if _name(child) in _GROUPS), key=lambda child: _GROUPS.index(_name(child))
    )
    for group in groups:
        yield group, [child for child in group if _name(child) in _ROWS]
    if direct:
        yield part, direct


def _columns(part: etree._Element) -> dict[str, tuple[int, int]]:
    """Give the first and last column that the names of an OASIS table mean."""
    columns: dict[str, tuple[int, int]] = {}
    place = 0
    for element in part:
        if _name(element) == "colspec":
            place = _count(element.get("colnum"), place + 1, _MOST_COLUMNS)
            columns[element.get("colname", "")] = (place - 1, place - 1)
        elif _name(element) == "spanspec":
            first, last = (columns.get(element.get(end, "")) for end in ("namest", "nameend"))
            if first and last:
                columns[element.get("spanname", "")] = (first[0], last[1])
    return columns


def _expanded(
    elements: Iterable[etree._Element], columns: dict[str, tuple[int, int]], text_of: CellText
) -> Iterator[tuple[Pieces, ...]]:
    """Write out the spans of the rows of one group, beyond which no cell reaches."""
    taken: dict[int, int] = {}
    for element in elements:
        cells = [_cell(child, columns) for child in element if _name(child) in _CELLS]
        row: dict[int, Pieces] = {}
        after = {column: height - 1 for column, height in taken.items() if height > 1}
        place = 0
        for cell in cells:
            place = place if cell.column is None or cell.column < place else cell.column
            while taken.get(place):
                place += 1
            row[place] = text_of(cell.element)
            width = cell.width if place + cell.width <= _MOST_COLUMNS else 1
            if cell.height > 1:
                after.update(dict.fromkeys(range(place, place + width), cell.height - 1))
            place += width
        taken = after
        yield tuple(row.get(column, "") for column in range(place))


def _heads(elements: Iterable[etree._Element]) -> int:
    """Count the rows at the top whose cells are all header cells."""
    only_heads = (len(row) and all(_name(cell) == "th" for cell in row) for row in elements)
    return sum(1 for _ in takewhile(bool, only_heads))


def _cell(element: etree._Element, columns: dict[str, tuple[int, int]]) -> _Cell:
    if _name(element) != "entry":
        return _Cell(
            element, None, _count(element.get("colspan"), 1), _count(element.get("rowspan"), 1, 65_534)
        )
    span = columns.get(element.get("spanname", ""))
    first, last = (columns.get(element.get(name, "")) for name in ("namest", "nameend"))
    if span is None and first and last:
        span = (first[0], last[1])
    single = columns.get(element.get("colname", "")) or first
    span = span or single
    width = max(1, span[1] - span[0] + 1) if span else 1
    return _Cell(element, span[0] if span else None, width, _count(element.get("morerows"), 0, 65_534) + 1)


def _count(value: str | None, default: int, most: int = _MOST_COLUMNS) -> int:
    """Read a number of columns or rows; one that makes no sense is the default."""
    if not value or value == "1":
        return default if not value else 1
    if not value.strip().isdecimal():
        return default
    number = int(value.strip()[:6])
    return number if 1 <= number <= most else default
