"""Bibliographic records: CSL-JSON in, CSL-JSON out, and what a reader sees of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.record import Name, Record

FULL = {
    "type": "article-journal",
    "title": "A trial",
    "author": [
        {"family": "Anderson", "given": "LD", "suffix": "Jr"},
        {"family": "Berg", "given": "A", "non-dropping-particle": "van der", "ORCID": "0000"},
        {"literal": "The Consortium"},
    ],
    "container-title": "Journal",
    "issued": {"date-parts": [[2024, 5, 1]], "season": "spring"},
    "volume": "12",
    "DOI": "10.1/x",
    "PMID": "1",
    "PMCID": "PMC2",
    "URL": "https://example.org/x",
    "ISSN": ["1234-5678"],
    "custom": {"nested": {"deep": [1, 2]}},
}


def test_csl_json_goes_in_and_comes_out_as_it_was() -> None:
    assert Record.model_validate(FULL).to_csl() == FULL


def test_fields_that_are_not_known_are_kept() -> None:
    csl = Record.model_validate(FULL).to_csl()
    assert csl["ISSN"] == ["1234-5678"]
    assert csl["custom"] == {"nested": {"deep": [1, 2]}}


@given(
    st.dictionaries(
        st.text("abc", min_size=1), st.text(min_size=1) | st.integers() | st.lists(st.text(), min_size=1)
    )
)
def test_any_record_survives_being_stored(extra: dict[str, object]) -> None:
    record = Record.model_validate({"title": "T", **{f"x-{key}": value for key, value in extra.items()}})
    assert Record.model_validate_json(record.model_dump_json(by_alias=True)) == record


def test_numbers_are_read_as_csl_json_writes_them() -> None:
    record = Record.model_validate(
        {"volume": 12, "issue": 3, "page": 7, "PMID": 99, "issued": {"date-parts": [["2020"]]}}
    )
    assert (record.volume, record.issue, record.page, record.pmid, record.year) == (
        "12",
        "3",
        "7",
        "99",
        2020,
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ({"family": "Anderson", "given": "LD", "suffix": "Jr"}, "Anderson LD Jr"),
        ({"family": "Berg", "given": "A", "non-dropping-particle": "van der"}, "van der Berg A"),
        ({"family": "Humboldt", "given": "A", "dropping-particle": "von"}, "von Humboldt A"),
        ({"family": "Marin"}, "Marin"),
        ({"literal": "World Health Organization"}, "World Health Organization"),
        ({}, ""),
    ],
)
def test_a_name_is_shown_whole(name: dict[str, str], shown: str) -> None:
    assert Name.model_validate(name).display == shown


@pytest.mark.parametrize(
    ("record", "link"),
    [
        (
            {"DOI": "10.1016/S0140-6736(20)31366-0", "URL": "https://x.org"},
            "https://doi.org/10.1016/S0140-6736(20)31366-0",
        ),
        (
            {"DOI": "10.1002/(SICI)1<1::AID-X>3.0.CO;2-2#a b"},
            "https://doi.org/10.1002/(SICI)1%3C1::AID-X%3E3.0.CO;2-2%23a%20b",
        ),
        ({"URL": "https://x.org/a?b=1"}, "https://x.org/a?b=1"),
        ({"URL": "javascript:alert(1)"}, None),
        ({"URL": "data:text/html,x", "PMCID": "PMC7"}, "https://europepmc.org/article/PMC/PMC7"),
        ({"PMID": "5"}, "https://europepmc.org/article/MED/5"),
        ({}, None),
    ],
)
def test_a_link_leads_to_the_work_and_nowhere_else(record: dict[str, str], link: str | None) -> None:
    assert Record.model_validate(record).link == link


def test_a_record_without_a_date_has_no_year() -> None:
    assert Record().year is None
    assert Record.model_validate({"issued": {"raw": "in press"}}).year is None
