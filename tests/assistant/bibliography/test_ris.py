"""RIS, read back by rispy."""

from __future__ import annotations

from typing import Any

import rispy
from hypothesis import given
from hypothesis import strategies as st

from assistant.bibliography import Format, Work, references
from tests.assistant.bibliography.works import authors, plain, work


def read(*works: Work) -> list[dict[str, Any]]:
    return list(rispy.loads(references(works, Format.RIS)))


def test_an_article_is_read_back_with_all_that_a_reference_list_needs() -> None:
    (entry,) = read(plain())
    assert entry["type_of_reference"] == "JOUR"
    assert entry["title"] == "Use of CAR-transduced NK cells in CD19+ tumors: 50% & more"
    assert entry["secondary_title"] == "N Engl J Med"
    assert (entry["year"], entry["date"]) == ("2020", "2020/02/06/")
    assert (entry["volume"], entry["number"]) == ("382", "6")
    assert (entry["start_page"], entry["end_page"]) == ("545", "553")
    assert entry["doi"] == "10.1056/NEJMoa1910607"
    assert (entry["accession_number"], entry["name_of_database"]) == ("32023374", "PubMed")
    assert entry["keywords"] == ["cells", "lymphoma"]


def test_names_are_family_given_suffix_and_a_body_is_whole() -> None:
    (entry,) = read(plain())
    assert entry["authors"] == [
        "Liu, Enli",
        "van Beethoven, Ludwig",
        "Anderson, L. D., Jr",
        "Consortium for Cells and Genes, Inc.",
    ]


def test_forty_authors_are_forty() -> None:
    (entry,) = read(work(title="Many", author=authors(40)))
    assert len(entry["authors"]) == 40


def test_a_year_alone_is_no_date_and_no_year_is_none() -> None:
    dated, undated = read(work(title="One", issued={"date-parts": [[1999]]}), work(title="Two"))
    assert dated["year"] == "1999"
    assert "date" not in dated
    assert not {"year", "date"} & set(undated)


def test_a_preprint_is_unpublished_and_a_retracted_paper_says_so() -> None:
    preprint, retracted = read(
        work(type="article", title="Early", publisher="bioRxiv"),
        work(type="article-journal", title="Late", retracted=True),
    )
    assert (preprint["type_of_reference"], preprint["publisher"]) == ("UNPB", "bioRxiv")
    assert retracted["notes"] == ["Retracted."]


def test_nothing_is_an_empty_file() -> None:
    assert references([], Format.RIS) == ""


@given(st.text(), st.text(min_size=1), st.text())
def test_no_words_begin_a_field_of_their_own(title: str, family: str, journal: str) -> None:
    one = work(title=title, author=[{"family": family}], container_title=f"x\nER  - {journal}")
    assert len(read(one, plain())) == 2
