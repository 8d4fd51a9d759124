"""Reference lists: every entry leads to its work, or to the reason why it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.errors import OriginError
from ingest.bibliographies import BibliographyEntry
from ingest.origins.bibliography import listed
from ingest.origins.europepmc import EuropePMC
from ingest.origins.original import Unreadable
from tests.servers.clients import client
from tests.servers.europepmc import EuropePMCServer
from tests.servers.papers import Paper, papers
from tests.servers.serving import Trouble, failing

PAPERS = papers(60)
PAPER = replace(
    PAPERS[0], title="How the curlews of Ångström Bay feed", authors=(("Ada", "Abel"),), year=2020
)


ENTRY = BibliographyEntry(key="abel2020", title=PAPER.title, first_author="Abel", year=2020)


def located(
    *entries: BibliographyEntry | OriginError,
    records: Sequence[Paper] = (PAPER,),
    trouble: Sequence[Trouble] = (),
) -> list[str]:
    """Give the locations of the works found, and for the others the reasons."""
    with EuropePMCServer(records, trouble) as server, client() as http:
        origins = list(listed(EuropePMC(http, server.url), http, entries, "refs.bib"))
        assert server.texts == []
    return [f"{o.location}: {o.reason}" if isinstance(o, Unreadable) else o.location for o in origins]


@pytest.mark.parametrize(
    "entry",
    [
        replace(ENTRY, doi=PAPER.doi),
        replace(ENTRY, doi=f"https://doi.org/{PAPER.doi}".upper().replace("HTTPS", "https")),
        replace(ENTRY, pmid=PAPER.pmid),
        replace(ENTRY, pmcid=PAPER.pmcid),
        replace(ENTRY, url=f"https://doi.org/{PAPER.doi}"),
        replace(ENTRY, title=None, doi=PAPER.doi),
        replace(ENTRY, title="How the curlews feed", doi=PAPER.doi),
    ],
)
def test_an_identifier_leads_to_the_work(entry: BibliographyEntry) -> None:
    assert located(entry) == ["PMC9000001"]


def test_an_identifier_that_leads_to_another_work_is_an_error() -> None:
    (reason,) = located(replace(ENTRY, title="Sleep among the sea otters", doi=PAPER.doi))
    assert reason.startswith('refs.bib: abel2020: doi:10.5555/shore.1 is another work, "How the curlews of')
    assert reason.endswith("correct the identifier or the title")


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        replace(ENTRY, title="How the Curlews of Angstrom Bay feed."),
        replace(ENTRY, first_author="ABEL"),
        replace(ENTRY, first_author="von Abel"),
        replace(ENTRY, first_author=None),
        replace(ENTRY, year=2021),
        replace(ENTRY, year=None),
        replace(ENTRY, doi="10.5555/unknown"),
    ],
)
def test_without_an_identifier_the_very_title_leads_to_the_work(entry: BibliographyEntry) -> None:
    records = [replace(PAPER, title="How the curlews of Angstrom Bay feed"), *PAPERS[1:]]
    assert located(replace(entry, title=(entry.title or "").replace("Å", "A")), records=records) == [
        "PMC9000001"
    ]


@pytest.mark.parametrize(
    "entry",
    [
        replace(ENTRY, title="How the curlews of Ångström Bay"),
        replace(ENTRY, title="How the curlews of Ångström Bay feed, part 2"),
        replace(ENTRY, first_author="Brandt"),
        replace(ENTRY, year=2023),
        replace(ENTRY, title="Editorial", first_author=None),
    ],
)
def test_a_wrong_paper_is_worse_than_none(entry: BibliographyEntry) -> None:
    (reason,) = located(entry)
    assert reason.startswith(
        "refs.bib: abel2020: Europe PMC has no work with this identifier, or with this very title"
    )


def test_of_an_article_and_its_preprint_the_article_is_taken() -> None:
    preprint = replace(PAPER, source="PPR", id="PPR1", pmid=None, pmcid=None, doi="10.5555/before")
    assert located(ENTRY, records=[preprint, PAPER]) == ["PMC9000001"]
    assert located(ENTRY, records=[preprint]) == ["doi:10.5555/before"]


def test_a_short_title_needs_its_author_and_year() -> None:
    short = replace(PAPER, title="Curlews")
    assert located(replace(ENTRY, title="Curlews"), records=[short]) == ["PMC9000001"]
    (reason,) = located(replace(ENTRY, title="Curlews", year=None), records=[short])
    assert "no work with this identifier, or with this very title" in reason


def test_two_works_with_one_title_are_not_chosen_between() -> None:
    other = replace(PAPER, pmcid="PMC2", pmid="2", doi="10.5555/2")
    (reason,) = located(ENTRY, records=[PAPER, other])
    assert "several works have this title (PMC9000001 and PMC2); give the entry an identifier" in reason


def test_an_entry_with_nothing_but_an_address_leads_there() -> None:
    assert located(replace(ENTRY, title="A page about gulls", url="https://example.org/gulls")) == [
        "https://example.org/gulls"
    ]


def test_an_entry_that_says_nothing_is_told_what_it_lacks() -> None:
    (reason,) = located(replace(ENTRY, title=None))
    assert reason == (
        "refs.bib: abel2020: the entry has neither a title nor an identifier to look it up by; add one"
    )


def test_an_entry_that_could_not_be_read_keeps_its_place() -> None:
    found = located(
        replace(ENTRY, doi=PAPER.doi), OriginError("line 7: no end"), replace(ENTRY, pmid=PAPER.pmid)
    )
    assert found == ["PMC9000001", "refs.bib: line 7: no end", "PMC9000001"]


def test_a_long_list_is_looked_up_in_batches_and_in_order() -> None:
    entries = [replace(ENTRY, title=None, doi=paper.doi) for paper in PAPERS]
    with EuropePMCServer(PAPERS) as server, client() as http:
        origins = listed(EuropePMC(http, server.url), http, entries, "refs.bib")
        assert next(origins).location == PAPERS[0].pmcid
        assert len(server.requests) == 1
        assert [origin.location for origin in origins] == [paper.pmcid for paper in PAPERS[1:]]
        assert len(server.requests) == 2


def test_a_service_that_is_away_is_the_reason_for_each_entry() -> None:
    entries = (ENTRY, OriginError("line 3: no end"), replace(ENTRY, key="b", doi=PAPER.doi))
    reasons = located(*entries, trouble=[failing("search", 503, None)])
    assert [reason.split(": ")[1] for reason in reasons] == ["abel2020", "line 3", "b"]
    assert ["cannot be read from (it answers 503" in reason for reason in reasons] == [True, False, True]
