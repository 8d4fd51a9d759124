"""Killed at any moment, an ingest leaves a library that opens and answers, and the next run finishes the work."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import Assistant
from corpus.encoder import Encoder
from corpus.library import Library
from corpus.settings import Settings
from ingest import storing
from ingest.origins.files import file_origins
from ingest.origins.naming import Upload
from ingest.pipeline import Ingest
from tests.corpus.building import ROOT, held

PLOS = ROOT.parent / "shared" / "papers" / "plos"
ARTICLES = 3
# Of middling length: enough passages for many commits.
FIRST_ARTICLE = 20
KILLS = int(os.environ.get("LOCCIT_KILLS", "20"))
# Of the command itself, which takes seconds to start: over more articles, with batches of the usual size.
COMMANDS_KILLED = 2
COMMANDS_ARTICLES = 12
BATCH = 30
# Forked from a process that has imported all this and no more: an import takes as long as half an ingest.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])
# Seconds: how often to look at what is committed, and about how long a batch takes.
GLANCE = 0.01
A_BATCH = 0.2
# More than the command takes for its articles on a busy machine.
A_RUN = 300


@dataclass(frozen=True)
class State:
    """All that a library holds, whatever way it came there."""

    documents: dict[str, str]
    index_ids: set[str]
    origins: list[tuple[str, ...]]
    originals: set[str]
    leftovers: int


def ingest(library: Library, papers: Path) -> None:
    """Ingest a folder and an upload in small batches, so that there is much to interrupt."""
    storing.BATCH_PASSAGES = BATCH
    upload = papers / "uploads" / "upload.md"
    origins = (*file_origins(papers / "files"), Upload(upload, "notes.md"))
    assert not Ingest(library).run(iter(origins)).failures


def ingest_into(folder: Path, papers: Path) -> None:
    with Library(folder, Settings(), create=True) as library:
        ingest(library, papers)


def state(library: Library) -> State:
    with sqlite3.connect(library.catalogue.path) as connection:
        origins = connection.execute(
            "SELECT o.location, o.version, d.document_id FROM origins o LEFT JOIN origin_documents d USING (location)"
            " ORDER BY 1, 3"
        ).fetchall()
        (leftovers,) = connection.execute("SELECT count(*) FROM unswept").fetchone()
    connection.close()
    originals = {path.name for path in (library.path / "originals").glob("*")}
    return State(library.catalogue.versions(), held(library), origins, originals, leftovers)


class Forked:
    """An ingest in another process."""

    def __init__(self, folder: Path, papers: Path) -> None:
        self._process = PROCESSES.Process(target=ingest_into, args=(folder, papers))
        self._process.start()

    def runs(self, seconds: float) -> bool:
        """Wait for its end, no longer than some seconds; tell whether it still runs."""
        self._process.join(seconds)
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


class Command:
    """The command, as a reader gives it."""

    def __init__(self, folder: Path, papers: Path) -> None:
        program = "from assistant.interface.terminal import main; main()"
        command = [sys.executable, "-c", program, "ingest", str(papers), "--library", str(folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def runs(self, seconds: float) -> bool:
        """Wait for its end, no longer than some seconds; tell whether it still runs."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def kill(process: Forked | Command, folder: Path, passages: int, seconds: float) -> bool:
    """Once so many passages are committed, let a moment go by and kill an ingest.

    Returns:
        Whether it was still running.
    """
    while committed(folder) < passages and process.runs(GLANCE):
        pass
    running = process.runs(seconds)
    process.kill()
    return running


