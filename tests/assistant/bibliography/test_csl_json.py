"""CSL-JSON, read back by citeproc, which sets reference lists of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from assistant.bibliography import Format, Work, references
from tests.assistant.bibliography.works import authors, plain, work

# Only what the specification has: programs refuse files with anything else.
KNOWN = {
    "id", "type", "title", "author", "container-title", "issued", "volume", "issue", "page", "ISSN", "DOI", "PMID",
    "keyword", "URL",
}  # fmt: skip


def read(*works: Work) -> list[dict[str, Any]]:
    items = json.loads(references(works, Format.CSL_JSON))
    assert isinstance(items, list)
    return items


def listed(*works: Work) -> list[str]:
    """Set a reference list, as a word processor does."""
    items = read(*works)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]


@pytest.mark.filterwarnings("ignore")
def test_a_reference_list_can_be_set() -> None:
    (entry,) = listed(plain())
    assert "Liu, E." in entry
    assert "2020" in entry
    assert "N Engl J Med" in entry
    assert "545" in entry


def test_an_article_has_the_names_of_the_specification_and_no_others() -> None:
    (item,) = read(plain())
    assert set(item) == KNOWN
    assert item["type"] == "article-journal"
    assert item["issued"] == {"date-parts": [[2020, 2, 6]]}
    assert item["ISSN"] == "0028-4793, 1533-4406"
    assert item["author"][1] == {
        "family": "Beethoven",
        "given": "Ludwig",
        "non-dropping-particle": "van",
    }
    assert item["author"][3] == {"literal": "Consortium for Cells and Genes, Inc."}


def test_what_is_ours_alone_stays_here() -> None:
    (item,) = read(
        work(title="A", subjects=["x"], funding=[{"funder": "y"}], author=[{"family": "B", "ORCID": "0000"}])
    )
    assert set(item) == {"id", "type", "title", "author"}
    assert item["author"] == [{"family": "B"}]


def test_a_type_that_the_specification_does_not_have_is_a_document() -> None:
    (item,) = read(work(type="preprint", title="A"))
    assert item["type"] == "document"


def test_forty_authors_are_forty_and_a_missing_year_is_left_out() -> None:
    (item,) = read(work(title="Many", author=authors(40)))
    assert len(item["author"]) == 40
    assert "issued" not in item


def test_a_retracted_paper_says_so_before_its_own_note() -> None:
    (item,) = read(work(title="A", note="Of a series.", retracted=True))
    assert item["note"] == "Retracted. Of a series."


def test_nothing_is_an_empty_list() -> None:
    assert read() == []


@given(st.text(), st.text(min_size=1))
def test_any_words_are_read_back_as_they_are(title: str, family: str) -> None:
    (item,) = read(work(title=f"x{title}", author=[{"family": family}]))
    assert item["title"] == f"x{title}"
    assert item["author"] == [{"family": family}]
