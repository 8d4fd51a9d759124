"""What abbreviations stand for in one library, and in one of its documents."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from assistant.glossary import Glossary
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest

PAPERS = {
    "one": "Multiple myeloma (MM) is rare. Progressive disease (PD) was seen in many.",
    "two": "In patients with multiple myeloma (MM) relapse is common. Malignant melanoma is not.",
    "three": "Malignant melanoma (MM) is a cancer. Chimeric antigen receptors (CARs) were tried.",
}


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Glossary]:
    folder = tmp_path_factory.mktemp("papers")
    lines = [json.dumps({"id": name, "title": "", "text": text}) for name, text in PAPERS.items()]
    (folder / "papers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Library(folder / "library", settings, create=True) as library:
        assert not Ingest(library).paths([folder / "papers.jsonl"]).failures
        yield Glossary(library.catalogue.names)


def test_long_forms_are_ranked_by_how_many_papers_mean_them(glossary: Glossary) -> None:
    assert [long.lower() for long in glossary.longs("MM")] == ["multiple myeloma", "malignant melanoma"]


def test_hyphens_plurals_and_capitals_do_not_matter(glossary: Glossary) -> None:
    assert glossary.longs("car") == glossary.longs("CARs") != ()
    assert glossary.shorts("multiple-myelomas") == ("MM",)


def test_what_no_paper_defines_stands_for_nothing(glossary: Glossary) -> None:
    assert glossary.longs("XYZ") == glossary.shorts("nothing of the kind") == ()


def test_a_paper_that_means_something_else_is_told(glossary: Glossary) -> None:
    assert glossary.means_otherwise("three", "MM", "multiple myeloma")
    assert not glossary.means_otherwise("one", "MM", "Multiple Myelomas")
    assert not glossary.means_otherwise("one", "CAR", "chimeric antigen receptor")
