"""The doors of the overview, without a browser."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.interface.library.overview.desk import OverviewDesk
from assistant.interface.library.overview.panel import overview_part
from assistant.interface.library.overview.routes import overview_routes
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest
from tests.browser.hostile import HOSTILE

WAIT_SECONDS = 60
MARKER: dict[str, str | int] = {"document": "marker", "start": 0, "end": 42}


@pytest.fixture
def desk(own_copy: Path, settings: Settings) -> Iterator[OverviewDesk]:
    with Library(own_copy, settings) as library:
        yield OverviewDesk(library)


@pytest.fixture
def client(desk: OverviewDesk) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=overview_routes(desk))) as opened:
        yield opened


def test_how_far_the_map_is_is_told_until_it_is_made(client: TestClient, desk: OverviewDesk) -> None:
    first = client.get("/library/map").json()
    assert first["map"] is None and 0 <= first["done"] < 1
    desk.overview.wait(WAIT_SECONDS)
    made = client.get("/library/map").json()
    assert made["done"] is None and made["map"]["total"] == 2
    assert made["note"].startswith("Each of the 2 dots is a passage.")
    assert 'class="to-passage" data-document="10.5/a b"' in client.get("/library/topics").json()["html"]


def test_numbers_are_counted_and_lead_to_the_list(client: TestClient) -> None:
    glance = client.get("/library/overview").json()
    assert glance["totals"] == "2 documents · 2 passages · 2 without a year"
    assert glance["bars"] == {
        "years": [],
        "kinds": [{"kind": "other", "name": "Other sources", "total": 2, "numbers": []}],
    }
    assert 'class="to-list" data-year="" data-kind="other"' in glance["table"]


def test_a_place_of_the_map_says_where_it_stands_and_how_it_begins(client: TestClient) -> None:
    shown = client.get("/library/passage", params=MARKER).json()["html"]
    assert "<strong>Markers of [bold]zebrafish[/bold]</strong>" in shown
    assert "<q>Zebrafish regrow [red]fins[/red] in weeks.</q>" in shown
    gone = client.get("/library/passage", params={**MARKER, "document": "gone"})
    assert (gone.status_code, gone.json()["error"]) == (404, "This document is no longer in the library.")
    for start, end in ((40, 0), (-5, 3)):
        assert (
            client.get("/library/passage", params={**MARKER, "start": start, "end": end}).status_code == 400
        )
    assert client.get("/library/passage", params={**MARKER, "end": 10**9}).status_code == 200


def test_aspects_without_evidence_say_so_and_are_looked_for_not_asked_about(client: TestClient) -> None:
    shown = client.get("/library/aspects").json()["html"]
    assert "Nothing in the library" in shown and 'class="find-aspect" data-aspect="Cost"' in shown
    assert "ask-aspect" not in shown


def test_hostile_words_are_only_words(own_copy: Path, settings: Settings, tmp_path: Path) -> None:
    record = tmp_path / "hostile.jsonl"
    record.write_text(json.dumps(HOSTILE), "utf-8")
    with Library(own_copy, settings) as library:
        assert Ingest(library).paths([record]).added == 1
        desk = OverviewDesk(library)
        desk.mapped()
        desk.overview.wait(WAIT_SECONDS)
        with TestClient(Starlette(routes=overview_routes(desk))) as client:
            answers = [
                client.get(f"/library/{door}").json() for door in ("overview", "map", "topics", "aspects")
            ]
            place: dict[str, str | int] = {"document": "hostile", "start": 0, "end": 60}
            answers.append(client.get("/library/passage", params=place).json())
    markup = json.dumps(answers)
    assert "&lt;script&gt;" in markup
    assert not re.search(
        r"<(?!/?(?:p|ul|li|table|caption|thead|tbody|tfoot|tr|th|td|span|strong|b|q|button|i|small|h4|details|summary|div)\b)",
        markup,
    )


def test_the_script_that_draws_comes_packed_from_here_and_is_kept_by_its_version(client: TestClient) -> None:
    (address,) = re.findall(r'data-script="([^"]+)"', overview_part())
    packed = client.get(f"/{address}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and "immutable" in packed.headers["cache-control"]
    plain = client.get(f"/{address}", headers={"Accept-Encoding": "identity"})
    assert plain.content == packed.content and b"plotly.js v" in plain.content[:60]
    assert len(gzip.compress(plain.content, 1)) > 1_000_000
