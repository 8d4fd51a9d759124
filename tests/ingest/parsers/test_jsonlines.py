"""JSON Lines: one record a line, good lines kept, bad ones named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Fidelity, SourceType
from corpus.errors import OriginError
from ingest.canonical import fold
from ingest.parsers import parser_for


def parse(data: bytes) -> list[Document | OriginError]:
    parser = parser_for(".jsonl")
    assert parser is not None
    return list(parser(data, "file:records-0a1b2c3d"))


def parse_one(**record: object) -> Document:
    (document,) = parse(json.dumps(record).encode())
    if isinstance(document, OriginError):
        raise document
    return document


def test_a_record_becomes_a_document_under_its_own_id() -> None:
    document = parse_one(
        id="trial/7 ü", title="A trial", text="First.\n\nSecond.", DOI="https://doi.org/10.1/X", volume=12
    )
    assert document.id == "trial/7 ü"
    assert document.text == "First.\n\nSecond."
    assert (document.record.title, document.record.doi, document.record.volume) == ("A trial", "10.1/X", "12")


def test_sections_keep_their_headings() -> None:
    document = parse_one(
        id="a", sections=[{"heading": "Aim", "text": "To see."}, {"heading": "", "text": "More."}]
    )
    assert document.text == "Aim\n\nTo see.\n\nMore."
    assert [section.path for section in document.sections] == [("Aim",)]
    assert [block.section for block in document.blocks] == [0, None]


def test_our_own_fields_and_those_of_csl_are_read() -> None:
    document = parse_one(
        id="a",
        text="T.",
        source_type="clinical-trial",
        fidelity="digest",
        commercial=True,
        retracted=True,
        licence="CC BY 4.0",
        author=[{"family": "Marin", "given": "D"}],
        issued={"date-parts": [[2024, 1]]},
    )
    assert (document.source_type, document.fidelity) == (SourceType.CLINICAL_TRIAL, Fidelity.DIGEST)
    assert (document.commercial, document.retracted, document.licence.name) == (True, True, "CC BY 4.0")
    assert (document.record.authors, document.record.year) == (["Marin D"], 2024)


def test_an_empty_title_is_allowed() -> None:
    assert parse_one(id="a", title="", text="T.").record.title == ""


@pytest.mark.parametrize("identity", [{}, {"id": ""}, {"id": None}])
def test_a_missing_id_becomes_the_file_and_the_line(identity: dict[str, object]) -> None:
    data = b'\n{"id": "a", "text": "T."}\n' + json.dumps({"text": "U.", **identity}).encode()
    assert [d.id for d in parse(data) if isinstance(d, Document)] == ["a", "file:records-0a1b2c3d-3"]


def test_a_bad_line_does_not_stop_the_others() -> None:
    found = parse(
        b'{"id": "a", "text": "T."}\n{"id": \nnonsense\n[1]\n{"id": "b", "text": "\xff"}\n{"text": "U."}\n'
    )
    assert [type(each) for each in found] == [Document, *[OriginError] * 4, Document]
    assert [str(each).split(":")[0] for each in found[1:5]] == ["line 2", "line 3", "line 4", "line 5"]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"text": "T.", "source_type": "gossip"}, r"^line 1: source_type: Input should be 'clinical-trial'"),
        ({"text": 5, "author": "Marin"}, r"^line 1: author: "),
        ({"text": "T.", "author": [{"family": []}]}, r"^line 1: author\.0\.family: "),
        ({"sections": [{"heading": "Aim"}]}, r"^line 1: sections\.0\.text: Field required"),
        ({"title": "A title alone"}, r"^line 1: the document has no text"),
        ({"text": " \n\n "}, r"^line 1: the document has no text"),
        ({"text": "T.", "sections": [{"text": "U."}]}, r"^line 1: .*either text or sections"),
    ],
)
def test_what_is_wrong_with_a_record_is_said_in_one_line(record: dict[str, object], message: str) -> None:
    with pytest.raises(OriginError, match=message) as caught:
        parse_one(**record)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_a_file_of_nothing_has_no_text(data: bytes) -> None:
    with pytest.raises(OriginError, match="has no text"):
        parse(data)


def test_utf16_and_line_separators_inside_strings_are_read() -> None:
    (document,) = parse('{"id": "a", "text": "one\u2028two"}'.encode("utf-16"))
    assert isinstance(document, Document)
    assert document.text == "one two"


@given(st.lists(st.text().filter(fold), min_size=1, max_size=3))
def test_no_word_is_lost(texts: list[str]) -> None:
    lines = "\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts))
    documents = [each for each in parse(lines.encode()) if isinstance(each, Document)]
    assert ["".join(d.text.split()) for d in documents] == ["".join(fold(text).split()) for text in texts]