def committed(folder: Path) -> int:
    """Count the passages that a reader would see; none before there is a catalogue with its tables."""
    try:
        connection = sqlite3.connect(f"file:{folder / 'catalogue.sqlite'}?mode=ro", uri=True)
        with closing(connection):
            (count,) = connection.execute("SELECT count(*) FROM passages").fetchone()
            return int(count)
    except sqlite3.OperationalError:
        return 0


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real articles where there are some, else notes of our own."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "files").mkdir()
    (folder / "uploads").mkdir()
    (folder / "uploads" / "upload.md").write_text("# Notes\n\nNatural killer cells were kept for later.\n")
    by_size = sorted(PLOS.glob("*.xml"), key=lambda path: path.stat().st_size)
    articles = by_size[FIRST_ARTICLE : FIRST_ARTICLE + ARTICLES]
    for article in articles:
        shutil.copy(article, folder / "files")
    for number in range(0 if articles else 4 * ARTICLES):
        sentences = (f"Natural killer cells of donor {number} were counted {n} times." for n in range(400))
        (folder / "files" / f"{number}.md").write_text(f"# Donor {number}\n\n" + "\n\n".join(sentences))
    return folder


@pytest.fixture(scope="module")
def small(settings: Settings, random_model: Callable[[str], Path]) -> Settings:
    """A small model: how well it embeds does not matter here, that a run takes seconds does."""
    chosen = settings.model_copy(update={"embedding_model": str(random_model("mean"))})
    # Exported now: the first run is measured, and later ones would be faster by that.
    Encoder.load(chosen.embedding_model, chosen.model_cache)
    return chosen


def test_whenever_an_ingest_is_killed_the_library_answers_and_one_more_run_completes_it(
    papers: Path, small: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCCIT_EMBEDDING_MODEL", small.embedding_model)
    monkeypatch.setattr(storing, "BATCH_PASSAGES", BATCH)
    with Library(tmp_path / "undisturbed", small, create=True) as library:
        ingest(library, papers)
        undisturbed = state(library)
    moments = random.Random(20261122)
    killed = interrupted = 0
    while killed < KILLS:
        folder = tmp_path / "killed"
        # Between two commits, wherever they come: seconds since the start say little on a machine with other work.
        passages = moments.randrange(len(undisturbed.index_ids))
        if not kill(Forked(folder, papers), folder, passages, moments.uniform(0, A_BATCH)):
            shutil.rmtree(folder)
            continue
        killed += 1
        with Library(folder, small, create=True) as library:
            documents, passages = library.catalogue.counts()
            interrupted += 0 < passages < len(undisturbed.index_ids)
            answer = Assistant(library).ask("How were cells counted?")
            assert answer.abstained or answer.citations
            assert len(Assistant(library).search("cells", 5).passages) == min(5, passages)
            assert documents == len(library.documents())
            ingest(library, papers)
            assert state(library) == undisturbed
        shutil.rmtree(folder)
    # Kills that came before the first commit, or after the last, would have tested little.
    assert interrupted >= KILLS // 2


@pytest.mark.skipif(not PLOS.is_dir(), reason=f"the PLOS articles are not at {PLOS}")
def test_the_command_itself_is_killed_and_given_again(
    small: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCCIT_EMBEDDING_MODEL", small.embedding_model)
    papers = tmp_path / "papers"
    papers.mkdir()
    for article in sorted(PLOS.glob("*.xml"), key=lambda path: path.stat().st_size)[:COMMANDS_ARTICLES]:
        shutil.copy(article, papers)
    finished = Command(tmp_path / "undisturbed", papers)
    assert not finished.runs(A_RUN)
    with Library(tmp_path / "undisturbed", small) as library:
        undisturbed = state(library)
    assert len(undisturbed.documents) == COMMANDS_ARTICLES
    batches = len(undisturbed.index_ids) // storing.BATCH_PASSAGES
    moments = random.Random(20261123)
    for number in range(COMMANDS_KILLED):
        folder = tmp_path / f"killed-{number}"
        # Before the first commit, then after each that leaves something to do.
        passages = min(number, batches) * storing.BATCH_PASSAGES
        kill(Command(folder, papers), folder, passages, moments.uniform(0, A_BATCH))
        again = Command(folder, papers)
        assert not again.runs(A_RUN)
        with Library(folder, small) as library:
            assert state(library) == undisturbed
