"""Works of Europe PMC on their way to a parser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document, Fidelity, Licence, SourceType
from corpus.errors import OriginError
from corpus.works import Relation
from ingest.origins.europepmc import EuropePMC, Filter
from ingest.origins.europepmc.origins import ABSTRACT_SUFFIX, FoundWork, NamedWork, identified, queried
from ingest.origins.original import Origin, Original, Unreadable
from ingest.parsers import europepmc, jats
from tests.servers.clients import PassingTime, client
from tests.servers.europepmc import EuropePMCServer, cursor_at
from tests.servers.papers import Link, papers
from tests.servers.serving import bad_xml, cut, failing

PAPERS = papers(5)
PAPER = PAPERS[0]
PARSERS = {".xml": jats.parse, ABSTRACT_SUFFIX: europepmc.parse}
BAD = (31, 62, 93, 124, 155)


def only(service: EuropePMC, argument: str) -> Origin:
    (origin,) = identified(service, argument)
    assert not isinstance(origin, Unreadable)
    return origin


def document_of(original: Original) -> Document:
    (document,) = PARSERS[original.suffix](original.data, original.fallback_id)
    assert isinstance(document, Document)
    return original.known.applied_to(document)


def test_a_named_work_comes_with_its_full_text_and_all_that_is_known_of_it() -> None:
    notice = Link("Erratum in", "MED", "77")
    paper = replace(PAPER, types=("Clinical Trial", "Journal Article"), licence="cc by-nc", links=(notice,))
    with EuropePMCServer([paper]) as server, client() as http:
        service = EuropePMC(http, server.url)
        original = only(service, "PMC9000001").read()
        assert (original.data, original.suffix, original.keep) == (paper.jats(), ".xml", True)
        assert original.address == f"{server.url}/PMC9000001/fullTextXML"
        document = document_of(original)
    assert document.id == "pmcid:PMC9000001"
    assert document.fidelity is Fidelity.FULL_TEXT
    assert document.source_type is SourceType.CLINICAL_TRIAL
    assert document.licence == Licence("CC BY-NC")
    assert document.record.container_title == "Annals of the Shore"
    assert [work.relation for work in document.related] == [Relation.CORRECTED_BY]


@pytest.mark.parametrize("name", ["pmid:38000001", "doi:10.5555/SHORE.1", "https://doi.org/10.5555/shore.1"])
def test_a_work_without_an_open_full_text_comes_as_its_abstract(name: str) -> None:
    with EuropePMCServer([replace(PAPER, open_access=False)]) as server, client() as http:
        original = only(EuropePMC(http, server.url), name).read()
        assert server.texts == []
    document = document_of(original)
    assert document.fidelity is Fidelity.ABSTRACT
    assert document.text.startswith("Aims\n\nWe asked how many")
    assert document.id == "pmcid:PMC9000001"
    assert original.address and original.address.endswith("/article/MED/38000001?resultType=core&format=json")


def test_a_full_text_that_was_withdrawn_leaves_the_abstract() -> None:
    with EuropePMCServer([replace(PAPER, paragraphs=())]) as server, client() as http:
        assert only(EuropePMC(http, server.url), "PMC9000001").read().suffix == ABSTRACT_SUFFIX


def test_a_full_text_that_cannot_be_had_now_is_no_reason_to_take_the_abstract() -> None:
    with EuropePMCServer([PAPER], [failing("fullText", 503, None)]) as server, client() as http:
        origin = only(EuropePMC(http, server.url), "PMC9000001")
        with pytest.raises(OriginError, match="cannot be read from"):
            origin.read()


def test_a_work_with_neither_text_nor_abstract_and_an_unknown_work_are_errors() -> None:
    with EuropePMCServer([replace(PAPER, open_access=False, abstract="")]) as server, client() as http:
        service = EuropePMC(http, server.url)
        with pytest.raises(OriginError, match="neither an open full text nor an abstract"):
            only(service, "PMC9000001").read()
        with pytest.raises(OriginError, match="Europe PMC knows no such work; check the number"):
            only(service, "PMC404").read()


def test_naming_a_work_asks_nothing_yet_and_says_which_work_it_is() -> None:
    with EuropePMCServer([PAPER]) as server, client() as http:
        service = EuropePMC(http, server.url)
        by_number, by_doi = only(service, "pmc9000001"), only(service, "https://doi.org/10.5555/SHORE.1")
        assert isinstance(by_number, NamedWork) and by_number.is_remote
        assert (by_number.location, by_number.works) == ("PMC9000001", ("pmcid:PMC9000001",))
        assert (by_doi.location, by_doi.works) == ("doi:10.5555/shore.1", ("doi:10.5555/shore.1",))
        assert server.requests == []


def test_what_names_no_work_is_said_to_be_unreadable() -> None:
    with EuropePMCServer() as server, client() as http:
        (unreadable,) = identified(EuropePMC(http, server.url), "gulls")
    assert unreadable == Unreadable("gulls", "this names no work; give PMC123, doi:10.1000/x or pmid:123")


def test_a_found_work_has_all_its_names_before_its_text_is_fetched() -> None:
    with EuropePMCServer(PAPERS) as server, client() as http:
        origins = list(queried(EuropePMC(http, server.url), "count", 2))
        assert all(isinstance(origin, FoundWork) and origin.is_remote for origin in origins)
        assert origins[1].location == "PMC9000002"
        assert isinstance(origins[1], FoundWork)
        assert origins[1].works == ("pmcid:PMC9000002", "doi:10.5555/shore.2", "pmid:38000002")
        assert server.texts == []


def test_a_preprint_stays_one_and_leads_to_the_article() -> None:
    link = Link("Preprint of", "MED", "77")
    preprint = replace(PAPER, source="PPR", id="PPR5", pmid=None, pmcid=None, links=(link,))
    with EuropePMCServer([preprint]) as server, client() as http:
        document = document_of(only(EuropePMC(http, server.url), "PPR5").read())
        assert server.texts == ["PPR5"]
    assert (document.id, document.source_type) == ("doi:10.5555/shore.1", SourceType.PREPRINT)
    assert [(work.relation, work.pmid) for work in document.related] == [(Relation.PUBLISHED_AS, "77")]


def test_a_retraction_is_known_though_the_full_text_says_nothing_of_it() -> None:
    with EuropePMCServer([replace(PAPER, types=("Retracted Publication",))]) as server, client() as http:
        assert document_of(only(EuropePMC(http, server.url), "PMC9000001").read()).retracted


def test_a_query_that_breaks_off_gives_what_it_had_and_says_why() -> None:
    trouble = [failing(f"cursorMark={cursor_at(2)}", 500, None)]
    with EuropePMCServer(PAPERS, trouble, largest_page=2) as server, client() as http:
        first, second, last = queried(EuropePMC(http, server.url), "count", 5)
    assert not isinstance(first, Unreadable) and not isinstance(second, Unreadable)
    assert isinstance(last, Unreadable) and last.location == "count"
    assert "cannot be read from (it answers 500" in last.reason


def test_a_query_that_is_refused_is_said_to_be_unreadable() -> None:
    with EuropePMCServer(PAPERS) as server, client() as http:
        (unreadable,) = queried(EuropePMC(http, server.url), "(gulls", 5, Filter(open_access_only=False))
    assert isinstance(unreadable, Unreadable) and "refuses the query" in unreadable.reason


def test_of_two_hundred_works_behind_a_bad_line_all_are_had_that_can_be_had(tmp_path: Path) -> None:
    time = PassingTime()
    trouble = [
        failing("search", 429, retry_after="3"),
        cut("PMC9000010"),
        cut("PMC9000020"),
        *(bad_xml(f"PMC{9_000_000 + number}") for number in BAD),
    ]
    held: set[str] = set()
    with EuropePMCServer(papers(200), trouble, largest_page=70) as server:
        with client(tmp_path, time=time) as http:
            had, reasons = _ingest(EuropePMC(http, server.url), held)
        assert (had, len(reasons)) == (195, 5)
        assert all("not well formed" in reason for reason in reasons)
        assert len(server.searches) == 3 + 1
        assert len(server.texts) == 200 + 2
        assert time.waits[0] == 3 and len(time.waits) == 3
        first_run = len(server.requests)
        with client(tmp_path) as http:
            had, reasons = _ingest(EuropePMC(http, server.url), held)
        assert (had, len(reasons)) == (0, 5)
        again = server.requests[first_run:]
        assert sorted(request.path for request in again) == [f"/PMC{9_000_000 + n}/fullTextXML" for n in BAD]


def _ingest(service: EuropePMC, held: set[str]) -> tuple[int, list[str]]:
    """Read and parse what is not held, as an ingest does; give how many were had, and why others were not."""
    had, reasons = 0, []
    for origin in queried(service, "count", 500):
        assert not isinstance(origin, Unreadable)
        if held.intersection(origin.works):
            continue
        try:
            document_of(origin.read())
        except OriginError as error:
            reasons.append(str(error))
        else:
            held.update(origin.works)
            had += 1
    return had, reasons
