"""Papers fetched from the command line, from a server that speaks Europe PMC's protocol over real sockets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Fidelity
from corpus.library import Library
from corpus.settings import Settings
from corpus.works import Relation
from ingest.parsers.starter import digests
from tests.interface.conftest import Loccit
from tests.servers.europepmc import EuropePMCServer
from tests.servers.papers import Link, papers
from tests.servers.serving import bad_xml, cut, failing

BAD = (31, 62, 93, 124, 155)
PAPERS = papers(200)


@pytest.fixture(autouse=True)
def small(
    settings: Settings, random_model: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """A small model and a cache of its own: what is fetched matters here, not how well it is embedded."""
    monkeypatch.setenv("LOCCIT_EMBEDDING_MODEL", str(random_model("mean")))
    monkeypatch.setenv("LOCCIT_WEB_CACHE", str(tmp_path / "web"))
    return settings.model_copy(update={"embedding_model": str(random_model("mean"))})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def serve(monkeypatch: pytest.MonkeyPatch, server: EuropePMCServer) -> None:
    monkeypatch.setenv("LOCCIT_EUROPEPMC_URL", server.url)


def test_a_query_of_two_hundred_papers_survives_all_that_servers_do(
    loccit: Loccit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = [PAPERS[number].pmcid or "" for number in BAD]
    trouble = [
        failing("/search", 429, retry_after="1"),
        cut(f"/{PAPERS[10].pmcid}"),
        cut(f"/{PAPERS[20].pmcid}"),
        *(bad_xml(f"/{pmcid}") for pmcid in bad),
    ]
    with EuropePMCServer(PAPERS, trouble, largest_page=80) as server:
        serve(monkeypatch, server)
        first = loccit("ingest", "--query", "count", "--limit", "200", "--json", library=folder)
        assert first.status == 1
        assert (first.json["added"], len(first.json["failures"])) == (195, 5)
        assert {failure["location"] for failure in first.json["failures"]} == set(bad)
        assert all("not well formed" in failure["reason"] for failure in first.json["failures"])
        assert len(server.searches) == 4
        server.requests.clear()
        again = loccit("ingest", "--query", "count", "--limit", "200", "--json", library=folder)
        assert (again.json["added"], again.json["unchanged"], len(again.json["failures"])) == (0, 195, 5)
        assert set(server.texts) == set(bad)
    with EuropePMCServer(PAPERS) as mended:
        serve(monkeypatch, mended)
        retried = loccit("ingest", "--retry-failed", library=folder)
        assert retried.status == 0
        assert retried.out.startswith("Documents: 5 added")
        assert set(mended.texts) == set(bad)
        assert loccit("ingest", "--retry-failed", library=folder).out.startswith("Documents: 0 added")


def test_papers_are_named_by_number_and_kept_as_they_were_fetched(
    loccit: Loccit, folder: Path, small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = replace(PAPERS[1], open_access=False)
    with EuropePMCServer([PAPERS[0], closed]) as server:
        serve(monkeypatch, server)
        named = (PAPERS[0].pmcid or "", f"pmid:{closed.pmid}", "PMC1")
        ended = loccit("ingest", *named, library=folder)
        assert ended.status == 1
        assert "PMC1: Europe PMC knows no such work" in ended.err
    with Library(folder, small) as library:
        fidelity = {summary.title: summary.fidelity for summary in library.documents()}
        assert fidelity == {PAPERS[0].title: Fidelity.FULL_TEXT, closed.title: Fidelity.ABSTRACT}
        provenance = library.catalogue.ledger.provenance(f"pmcid:{PAPERS[0].pmcid}")
        assert provenance.location == PAPERS[0].pmcid
        kept = library.originals.path(provenance.original or "")
        assert kept is not None and kept.read_bytes() == PAPERS[0].jats()


def test_a_retraction_that_came_later_is_found_by_a_refresh(
    loccit: Loccit, folder: Path, small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = PAPERS[:2]
    with EuropePMCServer([first, replace(second, open_access=False)]) as server:
        serve(monkeypatch, server)
        assert loccit("ingest", str(first.pmcid), f"pmid:{second.pmid}", library=folder).status == 0
    retracted = replace(
        first, types=("Journal Article", "Retracted Publication"), links=(Link("Retraction in", "MED", "77"),)
    )
    with EuropePMCServer([retracted, second]) as server:
        serve(monkeypatch, server)
        ended = loccit("ingest", "--refresh", library=folder)
        assert ended.status == 0, ended.err
    with Library(folder, small) as library:
        by_title = {summary.title: summary for summary in library.documents()}
        assert by_title[first.title].retracted
        assert by_title[second.title].fidelity is Fidelity.FULL_TEXT
        related = library.document(by_title[first.title].document_id).related
        assert [work.relation for work in related] == [Relation.RETRACTED_BY]
        held = loccit("documents", "--json", library=folder).json
        assert sum(document["retracted"] for document in held) == 1
    listed = loccit("documents", library=folder).out
    assert listed.count("RETRACTED: ") == 1 and f"RETRACTED: {first.title}" in listed
    found = loccit("search", first.title, "--json", library=folder).json["passages"]
    assert all(passage["retracted"] == (passage["title"] == first.title) for passage in found)
    assert f"RETRACTED: {first.title}" in " ".join(loccit("search", first.title, library=folder).out.split())


def test_open_papers_take_the_place_of_their_digests_and_the_others_stay(
    loccit: Loccit, folder: Path, small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pmcid = [digest for digest in digests() if digest.record.pmcid]
    paper, closed = (
        replace(made, pmcid=digest.record.pmcid, pmid=digest.record.pmid, doi=digest.record.doi)
        for made, digest in zip(PAPERS[:2], with_pmcid, strict=False)
    )
    with EuropePMCServer([paper, replace(closed, open_access=False)]) as server:
        serve(monkeypatch, server)
        ended = loccit("ingest", "--starter", "--full-text", library=folder)
        assert ended.status == 0, ended.err
        assert loccit("ingest", "--starter", library=folder).out.startswith("Documents: 0 added, 0 replaced")
    with Library(folder, small) as library:
        summaries = library.documents()
        ids = {summary.document_id for summary in summaries}
        assert with_pmcid[0].id not in ids and f"pmcid:{paper.pmcid}" in ids
        assert with_pmcid[1].id in ids
        assert sum(summary.fidelity is Fidelity.DIGEST for summary in summaries) == len(list(digests())) - 1


def test_a_list_of_references_brings_its_papers(
    loccit: Loccit, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "zotero.bib"
    listed.write_text(
        f"@article{{one, title = {{{PAPERS[0].title}}}, doi = {{{PAPERS[0].doi}}}}}\n"
        "@article{two, title = {A study that nobody has ever made of anything}, year = {1999}}\n"
    )
    with EuropePMCServer(PAPERS[:3]) as server:
        serve(monkeypatch, server)
        ended = loccit("ingest", str(listed), library=folder)
    assert ended.status == 1
    assert ended.out.startswith("Documents: 1 added")
    assert "two" in ended.err


def test_without_a_network_the_reason_is_said_and_the_rest_gets_in(
    loccit: Loccit, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "note.txt").write_text("Cells grow.")
    with EuropePMCServer() as server:
        serve(monkeypatch, server)
    ended = loccit("ingest", "PMC1", str(tmp_path / "note.txt"), library=folder)
    assert ended.out.startswith("Documents: 1 added")
    assert "PMC1: " in ended.err and "\n" in ended.err.strip()


def test_the_failed_are_cleared_when_asked(
    loccit: Loccit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EuropePMCServer() as server:
        serve(monkeypatch, server)
        assert loccit("ingest", "PMC1", library=folder).status == 1
        assert "PMC1" in loccit("ingest", "--retry-failed", library=folder).err
        assert loccit("ingest", "--clear-failed", library=folder).status == 0
        assert loccit("ingest", "--retry-failed", library=folder).status == 0


def test_a_licence_chooses_among_papers_and_never_goes_unheard(
    loccit: Loccit, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "note.txt").write_text("Cells grow.")
    file = loccit("ingest", str(tmp_path / "note.txt"), "--license", "cc-by", library=folder)
    assert file.status == 1 and "--license chooses among papers of Europe PMC" in file.err
    nothing = loccit("ingest", "--refresh", "--license", "cc-by", library=folder)
    assert nothing.status == 1 and "name some" in nothing.err
    with EuropePMCServer([replace(PAPERS[0], licence="cc by-nc")]) as server:
        serve(monkeypatch, server)
        named = loccit("ingest", str(PAPERS[0].pmcid), "--license", "cc-by", library=folder)
    assert named.status == 1 and "its licence is CC BY-NC, and only CC BY" in " ".join(named.err.split())


def test_an_unknown_licence_is_refused_before_anything_is_fetched(loccit: Loccit, folder: Path) -> None:
    ended = loccit("ingest", "--query", "cells", "--license", "cc-zz", library=folder)
    assert ended.status == 1
    assert "cc-zz: Europe PMC knows no such licence" in ended.err
