"""Copies of one work: the better one stands for all, whichever is read first and wherever it comes from."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest, Report
from tests.corpus.building import held

TITLE = "A trial of natural killer cells in lymphoma"
Record = dict[str, object]
FULL: Record = {"id": "full", "title": TITLE, "DOI": "10.1/a", "text": "All eleven patients were treated."}
ABSTRACT: Record = {
    "id": "abstract",
    "title": TITLE,
    "DOI": "10.1/A",
    "fidelity": "abstract",
    "text": "Eleven.",
}
DIGEST: Record = {
    "id": "digest",
    "title": TITLE,
    "DOI": "10.1/a",
    "fidelity": "digest",
    "text": "A small trial.",
}


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Iterator[Library]:
    with Library(tmp_path / "library", settings, create=True) as opened:
        yield opened


def ingest(library: Library, folder: Path, *records: Record) -> Report:
    """Ingest records, each from a file of its own."""
    paths = []
    for record in records:
        paths.append(folder / f"{record['id']}.jsonl")
        paths[-1].write_text(json.dumps(record), encoding="utf-8")
    return Ingest(library).paths(paths)


def ids(library: Library) -> list[str]:
    return sorted(summary.document_id for summary in library.documents())


@pytest.mark.parametrize("order", list(itertools.permutations([FULL, ABSTRACT, DIGEST])))
@pytest.mark.parametrize("together", [True, False])
def test_full_text_wins_over_abstract_and_digest_in_any_order(
    library: Library, tmp_path: Path, order: tuple[Record, ...], together: bool
) -> None:
    if together:
        ingest(library, tmp_path, *order)
    else:
        for record in order:
            ingest(library, tmp_path, record)
    assert ids(library) == ["full"]
    held(library)
    report = ingest(library, tmp_path, *order)
    assert (report.added, report.replaced, report.passages) == (0, 0, 0)
    assert ids(library) == ["full"]


def test_a_report_counts_copies(library: Library, tmp_path: Path) -> None:
    report = ingest(library, tmp_path, DIGEST, FULL, ABSTRACT)
    assert (report.added, report.superseded, report.duplicates) == (1, 1, 1)


def test_title_and_first_author_make_one_work_and_a_title_alone_does_not(
    library: Library, tmp_path: Path
) -> None:
    author = [{"family": "Müller", "given": "A"}]
    ingest(library, tmp_path, {"id": "a", "title": TITLE, "author": author, "text": "One."})
    ingest(library, tmp_path, {"id": "b", "title": TITLE.upper() + ".", "author": author, "text": "Two."})
    assert ids(library) == ["b"]
    ingest(library, tmp_path, {"id": "c", "title": TITLE, "text": "Three."})
    ingest(library, tmp_path, {"id": "d", "title": TITLE, "author": [{"family": "Li"}], "text": "Four."})
    assert ids(library) == ["b", "c", "d"]


def test_a_correction_is_no_copy_of_what_it_corrects(library: Library, tmp_path: Path) -> None:
    author = [{"family": "Li", "given": "A"}]
    paper: Record = {"id": "paper", "title": TITLE, "author": author, "text": "One."}
    ingest(library, tmp_path, paper, {**paper, "id": "correction", "source_type": "correction"})
    assert ids(library) == ["correction", "paper"]


def test_what_was_published_wins_over_its_preprint(library: Library, tmp_path: Path) -> None:
    author = [{"family": "Li", "given": "A"}]
    published: Record = {"id": "published", "title": TITLE, "author": author, "DOI": "10.1/a", "text": "One."}
    preprint: Record = {**published, "id": "preprint", "DOI": "10.1101/a", "source_type": "preprint"}
    ingest(library, tmp_path, published, preprint)
    assert ids(library) == ["published"]


def test_removing_the_better_copy_lets_the_lesser_one_come_back(library: Library, tmp_path: Path) -> None:
    ingest(library, tmp_path, DIGEST, FULL)
    with library.writing() as writer:
        writer.remove("full")
    Ingest(library).paths([tmp_path / "digest.jsonl"])
    assert ids(library) == ["digest"]
    held(library)


def test_what_an_origin_gives_no_more_goes(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    records = [{"id": name, "title": name, "text": f"The {name} cells."} for name in ("one", "two")]
    path.write_text("\n".join(map(json.dumps, records)))
    Ingest(library).paths([path])
    assert ids(library) == ["one", "two"]
    path.write_text(json.dumps(records[1]))
    Ingest(library).paths([path])
    assert ids(library) == ["two"]
    held(library)


def test_what_has_moved_to_another_file_stays(library: Library, tmp_path: Path) -> None:
    one: Record = {"id": "one", "title": "One", "text": "Cells grow."}
    (tmp_path / "b.jsonl").write_text(json.dumps(one))
    Ingest(library).paths([tmp_path / "b.jsonl"])
    (tmp_path / "a.jsonl").write_text(json.dumps({**one, "text": "Cells grow fast."}))
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "two", "title": "Two", "text": "Others do not."}))
    Ingest(library).paths([tmp_path / "a.jsonl", tmp_path / "b.jsonl"])
    assert ids(library) == ["one", "two"]
    ledger = library.catalogue.ledger
    assert ledger.documents_of_origin(str((tmp_path / "b.jsonl").resolve())) == ["two"]
