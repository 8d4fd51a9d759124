"""Plain text as a reader saves it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import OriginError
from ingest.canonical import fold
from ingest.parsers import parser_for


def parse(data: bytes | str, fallback_id: str = "file:my-notes-0a1b2c3d") -> Document:
    parser = parser_for(".txt")
    assert parser is not None
    (document,) = parser(data if isinstance(data, bytes) else data.encode(), fallback_id)
    assert isinstance(document, Document)
    return document


def test_blank_lines_part_paragraphs_and_single_newlines_fold() -> None:
    document = parse("One line\nand its end.\n \t\nTwo.\r\n\r\nThree.")
    assert document.text == "One line and its end.\n\nTwo.\n\nThree."


def test_a_short_first_line_by_itself_is_the_title() -> None:
    document = parse("NK cells in lymphoma\n\nThey kill. They do so quickly.")
    assert document.record.title == "NK cells in lymphoma"
    assert document.text == "They kill. They do so quickly."


@pytest.mark.parametrize("text", ["They kill.\n\nThey do so quickly.", "Only line", "Two\nlines\n\nmore"])
def test_a_first_sentence_stays_in_the_text_and_the_file_gives_the_title(text: str) -> None:
    document = parse(text)
    assert document.record.title == "my notes"
    assert document.text.split() == text.split()


def test_a_file_without_a_better_name_keeps_its_fallback_identity() -> None:
    assert parse("Text.").id == "file:my-notes-0a1b2c3d"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_declare_themselves_are_read(encoding: str) -> None:
    assert parse("Größe: 5 µm.".encode(encoding)).text == "Größe: 5 µm."


def test_another_encoding_is_refused_with_its_place() -> None:
    with pytest.raises(OriginError, match=r"^line 2: the text is not UTF-8 .*save it as UTF-8"):
        parse("fine\nGröße".encode("latin-1"))


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_a_file_of_nothing_has_no_text(data: bytes) -> None:
    with pytest.raises(OriginError, match="has no text"):
        parse(data)


def test_bracketed_numbers_are_reference_marks_but_intervals_are_not() -> None:
    document = parse("Half responded [12, 13], 95% CI [31, 62], of 34 [28, 40] [7].")
    assert [mark.of(document.text) for mark in document.reference_marks] == ["[12, 13]", "[7]"]


@given(st.lists(st.text(min_size=1).filter(fold), min_size=1, max_size=4))
def test_no_word_is_lost(paragraphs: list[str]) -> None:
    document = parse("Begin.\n\n" + "\n\n".join(paragraphs))
    assert "".join(document.text.split()) == "".join(fold("Begin. " + " ".join(paragraphs)).split())
