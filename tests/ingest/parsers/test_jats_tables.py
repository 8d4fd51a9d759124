"""Tables in JATS: rows and columns, captions, notes, and those that are pictures."""

from __future__ import annotations

import pytest

from corpus.document import BlockKind, Document
from tests.ingest.parsers.jats_articles import article, assert_whole, blocks

CALS = "http://www.niso.org/standards/z39-96/ns/oasis-exchange/table"


def table(rows: str) -> Document:
    return article(f"<table-wrap><table>{rows}</table></table-wrap>")


def rows(document: Document) -> list[str]:
    return [line for found in document.tables for line in found.span.of(document.text).split("\n")]


def test_a_table_is_a_line_a_row_with_its_header_caption_and_notes() -> None:
    document = article(
        "<p>Before.</p><table-wrap id='t1'><object-id>10.1/t1</object-id><label>Table 1</label>"
        "<caption><title>Doses.</title><p>In mg.</p></caption>"
        "<alternatives><graphic/><table><thead><tr><td>Drug</td><td>Dose</td></tr></thead>"
        "<tbody><tr><td>A</td><td>5<xref ref-type='table-fn'>a</xref></td></tr></tbody></table></alternatives>"
        "<table-wrap-foot><fn><label>a</label><p>Daily.</p></fn><p>n = 9.</p></table-wrap-foot></table-wrap>"
        "<p>After.</p>"
    )
    assert (
        document.text
        == "Before.\n\nTable 1 Doses. In mg.\n\nDrug\tDose\nA\t5a\n\na Daily.\n\nn = 9.\n\nAfter."
    )
    (found,) = document.tables
    assert found.header and found.header.of(document.text) == "Drug\tDose"
    assert found.caption and found.caption.of(document.text) == "Table 1 Doses. In mg."
    assert blocks(document, BlockKind.TABLE_ROW) == ["Drug\tDose", "A\t5a"]
    assert blocks(document, BlockKind.NOTE) == ["a Daily.", "n = 9."]
    assert_whole(document)


def test_a_caption_of_several_blocks_belongs_to_its_table_as_a_whole() -> None:
    document = article(
        "<table-wrap><label>Table 1</label><caption><title>Doses</title><p>Given daily.</p></caption>"
        "<table><tr><td>5</td></tr></table></table-wrap>"
    )
    assert blocks(document, BlockKind.CAPTION) == ["Table 1 Doses", "Given daily."]
    caption = document.tables[0].caption
    assert caption and caption.of(document.text) == "Table 1 Doses\n\nGiven daily."


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<tr><td rowspan='2'>A</td><td>1</td></tr><tr><td>2</td></tr><tr><td>B</td><td>3</td></tr>",
            ["A\t1", "\t2", "B\t3"],
        ),
        (
            "<tr><td colspan='2'>A</td><td>1</td></tr><tr><td>x</td><td>y</td><td>2</td></tr>",
            ["A\t\t1", "x\ty\t2"],
        ),
        (
            "<tr><td>a</td><td rowspan='3' colspan='2'>B</td><td>c</td></tr><tr><td>d</td><td>e</td></tr>",
            ["a\tB\t\tc", "d\t\t\te"],
        ),
        # No span reaches out of its group, and none of nonsense counts.
        (
            "<thead><tr><th rowspan='9'>H</th></tr></thead><tbody><tr><td colspan='x'>1</td><td>2</td></tr></tbody>",
            ["H", "1\t2"],
        ),
        ("<tr><td colspan='99999999'>A</td><td>1</td></tr>", ["A\t1"]),
        ("<tr><td/><td> </td></tr><tr><td/><td>1</td></tr>", ["\t1"]),
        (
            "<tfoot><tr><td>Sum</td></tr></tfoot><tbody><tr><td>1</td></tr></tbody>",
            ["1", "Sum"],
        ),
    ],
)
def test_spans_are_written_out_as_empty_cells(markup: str, expected: list[str]) -> None:
    document = table(markup)
    assert document.text.split("\n") == expected


def test_rows_of_header_cells_name_the_columns_where_there_is_no_thead() -> None:
    document = table("<tr><th>Drug</th><th>Dose</th></tr><tr><th>A</th><td>5</td></tr>")
    header = document.tables[0].header
    assert header and header.of(document.text) == "Drug\tDose"
    headed = table(
        "<thead><tr><th>Drug</th></tr></thead><tbody><tr><th>Group</th></tr><tr><td>A</td></tr></tbody>"
    )
    header = headed.tables[0].header
    assert header and header.of(headed.text) == "Drug"


def test_a_cell_is_one_line_whatever_is_in_it() -> None:
    document = table(
        "<tr><td><p>one</p><p>two</p></td><td><list><list-item><label>1</label><p>a</p></list-item>"
        "<list-item><p>b</p></list-item></list></td><td>x<break/>y</td>"
        "<td><table><tr><td>in</td><td>ner</td></tr></table></td></tr>"
    )
    assert document.text == "one two\t1 a b\tx y\tin ner"


def test_what_a_cell_cannot_hold_follows_its_table() -> None:
    document = table("<tr><td>5<fn><p>Rounded.</p></fn></td></tr><tr><td>6</td></tr>")
    assert document.text == "5\n6\n\nRounded."
    assert blocks(document, BlockKind.NOTE) == ["Rounded."]


def test_oasis_tables_name_their_columns() -> None:
    specs = "".join(f"<oasis:colspec colnum='{n}' colname='c{n}'/>" for n in (1, 2, 3))
    document = article(
        f"<table-wrap xmlns:oasis='{CALS}'><oasis:table><oasis:tgroup cols='3'>{specs}"
        "<oasis:spanspec spanname='s' namest='c2' nameend='c3'/><oasis:thead><oasis:row><oasis:entry>Drug</oasis:entry>"
        "<oasis:entry spanname='s'>Dose</oasis:entry></oasis:row></oasis:thead><oasis:tbody>"
        "<oasis:row><oasis:entry morerows='1'>A</oasis:entry><oasis:entry>1</oasis:entry><oasis:entry>2</oasis:entry>"
        "</oasis:row><oasis:row><oasis:entry namest='c2' nameend='c3'>3</oasis:entry></oasis:row>"
        "<oasis:row><oasis:entry colname='c3'>4</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></oasis:table>"
        "</table-wrap>"
    )
    assert rows(document) == ["Drug\tDose", "A\t1\t2", "\t3", "\t\t4"]
    assert document.tables[0].header


def test_tables_outside_a_wrap_are_rows_too() -> None:
    array = "<array><tbody><tr><td>k1</td><td>0.5</td></tr></tbody></array>"
    document = article(
        f"<p>With {array} we fit.</p><boxed-text><p>Box.</p><table><tr><td>1</td></tr></table></boxed-text>"
    )
    assert document.text == "With\n\nk1\t0.5\n\nwe fit.\n\nBox\n\nBox.\n\n1"
    assert len(document.tables) == 2


def test_tables_that_are_pictures_are_counted() -> None:
    picture = "<table-wrap><label>Table {}</label><graphic/></table-wrap>"
    document = article(
        picture.format(1) + picture.format(2) + "<table-wrap><table><tr><td>1</td></tr></table></table-wrap>"
    )
    assert document.note == "Tables that are pictures in the origin, and cannot be searched: 2 of 3."
    assert table("<tr><td>1</td></tr>").note is None
