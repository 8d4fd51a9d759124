"""The doors of the Library view, without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.interface.library.desk import Desk
from assistant.interface.library.routes import library_routes
from corpus.library import Library
from corpus.settings import Settings

FOREIGN = {"Sec-Fetch-Site": "cross-site"}
PAGE = b"""<!doctype html><html><head><title>Knots of the estuary</title></head><body><article>
<h1>Knots of the estuary</h1><p>Knots gather in flocks at high tide, a thousand of them or more.</p>
</article></body></html>"""
WAIT_SECONDS = 60


@pytest.fixture
def desk(own_copy: Path, settings: Settings) -> Iterator[Desk]:
    # Nobody listens on port 9: as without a network, but at once.
    nowhere = settings.model_copy(
        update={"europepmc_url": "http://127.0.0.1:9", "web_cache": own_copy.parent / "cache"}
    )
    with Library(own_copy, nowhere) as library:
        opened = Desk(library)
        yield opened
        opened.adding.wait(WAIT_SECONDS)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=library_routes(desk))) as opened:
        yield opened


def upload(client: TestClient, desk: Desk, name: str, data: bytes) -> str:
    """Add a file and give its document's id."""
    before = set(desk.library.catalogue.versions())
    assert client.post("/library/add-files", files={"files": (name, data)}).status_code == 200
    desk.adding.wait(WAIT_SECONDS)
    (added,) = set(desk.library.catalogue.versions()) - before
    return added


def test_another_sites_page_may_change_nothing(client: TestClient, desk: Desk) -> None:
    body = json.dumps({"document": "marker"})
    for headers in (FOREIGN, {"Origin": "https://example.org"}, {"Origin": "null"}):
        answer = client.post("/library/remove", content=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (
            403,
            "Only Loccit's own page may ask for this.",
        )
        assert (
            client.post("/library/add-files", files={"files": ("a.md", b"# A")}, headers=headers).status_code
            == 403
        )
    assert "marker" in desk.library.catalogue.versions()
    assert (
        client.post("/library/remove", content=body, headers={"Origin": "http://testserver"}).status_code
        == 200
    )
    assert "marker" not in desk.library.catalogue.versions()


def test_a_removed_document_is_no_longer_listed(client: TestClient) -> None:
    assert client.get("/library/documents").json()["count"] == "2 documents · 2 passages"
    assert client.post("/library/remove", content=json.dumps({"document": "10.5/a b"})).status_code == 200
    answer = client.get("/library/documents").json()
    assert answer["count"] == "1 document · 1 passage"
    assert "axolotl" not in answer["rows"]
    gone = client.get("/library/document", params={"document": "10.5/a b"})
    assert (gone.status_code, gone.json()["error"]) == (404, "This document is no longer in the library.")


def test_nothing_is_removed_while_another_process_writes(client: TestClient, desk: Desk) -> None:
    with desk.library.writing():
        answer = client.post("/library/remove", content=json.dumps({"document": "marker"}))
    assert answer.status_code == 409
    assert "Wait until it has ended, then try again." in answer.json()["error"]


def test_the_button_for_the_starters_full_texts_begins_to_fetch_them(client: TestClient, desk: Desk) -> None:
    assert client.post("/library/add-starter", content=b"{}").status_code == 200
    desk.adding.wait(WAIT_SECONDS)
    state = client.get("/library/state").json()
    # Nobody answers: that is told, and offered to be tried again as a whole.
    assert "starter --full-text" in state["adding"] and "Try the failed ones again" in state["adding"]
    assert client.post("/library/add-starter", content=b"{}", headers=FOREIGN).status_code == 403


def test_what_is_misshapen_is_refused_in_a_sentence(client: TestClient) -> None:
    for answer in (
        client.get("/library/documents", params={"year_from": "long ago"}),
        client.post("/library/remove", content=b"no json"),
        client.post("/library/preview", content=json.dumps({"query": "x", "limit": 10_000})),
    ):
        assert answer.status_code == 400
        assert answer.json()["error"] == "Loccit cannot read this; check years and numbers."


def test_an_original_is_caged_and_only_the_catalogue_names_its_file(client: TestClient, desk: Desk) -> None:
    document_id = upload(client, desk, "knots.html", PAGE)
    answer = client.get("/library/original", params={"document": document_id})
    assert answer.content == PAGE
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none';")
    assert answer.headers["x-content-type-options"] == "nosniff"
    for name in ("../catalogue.sqlite", f"{document_id}/../../catalogue.sqlite", "/etc/hostname", ""):
        assert client.get("/library/original", params={"document": name}).status_code == 404
    kept_none = client.get("/library/original", params={"document": "marker"})
    assert kept_none.status_code == 400 and "keeps no copy" in kept_none.json()["error"]


def test_an_uploads_name_leads_nowhere(client: TestClient, desk: Desk) -> None:
    document_id = upload(client, desk, "../../escaped.md", b"# Stilts\n\nStilts wade in the lagoon.")
    assert desk.library.catalogue.ledger.provenance(document_id).location == "upload:escaped.md"
    assert not list(desk.library.path.parent.rglob("escaped.md"))


def test_a_service_that_cannot_be_reached_is_told_of_in_plain_words(client: TestClient) -> None:
    answer = client.post("/library/preview", content=json.dumps({"query": "terns"}))
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(
        "Europe PMC could not be searched: 127.0.0.1 cannot be read from"
    )
    assert client.get("/library/documents").status_code == 200


def test_a_page_that_knows_the_library_is_told_only_what_is_new(client: TestClient) -> None:
    first = client.get("/library/state").json()
    assert "In this library" in first["held"]
    again = client.get("/library/state", params={"seen": first["generation"]}).json()
    assert again["held"] is None and again["status"] == "2 sources · 2 passages"
