"""The tables of a web page: rows of cells, each cell once however many places it spans."""

from __future__ import annotations

import re

from lxml import etree

from ingest.canonical import Pieces, Row
from ingest.parsers.html.clutter import HEADINGS
from ingest.parsers.html.inline import RunningText, Targets

# HTML's own limits are 1,000 and 65,534; no article has such tables, but a page made to harm can.
_MOST_COLUMNS = 200
_MOST_SPANNED_ROWS = 500
_SPAN = re.compile(r"[0-9]{1,6}")
_PARAGRAPHS_OF_LAYOUT = 3


def is_layout(table: etree._Element) -> bool:
    """Tell a table that only places things on the page, as old pages do, from one of data."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table", *HEADINGS), None) is not None:
        return True
    return any(sum(1 for _ in cell.iter("p")) >= _PARAGRAPHS_OF_LAYOUT for cell in table.iter("td"))


def read_rows(table: etree._Element, targets: Targets) -> list[Row]:
    """Read the rows of a table of data, from the top."""
    rows: list[Row] = []
    # For each column, how many further rows a cell from above still covers.
    covered = [0] * _MOST_COLUMNS
    for line in table.iter("tr"):
        cells: list[Pieces] = []
        elements = [cell for cell in line if cell.tag in ("td", "th")]
        for element in elements:
            _skip_covered(cells, covered)
            first = len(cells)
            across = min(_number(element, "colspan"), max(1, _MOST_COLUMNS - first))
            down = min(_number(element, "rowspan"), _MOST_SPANNED_ROWS)
            text = RunningText(targets)
            text.collect(element)
            cells += [text.take(), *[""] * (across - 1)]
            covered[first : first + across] = [down] * len(covered[first : first + across])
        covered = [max(0, rest - 1) for rest in covered]
        in_head = next(line.iterancestors("thead", "table")).tag == "thead"
        is_header = in_head or all(cell.tag == "th" for cell in elements)
        rows.append(Row(tuple(cells), is_header))
    return rows


def _skip_covered(cells: list[Pieces], covered: list[int]) -> None:
    while len(cells) < len(covered) and covered[len(cells)]:
        cells.append("")


def _number(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return max(1, int(value)) if _SPAN.fullmatch(value) else 1
