"""PDF: the record says what the first page, the margins and XMP say, and nothing that is not plain."""

from __future__ import annotations

import pytest

from corpus.document import Document, SourceType
from ingest.parsers.pdf.document import document_of
from tests.ingest.parsers.pdf_setting import MARGIN, Sheets, words

FALLBACK = "file:my-paper-0a1b2c3d"


def read(
    *lines: str, title: str = "A trial of killer cells in mice", head: str = "", information: str = ""
) -> Document:
    sheets = Sheets(head=(head,) if head else ())
    if information:
        sheets.canvas.setTitle(information)
    if title:
        sheets.spanning(title, "Times-Bold", 18.0)
    for line in lines:
        sheets.spanning(line, size=9.0)
    sheets.heading("Introduction")
    for seed in range(6):
        sheets.paragraph(words(150, seed))
    return document_of(sheets.finish(), FALLBACK)


def test_the_largest_type_is_the_title_and_no_text() -> None:
    document = read("Ada Lovelace1,*, Charles Babbage2 and Mary Somerville Jr.")
    assert document.record.title == "A trial of killer cells in mice"
    assert document.record.authors == ["Lovelace Ada", "Babbage Charles", "Somerville Mary Jr."]
    assert "killer" not in document.text
    assert "Babbage" not in document.text


def test_a_line_that_is_not_only_names_gives_no_authors_and_stays() -> None:
    document = read("Ada Lovelace, Department of Cells, University of London")
    assert document.record.author == ()
    assert "University of London" in document.text


def test_without_a_plain_title_the_file_gives_it() -> None:
    assert read(title="").record.title == "my paper"
    assert read(title="", information="Microsoft Word - draft7 final.docx").record.title == "my paper"


@pytest.mark.parametrize(
    "lines",
    [
        ("doi:10.1000/own.1",),
        ("https://doi.org/10.1000/own.1", "It follows a study (doi:10.1000/other.2) of ours."),
        ("Citation: Lovelace A (2020) Cells. doi: 10.1000/own.1.",),
    ],
)
def test_the_articles_own_doi_is_found(lines: tuple[str, ...]) -> None:
    document = read(*lines)
    assert document.record.doi == "10.1000/own.1"
    assert document.id == "doi:10.1000/own.1"


def test_the_doi_in_the_margins_wins_over_one_that_is_cited() -> None:
    assert (
        read("See also doi:10.1000/cited.", head="Letters 7, doi:10.1000/own.1").record.doi == "10.1000/own.1"
    )


def test_of_several_dois_none_is_guessed() -> None:
    document = read("See 10.1000/a and 10.1000/b for more.")
    assert document.record.doi is None
    assert document.id == FALLBACK


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        (("doi:10.1101/2020.01.02.123456",), ""),
        ((), "medRxiv preprint; this article is a preprint and has not been certified by peer review"),
    ],
)
def test_preprints_are_known(lines: tuple[str, ...], head: str) -> None:
    assert read(*lines, head=head).source_type is SourceType.PREPRINT


def test_arxivs_stamp_is_read_though_it_is_turned() -> None:
    sheets = Sheets()
    sheets.paragraph(words(80))
    sheets.canvas.translate(MARGIN / 2, 300)
    sheets.canvas.rotate(90)
    sheets.canvas.drawString(0, 0, "arXiv:2101.00001v2 [q-bio.QM] 3 Jan 2021")
    document = document_of(sheets.finish(), FALLBACK)
    assert document.source_type is SourceType.PREPRINT
    assert document.id == "doi:10.48550/arxiv.2101.00001"
    assert "arXiv" not in document.text


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Received 1 May 2019. Published: January 5, 2020", (2020, 1, 5)),
        ("Published online 12 March 2021", (2021, 3, 12)),
        ("Copyright © 2018 The Authors", (2018,)),
        ("Received 1 May 2019", ()),
    ],
)
def test_the_date_is_the_one_of_publication(line: str, date: tuple[int, ...]) -> None:
    parts = read(line).record.issued.date_parts
    assert parts == ((date,) if date else ())
