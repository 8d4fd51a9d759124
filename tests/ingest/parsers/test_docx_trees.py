"""Random, damaged and hostile DOCX files: every printed word is read once, or the file is refused with the reason."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import OriginError
from tests.ingest.parsers.docx_building import package, packed, paragraph, parse, parse_bytes, run

ENTITIES = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha'}'>" for n in range(12))
BOMB = f"<!DOCTYPE a [{ENTITIES}]><a>&e11;</a>"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "damaged \\(it is no ZIP package\\)"),
        (b"not a file of Word", "it is no ZIP package"),
        (package(paragraph("x"))[:-60], "it ends too early"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted; open it with its password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word.Document.8", "old Word document"),
        (packed({"xl/workbook.xml": "<x/>"}), "a spreadsheet, not a Word document"),
        (packed({"a": "b"}), "the part with its text is missing"),
        (packed({"word/document.xml": "<w:document"}), "word/document.xml is not well-formed XML"),
        (packed({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "declares entities"),
        (packed({"word/document.xml": BOMB}), "declares entities"),
        (packed({"word/document.xml": "<a/>"}), "has no body"),
        (packed({"word/document.xml": " " * 50_000_000}), "inflates to more than any document holds"),
        (package(paragraph("")), "the document has no text"),
    ],
)
def test_a_file_that_is_no_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(OriginError, match=message):
        parse_bytes(data)


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(package(paragraph("x" * 2000)))
    place = data.index(b"word/document.xml") + 40
    data[place : place + 20] = bytes(20)
    with pytest.raises(OriginError, match="damaged"):
        parse_bytes(bytes(data))


def test_any_depth_of_nesting_is_read_or_refused() -> None:
    for depth in (20, 60, 400):
        nested = "<w:tbl><w:tr><w:tc>" * depth + paragraph("x") + "</w:tc></w:tr></w:tbl>" * depth
        try:
            assert parse(nested).text == "x"
        except OriginError as error:
            assert re.search("nested too deeply|not well-formed", str(error)) and depth > 20  # noqa: PT017


WORD = "\ue000"
GONE = "\ue001"
RUNS = st.sampled_from(
    (
        run(WORD),
        run(f" {WORD} "),
        f"<w:ins>{run(WORD)}</w:ins>",
        f"<w:hyperlink>{run(WORD)}</w:hyperlink>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run(WORD)}</w:sdtContent></w:sdt>",
        f"<w:r><w:tab/><w:t>{WORD}</w:t><w:br/></w:r>",
        f"<w:del>{run(GONE)}</w:del>",
        f"<w:moveFrom>{run(GONE)}</w:moveFrom>",
        run(GONE, "<w:vanish/>"),
        f"<w:r><w:instrText>{GONE}</w:instrText></w:r>",
    )
)
PARAGRAPHS = st.builds(
    lambda runs, style: paragraph("<w:r/>" + "".join(runs), style),
    st.lists(RUNS, max_size=4),
    st.sampled_from(("", "Cap", "Quo")),
)
HEADINGS = st.sampled_from(("H1", "H2")).map(lambda style: paragraph(run(WORD), style) + paragraph(run(WORD)))
BLOCKS = st.recursive(
    PARAGRAPHS | HEADINGS,
    lambda inner: (
        st.builds(
            lambda cells: (
                "<w:tbl><w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr></w:tbl>"
            ),
            st.lists(inner, min_size=1, max_size=3),
        )
        | inner.map(lambda block: f"<w:sdt><w:sdtContent>{block}</w:sdtContent></w:sdt>")
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_every_printed_word_is_there_once_and_in_order(parts: list[str]) -> None:
    numbers = iter(range(10**6))
    body = re.sub(
        f"[{WORD}{GONE}]",
        lambda match: f"{'w' if match[0] == WORD else 'g'}{next(numbers)}x",
        paragraph(run(WORD)) + "".join(parts),
    )
    assert re.findall(r"[wg]\d+x", parse(body).text) == re.findall(r"w\d+x", body)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_a_file_damaged_anywhere_is_read_or_refused(place: int, damage: bytes) -> None:
    data = bytearray(package(paragraph("Some text.")))
    place %= len(data)
    data[place : place + len(damage)] = damage
    try:
        parse_bytes(bytes(data))
    except OriginError:
        return


def test_a_real_template_of_the_library_opens_without_text() -> None:
    template = Path(docx.__file__).parent / "templates" / "default.docx"
    with pytest.raises(OriginError, match="has no text"):
        parse_bytes(template.read_bytes())
