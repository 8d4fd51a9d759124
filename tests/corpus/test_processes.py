"""Several processes at one library: writers exclude each other, readers follow, and a kill leaves it whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import LibraryLockedError
from corpus.library import Library
from corpus.settings import Settings
from tests.corpus.building import document, elsewhere, finished, found, held, sentences, store

# Each stands where a write is at its most delicate; `kill` ends the process as kill -9 does.
MOMENTS = {
    "after the vectors": "FullText.write = kill",
    "after both indexes": "Catalogue.put = kill",
    "after the commit": "VectorIndex.written = kill",
    "amid the sweep": "FullText.write = only_adding",
}
KILLED = """
from corpus.catalogue import Catalogue
from corpus.fulltext import FullText
from corpus.vectors import VectorIndex

def kill(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

def only_adding(index, add, remove, write=FullText.write):
    kill() if remove else write(index, add, remove)

"""


def test_a_writer_in_another_process_keeps_writers_out_and_readers_in(
    library: Library, folder: Path, settings: Settings
) -> None:
    store(library, document("one", sentences("one", 3)))
    code = """
    with library.writing():
        print("writing", flush=True)
        sys.stdin.readline()
    """
    process = elsewhere(code, folder, settings)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    with pytest.raises(LibraryLockedError, match="Another process is writing"), library.writing():
        pass
    assert found(library, "The one cells number 1 were counted. [1]") == "one"
    assert len(library.search_fulltext("counted", 5)) == 3
    process.kill()
    process.communicate()
    assert store(library, document("two", sentences("two", 1))) == (1, 0)


def test_a_reader_sees_what_another_process_has_committed(
    library: Library, folder: Path, settings: Settings
) -> None:
    store(library, document("one", sentences("old", 3)))
    assert found(library, "The old cells number 1 were counted. [1]") == "one"
    code = """
    store(library, document("one", sentences("changed", 2)), document("two", sentences("second", 2)))
    """
    finished(elsewhere(code, folder, settings))
    assert found(library, "The changed cells number 1 were counted. [1]") == "one"
    assert found(library, "The second cells number 0 were counted. [1]") == "two"
    assert not library.search_fulltext("old", 5)
    assert library.document("one").text.startswith("Results\n\nThe changed")
    assert len(held(library)) == 4


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_write_leaves_a_whole_library_and_the_next_one_mends_it(
    library: Library, folder: Path, settings: Settings, moment: str
) -> None:
    store(library, document("one", sentences("old", 3)), document("kept", sentences("kept", 3)))
    before = held(library)
    library.close()
    changed = (
        'store(library, document("one", sentences("changed", 2)), document("two", sentences("second", 2)))'
    )
    code = KILLED + MOMENTS[moment] + "\n" + changed
    finished(elsewhere(code, folder, settings), code=-9)
    with Library(folder, settings) as opened:
        assert found(opened, "The kept cells number 1 were counted. [1]") == "kept"
        known = set(opened.catalogue.index_ids())
        assert opened.fulltext.index_ids() >= known
        assert opened.vectors.index_ids() >= known
        is_committed = known != before
        assert is_committed == (moment in {"after the commit", "amid the sweep"})
        # Whatever is ingested next, nothing of the interrupted write is left behind.
        store(opened, document("three", sentences("third", 1)))
        assert len(held(opened)) == len(known) + 1
        expected = ("changed", 2) if is_committed else ("old", 3)
        assert opened.document("one").text.startswith(f"Results\n\nThe {expected[0]}")
        assert len(opened.passages_of("one")) == expected[1]


def test_a_write_done_again_after_a_kill_equals_one_never_disturbed(
    library: Library, folder: Path, settings: Settings, tmp_path: Path
) -> None:
    code = KILLED + 'Catalogue.put = kill\nstore(library, document("one", sentences("one", 60)))'
    finished(elsewhere(code, folder, settings), code=-9)
    store(library, document("one", sentences("one", 60)))
    with Library(tmp_path / "undisturbed", settings, create=True) as other:
        store(other, document("one", sentences("one", 60)))
        assert held(library) == held(other)
        for number in range(60):
            assert found(library, f"The one cells number {number} were counted. [1]") == "one"


def wrong_answers(library: Library, number: int) -> Iterator[str]:
    if found(library, f"The fixed cells number {number} were counted. [1]") != "fixed":
        yield "a stored passage was not found"
    hits = library.search_fulltext("kind1 counted", 10)
    for stored in library.passages([hit.index_id for hit in hits]).values():
        words = stored.passage.span.of(library.document(stored.passage.document_id).text)
        if not words.startswith("The ") or not words.endswith("counted. [1]"):
            yield f"a passage of another version: {words}"


def test_many_threads_search_while_another_process_writes(
    library: Library, folder: Path, settings: Settings
) -> None:
    store(library, document("fixed", sentences("fixed", 20)))
    code = """
    for turn in range(4):
        store(library, *(document(f"d{n}", sentences(f"turn{turn} kind{n}", 20)) for n in range(4)))
        time.sleep(0.05)
    """
    faults: list[str] = []
    returned: list[int] = []
    searches = 0
    ended = threading.Event()

    def search(seed: int) -> None:
        nonlocal searches
        number = seed
        try:
            while not ended.is_set():
                number = (number + 1) % 20
                with library.snapshot():
                    faults.extend(wrong_answers(library, number))
                searches += 1
        finally:
            returned.append(seed)

    threads = [threading.Thread(target=search, args=(seed,)) for seed in range(8)]
    process = elsewhere(code, folder, settings)
    for thread in threads:
        thread.start()
    try:
        finished(process)
        time.sleep(0.2)
        assert returned == []
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert faults == []
    assert searches > 20
    assert len(held(library)) == 100
    for n in range(4):
        for number in range(20):
            assert found(library, f"The turn3 kind{n} cells number {number} were counted. [1]") == f"d{n}"


def test_two_processes_make_one_library(folder: Path, settings: Settings) -> None:
    code = """
    print(library.catalogue.fact("collection"))
    """
    made = [elsewhere(code, folder, settings) for _ in range(2)]
    assert len({finished(process) for process in made}) == 1


def test_a_process_that_closes_nothing_ends_in_silence(
    library: Library, folder: Path, settings: Settings
) -> None:
    store(library, document("one", sentences("one", 2)))
    code = """
    kept = [library, Library(library.path, library.settings)]
    for each in kept:
        found(each, "The one cells")
    """
    assert finished(elsewhere(code, folder, settings)) == ""
