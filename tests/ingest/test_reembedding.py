"""Another embedding model: the old vectors serve until the new are whole, and a broken run is taken up again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import EmbeddingError
from corpus.library import Library
from corpus.reembedding import NextIndexes
from corpus.settings import Settings
from ingest.pipeline import Ingest
from ingest.reembedding import reembed
from tests.corpus.building import held

RECORDS = [
    {
        "id": f"d{n}",
        "title": f"On cells {n}",
        "text": f"The cells number {n} grow. They persist for {n} weeks.",
    }
    for n in range(6)
]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(map(json.dumps, RECORDS)))
    return path


@pytest.fixture
def folder(tmp_path: Path, papers: Path, settings: Settings) -> Path:
    with Library(tmp_path / "library", settings, create=True) as library:
        assert Ingest(library).paths([papers]).added == len(RECORDS)
    return tmp_path / "library"


@pytest.fixture
def other(settings: Settings, random_model: Callable[[str], Path]) -> Settings:
    return settings.model_copy(update={"embedding_model": str(random_model("mean"))})


def quoted(library: Library) -> dict[str, list[str]]:
    """Give the sentences of every document."""
    return {
        summary.document_id: [
            sentence.of(library.document(summary.document_id).text)
            for stored in library.passages_of(summary.document_id)
            for sentence in stored.passage.sentences
        ]
        for summary in library.documents()
    }


def test_a_reembedded_library_answers_with_the_new_model_alone(
    folder: Path, settings: Settings, other: Settings
) -> None:
    with Library(folder, settings) as library:
        before = quoted(library)
        texts = library.catalogue.text_hashes()
    assert reembed(folder, other) == len(RECORDS)
    with Library(folder, other) as library:
        assert quoted(library) == before
        assert library.catalogue.text_hashes() == texts
        held(library)
        vector = library.encoder.encode_query("cells")
        assert vector.shape == (32,)
        assert len(library.search_vectors(vector, 3)) == 3
        assert library.search_fulltext("persist", 3)
    with pytest.raises(EmbeddingError, match="loccit reembed"):
        Library(folder, settings)
    assert len(list(folder.glob("chroma-*"))) == len(list(folder.glob("fulltext-*"))) == 1


def test_a_library_that_has_the_model_is_left_alone(folder: Path, settings: Settings) -> None:
    assert reembed(folder, settings) == 0


def test_the_old_vectors_serve_until_the_new_are_whole(
    folder: Path, settings: Settings, other: Settings
) -> None:
    with Library(folder, settings) as reader:
        vector = reader.encoder.encode_query("How long do cells persist?")

        def ask(_done: int, _total: int) -> None:
            if reader.catalogue.fact("embedding_model") == settings.embedding_model:
                seen.append(len(reader.search_vectors(vector, 3)))

        seen: list[int] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("ingest.reembedding.BATCH_PASSAGES", 2)
            reembed(folder, other, ask)
        assert len(seen) >= 2 and set(seen) == {3}
        with pytest.raises(EmbeddingError, match="has been given the embedding model"):
            reader.search_vectors(vector, 3)


def test_a_broken_run_is_taken_up_and_sees_what_has_changed_since(
    folder: Path, papers: Path, settings: Settings, other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.reembedding.BATCH_PASSAGES", 2)

    def stop(done: int, _total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reembed(folder, other, stop)
    with Library(folder, settings) as library:
        assert len(library.search_vectors(library.encoder.encode_query("cells"), 3)) == 3
        records = [*RECORDS[1:], {"id": "new", "title": "New", "text": "New cells grow."}]
        records[0] = {**records[0], "text": "Nothing grows."}
        papers.write_text("\n".join(map(json.dumps, records)))
        Ingest(library).paths([papers])
    assert reembed(folder, other) == 4
    with Library(folder, other) as library:
        assert sorted(quoted(library)) == ["d1", "d2", "d3", "d4", "d5", "new"]
        assert quoted(library)["d1"] == ["Nothing grows."]
        held(library)


def test_what_was_ingested_before_is_not_read_again_after_it(
    folder: Path, papers: Path, other: Settings
) -> None:
    reembed(folder, other)
    with Library(folder, other) as library:
        report = Ingest(library).paths([papers])
        assert (report.unchanged, report.added, report.replaced) == (len(RECORDS), 0, 0)


def test_a_run_given_up_for_another_model_leaves_nothing(
    folder: Path, settings: Settings, other: Settings, random_model: Callable[[str], Path]
) -> None:
    with Library(folder, settings) as library, library.writing():
        NextIndexes(library, "given up", "float").close()
    assert len(list(folder.glob("fulltext-*"))) == 2
    reembed(folder, other)
    assert len(list(folder.glob("fulltext-*"))) == 1
