"""The pipeline: what is new gets in, what has not changed costs a hash, and a bad file stops nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import LibraryLockedError
from corpus.library import Library
from corpus.settings import Settings
from ingest import storing
from ingest.cutting import Cutters
from ingest.origins.files import FileOrigin, find_files
from ingest.pipeline import Failure, Ingest, Progress, Report


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Iterator[Library]:
    with Library(tmp_path / "library", settings, create=True) as opened:
        yield opened


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\n## Results\n\nNK cells kill tumours. They persist for weeks.\n")
    (folder / "two.txt").write_text("T cells kill tumours too.\n")
    return folder


def ingest(library: Library, *paths: Path) -> Report:
    return Ingest(library).paths(paths)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.replaced, report.unchanged, len(report.failures)


def lines(path: Path, *records: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), encoding="utf-8")
    return path


def held(library: Library) -> int:
    known = set(library.catalogue.index_ids())
    assert library.fulltext.index_ids() == known
    assert library.vectors.index_ids() == known
    return len(known)


def test_a_folder_gets_in_and_is_found(library: Library, papers: Path) -> None:
    report = ingest(library, papers)
    assert counts(report) == (2, 0, 0, 0)
    assert report.passages == held(library) == 2
    hits = library.search_vectors(library.encoder.encode_query("How long do NK cells persist?"), 1)
    (stored,) = library.passages([hits[0].index_id]).values()
    document = library.document(stored.passage.document_id)
    assert document.record.title == "One"
    assert [sentence.of(document.text) for sentence in stored.passage.sentences] == [
        "NK cells kill tumours.",
        "They persist for weeks.",
    ]
    assert stored.sentence_vectors.shape == (2, 384)


def test_what_has_not_changed_is_not_even_parsed(
    library: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(library, papers)
    generation = library.catalogue.generation

    def fail(*_arguments: object) -> None:
        raise AssertionError("parsed and cut again")

    monkeypatch.setattr(Cutters, "take", fail)
    assert counts(ingest(library, papers)) == (0, 0, 2, 0)
    assert library.catalogue.generation == generation


def test_a_file_that_was_touched_or_copied_stores_nothing_anew(library: Library, papers: Path) -> None:
    record = {"id": "a", "title": "A", "text": "Cells grow."}
    ingest(library, lines(papers / "a.jsonl", record))
    names = library.catalogue.index_ids()
    report = ingest(library, lines(papers / "copy.jsonl", record))
    assert counts(report) == (0, 0, 1, 0)
    assert report.passages == 0
    assert library.catalogue.index_ids() == names


def test_a_changed_file_replaces_its_document(library: Library, papers: Path) -> None:
    ingest(library, papers)
    (papers / "two.txt").write_text("T cells were exhausted.\n")
    assert counts(ingest(library, papers)) == (0, 1, 1, 0)
    assert held(library) == 2
    assert not library.search_fulltext("too", 3)
    assert library.search_fulltext("exhausted", 3)


def test_a_bad_file_is_reported_and_the_others_get_in(library: Library, papers: Path) -> None:
    (papers / "bad.xml").write_text("<article><front>")
    (papers / "empty.txt").write_text("")
    report = ingest(library, papers, papers / "nowhere.txt", papers / "one.exe")
    assert counts(report) == (2, 0, 0, 4)
    places = [Path(failure.location).name for failure in report.failures]
    assert sorted(places) == ["bad.xml", "empty.txt", "nowhere.txt", "one.exe"]
    assert all(failure.reason and "\n" not in failure.reason for failure in report.failures)
    assert counts(ingest(library, papers)) == (0, 0, 2, 2)


def test_a_bad_line_is_reported_and_the_others_get_in(library: Library, papers: Path) -> None:
    good = [{"id": name, "title": name, "text": f"The {name} cells grow."} for name in ("a", "b")]
    file = lines(papers / "many.jsonl", good[0], "{not json", good[1])
    report = ingest(library, file)
    assert counts(report) == (2, 0, 0, 1)
    assert report.failures[0].location == str(file)
    assert report.failures[0].reason.startswith("line 2: ")
    assert counts(ingest(library, file)) == (0, 0, 2, 1)
    lines(file, good[0], {"id": "c", "title": "c", "text": "Corrected."}, good[1])
    assert counts(ingest(library, file)) == (1, 0, 2, 0)
    assert counts(ingest(library, file)) == (0, 0, 3, 0)


def test_of_several_documents_with_one_id_the_one_read_last_stays(library: Library, papers: Path) -> None:
    first = lines(papers / "first.jsonl", {"id": "same", "title": "A", "text": "The first text."})
    last = lines(
        papers / "last.jsonl",
        {"id": "same", "title": "A", "text": "The second text."},
        {"id": "same", "title": "A", "text": "The last text."},
    )
    report = ingest(library, first, last)
    assert counts(report) == (1, 0, 0, 0)
    assert report.passages == held(library) == 1
    assert library.document("same").text == "The last text."
    assert counts(ingest(library, first, last)) == (0, 0, 2, 0)
    # What comes from another origin later replaces it too.
    third = lines(papers / "third.jsonl", {"id": "same", "title": "A", "text": "From elsewhere."})
    assert counts(ingest(library, third)) == (0, 1, 0, 0)
    assert library.document("same").text == "From elsewhere."
    assert held(library) == 1


def test_a_document_that_returns_to_what_the_library_holds_wins_over_one_read_before_it(
    library: Library, papers: Path
) -> None:
    old = {"id": "same", "title": "A", "text": "The old text."}
    ingest(library, lines(papers / "a.jsonl", old))
    both = lines(papers / "b.jsonl", {"id": "same", "title": "A", "text": "Another."}, old)
    ingest(library, both)
    assert library.document("same").text == "The old text."
    assert held(library) == 1


def test_a_batch_that_is_full_is_stored_at_once(
    library: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "BATCH_PASSAGES", 3)
    records = [{"id": f"d{n}", "title": "T", "text": f"Cell number {n} grows."} for n in range(10)]
    records.append({"id": "d0", "title": "T", "text": "Replaced."})
    generation = library.catalogue.generation
    report = ingest(library, lines(papers / "many.jsonl", *records))
    assert counts(report) == (10, 1, 0, 0)
    assert library.catalogue.generation - generation >= 4
    assert held(library) == 10
    assert counts(ingest(library, papers / "many.jsonl")) == (0, 0, 10, 0)


def test_an_empty_folder_is_nothing_to_do(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert counts(ingest(library, tmp_path / "empty")) == (0, 0, 0, 0)
    assert counts(Ingest(library).paths([])) == (0, 0, 0, 0)
    assert library.catalogue.generation == 0


def test_a_file_that_vanishes_before_it_is_read_is_reported(library: Library, papers: Path) -> None:
    def vanishing() -> Iterator[FileOrigin]:
        for origin in (FileOrigin(path) for path in find_files(papers)):
            (papers / "one.md").unlink(missing_ok=True)
            yield origin

    report = Ingest(library).run(vanishing())
    assert counts(report) == (1, 0, 0, 1)
    assert report.failures == [
        Failure(
            str(papers / "one.md"), "the file cannot be read (No such file or directory); check its rights"
        )
    ]


def test_a_removed_document_can_come_back(library: Library, papers: Path) -> None:
    ingest(library, papers)
    name = next(line.document_id for line in library.documents() if line.title == "One")
    with library.writing() as writer:
        writer.remove(name)
    assert held(library) == 1
    assert counts(ingest(library, papers)) == (1, 0, 1, 0)
    assert held(library) == 2


def test_progress_counts_origins(library: Library, papers: Path) -> None:
    seen: list[Progress] = []
    Ingest(library, seen.append).paths([papers])
    assert [progress.done for progress in seen] == [1, 2, 2]
    assert [Path(progress.location).name for progress in seen] == ["one.md", "two.txt", ""]
    assert (seen[-1].total, seen[-1].passages) == (2, 2)


def test_a_library_that_is_being_written_refuses_a_second_ingest(library: Library, papers: Path) -> None:
    with library.writing(), pytest.raises(LibraryLockedError, match="Another process is writing"):
        ingest(library, papers)


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\u2028", "x" * 100_000, "𝒳" * 300])
def test_odd_characters_are_stored_or_reported(library: Library, papers: Path, text: str) -> None:
    record = {
        "id": f"odd-{text[:9]}",
        "title": f"On {text[:99]}",
        "text": f"Cells {text} grow.",
        "note": text[:9],
    }
    good = {"id": "good", "title": "Good", "text": "Cells grow."}
    report = ingest(library, lines(papers / "odd.jsonl", record, good))
    assert report.added + len(report.failures) == 2
    assert library.document("good").id == "good"
    assert held(library) >= 1
