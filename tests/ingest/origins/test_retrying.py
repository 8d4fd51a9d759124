"""What failed is tried again as it was asked for, stays as it is where it cannot be, and goes once it is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Fidelity
from corpus.library import Library
from corpus.settings import Settings
from ingest.origins.europepmc import ANYTHING, Filter
from ingest.origins.naming import Services, Upload, all_named, searched, uploaded
from ingest.origins.original import Listings
from ingest.origins.retrying import retriable, retried
from ingest.origins.starter_papers import starter_full_texts
from ingest.parsers.starter import digests
from ingest.pipeline import Ingest
from tests.servers.europepmc import EuropePMCServer
from tests.servers.papers import papers
from tests.servers.serving import Trouble, bad_xml, failing

PAPERS = papers(3)
ENTRY = "@article{{{}, title = {{{}}}, doi = {{{}}}}}\n"
UNKNOWN = ENTRY.format("two", "A study that nobody has ever made of anything", "10.5555/none")


@pytest.fixture
def library(tmp_path: Path, settings: Settings, random_model: Callable[[str], Path]) -> Iterator[Library]:
    own = {"embedding_model": str(random_model("mean")), "web_cache": tmp_path / "web"}
    with Library(tmp_path / "library", settings.model_copy(update=own), create=True) as opened:
        yield opened


@contextmanager
def served(library: Library, *trouble: Trouble) -> Iterator[tuple[EuropePMCServer, Services]]:
    with EuropePMCServer(PAPERS, trouble) as server:
        settings = library.settings.model_copy(update={"europepmc_url": server.url})
        with Services(settings, renew=True) as services:
            yield server, services


def run(library: Library, origins: Listings) -> dict[str, str]:
    """Ingest, and give what the library remembers as failed, with the reasons."""
    Ingest(library).run(origins)
    return failures(library)


def failures(library: Library) -> dict[str, str]:
    return {failure.location: failure.reason for failure in library.catalogue.ledger.failures()}


def again(library: Library, services: Services) -> dict[str, str]:
    return run(library, retried(library.catalogue.ledger.failures(), services))


def entries(*numbers: int) -> str:
    return "".join(ENTRY.format(f"p{n}", PAPERS[n].title, PAPERS[n].doi) for n in numbers)


def test_a_query_is_asked_again_with_its_options(library: Library) -> None:
    wanted = Filter(licences=("cc-by",), open_access_only=False)
    with served(library, failing("/search", 404)) as (server, services):
        assert set(run(library, searched("count", 2, services, wanted))) == {"count"}
        assert again(library, services) == {}
        query = server.searches[-1].parameters
    assert "CC BY" in query["query"].upper() and "OPEN_ACCESS" not in query["query"]
    assert len(library.documents()) == 2


def test_a_query_done_since_has_failed_no_more_whatever_its_options(library: Library) -> None:
    with served(library, failing("/search", 404)) as (_, services):
        assert run(library, searched("count", 2, services, Filter()))
        assert run(library, searched("count", 1, services, ANYTHING)) == {}


def test_a_work_of_a_query_is_tried_alone(library: Library) -> None:
    bad = PAPERS[1].pmcid
    with served(library, bad_xml(f"/{bad}")) as (server, services):
        assert set(run(library, searched("count", 3, services, Filter()))) == {bad}
        server.requests.clear()
        assert set(again(library, services)) == {bad}
        assert set(server.texts) == {bad}
    with served(library) as (_, services):
        assert again(library, services) == {}


def test_an_entry_of_a_list_is_tried_with_its_list_and_goes_when_the_list_is_mended(
    library: Library, tmp_path: Path
) -> None:
    listed = tmp_path / "z.bib"
    listed.write_text(entries(0) + UNKNOWN)
    with served(library) as (_, services):
        before = run(library, all_named([str(listed)], services))
        assert set(before) == {f"{listed}: two"}
        assert again(library, services) == before
        listed.write_text(entries(0, 1))
        assert again(library, services) == {}
    assert len(library.documents()) == 2


def test_what_cannot_be_tried_again_keeps_its_reason_till_the_list_is_cleared(
    library: Library, tmp_path: Path
) -> None:
    listed, gone, upload = tmp_path / "z.bib", tmp_path / "gone.xml", tmp_path / "up.bib"
    listed.write_text(UNKNOWN)
    upload.write_text(UNKNOWN)
    gone.write_text("<article><body>")
    with served(library) as (_, services):
        run(library, all_named([str(listed), str(gone)], services))
        before = run(library, uploaded([Upload(upload, "up.bib")], services))
        assert set(before) == {f"{listed}: two", str(gone), "upload:up.bib: two"}
        for path in (listed, gone, upload):
            path.unlink()
        assert again(library, services) == before
        upload.write_text(entries(0))
        after = run(library, uploaded([Upload(upload, "up.bib")], services))
        assert set(after) == {f"{listed}: two", str(gone)}
    with library.writing() as writer:
        writer.forget_failures()
    assert failures(library) == {}


def test_a_folder_gone_through_forgets_files_that_are_there_no_more(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "bad.xml").write_text("<article>")
    (folder / "good.txt").write_text("Gulls were counted.")
    with served(library) as (_, services):
        assert set(run(library, all_named([str(folder)], services))) == {str(folder / "bad.xml")}
        (folder / "bad.xml").unlink()
        assert again(library, services)
        assert run(library, all_named([str(folder)], services)) == {}


def test_a_starter_paper_that_is_open_no_more_leaves_its_digest(library: Library) -> None:
    digest = next(digest for digest in digests() if digest.record.pmcid)
    record = digest.record
    paper = replace(PAPERS[0], pmcid=record.pmcid, pmid=record.pmid, doi=record.doi)
    Ingest(library).starter()

    def fetch(origins: Callable[[Services], Listings], *trouble: Trouble, **change: object) -> dict[str, str]:
        with EuropePMCServer([replace(paper, **change)], trouble) as server:  # type: ignore[arg-type]
            settings = library.settings.model_copy(update={"europepmc_url": server.url})
            with Services(settings, renew=True) as services:
                return run(library, origins(services))

    def retry(services: Services) -> Listings:
        return retried(library.catalogue.ledger.failures(), services)

    assert set(fetch(starter_full_texts, bad_xml(f"/{record.pmcid}/"))) == {record.pmcid}
    assert "the digest stays" in fetch(retry, paragraphs=())[str(record.pmcid)]
    assert fetch(retry, open_access=False) == {}
    assert library.document(digest.id).fidelity is Fidelity.DIGEST


def test_the_page_tries_no_file_again(library: Library, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<article>")
    with served(library) as (_, services):
        run(library, all_named([str(bad), "PMC1"], services))
    known: Sequence[str] = [f.location for f in retriable(library.catalogue.ledger.failures(), files=False)]
    assert known == ["PMC1"]


def test_named_papers_and_those_of_a_list_come_under_the_licences_asked_for(
    library: Library, tmp_path: Path
) -> None:
    listed = tmp_path / "z.bib"
    listed.write_text(entries(1))
    with served(library) as (server, services):
        server.records[0] = replace(PAPERS[0], licence="cc by-nc")
        server.records[1] = replace(PAPERS[1], licence=None)
        names = [str(paper.pmcid) for paper in (PAPERS[0], PAPERS[2])]
        reasons = run(library, all_named([*names, str(listed)], services, Filter(("cc-by",), False)))
        assert reasons == {
            names[0]: "its licence is CC BY-NC, and only CC BY was asked for",
            f"{listed}: p1": "its licence is not known, and only CC BY was asked for",
        }
        assert again(library, services) == reasons
    assert len(library.documents()) == 1
