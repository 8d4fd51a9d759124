"""The doors of the Compare view, without a browser."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant import Assistant
from assistant.comparing.export import NOTHING_FOUND
from assistant.interface.compare.desk import LONGEST_NAME, CompareDesk
from assistant.interface.compare.routes import compare_routes
from assistant.interface.compare.start import start
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def client(starter_library: Path, settings: Settings) -> Iterator[TestClient]:
    with Library(starter_library, settings) as library:
        desk = CompareDesk(Assistant(library))
        with TestClient(Starlette(routes=compare_routes(desk))) as opened:
            yield opened


def compare(client: TestClient, *subjects: str, aspects: tuple[str, ...] = ()) -> tuple[int, dict[str, Any]]:
    body = json.dumps({"subjects": subjects, "aspects": aspects})
    answer = client.post("/compare/table", content=body)
    return answer.status_code, answer.json()


def test_a_comparison_comes_as_a_table_its_sources_and_what_is_taken_along(client: TestClient) -> None:
    status, found = compare(client, " CAR-NK ", "CAR-T", "", aspects=("Safety",))
    assert status == 200
    assert '<th role="columnheader" scope="col">CAR-NK</th>' in found["table"]
    assert 'href="#cite-compare-1"' in found["table"]
    assert 'id="cite-compare-1"' in found["sources"]
    assert found["file"] == "CAR-NK-vs-CAR-T"
    rows = list(csv.reader(io.StringIO(found["csv"])))
    assert rows[0] == ["Aspect", "CAR-NK", "CAR-T"]
    assert rows[1][0] == "Safety"
    assert "**References**" in found["markdown"]


def test_one_subject_alone_or_twice_the_same_is_not_compared(client: TestClient) -> None:
    for subjects in (("CAR-NK",), ("CAR-NK", "car-nk"), ("", " ")):
        assert compare(client, *subjects) == (
            400,
            {"error": "Name at least two different things to compare."},
        )


def test_a_name_that_is_too_long_and_too_many_subjects_are_refused_in_one_line(client: TestClient) -> None:
    status, refused = compare(client, "x" * 300, "CAR-T")
    assert status == 400
    assert f"at most {LONGEST_NAME} characters" in refused["error"]
    status, refused = compare(client, *(f"subject {number}" for number in range(9)))
    assert status == 400
    assert "here are 9" in refused["error"]


@pytest.mark.parametrize("subject", ["zebra finches", HOSTILE, "שלום"])
def test_a_subject_that_the_library_never_mentions_is_named_and_its_markup_is_words(
    client: TestClient, subject: str
) -> None:
    status, found = compare(client, subject, "CAR-T")
    assert status == 200
    assert "Nothing in the library mentions" in found["table"]
    assert "<img" not in found["table"] + found["sources"]
    assert found["csv"] == ""


def test_an_aspect_that_the_library_never_mentions_leaves_its_row_empty_and_the_others_stand(
    client: TestClient,
) -> None:
    status, found = compare(client, "CAR-NK", "CAR-T", aspects=("safety", "photosynthesis", "diabetes"))
    assert status == 200
    rows = list(csv.reader(io.StringIO(found["csv"])))
    cells = {name: said for name, *said in rows[1:4]}
    assert [*cells] == ["Safety", "Photosynthesis", "Diabetes"]
    assert all(said != NOTHING_FOUND for said in cells["Safety"])
    assert cells["Diabetes"] == [NOTHING_FOUND, NOTHING_FOUND]
    assert "Nothing in the library mentions “diabetes”." in found["table"]
    assert "Sources of this comparison (" in found["sources"]


def test_aspects_of_which_the_library_mentions_none_are_refused_by_name(client: TestClient) -> None:
    _, found = compare(client, "CAR-NK", "CAR-T", aspects=("diabetes",))
    assert "Nothing in the library mentions “diabetes”." in found["table"]
    assert found["csv"] == ""


def test_the_starter_corpus_has_examples_and_they_are_all_there_is_to_wait_for(client: TestClient) -> None:
    begun = client.post("/compare/start", content="{}").json()
    assert not begun["empty"]
    assert begun["generation"] is not None
    assert begun["examples"].count("<button") > 1


def test_an_empty_library_says_what_to_do(tmp_path: Path, settings: Settings) -> None:
    with Library(tmp_path / "empty", settings, create=True) as library:
        begun = CompareDesk(Assistant(library)).start()
    assert begun.empty
    assert begun.examples == ""
    assert 'This library is empty. <a href="#library">Add papers</a>' in begun.lead


def test_a_library_without_the_starter_corpus_has_an_example_made_of_its_titles(
    tmp_path: Path, settings: Settings
) -> None:
    said = "We studied {0} T cells in mice. {0} T cells killed the tumours of most mice within 30 days."
    records = [
        {"id": name, "title": f"{name} T cells in mice", "text": said.format(name)}
        for name in ("CD19", "CD22")
    ]
    (tmp_path / "papers.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    with Library(tmp_path / "library", settings, create=True) as library:
        Ingest(library).paths([tmp_path / "papers.jsonl"])
        assistant = Assistant(library)
        assert start(assistant).generation is None
        begun = CompareDesk(assistant).start()
    assert begun.generation is not None
    assert "CD19" in begun.examples
    assert "CD22" in begun.examples


def test_markup_in_an_aspect_is_words(client: TestClient) -> None:
    _, found = compare(client, "CAR-NK", "CAR-T", aspects=(HOSTILE,))
    assert "<img" not in found["table"] + found["sources"]


def test_aspects_of_which_the_sources_speak_are_offered_before_others(client: TestClient) -> None:
    body = json.dumps({"subjects": ["CAR-NK", "CAR-T"]})
    offered = client.post("/compare/aspects", content=body).json()["html"]
    assert offered.index("The sources speak of") < offered.index('value="Safety"') < offered.index("Others")


def test_another_sites_page_may_not_make_loccit_work(client: TestClient) -> None:
    body = json.dumps({"subjects": ["CAR-NK", "CAR-T"]})
    stranger = client.post("/compare/table", content=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert stranger.status_code == 403
