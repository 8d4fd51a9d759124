"""Finds tables among lines by cells that stand under each other, and gives their rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.canonical import Piece, Row
from ingest.parsers.pdf.lines import Line
from ingest.parsers.pdf.page import Rule, Segment, joined

_LABEL = re.compile(r"[\[(]?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[\])]?[.:]?|[•●▪◦‣■□▶–—*·]")
_EQUATION_NUMBER = re.compile(r"\(\d{1,3}[a-z]?\)|\(\d\.\d{1,2}\)")
_ALIGNED = 4.0
_FEWEST_ROWS = 3
_MOST_SINGLE = 3
_FURTHEST = 3.2
_CLOSE = 1.35


def find_tables(lines: Sequence[Line]) -> dict[int, int]:
    """Find lines that are rows of a table.

    Args:
        lines: In reading order.

    Returns:
        For the index of each table's first line the index after its last.
    """
    tables: dict[int, int] = {}
    place = 0
    while place < len(lines):
        end = _end_of_table(lines, place) if _has_cells(lines[place]) else place
        if end > place:
            tables[place] = end
        place = max(end, place + 1)
    return tables


def _has_cells(line: Line) -> bool:
    """Tell a row of a table from an item with its label, and from a formula with its number."""
    cells = line.cells
    if len(cells) != 2:  # noqa: PLR2004 - a label and what it labels
        return len(cells) > 1
    return not _LABEL.fullmatch(joined(cells[0][-1].runs).strip()) and not _EQUATION_NUMBER.fullmatch(
        joined(cells[1][0].runs).strip()
    )


def _end_of_table(lines: Sequence[Line], start: int) -> int:
    end, rows, aligned, single = start + 1, 1, 0, 0
    last = lines[start]
    for place in range(start + 1, len(lines)):
        line = lines[place]
        near = 0 < line.base - lines[place - 1].base < _FURTHEST * line.size
        if line.page != last.page or not near or line.size > 1.15 * last.size:
            break
        if _has_cells(line):
            rows, single, end = rows + 1, 0, place + 1
            aligned += _are_aligned(last, line)
            last = line
        else:
            single += 1
            if single > _MOST_SINGLE or _is_prose(line):
                break
    if rows < _FEWEST_ROWS or 2 * aligned < rows - 1:
        return start
    while end < len(lines) and _is_rest_of_row(lines[end - 1], lines[end]):
        end += 1
    return end


def _is_rest_of_row(above: Line, line: Line) -> bool:
    """Tell the last words of a table's last cell: close below, of the same size, and short."""
    close = 0 < line.base - above.base < _CLOSE * line.size and line.page == above.page
    return close and line.size == above.size and line.right - line.left < line.column.width / 2


def _is_prose(line: Line) -> bool:
    return line.right - line.left > 0.8 * line.column.width and len(line.text) > 50  # noqa: PLR2004


def _are_aligned(above: Line, below: Line) -> bool:
    """Tell whether cells behind the first stand under each other."""
    return any(
        abs(a - b) < _ALIGNED
        for one in above.cells[1:]
        for other in below.cells[1:]
        for a, b in zip(_places(one), _places(other), strict=True)
    )


def _places(cell: Sequence[Segment]) -> tuple[float, float, float]:
    left, right = cell[0].left, cell[-1].right
    return left, right, (left + right) / 2


def rows_of_table(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Row]:
    """Give a table's rows; a cell that goes on in the next line is one cell.

    Args:
        lines: From above.
        rules: Of the table's page.
    """
    columns = _columns(lines)
    placed = [_placed(line, columns) for line in lines]
    headers = _header_rows(lines, rules)
    rows: list[Row] = []
    for index, cells in enumerate(placed):
        if index and _goes_on(lines, placed, index, headers):
            rows[-1] = Row(
                tuple(_put_together(a, b) for a, b in zip(rows[-1].cells, cells, strict=True)),
                rows[-1].is_header,
            )
        else:
            rows.append(Row(tuple(cells), index < headers))
    return rows


def _put_together(above: object, below: str) -> str:
    return f"{above} {below}".strip()


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Give the columns: where the cells of the fullest rows stand, those together that overlap."""
    full = Counter(len(line.cells) for line in lines)
    most = max((count for count in full if full[count] >= 2), default=max(full))  # noqa: PLR2004
    columns: list[tuple[float, float]] = []
    for left, right in sorted(
        (cell[0].left, cell[-1].right) for line in lines if len(line.cells) >= most for cell in line.cells
    ):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _placed(line: Line, columns: Sequence[tuple[float, float]]) -> list[str]:
    """Give the texts of a row's cells, each in the column that it overlaps most or is nearest to."""
    texts = [""] * len(columns)
    for cell in line.cells:
        left, right = cell[0].left, cell[-1].right
        best = max(
            range(len(columns)),
            key=lambda index: min(right, columns[index][1]) - max(left, columns[index][0]),
        )
        words = joined(tuple(run for segment in cell for run in segment.runs)).strip()
        texts[best] = f"{texts[best]} {words}".strip()
    return texts


def _header_rows(lines: Sequence[Line], rules: Sequence[Rule]) -> int:
    """Count the rows above the first rule inside the table, else those in bold type at its head."""
    inside = [
        rule.base
        for rule in rules
        if lines[0].base <= rule.base < lines[-1].base
        and rule.left < lines[0].right
        and rule.right > lines[0].left
    ]
    if inside:
        above = sum(line.base <= min(inside) for line in lines)
        return above if above < len(lines) / 2 else 0
    return next((index for index, line in enumerate(lines) if not line.bold), 0)


def _goes_on(lines: Sequence[Line], placed: Sequence[Sequence[str]], index: int, headers: int) -> bool:
    """Tell a second line of the row above: nothing in the first column, and nearer than rows stand."""
    if placed[index][0] or not placed[index - 1] or index == headers:
        return False
    own = [
        lines[place].base - lines[place - 1].base
        for place in range(1, len(lines))
        if placed[place][0] and place != headers
    ]
    return bool(own) and lines[index].base - lines[index - 1].base < 0.9 * min(own)


def as_pieces(row: Row, page: int | None) -> Row:
    """Give a row whose first words say on which page they stand."""
    first = next((index for index, cell in enumerate(row.cells) if cell), 0)
    cells = [
        [Piece(str(cell), page=page)] if index == first and page is not None else cell
        for index, cell in enumerate(row.cells)
    ]
    return row._replace(cells=tuple(cells))
