"""The doors of the Check view, without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant import Assistant
from assistant.interface.check.desk import LONGEST_TEXT, CheckDesk
from assistant.interface.check.routes import check_routes
from assistant.interface.library.listing import Listing
from corpus.library import Library
from corpus.settings import Settings


@pytest.fixture
def client(two_papers: Path, settings: Settings) -> Iterator[TestClient]:
    with Library(two_papers, settings) as library:
        desk = CheckDesk(Assistant(library), Listing(library))
        with TestClient(Starlette(routes=check_routes(desk))) as opened:
            yield opened


def check(client: TestClient, text: str, document: str | None = None) -> tuple[int, dict[str, str]]:
    answer = client.post("/check/claims", content=json.dumps({"text": text, "document": document}))
    return answer.status_code, answer.json()


def test_a_pasted_claim_comes_back_with_its_verdict_and_sources(client: TestClient) -> None:
    status, found = check(client, "<p>Axolotls sleep at noon.</p>")
    assert status == 200
    assert "<h3>Axolotls sleep at noon.</h3>" in found["claims"]
    assert 'class="verdict supported"' in found["claims"]
    assert "The text held markup" in found["claims"]
    assert "Sleep of axolotls" in found["sources"]


def test_one_source_alone_is_asked(client: TestClient) -> None:
    _, found = check(client, "Axolotls sleep at noon.", "marker")
    assert "one source only, “Markers of [bold]zebrafish[/bold]”" in found["claims"]
    assert "Sleep of axolotls" not in found["sources"]
    assert check(client, "Axolotls sleep.", "nobody") == (
        404,
        {"error": "This document is no longer in the library."},
    )


@pytest.mark.parametrize("text", ["", " \n\t", "<p></p>", "![](x.png)"])
def test_nothing_to_check_is_told(client: TestClient, text: str) -> None:
    assert check(client, text) == (
        400,
        {"error": "There is nothing to check. Paste a sentence or a paragraph."},
    )


def test_a_text_that_is_too_long_is_refused_in_one_line(client: TestClient) -> None:
    assert check(client, "x" * 50_000) == (
        400,
        {
            "error": f"This text has 50,000 characters; at most {LONGEST_TEXT:,} are checked at once. "
            "Check it in parts."
        },
    )


def test_questions_alone_are_no_claim(client: TestClient) -> None:
    status, found = check(client, "Do axolotls sleep? When do they wake?")
    assert status == 200
    assert "There is no claim in this text" in found["claims"]


def test_another_sites_page_may_not_make_loccit_work(client: TestClient) -> None:
    body = json.dumps({"text": "Axolotls sleep."})
    assert (
        client.post("/check/claims", content=body, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        == 403
    )


def test_sources_are_offered_by_words_of_their_titles(client: TestClient) -> None:
    offered = client.get("/check/sources", params={"q": "AXOL"}).json()["html"]
    assert offered.count('role="option"') == 1
    assert 'data-document="10.5/a b"' in offered
    assert client.get("/check/sources").json()["html"].count('role="option"') == 2
    assert "No source has these words" in client.get("/check/sources", params={"q": "heron"}).json()["html"]
