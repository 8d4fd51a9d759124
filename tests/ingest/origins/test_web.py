"""What is behind a web address, in whatever format and however it is called."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import SourceType
from corpus.errors import OriginError
from ingest.origins.europepmc import EuropePMC
from ingest.origins.europepmc.origins import ABSTRACT_SUFFIX
from ingest.origins.http import Limits
from ingest.origins.original import Original, Unreadable
from ingest.origins.web import addressed
from tests.servers.clients import client
from tests.servers.europepmc import EuropePMCServer
from tests.servers.papers import papers
from tests.servers.serving import Reply, Server, cut, redirected

PAPER = papers(1)[0]
HTML = b"<!DOCTYPE html><html><body><p>Gulls.</p></body></html>"


def archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(name, "<w:document/>")
    return buffer.getvalue()


@contextmanager
def web(reply: Reply) -> Iterator[tuple[Server, EuropePMCServer]]:
    with Server({"/a/page": reply}) as server, EuropePMCServer() as works:
        yield server, works


def read(address: str, works: EuropePMCServer, limits: Limits | None = None) -> Original:
    with client(limits=limits or Limits(interval_seconds=0)) as http:
        (origin,) = addressed(http, EuropePMC(http, works.url), address)
        assert not isinstance(origin, Unreadable) and origin.is_remote
        return origin.read()


def original_of(body: bytes, content_type: str) -> Original:
    with web(Reply(body, content_type)) as (server, works):
        return read(f"{server.url}/a/page", works)


@pytest.mark.parametrize(
    ("body", "content_type", "suffix"),
    [
        (HTML, "text/html; charset=utf-8", ".html"),
        (HTML, "text/plain", ".html"),
        (b"<!-- made by hand -->\n<HTML><p>Gulls.", "", ".html"),
        (b"<p>Gulls.</p>", "text/html", ".html"),
        (
            b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
            "application/xhtml+xml",
            ".html",
        ),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "text/xml", ".html"),
        (b"%PDF-1.7 ...", "application/octet-stream", ".pdf"),
        (b"\n%PDF-1.7 ...", "text/html", ".pdf"),
        (PAPER.jats(), "application/xml", ".xml"),
        (PAPER.jats(), "text/html", ".xml"),
        (b"<article><body/></article>", "application/jats+xml", ".xml"),
        (archive("word/document.xml"), "application/zip", ".docx"),
        (b"Gulls.", "text/plain; charset=utf-8", ".txt"),
        (b"# Gulls", "text/markdown", ".md"),
    ],
)
def test_the_format_is_told_by_the_bytes_before_the_name_that_a_server_gives_it(
    body: bytes, content_type: str, suffix: str
) -> None:
    original = original_of(body, content_type)
    assert (original.suffix, original.data) == (suffix, body)


@pytest.mark.parametrize(
    ("body", "content_type", "said"),
    [
        (b"\x89PNG\r\n", "image/png", r"the address gives image/png, which Loccit does not read; .*PDF"),
        (archive("xl/workbook.xml"), "application/zip", "gives application/zip"),
        (b"PK\x03\x04 cut", "application/zip", "gives application/zip"),
        (b"?", "", "something of no named type"),
        (b'<?xml version="1.0"?><rss/>', "application/rss+xml", "XML that is no JATS article"),
    ],
)
def test_what_no_parser_reads_is_refused_by_its_name(body: bytes, content_type: str, said: str) -> None:
    with pytest.raises(OriginError, match=said):
        original_of(body, content_type)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("cp1252", "iso-8859-1"), ("utf-16", "utf-16"), ("euc-jp", "EUC-JP"), ("utf-8", "x-odd")],
)
def test_a_text_is_in_the_encoding_that_the_server_names(encoding: str, named: str) -> None:
    text = "日本" if encoding == "euc-jp" else "“gulls” – naïve"
    for content_type in ("text/plain", "text/html"):
        data = original_of(text.encode(encoding), f"{content_type}; charset={named}").data
        assert (
            data.removeprefix(codecs.BOM_UTF8).decode("utf-16" if encoding == "utf-16" else "utf-8") == text
        )


def test_an_encoding_that_does_not_fit_is_left_for_the_parser_to_find_out() -> None:
    assert original_of(b"\xff\xfe\xfa", "text/html; charset=ascii").data.endswith(b"\xfa")
    assert original_of("naïve".encode("cp1252"), "text/html; charset=euc-jp").data == b"na\xefve"


def test_a_page_knows_its_address_and_has_a_name_of_last_resort() -> None:
    with web(Reply(HTML)) as (server, works):
        address = f"{server.url}/a/page"
        original = read(f"  {address}#results", works)
        assert (original.address, original.keep) == (address, True)
        assert (original.known.record.url, original.known.source_type) == (address, SourceType.WEB)
        assert original.fallback_id.startswith("web:127-0-0-1-a-page-")


def test_a_redirect_gives_the_address_at_its_end() -> None:
    with web(Reply(HTML)) as (server, works):
        end = f"{server.url}/a/page"
        with Server(trouble=[redirected("/short", end)]) as shortener:
            assert read(f"{shortener.url}/short", works).address == end


def test_the_limits_of_the_client_hold() -> None:
    with web(Reply(HTML)) as (server, works), pytest.raises(OriginError, match="gives more than"):
        read(f"{server.url}/a/page", works, Limits(largest=10))


@pytest.mark.parametrize(
    "address",
    [
        "https://doi.org/10.5555/shore.1",
        "https://europepmc.org/article/MED/38000001",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC9000001/",
    ],
)
def test_the_address_of_a_work_leads_to_its_full_text_in_europe_pmc(address: str) -> None:
    with EuropePMCServer([PAPER]) as works:
        original = read(address, works)
    assert (original.data, original.suffix) == (PAPER.jats(), ".xml")
    assert original.known.record.doi == PAPER.doi


def test_the_address_of_a_work_whose_text_is_closed_leads_to_its_abstract() -> None:
    with EuropePMCServer([replace(PAPER, open_access=False)]) as works:
        assert read("https://doi.org/10.5555/shore.1", works).suffix == ABSTRACT_SUFFIX


def test_a_work_is_one_by_its_address_and_by_its_name() -> None:
    with EuropePMCServer([PAPER]) as works, client() as http:
        service = EuropePMC(http, works.url)
        (origin,) = addressed(http, service, "https://dx.doi.org/10.5555/SHORE.1")
        assert not isinstance(origin, Unreadable)
        assert (origin.location, origin.works) == ("doi:10.5555/shore.1", ("doi:10.5555/shore.1",))
        (page,) = addressed(http, service, "https://example.org/10.5555/SHORE.1#top")
        assert not isinstance(page, Unreadable)
        assert (page.location, page.works) == ("https://example.org/10.5555/SHORE.1", ())
        assert works.requests == []


def test_a_work_that_europe_pmc_does_not_know_is_read_at_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server({"/10.5555/else": Reply(HTML)}) as proxy, EuropePMCServer([PAPER]) as works:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        original = read("http://doi.org/10.5555/else", works)
    assert (original.data, original.address) == (HTML, "http://doi.org/10.5555/else")


def test_a_page_is_asked_after_each_time_it_is_read(tmp_path: Path) -> None:
    page = Reply(HTML, headers={"ETag": '"7"'})
    with (
        Server({"/page": page}, [cut("/page")]) as server,
        EuropePMCServer() as works,
        client(tmp_path) as http,
    ):
        (origin,) = addressed(http, EuropePMC(http, works.url), f"{server.url}/page")
        assert not isinstance(origin, Unreadable)
        assert origin.read().data == origin.read().data == HTML
        assert [request.headers.get("If-None-Match") for request in server.requests] == [None, None, '"7"']
