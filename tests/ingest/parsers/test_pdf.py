"""PDF: what was set in columns comes back word for word, in order, each with its page."""

from __future__ import annotations

import re

import pytest

from corpus.document import BlockKind, Document, SectionRole
from ingest.parsers import parser_for
from ingest.parsers.pdf.document import document_of
from tests.ingest.parsers.pdf_setting import HEIGHT, MARGIN, Sheets, ligature_font, words

FALLBACK = "file:my-paper-0a1b2c3d"


def read(sheets: Sheets) -> Document:
    return document_of(sheets.finish(), FALLBACK)


def plain(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def blocks(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def test_the_parser_is_found_by_the_ending_of_the_name() -> None:
    parser = parser_for(".PDF")
    assert parser is not None
    sheets = Sheets()
    text = words(60)
    sheets.paragraph(text)
    (document,) = parser(sheets.finish(), FALLBACK)
    assert isinstance(document, Document)
    assert plain(document.text) == plain(" ".join(text))
    assert document.id == FALLBACK
    assert document.record.title == "my paper"


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_words_come_back_in_reading_order_each_once(columns: int, seed: int) -> None:
    sheets = Sheets(columns, head=("Journal of Letters", "Author et al."), foot="Letters 7, page")
    expected: list[str] = []
    for place in range(12):
        if place % 4 == 0:
            heading = ("Introduction", "Results", "Discussion")[place // 4]
            sheets.heading(heading)
            expected.append(heading)
        text = words(150, seed * 100 + place)
        sheets.paragraph(text)
        expected += text
    document = read(sheets)
    assert sheets.page > 2
    assert sheets.hyphenated > 5
    assert plain(document.text) == plain(" ".join(expected))
    assert [section.heading for section in document.sections] == ["Introduction", "Results", "Discussion"]
    assert len(blocks(document, BlockKind.PARAGRAPH)) == 12


def test_a_word_is_on_the_page_on_which_it_was_set() -> None:
    sheets = Sheets(2, foot="page")
    set_on: dict[str, int] = {}
    for place in range(14):
        text = words(80, place)
        sheets.paragraph(text)
        set_on[text[-1]] = sheets.page
    document = read(sheets)
    assert {word: document.page_at(document.text.index(word)) for word in set_on} == set_on
    assert [page.number for page in document.pages] == list(range(1, sheets.page + 1))


def test_a_title_and_an_abstract_over_both_columns_come_first() -> None:
    sheets = Sheets(2)
    sheets.spanning("Killer cells that were set by hand", "Times-Bold", 20.0)
    sheets.spanning("Ada Lovelace, Jan van der Berg and Li Wei", size=11.0)
    abstract = words(90, 5)
    sheets.spanning("Abstract", "Times-Bold", 13.0)
    sheets.spanning(" ".join(abstract))
    body = words(420, 6)
    sheets.heading("Introduction")
    sheets.paragraph(body)
    document = read(sheets)
    assert document.record.title == "Killer cells that were set by hand"
    assert document.record.authors == ["Lovelace Ada", "van der Berg Jan", "Wei Li"]
    assert plain(document.text) == plain(" ".join(["Abstract", *abstract, "Introduction", *body]))
    assert [section.role for section in document.sections] == [SectionRole.ABSTRACT, SectionRole.BODY]


def test_numbers_of_lines_in_the_margin_are_left_out() -> None:
    sheets = Sheets(numbered=True, foot="manuscript")
    text = words(900, 8)
    sheets.heading("Methods")
    sheets.paragraph(text)
    document = read(sheets)
    assert plain(document.text) == plain(" ".join(["Methods", *text]))


def test_captions_and_footnotes_never_cut_a_sentence() -> None:
    sheets = Sheets(2)
    first, caption, note, rest = words(200, 1), words(30, 2), words(20, 3), words(300, 4)
    first[-1] = first[-1].rstrip(".")
    rest[0] = rest[0].lower()
    sheets.footnote("1", note)
    sheets.paragraph(first)
    sheets.caption("Figure 1.", caption)
    sheets.paragraph(rest, indent=0.0)
    document = read(sheets)
    assert plain(blocks(document, BlockKind.PARAGRAPH)[0]) == plain(" ".join([*first, *rest]))
    assert [plain(text) for text in blocks(document, BlockKind.CAPTION)] == [
        plain(f"Figure 1. {' '.join(caption)}")
    ]
    assert [plain(text)[1:] for text in blocks(document, BlockKind.NOTE)] == [plain(" ".join(note))]


def test_ligatures_are_letters() -> None:
    sheets = Sheets()
    sheets.put(
        "The ﬁnal eﬀect of the ﬂow, in ﬁve oﬃces.".replace("ﬀ", "ff").replace("ﬃ", "ffi"),
        MARGIN,
        100,
        ligature_font(),
    )
    assert read(sheets).text == "The final effect of the flow, in five offices."


def test_rows_of_a_table_stay_rows_under_their_caption() -> None:
    sheets = Sheets()
    sheets.paragraph(words(120, 1))
    sheets.caption("Table 1.", ["Ages", "of", "patients."])
    sheets.table(
        [["Group", "Patients", "Age"], ["Treated", "12", "61"], ["Control", "13", "59"], ["All", "25", "60"]],
        90.0,
    )
    sheets.paragraph(words(120, 2))
    document = read(sheets)
    (table,) = document.tables
    assert table.span.of(document.text).split("\n") == [
        "Group\tPatients\tAge",
        "Treated\t12\t61",
        "Control\t13\t59",
        "All\t25\t60",
    ]
    assert table.header is not None and table.header.of(document.text) == "Group\tPatients\tAge"
    assert table.caption is not None and table.caption.of(document.text) == "Table 1. Ages of patients."


def test_raised_numbers_are_reference_marks_that_point_to_the_list() -> None:
    sheets = Sheets()
    y = 100.0
    for count, sentence in enumerate(("Cells kill.", "They live.", "They move.", "They rest."), start=1):
        sheets.put_raised(y, sentence, str(count), " So it was found in a volume of 3 cm", "3", " each time")
        y += 12.5
    sheets.put("References", MARGIN, y + 20, "Times-Bold", 13)
    for count in range(1, 5):
        sheets.put(
            f"{count}. Author A. A work of ours. Letters. 200{count}. doi:10.1000/abc.{count}",
            MARGIN,
            y + 30 + 12.5 * count,
        )
    document = read(sheets)
    assert [mark.of(document.text) for mark in document.reference_marks] == ["1", "2", "3", "4"]
    assert [link.targets for link in document.reference_links] == [(0,), (1,), (2,), (3,)]
    assert [reference.label for reference in document.references] == ["1", "2", "3", "4"]
    assert document.references[2].doi == "10.1000/abc.3"
    assert document.references[2].year == 2003
    assert document.references[2].text == "Author A. A work of ours. Letters. 2003. doi:10.1000/abc.3"
    assert "work of ours" not in document.text
    assert "cm3" in document.text


def test_headings_nest_by_their_size_and_by_their_numbers() -> None:
    sheets = Sheets()
    for heading, size in (("Methods", 14.0), ("Patients", 12.0), ("Cells", 12.0), ("Results", 14.0)):
        sheets.heading(heading, size)
        sheets.paragraph(words(60, len(heading)))
    assert [section.path for section in read(sheets).sections] == [
        ("Methods",),
        ("Methods", "Patients"),
        ("Methods", "Cells"),
        ("Results",),
    ]
    numbered = Sheets()
    for heading in ("1 Methods", "1.1 Patients", "1.1.1 Ages", "2 Results"):
        numbered.heading(heading, 12.0)
        numbered.paragraph(words(60, len(heading)))
    assert [len(section.path) for section in read(numbered).sections] == [1, 2, 3, 1]


def test_what_is_not_shown_or_not_upright_is_no_text() -> None:
    sheets = Sheets()
    text = words(60, 1)
    sheets.paragraph(text)
    canvas = sheets.canvas
    canvas.saveState()
    canvas.translate(30, 200)
    canvas.rotate(90)
    canvas.drawString(0, 0, "turned by a quarter")
    canvas.restoreState()
    canvas.saveState()
    hidden = canvas.beginText(MARGIN, 300)
    hidden.setTextRenderMode(3)
    hidden.textLine("never painted")
    canvas.drawText(hidden)
    canvas.restoreState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(MARGIN, 250, "white on white")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.rect(MARGIN, 180, 200, 20, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    sheets.put("White on black.", MARGIN + 5, HEIGHT - 186)
    canvas.setFillColorRGB(0, 0, 0)
    sheets.put("off the page", -500, 300)
    assert plain(read(sheets).text) == plain(" ".join([*text, "White on black."]))


def test_items_of_a_list_are_items() -> None:
    sheets = Sheets()
    sheets.paragraph(words(60, 1))
    for count, item in enumerate(("Take the cells.", "Wash them twice.", "Count what is left.")):
        sheets.put(f"• {item}", MARGIN + 12, 300 + 12.5 * count)
    document = read(sheets)
    assert blocks(document, BlockKind.LIST_ITEM) == [
        "• Take the cells.",
        "• Wash them twice.",
        "• Count what is left.",
    ]
