"""What is said of a work marks every copy of it, whenever it is said: before, with or long after the copy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from corpus.library import Library
from corpus.settings import Settings
from corpus.works import Relation
from ingest.pipeline import Ingest, Report
from tests.corpus.building import held

Record = dict[str, object]
PAPER: Record = {
    "id": "paper",
    "title": "Killer cells cure lymphoma in mice",
    "DOI": "10.5555/paper",
    "text": "Killer cells cured lymphoma in all of the twelve mice that were treated.",
}
OTHER: Record = {
    "id": "other",
    "title": "Killer cells and other cells",
    "text": "Whether killer cells cure lymphoma in mice is not known with any certainty.",
}
NOTICE = """<article article-type="retraction"><front><article-meta>
<article-id pub-id-type="doi">10.5555/notice</article-id>
<title-group><article-title>Retraction: Killer cells cure lymphoma in mice</article-title></title-group>
<related-article related-article-type="retracted-article" ext-link-type="doi"
 xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="10.5555/paper"/>
</article-meta></front><body><p>The authors retract this article, since its pictures were altered.</p></body></article>
"""


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Iterator[Library]:
    with Library(tmp_path / "library", settings, create=True) as opened:
        yield opened


def ingest(library: Library, folder: Path, name: str, content: str | Record) -> Report:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    report = Ingest(library).paths([path])
    assert not report.failures
    return report


@pytest.mark.parametrize("notice_first", [True, False])
def test_a_retraction_notice_marks_the_paper_that_it_retracts_and_not_itself(
    library: Library, tmp_path: Path, notice_first: bool
) -> None:
    files: list[tuple[str, str | Record]] = [("notice.xml", NOTICE), ("paper.jsonl", PAPER)]
    for name, content in files if notice_first else files[::-1]:
        ingest(library, tmp_path, name, content)
    paper, notice = library.document("paper"), library.document("doi:10.5555/notice")
    assert paper.retracted and not notice.retracted
    assert [(work.relation, work.doi) for work in paper.related] == [
        (Relation.RETRACTED_BY, "10.5555/notice")
    ]
    held(library)


def test_a_retraction_outlives_the_copy_that_it_was_known_of(library: Library, tmp_path: Path) -> None:
    ingest(library, tmp_path, "paper.jsonl", PAPER)
    ingest(library, tmp_path, "notice.xml", NOTICE)
    with library.writing() as writer:
        writer.remove("paper")
    ingest(library, tmp_path, "paper.jsonl", PAPER)
    assert library.document("paper").retracted
    # Nothing has changed, and nothing is stored again.
    assert ingest(library, tmp_path, "paper.jsonl", {**PAPER, "note": "touched"}).replaced == 1
    assert library.document("paper").retracted


def test_a_lesser_copy_that_knows_of_the_retraction_marks_the_better_one(
    library: Library, tmp_path: Path
) -> None:
    ingest(library, tmp_path, "paper.jsonl", PAPER)
    ingest(
        library, tmp_path, "abstract.jsonl", {**PAPER, "id": "a", "fidelity": "abstract", "retracted": True}
    )
    assert [summary.document_id for summary in library.documents()] == ["paper"]
    assert library.document("paper").retracted


def test_what_was_retracted_ranks_behind_all_else(library: Library, tmp_path: Path) -> None:
    ingest(library, tmp_path, "other.jsonl", OTHER)
    ingest(library, tmp_path, "paper.jsonl", PAPER)
    question = "Do killer cells cure lymphoma in mice?"

    def first() -> str:
        return Assistant(library).search(question, 2).passages[0].document_id

    assert first() == "paper"
    ingest(library, tmp_path, "notice.xml", NOTICE)
    assert first() != "paper"
    assert Assistant(library).search(question, 9).passages[-1].document_id == "paper"
    answer = Assistant(library).ask(question)
    assert all(citation.retracted == (citation.document_id == "paper") for citation in answer.citations)
