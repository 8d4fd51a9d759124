"""What has become of the works in a library: what is known of them is applied, what is held of them is never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import writer
from corpus.document import Document, Fidelity, SourceType
from corpus.library import Library
from corpus.settings import Settings
from corpus.works import Relation
from ingest.origins.naming import Services, all_named
from ingest.pipeline import Ingest
from ingest.refreshing import refresh
from ingest.storing import Report
from tests.corpus.building import held
from tests.servers.europepmc import EuropePMCServer
from tests.servers.papers import Link, Paper, papers
from tests.servers.serving import Reply, Server

PAPERS = papers(3)
PAPER = PAPERS[0]
RETRACTED = replace(
    PAPER, types=("Journal Article", "Retracted Publication"), links=(Link("Retraction in", "MED", "77"),)
)
NOT_OPEN = {"is no longer open": {"open_access": False}, "answers 404": {"paragraphs": ()}}


@pytest.fixture
def library(tmp_path: Path, settings: Settings, random_model: Callable[[str], Path]) -> Iterator[Library]:
    own = {"embedding_model": str(random_model("mean")), "web_cache": tmp_path / "web"}
    with Library(tmp_path / "library", settings.model_copy(update=own), create=True) as opened:
        yield opened


@contextmanager
def services(library: Library, server: EuropePMCServer) -> Iterator[Services]:
    settings = library.settings.model_copy(
        update={"europepmc_url": server.url, "allow_private_addresses": True}
    )
    with Services(settings, renew=True) as opened:
        yield opened


def add(library: Library, records: Sequence[Paper], *names: str) -> Report:
    with EuropePMCServer(records) as server, services(library, server) as opened:
        return Ingest(library).run(all_named(names, opened))


def refreshed(library: Library, records: Sequence[Paper]) -> Report:
    with EuropePMCServer(records) as server, services(library, server) as opened:
        return refresh(library, opened)


def only(library: Library) -> Document:
    (summary,) = library.documents()
    return library.document(summary.document_id)


@pytest.mark.parametrize("change", NOT_OPEN.values(), ids=NOT_OPEN.keys())
def test_a_full_text_that_is_no_longer_there_stays_and_is_marked_with_what_is_new(
    library: Library, change: dict[str, object]
) -> None:
    add(library, [PAPER], str(PAPER.pmcid))
    before = only(library)
    assert before.fidelity is Fidelity.FULL_TEXT
    report = refreshed(library, [replace(RETRACTED, **change)])  # type: ignore[arg-type]
    after = only(library)
    assert not report.failures
    assert (after.text, after.fidelity) == (before.text, Fidelity.FULL_TEXT)
    assert after.retracted
    assert [work.relation for work in after.related] == [Relation.RETRACTED_BY]
    original = library.catalogue.ledger.provenance(after.id).original
    assert original and library.originals.path(original)
    held(library)


@pytest.mark.parametrize("change", NOT_OPEN.values(), ids=NOT_OPEN.keys())
def test_a_newer_pipeline_that_finds_only_an_abstract_leaves_the_full_text(
    library: Library, change: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, [PAPER], str(PAPER.pmcid))
    before = only(library)
    monkeypatch.setattr(writer, "PIPELINE_VERSION", "newer")
    report = add(library, [replace(PAPER, **change)], str(PAPER.pmcid))  # type: ignore[arg-type]
    assert (report.replaced, report.duplicates) == (0, 1)
    assert only(library) == before
    held(library)


def test_a_full_text_that_comes_back_is_read_again(library: Library) -> None:
    add(library, [PAPER], str(PAPER.pmcid))
    refreshed(library, [replace(PAPER, open_access=False)])
    longer = replace(PAPER, paragraphs=(*PAPER.paragraphs, "A later count found as many again."))
    assert refreshed(library, [longer]).replaced == 1
    assert "as many again" in only(library).text


def test_an_abstract_gives_way_to_a_full_text(library: Library) -> None:
    add(library, [replace(PAPER, open_access=False)], f"pmid:{PAPER.pmid}")
    assert only(library).fidelity is Fidelity.ABSTRACT
    refreshed(library, [PAPER])
    assert only(library).fidelity is Fidelity.FULL_TEXT


def test_a_preprint_that_was_published_brings_the_open_article(library: Library) -> None:
    article = PAPERS[1]
    preprint = replace(PAPER, source="PPR", id="PPR9", pmid=None, pmcid=None, doi="10.1101/pp")
    add(library, [preprint], "PPR9")
    published = replace(preprint, links=(Link("Preprint of", "MED", str(article.pmid)),))
    refreshed(library, [published, replace(article, open_access=False)])
    assert [work.pmid for work in only(library).related] == [article.pmid]
    refreshed(library, [published, article])
    ids = {summary.document_id: summary.source_type for summary in library.documents()}
    assert set(ids.values()) == {SourceType.PREPRINT, SourceType.RESEARCH}
    marked = library.document("doi:10.1101/pp").related
    assert [(work.relation, work.pmid) for work in marked] == [(Relation.PUBLISHED_AS, article.pmid)]
    held(library)


def test_a_page_is_read_again_only_if_it_has_changed(library: Library) -> None:
    def page(words: str) -> Reply:
        body = f"<html><head><title>Knots</title></head><body><article><h1>Knots</h1><p>{words}</p></article></body>"
        return Reply(body.encode(), headers={"ETag": f'"{len(words)}"'})

    pages = {"/knots.html": page("Knots gather in flocks at high tide, a thousand of them or more.")}
    with Server(pages) as web:
        address = f"{web.url}/knots.html"
        add(library, [], address)
        assert refreshed(library, []).unchanged == 1
        assert web.requests[-1].headers["If-None-Match"]
        pages["/knots.html"] = page(
            "Knots gather in flocks at high tide, and leave before the ebb, as in all years."
        )
        assert refreshed(library, []).replaced == 1
        assert "before the ebb" in only(library).text
        del pages["/knots.html"]
        assert [failure.location for failure in refreshed(library, []).failures] == [address]
    assert "before the ebb" in only(library).text
