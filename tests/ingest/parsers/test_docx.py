"""DOCX files, written by python-docx or put together part by part: what of them is text, and what it is."""

from __future__ import annotations

import io
from datetime import datetime

import docx

from corpus.document import BlockKind, Document
from tests.ingest.parsers.docx_building import KIND, paragraph, parse, parse_bytes, run


def blocks(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def marks(document: Document) -> list[str]:
    return [mark.of(document.text) for mark in document.reference_marks]


def test_a_file_as_word_processors_write_it_is_read() -> None:
    written = docx.Document()
    written.core_properties.title = "A draft"
    written.core_properties.author = "Roe, Jane; Ann van Doe"
    written.core_properties.created = datetime(2024, 5, 3)  # noqa: DTZ001
    written.sections[0].header.paragraphs[0].text = "Page header"
    written.sections[0].footer.paragraphs[0].text = "Page footer"
    written.add_heading("Methods", 1)
    written.add_paragraph("Cells were ").add_run("thawed").bold = True
    written.add_heading("Counting", 2)
    written.add_paragraph("first", style="List Number")
    written.add_paragraph("second", style="List Number")
    written.add_paragraph("a point", style="List Bullet")
    written.add_paragraph("Said so.", style="Quote")
    written.add_paragraph("Table 1. Yields", style="Caption")
    table = written.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("arm", "n", "m"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1)).text = "both"
    buffer = io.BytesIO()
    written.save(buffer)
    document = parse_bytes(buffer.getvalue())
    assert document.text == (
        "Methods\n\nCells were thawed\n\nCounting\n\n1. first\n2. second\na point\n\nSaid so.\n\n"
        "Table 1. Yields\n\narm\tn\tm\nboth"
    )
    assert [section.path for section in document.sections] == [("Methods",), ("Methods", "Counting")]
    assert blocks(document, BlockKind.LIST_ITEM) == ["1. first", "2. second", "a point"]
    assert blocks(document, BlockKind.QUOTATION) == ["Said so."]
    assert document.tables[0].caption is not None
    assert document.tables[0].caption.of(document.text) == "Table 1. Yields"
    assert document.record.to_csl() == {
        "type": "document",
        "title": "A draft",
        "author": [
            {"family": "Roe", "given": "Jane"},
            {"family": "Doe", "given": "Ann", "non-dropping-particle": "van"},
        ],
        "issued": {"date-parts": [[2024, 5, 3]]},
    }


def test_the_printed_title_is_the_title_and_no_text() -> None:
    document = parse(paragraph("On cells", "Title") + paragraph("Text."))
    assert (document.record.title, document.text) == ("On cells", "Text.")


def test_without_a_title_the_file_gives_one() -> None:
    assert parse(paragraph("Text.")).record.title == "my draft"


def test_tracked_insertions_are_text_and_deletions_are_not() -> None:
    document = parse(
        "<w:p>"
        + run("It ")
        + f"<w:del><w:r><w:delText>was</w:delText></w:r></w:del><w:ins>{run('is')}</w:ins>"
        + f"<w:moveFrom>{run('gone')}</w:moveFrom>"
        + run(" so.")
        + '<w:r><w:commentReference w:id="1"/></w:r></w:p>',
        comments='<w:comment w:id="1"><w:p><w:r><w:t>A remark</w:t></w:r></w:p></w:comment>',
    )
    assert document.text == "It is so."


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    deleted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("One ") + "</w:p>"
    assert parse(deleted + paragraph("two.")).text == "One two."


def test_fields_give_their_results_and_hidden_text_nothing() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        + run("code")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("12")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="SEQ Table">{run(" 3")}</w:fldSimple>'
    link = f'<w:hyperlink r:id="x" xmlns:r="{KIND}">{run(" there")}</w:hyperlink>'
    assert parse(paragraph(field + simple + link + run("secret", "<w:vanish/>"))).text == "12 3 there"


