"""The vector index, embedded and on a server."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryError
from corpus.library import Library
from corpus.settings import Settings
from corpus.vectors import VectorIndex
from ingest.pipeline import Ingest
from tests.corpus.building import document, found, held, sentences, store, vector_of


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex.embedded(tmp_path / "chroma", "test")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--path", str(tmp_path_factory.mktemp("server"))]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(300):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process
        process.kill()


def test_vectors_are_found_by_their_cosine(index: VectorIndex) -> None:
    vectors = {f"v{n}": vector_of(f"text {n}") for n in range(30)}
    index.write(list(vectors.items()), ())
    question = vector_of("question")
    hits = index.search(question, 30)
    expected = sorted(vectors, key=lambda name: -float(vectors[name] @ question))
    assert [hit.index_id for hit in hits] == expected
    assert all(abs(hit.score - float(vectors[hit.index_id] @ question)) < 1e-3 for hit in hits)


def test_a_search_may_be_kept_to_some_ids(index: VectorIndex) -> None:
    index.write([(f"v{n}", vector_of(f"text {n}")) for n in range(1_200)], ())
    chosen = [f"v{n}" for n in range(0, 1_200, 2)]
    assert {hit.index_id for hit in index.search(vector_of("question"), 40, chosen)} <= set(chosen)
    assert len(index.search(vector_of("question"), 40, chosen)) == 40
    assert index.search(vector_of("question"), 40, []) == []
    assert [hit.index_id for hit in index.search(vector_of("question"), 40, ["v7"])] == ["v7"]


def test_writing_again_replaces_and_removing_what_is_not_there_does_nothing(index: VectorIndex) -> None:
    index.write([("a", vector_of("one")), ("b", vector_of("two"))], ())
    index.write([("a", vector_of("three"))], ["b", "never"])
    assert index.index_ids() == {"a"}
    assert index.search(vector_of("three"), 5)[0].score == pytest.approx(1, abs=1e-3)


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert index.search(vector_of("x"), 5) == []
    assert index.index_ids() == set()


def test_a_vector_of_another_length_is_refused(index: VectorIndex) -> None:
    index.write([("a", vector_of("one"))], ())
    with pytest.raises(LibraryError, match="dimension"):
        index.search(np.ones(32, dtype=np.float32), 1)


def test_an_index_lives_as_long_as_one_holds_it(tmp_path: Path) -> None:
    first = VectorIndex.embedded(tmp_path / "chroma", "test")
    second = VectorIndex.embedded(tmp_path / "chroma", "test")
    assert first is second
    first.write([("a", vector_of("one"))], ())
    first.close()
    assert second.index_ids() == {"a"}
    second.close()
    third = VectorIndex.embedded(tmp_path / "chroma", "test")
    assert third is not first
    assert third.index_ids() == {"a"}
    del first, second, third
    gc.collect()
    fourth = VectorIndex.embedded(tmp_path / "chroma", "test")
    assert fourth.index_ids() == {"a"}
    fourth.close()


def test_a_library_with_a_server_works_from_end_to_end(
    folder: Path, settings: Settings, server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    with_server = settings.model_copy(update={"chroma_url": server[0]})
    (tmp_path / "one.txt").write_text("NK cells persist for weeks.")
    with Library(folder, with_server, create=True) as library:
        assert Ingest(library).paths([tmp_path / "one.txt"]).added == 1
        store(library, document("two", sentences("two", 40)))
        assert found(library, "The two cells number 7 were counted. [1]") == "two"
        store(library, document("two", sentences("changed", 3)))
        assert len(held(library)) == 4
        assert not (folder / "chroma").exists()
        with Library(folder, with_server) as other:
            with other.writing() as writer:
                writer.remove("two")
            assert len(held(library)) == 1
            hits = other.search_vectors(other.encoder.encode_query("How long do NK cells persist?"), 3)
            assert len(other.passages([hit.index_id for hit in hits])) == 1


def test_a_server_that_dies_is_named(
    folder: Path, settings: Settings, server: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, process = server
    with Library(folder, settings.model_copy(update={"chroma_url": address}), create=True) as library:
        store(library, document("one", sentences("one", 2)))
        process.kill()
        process.wait()
        with pytest.raises(
            LibraryError, match=f"The Chroma server at {address} does not answer: .*Start it, or unset"
        ):
            found(library, "x")
        assert library.search_fulltext("counted", 5)


def test_a_dead_address_is_refused_at_once(folder: Path, settings: Settings) -> None:
    begun = time.monotonic()
    dead = settings.model_copy(update={"chroma_url": "http://127.0.0.1:9"})
    with (
        Library(folder, dead, create=True) as library,
        pytest.raises(
            LibraryError,
            match=r"The Chroma server at http://127.0.0.1:9 does not answer: .*Start it, or unset",
        ),
    ):
        library.search_vectors(vector_of("x"), 1)
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://host", "http://"])
def test_what_is_no_address_is_refused(folder: Path, settings: Settings, address: str) -> None:
    with (
        Library(folder, settings.model_copy(update={"chroma_url": address}), create=True) as library,
        pytest.raises(LibraryError, match="LOCCIT_CHROMA_URL is not an address of a Chroma server"),
    ):
        library.search_vectors(vector_of("x"), 1)
