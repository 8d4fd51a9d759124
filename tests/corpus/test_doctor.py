"""A library that is not whole says so, and its indexes come back from the catalogue."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from corpus.doctor import examine, repair
from corpus.errors import LibraryError, LibraryLockedError
from corpus.fulltext import FullTextEntry
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest

PAGE = 4096
QUESTION = "How long do axolotls sleep?"
PAPERS = (
    {
        "id": "sleep",
        "title": "Sleep of axolotls",
        "text": "Axolotls sleep for nine hours. They wake at dusk.",
    },
    {"id": "fins", "title": "Zebrafish", "text": "Zebrafish regrow their fins in two weeks."},
    {
        "id": "otters",
        "title": "Otters",
        "sections": [
            {"heading": "Diet", "text": "Otters eat urchins and clams."},
            {"heading": "Rest", "text": "Otters sleep on their backs for eleven hours."},
        ],
    },
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    records = folder / "papers.jsonl"
    records.write_text("\n".join(map(json.dumps, PAPERS)), "utf-8")
    with Library(folder / "library", settings, create=True) as library:
        assert Ingest(library).paths([records]).added == len(PAPERS)
    return folder / "library"


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "library"))


def answer(folder: Path, settings: Settings, question: str = QUESTION) -> dict[str, object]:
    with Assistant.open(folder, settings) as assistant:
        return assistant.ask(question).model_dump(exclude={"timings_ms"})


def change(folder: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute(statement, values)
    connection.close()


def fulltext_of(folder: Path) -> Path:
    (found,) = folder.glob("fulltext-*")
    return found


def vectors_of(folder: Path) -> Path:
    (found,) = folder.glob("chroma-*")
    return found


def without_fulltext(folder: Path) -> None:
    shutil.rmtree(fulltext_of(folder))


def without_vectors(folder: Path) -> None:
    shutil.rmtree(vectors_of(folder))


def without_either(folder: Path) -> None:
    without_fulltext(folder)
    without_vectors(folder)


def with_damaged_fulltext(folder: Path) -> None:
    for store in fulltext_of(folder).glob("*.store"):
        store.write_bytes(b"no index")


def with_damaged_vectors(folder: Path) -> None:
    (vectors_of(folder) / "chroma.sqlite3").write_bytes(b"no database" * 1000)


def test_a_fresh_library_is_whole(starter_library: Path, settings: Settings) -> None:
    with Library(starter_library, settings) as library:
        diagnosis = examine(library)
        assert diagnosis.whole
        assert (diagnosis.documents, diagnosis.passages) == library.catalogue.counts()
        assert diagnosis.free_bytes > 0


@pytest.mark.parametrize(
    "harm", [without_fulltext, without_vectors, without_either, with_damaged_fulltext, with_damaged_vectors]
)
def test_a_lost_index_is_rebuilt_and_answers_as_before(
    folder: Path, settings: Settings, harm: Callable[[Path], None]
) -> None:
    before = answer(folder, settings)
    harm(folder)
    told: list[tuple[int, int]] = []
    with Library(folder, settings) as library:
        passages = library.catalogue.counts()[1]
        ill = examine(library)
        assert not ill.whole
        assert not ill.problems
        done = repair(library, lambda finished, total: told.append((finished, total)))
        assert done.restored == passages
        assert done.diagnosis.whole
        assert examine(library).whole
    assert told[-1] == (passages, passages)
    assert answer(folder, settings) == before


def test_the_starter_corpus_answers_as_before_without_its_old_indexes(
    starter_library: Path, tmp_path: Path, settings: Settings
) -> None:
    folder = Path(shutil.copytree(starter_library, tmp_path / "library"))
    question = "How does CAR-NK compare with CAR-T in safety?"
    before = answer(folder, settings, question)
    assert before["statements"]
    without_either(folder)
    with Library(folder, settings) as library:
        assert repair(library).diagnosis.whole
    assert answer(folder, settings, question) == before


def test_missing_passages_are_put_back_and_leftovers_swept(folder: Path, settings: Settings) -> None:
    with Library(folder, settings) as library:
        first, second, third = sorted(library.catalogue.index_ids())[:3]
        library.fulltext.write(
            [FullTextEntry("stray", "stray", "Stray", "", "A stray entry.")], [first, second]
        )
        stray = np.full(library.encoder.manifest.dimension, 0.05, dtype=np.float32)
        library.vectors.write([("stray", stray), ("another", stray)], [third])
        ill = examine(library)
        assert ill.fulltext is not None
        assert ill.vectors is not None
        assert (ill.fulltext.missing, ill.fulltext.orphaned) == ((first, second), ("stray",))
        assert (ill.vectors.missing, ill.vectors.orphaned) == ((third,), ("another", "stray"))
        done = repair(library)
        assert (done.restored, done.swept, done.diagnosis.whole) == (3, 3, True)


def test_vectors_come_back_as_they_were(folder: Path, settings: Settings) -> None:
    with Library(folder, settings) as library:
        question = library.encoder.encode_query(QUESTION)
        before = library.search_vectors(question, 20)
        library.vectors.write((), library.catalogue.index_ids())
        repair(library)
        after = library.search_vectors(question, 20)
    assert [hit.index_id for hit in after] == [hit.index_id for hit in before]
    np.testing.assert_allclose([hit.score for hit in after], [hit.score for hit in before], atol=1e-4)


def test_a_reader_that_was_open_sees_the_repair(folder: Path, settings: Settings) -> None:
    with Library(folder, settings) as reader, Library(folder, settings) as library:
        before = reader.search_fulltext("sleep", 5)
        vector = reader.encoder.encode_query("sleep")
        assert reader.search_vectors(vector, 5)
        without_fulltext(folder)
        with_damaged_vectors(folder)
        repair(library)
        assert [hit.index_id for hit in reader.search_fulltext("sleep", 5)] == [
            hit.index_id for hit in before
        ]
        assert len(reader.search_vectors(vector, 5)) == 4


def test_repairing_a_whole_library_changes_nothing(folder: Path, settings: Settings) -> None:
    with Library(folder, settings) as library:
        done = repair(library)
        assert (done.restored, done.swept, done.diagnosis.whole) == (0, 0, True)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE documents SET text = 'x' || substr(text, 2) WHERE id = ?", "its hash differs"),
        ("UPDATE documents SET text = substr(text, 1, 10) WHERE id = ?", "out of place"),
        (
            "UPDATE passages SET stop = start + 1 WHERE document = (SELECT key FROM documents WHERE id = ?)",
            "out of place",
        ),
        (
            "UPDATE passages SET sentence_vectors = x'00' WHERE document = (SELECT key FROM documents WHERE id = ?)",
            "cannot be read",
        ),
    ],
)
def test_what_is_no_span_of_its_text_is_told_with_its_document(
    folder: Path, settings: Settings, statement: str, told: str
) -> None:
    change(folder, statement, "sleep")
    with Library(folder, settings) as library:
        diagnosis = examine(library)
    assert not diagnosis.whole
    assert any("'sleep'" in problem and told in problem for problem in diagnosis.problems)
    assert all("`loccit remove`" in problem for problem in diagnosis.problems)


def test_rows_without_their_document_are_found(folder: Path, settings: Settings) -> None:
    change(folder, "DELETE FROM documents WHERE id = ?", "otters")
    with Library(folder, settings) as library:
        problems = examine(library).problems
    assert "rows of the table passages belong to no document" in problems


def test_a_damaged_catalogue_is_told_and_never_swept_after(folder: Path, settings: Settings) -> None:
    path = folder / "catalogue.sqlite"
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'documents'").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    path.write_bytes(content)
    with Library(folder, settings) as library:
        diagnosis = examine(library)
        assert diagnosis.problems
        assert (diagnosis.whole, diagnosis.fulltext, diagnosis.vectors) == (False, None, None)
        with pytest.raises(LibraryError, match="so nothing can be repaired"):
            repair(library)
        assert library.fulltext.index_ids()


def test_nothing_is_examined_while_another_writes(folder: Path, settings: Settings) -> None:
    with Library(folder, settings) as writer, Library(folder, settings) as library, writer.writing():
        with pytest.raises(LibraryLockedError, match="Another process is writing"):
            examine(library)
        with pytest.raises(LibraryLockedError, match="Another process is writing"):
            repair(library)
