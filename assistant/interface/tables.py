"""Shows a document's tables as tables, its quoted cells marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.interface.markup import Noted, marked
from corpus.document import Block, Document, Span, Table


def table_markup(
    document: Document,
    table: Table,
    rows: Sequence[Block],
    quotes: Sequence[Span],
    noted: Sequence[Noted] = (),
) -> str:
    """Show a table.

    Args:
        document: It stands in.
        table: The table.
        rows: Its rows, the header's included.
        quotes: Spans to mark.
        noted: Spans of numbered citations.
    """
    head = [row for row in rows if table.header and table.header.contains(row.span)]
    body = [row for row in rows if row not in head]
    parts = [
        f"<{part}>{''.join(_row(document, row, quotes, noted, cell) for row in held)}</{part}>"
        for part, held, cell in (("thead", head, "th"), ("tbody", body, "td"))
        if held
    ]
    return f'<div class="table" tabindex="0"><table>{"".join(parts)}</table></div>'


def _row(document: Document, row: Block, quotes: Sequence[Span], noted: Sequence[Noted], cell: str) -> str:
    shown = (marked(document, span, quotes, noted) for span in _cells(document, row.span))
    cells = (f"<{cell}>{words}</{cell}>" for words in shown)
    return f"<tr>{''.join(cells)}</tr>"


def _cells(document: Document, row: Span) -> Iterator[Span]:
    """Cut a row at its tabs; those before it stand for empty cells."""
    line = document.text.rfind("\n", 0, row.start) + 1
    for start in range(line, row.start):
        yield Span(start, start)
    at = row.start
    while at <= row.end:
        tab = document.text.find("\t", at, row.end)
        end = row.end if tab < 0 else tab
        yield Span(at, end)
        at = end + 1
