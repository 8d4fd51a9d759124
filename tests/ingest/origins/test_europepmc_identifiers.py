"""What a reader may type to name a work."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.origins.europepmc.identifiers import Identifier


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("PMC123", "pmcid:PMC123"),
        (" pmc123 ", "pmcid:PMC123"),
        ("pmcid:PMC123", "pmcid:PMC123"),
        ("PMCID: 123", "pmcid:PMC123"),
        ("pmid:123", "pmid:123"),
        ("PMID: 123", "pmid:123"),
        ("doi:10.1000/X.1", "doi:10.1000/x.1"),
        ("10.1000/X.1", "doi:10.1000/x.1"),
        ("DOI: 10.1016/S0140-6736(05)67394-1", "doi:10.1016/s0140-6736(05)67394-1"),
        ("https://doi.org/10.1000/x", "doi:10.1000/x"),
        ("http://dx.doi.org/10.1000/x", "doi:10.1000/x"),
        ("https://doi.org/10.1000%2Fx", "doi:10.1000/x"),
        ("PPR123", "ppr:PPR123"),
        ("https://europepmc.org/article/MED/123", "pmid:123"),
        ("https://europepmc.org/article/PPR/PPR123", "ppr:PPR123"),
        ("https://europepmc.org/articles/PMC123", "pmcid:PMC123"),
        ("https://europepmc.org/article/PMC/PMC123#abstract", "pmcid:PMC123"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC123/", "pmcid:PMC123"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/", "pmcid:PMC123"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "pmid:123"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/123", "pmid:123"),
    ],
)
def test_a_work_is_named_in_many_ways(typed: str, name: str) -> None:
    assert str(Identifier.read(typed)) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123",
        "paper.pdf",
        "10.1000",
        "PMC",
        "doi:",
        "https://example.org/10.1000/x",
        "https://doi.org.example.org/10.1000/x",
        "https://europepmc.org/",
        "https://[/",
    ],
)
def test_anything_else_names_no_work(typed: str) -> None:
    assert Identifier.read(typed) is None


def test_all_ways_of_naming_a_work_lead_to_one_location() -> None:
    typed = ("10.1000/X", "doi:10.1000/x", "https://doi.org/10.1000/x")
    assert {identifier.location for name in typed if (identifier := Identifier.read(name))} == {
        "doi:10.1000/x"
    }


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_asked_about(text: str) -> None:
    identifier = Identifier.read(text)
    assert identifier is None or Identifier.read(identifier.location) == identifier


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_address_is_too_odd_to_be_asked_about(text: str) -> None:
    Identifier.read(f"https://{text}")
    Identifier.read(f"https://doi.org/{text}")
