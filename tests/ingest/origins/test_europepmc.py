"""Europe PMC's service: searching, looking works up, fetching full texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import SourceType
from corpus.errors import OriginError, SettingsError
from corpus.settings import Settings
from corpus.works import Relation
from ingest.origins.europepmc import EuropePMC, Filter
from ingest.origins.europepmc.finding import Finding
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.http import NotThereError
from tests.servers.clients import client
from tests.servers.europepmc import EuropePMCServer
from tests.servers.papers import Link, Paper, papers
from tests.servers.serving import Reply, Request, bad_xml, cut, failing, instead, wrong_type

ALL = Filter(open_access_only=False)
PAPERS = papers(30)


@contextmanager
def asking(
    server: EuropePMCServer, folder: Path | None = None, *, renew: bool = False
) -> Iterator[EuropePMC]:
    with client(folder, renew=renew) as http:
        yield EuropePMC(http, server.url)


def found(results: Iterator[Finding | OriginError]) -> list[str]:
    return [result.location if isinstance(result, Finding) else str(result) for result in results]


def named(name: str) -> Identifier:
    identifier = Identifier.read(name)
    assert identifier
    return identifier


def test_a_preview_shows_what_a_query_finds_and_how_much_there_is() -> None:
    trial = replace(PAPERS[0], types=("Clinical Trial",), licence="cc by-nc", pmcid="PMC1")
    with EuropePMCServer([trial, *PAPERS[1:]]) as server, asking(server) as service:
        findings = service.search("count", 5)
        assert (findings.total, len(findings.found)) == (30, 5)
        first = findings.found[0]
        assert first.title == trial.title
        assert first.authors == [f"{family} {given}" for given, family in trial.authors]
        assert (first.journal, first.year) == ("Annals of the Shore", trial.year)
        assert (first.pmcid, first.pmid, first.doi) == ("PMC1", trial.pmid, trial.doi)
        assert (first.licence, first.source_type) == ("CC BY-NC", SourceType.CLINICAL_TRIAL)
        assert first.is_open_access and first.has_full_text and not first.is_retracted
        assert server.texts == []


def test_a_query_that_finds_nothing_shows_nothing() -> None:
    with EuropePMCServer(PAPERS) as server, asking(server) as service:
        findings = service.search("penguins")
        assert (findings.total, findings.found) == (0, ())
        assert len(server.searches) == 1


def test_results_come_page_by_page_as_they_are_asked_for() -> None:
    with EuropePMCServer(PAPERS, largest_page=10) as server, asking(server) as service:
        results = service.results("count", 1_000)
        next(results)
        assert len(server.searches) == 1
        assert found(results) == [paper.pmcid for paper in PAPERS[1:]]
        assert len(server.searches) == 3


def test_no_more_is_asked_for_than_is_wanted() -> None:
    with EuropePMCServer(PAPERS, largest_page=10) as server, asking(server) as service:
        assert len(found(service.results("count", 10))) == 10
        assert len(server.searches) == 1
        assert found(service.results("count", 0)) == []
        assert len(server.searches) == 1


def test_a_cursor_that_repeats_ends_the_results() -> None:
    class Circling(EuropePMCServer):
        def reply(self, request: Request) -> Reply:
            answer = super().reply(request)
            return replace(answer, body=answer.body.replace(b'"hitCount": 30', b'"hitCount": 9999'))

    with Circling(PAPERS) as server, asking(server) as service:
        assert len(found(service.results("count", 1_000))) == 30
        assert len(server.searches) == 2


def test_a_work_that_two_pages_show_is_given_once() -> None:
    with EuropePMCServer([*PAPERS[:3], *PAPERS[:6]], largest_page=4) as server, asking(server) as service:
        assert found(service.results("count", 5)) == [paper.pmcid for paper in PAPERS[:5]]


def test_only_open_access_is_found_unless_all_is_wanted() -> None:
    closed = [replace(paper, open_access=False) for paper in PAPERS[:10]]
    with EuropePMCServer([*closed, *PAPERS[10:]]) as server, asking(server) as service:
        assert service.search("count", 1).total == 20
        assert service.search("count", 1, ALL).total == 30


def test_licences_are_compared_exactly_though_the_service_does_not() -> None:
    licences = ("cc by", "cc by-nc", "cc0", None)
    given = [replace(paper, licence=licences[n % 4]) for n, paper in enumerate(PAPERS)]
    with EuropePMCServer(given) as server, asking(server) as service:
        for wanted, names in ((("cc-by", "CC0"), {"CC BY", "CC0"}), (("CC-BY-NC-4.0",), {"CC BY-NC"})):
            results = service.search("count", 100, Filter(wanted)).found
            assert {finding.licence for finding in results} == names
            in_lower_case = {name.lower() for name in names}
            assert len(results) == sum(paper.licence in in_lower_case for paper in given)


def test_a_licence_that_nothing_can_have_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"mit: Europe PMC knows no such licence; it names CC0, CC BY"):
        Filter(("cc-by", "mit"))


def test_a_query_keeps_its_meaning_between_the_filters() -> None:
    with EuropePMCServer(PAPERS) as server, asking(server) as service:
        every = service.search("gulls OR estuary", 1).total
        either = [paper for paper in PAPERS if "gulls" in paper.words or "estuary" in paper.words]
        assert every == len(either) > 0


def test_an_empty_query_is_refused_before_anything_is_asked() -> None:
    with EuropePMCServer() as server, asking(server) as service:
        with pytest.raises(OriginError, match="the query is empty; say what to look for"):
            service.search("  ")
        assert server.requests == []


def test_a_query_that_the_service_refuses_is_an_error_with_its_words(tmp_path: Path) -> None:
    with EuropePMCServer() as server, asking(server, tmp_path) as service:
        for _ in range(2):
            with pytest.raises(
                OriginError, match=r"refuses the query \(Query cannot be read: .*; check its words"
            ):
                service.search("(gulls")
        assert len(server.requests) == 2, "a refusal is not kept"


def test_a_page_for_people_in_place_of_results_is_an_error() -> None:
    said = r"something else than results.*LOCCIT_EUROPEPMC_URL"
    with (
        EuropePMCServer(PAPERS, [wrong_type("search")]) as server,
        asking(server) as service,
        pytest.raises(OriginError, match=said),
    ):
        service.search("count")


def test_one_result_that_cannot_be_read_does_not_spoil_the_others() -> None:
    class Odd(Paper):
        def core(self) -> dict[str, object]:
            return {**super().core(), "title": ["no", "title"]}

    odd = Odd(title="Count of oddities", abstract="A count.", pmcid="PMC2", pmid="2")
    with EuropePMCServer([PAPERS[0], odd, PAPERS[1]]) as server, asking(server) as service:
        first, error, last = found(service.results("count", 10))
        assert [first, last] == [PAPERS[0].pmcid, PAPERS[1].pmcid]
        assert "cannot read (title: " in error
        assert len(service.search("count").found) == 2


def test_a_work_is_found_by_any_of_its_names() -> None:
    paper = PAPERS[4]
    preprint = replace(PAPERS[5], source="PPR", id="PPR77", pmid=None, pmcid=None)
    with EuropePMCServer([*PAPERS[:5], preprint]) as server, asking(server) as service:
        for name in (f"{paper.pmcid}", f"pmid:{paper.pmid}", f"doi:{(paper.doi or '').upper()}"):
            finding = service.find(named(name))
            assert finding and finding.title == paper.title
        found_preprint = service.find(named("PPR77"))
        assert found_preprint and found_preprint.title == preprint.title
        assert service.find(named("PMC404")) is None


def test_of_several_records_the_published_one_is_taken_then_the_newest_version() -> None:
    doi = "10.5555/twice"
    versions = [
        replace(PAPERS[n], source="PPR", id=f"PPR{n}", pmid=None, pmcid=None, doi=doi, version=n)
        for n in (1, 2)
    ]
    with EuropePMCServer(versions) as server, asking(server) as service:
        newest = service.find(named(doi))
        assert newest and (newest.id, newest.version) == ("PPR2", 2)
    with EuropePMCServer([*versions, replace(PAPERS[3], doi=doi)]) as server, asking(server) as service:
        published = service.find(named(doi))
        assert published and published.source == "MED"


def test_many_works_are_looked_up_in_few_requests_and_as_they_are_now(tmp_path: Path) -> None:
    many = papers(120)
    wanted = [named(f"pmid:{paper.pmid}") for paper in many] + [named("pmid:1")]
    with EuropePMCServer(many) as server, asking(server, tmp_path) as service:
        assert set(service.known(wanted)) == set(wanted[:-1])
        assert len(server.requests) == 3
        notice = Link("Retraction in", "MED", "99")
        server.records[7] = replace(many[7], types=("Retracted Publication",), links=(notice,))
        now = service.known(wanted)[wanted[7]]
        assert now.is_retracted
        assert [(work.relation, work.pmid) for work in now.known.related] == [(Relation.RETRACTED_BY, "99")]
        assert len(server.requests) == 6


def test_nothing_is_asked_for_nothing() -> None:
    with EuropePMCServer() as server, asking(server) as service:
        assert service.known([]) == {}
        assert server.requests == []


def test_a_full_text_is_fetched_once(tmp_path: Path) -> None:
    with EuropePMCServer(PAPERS, [cut("PMC9000001")]) as server:
        for _ in range(2):
            with asking(server, tmp_path) as service:
                assert service.full_text("PMC9000001").data == PAPERS[0].jats()
        assert server.texts == ["PMC9000001"] * 2, "once cut, once whole, then kept"
        with asking(server, tmp_path, renew=True) as service:
            service.full_text("PMC9000001")
        assert len(server.texts) == 3


def test_a_full_text_that_is_damaged_is_given_but_not_kept(tmp_path: Path) -> None:
    with EuropePMCServer(PAPERS, [bad_xml("PMC9000001")]) as server, asking(server, tmp_path) as service:
        for _ in range(2):
            assert service.full_text("PMC9000001").data.endswith(b"No end")
        assert len(server.texts) == 2


def test_a_full_text_that_is_not_there_or_is_a_page_for_people_is_an_error() -> None:
    with EuropePMCServer(PAPERS, [wrong_type("PMC9000002")]) as server, asking(server) as service:
        with pytest.raises(NotThereError):
            service.full_text("PMC404")
        with pytest.raises(OriginError, match="a web page in place of the full text; try again later"):
            service.full_text("PMC9000002")


def test_the_service_is_where_the_settings_say(tmp_path: Path) -> None:
    busy = [failing("search", 429, retry_after="0")]
    with EuropePMCServer(PAPERS, busy) as server:
        service = EuropePMC.of(Settings(europepmc_url=f"{server.url}/", web_cache=tmp_path))
        assert service.search("count", 1).total == 30
        service.close()


def test_an_answer_without_results_is_an_error() -> None:
    reply = Reply(b'{"version": "6.9"}', "application/json")
    said = r"refuses the query \(no results\)"
    with (
        EuropePMCServer(PAPERS, [instead("search", reply)]) as server,
        asking(server) as service,
        pytest.raises(OriginError, match=said),
    ):
        service.search("count")
