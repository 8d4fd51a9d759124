"""What a library looks like as a whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.overview.coverage import Coverage
from assistant.overview.holdings import Holdings
from assistant.overview.keeping import FILE, kept_map
from assistant.overview.mapping import Making, PassageMap, passage_map
from assistant.overview.overview import Overview
from corpus.document import SourceType
from corpus.errors import LoccitError
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest

WAIT_SECONDS = 60
PAPERS = (
    {
        "id": "old",
        "title": "Terns",
        "issued": {"date-parts": [[1999]]},
        "source_type": "review",
        "text": "Terns dive.",
    },
    {
        "id": "new",
        "title": "Gulls",
        "issued": {"date-parts": [[2020]]},
        "source_type": "review",
        "text": "Gulls cry.",
    },
    {
        "id": "undated",
        "title": "Cost",
        "text": "The price of a nest box is 20 dollars, a low cost.",
        "retracted": True,
    },
)


@pytest.fixture(scope="module")
def starter(
    starter_library: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    folder = shutil.copytree(starter_library, tmp_path_factory.mktemp("overview") / "library")
    with Library(Path(folder), settings) as library:
        yield library


@pytest.fixture(scope="module")
def starter_map(starter: Library) -> PassageMap:
    return passage_map(starter)


@pytest.fixture(scope="module")
def filled(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("birds")
    records = folder / "birds.jsonl"
    records.write_text("\n".join(map(json.dumps, PAPERS)), "utf-8")
    with Library(folder / "library", settings, create=True) as library:
        assert Ingest(library).paths([records]).added == len(PAPERS)
    return folder / "library"


@pytest.fixture
def birds(filled: Path, settings: Settings, tmp_path: Path) -> Iterator[Library]:
    with Library(Path(shutil.copytree(filled, tmp_path / "library")), settings) as library:
        yield library


def latest(overview: Overview) -> PassageMap:
    """Ask for the map, wait, and ask again."""
    overview.map()
    overview.wait(WAIT_SECONDS)
    made = overview.map()
    assert isinstance(made, PassageMap)
    return made


def test_every_passage_that_says_something_has_its_place_on_the_map(
    starter: Library, starter_map: PassageMap
) -> None:
    held = {
        (stored.passage.document_id, stored.passage.span.start, stored.passage.span.end)
        for document_id in starter.catalogue.versions()
        for stored in starter.passages_of(document_id)
        if stored.passage.sentences
    }
    documents = [starter_map.documents[number] for number in starter_map.document]
    assert set(zip(documents, starter_map.start, starter_map.end, strict=True)) == held
    assert starter_map.total == len(held) == len(starter_map.x) == len(starter_map.topic)
    assert max(map(abs, (*starter_map.x, *starter_map.y))) <= 1000


def test_the_same_library_has_the_same_map(starter: Library, starter_map: PassageMap) -> None:
    assert passage_map(starter) == starter_map


def test_topics_are_called_by_words_of_the_field(starter_map: PassageMap) -> None:
    assert 3 <= len(starter_map.topics) <= 8
    assert all(topic.words for topic in starter_map.topics)
    said = " ".join(" ".join(topic.words) for topic in starter_map.topics)
    assert "CAR-NK" in said and "CAR-T" in said
    assert starter_map.subject == "CAR-NK cells"
    assert sum(topic.passages for topic in starter_map.topics) == len(starter_map.x)
    for number, topic in enumerate(starter_map.topics):
        assert {starter_map.topic[passage] for passage in topic.typical} == {number}


def test_a_map_is_kept_until_the_library_changes(birds: Library) -> None:
    made = kept_map(birds)
    path = birds.path / FILE
    kept = path.read_bytes()
    assert kept_map(birds) == made and path.read_bytes() == kept
    with birds.writing() as writer:
        writer.remove("old")
    assert kept_map(birds).total == made.total - 1
    assert path.read_bytes() != kept


def test_a_spoilt_file_is_replaced(birds: Library) -> None:
    path = birds.path / FILE
    for spoilt in (b"", b"{", b'{"of": "something else"}', b"\xff\xfe"):
        path.write_bytes(spoilt)
        assert kept_map(birds).total == len(PAPERS)
        assert b'"total":3' in path.read_bytes()


def test_a_map_is_made_in_the_background_while_the_library_may_be_written(birds: Library) -> None:
    overview = Overview(birds)
    with birds.writing() as writer:
        assert isinstance(overview.map(), Making)
        overview.wait(WAIT_SECONDS)
        assert isinstance(overview.map(), PassageMap)
        writer.remove("old")
    assert latest(overview).total == len(PAPERS) - 1


def test_a_map_that_cannot_be_made_is_told_of_and_made_for_the_next_state(
    birds: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = Overview(birds)
    with monkeypatch.context() as patched:
        patched.setattr("assistant.overview.mapping.arranged", lambda *_: 1 / 0)
        overview.map()
        overview.wait(WAIT_SECONDS)
        with pytest.raises(LoccitError, match="The map could not be made"):
            overview.map()
    with birds.writing() as writer:
        writer.remove("old")
    assert latest(overview).total == len(PAPERS) - 1


def test_an_empty_library_has_an_empty_map_and_no_numbers(settings: Settings, tmp_path: Path) -> None:
    with Library(tmp_path / "empty", settings, create=True) as library:
        overview = Overview(library)
        assert latest(overview) == PassageMap(
            total=0, documents=(), document=(), start=(), end=(), x=(), y=(), topic=(), topics=()
        )
        holdings = overview.holdings()
        assert (holdings.kinds, holdings.years, holdings.number()) == ((), (), 0)
        assert all(one.passages == 0 and one.is_thin for one in overview.coverage())


def test_documents_are_counted_by_year_and_kind(birds: Library) -> None:
    holdings = Holdings.of(birds.documents())
    assert holdings.years == (1999, 2020) and holdings.has_undated
    assert holdings.kinds[0] is SourceType.REVIEW
    assert holdings.number(1999) == 1 and holdings.number(2000) == 0
    assert holdings.number(kind=SourceType.REVIEW) == 2
    assert holdings.number(undated=True) == 1 and holdings.number() == 3
    assert (holdings.retracted, holdings.passages) == (1, 3)


def test_aspects_are_told_by_how_little_is_said_of_them(starter: Library) -> None:
    covered = {one.aspect: one for one in Overview(starter).coverage()}
    ordered = [one.sources for one in covered.values()]
    assert ordered == sorted(ordered)
    assert covered["Regulation"].is_thin and not covered["Efficacy"].is_thin
    assert 0 < covered["Cost"].sources <= covered["Cost"].passages
    best = covered["Cost"].best[0]
    words = best.span.of(starter.document(best.document_id).text).lower()
    assert any(word in words for word in ("cost", "price", "€", "$"))


def test_a_retracted_paper_speaks_to_nothing(birds: Library) -> None:
    cost: Coverage = next(one for one in Overview(birds).coverage() if one.aspect == "Cost")
    assert (cost.passages, cost.sources, cost.best) == (0, 0, ())