def test_marks_that_a_reference_manager_set_are_reference_marks() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        "<w:instrText> ADDIN ZOTERO_ITEM CSL_CITATION {}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("1,2", '<w:vertAlign w:val="superscript"/>')
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = parse(paragraph(run("Cells kill") + field + run(" [3].")))
    assert document.text == "Cells kill 1,2 [3]."
    assert marks(document) == ["1,2", "[3]"]


def test_powers_symbols_and_formulas_keep_their_meaning() -> None:
    formula = (
        "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f></m:oMath>"
    )
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F062"/><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'
    raised = run("7", '<w:vertAlign w:val="superscript"/>')
    assert (
        parse(paragraph(run("10") + raised + run(" ") + symbol + run(" ") + formula)).text
        == "10^7 β[…] (a+b)/(c^2)"
    )


def test_text_boxes_stand_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    drawn = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert (
        parse(paragraph(run("Before") + drawn + run(" and after."))).text
        == "Before and after.\n\nIn the box."
    )


def test_footnotes_follow_their_paragraph_and_endnotes_the_text() -> None:
    notes = '<w:{0} w:id="0" w:type="separator"><w:p>{2}</w:p></w:{0}><w:{0} w:id="5"><w:p>{1}</w:p></w:{0}>'
    document = parse(
        paragraph(run("One") + '<w:r><w:endnoteReference w:id="5"/></w:r>' + run("."))
        + paragraph(run("Two") + '<w:r><w:footnoteReference w:id="5"/></w:r>'),
        footnotes=notes.format("footnote", run("At the foot."), run("line")),
        endnotes=notes.format("endnote", run("At the end."), run("line")),
    )
    assert document.text == "One 1.\n\nTwo 1\n\n1 At the foot.\n\n1 At the end."
    assert marks(document) == ["1", "1"]
    assert blocks(document, BlockKind.NOTE) == ["1 At the foot.", "1 At the end."]


def test_lists_are_numbered_as_they_are_printed() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, start, form, text in ((0, 3, "upperRoman", "%1."), (1, 1, "lowerLetter", "%1.%2)"))
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="9">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>'
    )
    at = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'.format
    document = parse(
        "".join(
            paragraph(word, "", at(level))
            for word, level in (("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 1))
        ),
        numbering=numbering,
    )
    assert document.text == "III. a\nIII.a) b\nIII.b) c\nIV. d\nIV.a) e"


def test_merged_cells_are_given_once() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p>{}</w:p></w:tc>".format
    first = (
        cell('<w:vMerge w:val="restart"/>', run("A"))
        + cell('<w:gridSpan w:val="2"/>', run("B"))
        + cell("", run("C"))
    )
    second = cell("<w:vMerge/>", run("")) + cell("", run("d")) + cell("", run("e")) + cell("", run("f"))
    document = parse(
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{first}</w:tr><w:tr>{second}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{second}</w:tr></w:tbl>"
    )
    assert document.text == "A\tB\t\tC\n\td\te\tf"
    header = document.tables[0].header
    assert header is not None and header.of(document.text) == "A\tB\t\tC"


def test_the_reference_list_becomes_records() -> None:
    document = parse(
        paragraph("Text [1].")
        + paragraph("References", "H1")
        + paragraph("1. Roe J. Cells kill. Blood. 2001. doi:10.1000/a.b.")
        + paragraph("2. Poe E. Ravens and their cells. 1845.")
        + paragraph("Figure 1. A legend about cells in 2001.")
    )
    assert [(entry.label, entry.year, entry.doi) for entry in document.references] == [
        ("1", 2001, "10.1000/a.b"),
        ("2", 1845, None),
    ]
    assert document.text == "Text [1].\n\nReferences\n\nFigure 1. A legend about cells in 2001."


def test_prose_under_sources_stays_text() -> None:
    document = parse(
        paragraph("Sources", "H1") + paragraph("Cells came from many consenting healthy donors.")
    )
    assert document.text == "Sources\n\nCells came from many consenting healthy donors."


def test_the_table_of_contents_is_left_out() -> None:
    assert (
        parse(paragraph("Methods 3", "Toc") + paragraph("Methods", "H1") + paragraph("x")).text
        == "Methods\n\nx"
    )
