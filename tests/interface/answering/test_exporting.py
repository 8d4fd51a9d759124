"""Answers as files, each read back by what such files are for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import Assistant
from assistant.answer import Answer
from assistant.interface.answering.exporting import LONGEST_NAME, Export, as_markdown, exported, file_name
from corpus.library import Library
from corpus.settings import Settings
from tests.interface.answers import answer, citation


@pytest.fixture(scope="module")
def library(starter_library: Path, settings: Settings) -> Iterator[Library]:
    with Library(starter_library, settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def persisting(library: Library) -> Answer:
    return Assistant(library).ask("How long do CAR-NK cells persist?")


def test_every_cited_work_is_in_the_reference_files_once(library: Library, persisting: Answer) -> None:
    cited = list(dict.fromkeys(one.document_id for one in persisting.citations))
    titles = [library.document(document_id).record.title for document_id in cited]
    files = {kind: exported(library, persisting, kind) for kind in Export}
    items = json.loads(files[Export.CSL_JSON].text)
    assert [item["title"] for item in items] == titles
    assert [entry["title"] for entry in rispy.loads(files[Export.RIS].text)] == titles
    bibtex = parse_string(files[Export.BIBTEX].text)
    assert [entry.key for entry in bibtex.entries] == [item["id"] for item in items]
    assert {file.name for file in files.values()} == {
        f"How-long-do-CAR-NK-cells-persist{suffix}" for suffix in (".md", ".bib", ".ris", ".json")
    }


def test_markdown_has_the_question_the_answer_and_under_each_reference_the_quoted_words(
    persisting: Answer,
) -> None:
    tokens = MarkdownIt("commonmark").parse(as_markdown(persisting))
    said = [token.content for token in tokens if token.type == "inline"]
    assert said[0] == persisting.question
    quotes = [
        tokens[place + 2].content for place, token in enumerate(tokens) if token.type == "blockquote_open"
    ]
    assert len(quotes) == sum(len(one.quotes) for one in persisting.citations)
    assert "\\[1\\]" in as_markdown(persisting)
    assert "Composed from the sources' own sentences" in said[-1]


def test_words_of_sources_are_no_markup() -> None:
    title = "A <img src=x> *title* [with](http://192.0.2.1) `signs`"
    hostile = answer(
        "Terns.", citations=(citation(1).model_copy(update={"title": title}),), answer="Terns. [1]"
    )
    rendered = MarkdownIt("commonmark").render(as_markdown(hostile))
    assert "<img" not in rendered
    assert "<a " not in rendered
    assert "&lt;img src=x&gt; *title* [with](http://192.0.2.1) `signs`" in rendered


def test_a_cited_work_that_is_gone_is_described_by_its_citation(library: Library) -> None:
    gone = answer("Terns.", citations=(citation(1),))
    (item,) = json.loads(exported(library, gone, Export.CSL_JSON).text)
    assert item["title"] == "Title 1"


@given(st.text())
def test_every_question_names_a_file_that_any_system_takes(question: str) -> None:
    name = file_name(question, ".md")
    assert name.endswith(".md")
    assert 3 < len(name) <= LONGEST_NAME + 3
    assert not set(name) & set('/\\:*?"<>|\n\t\0 ')
    assert not name.startswith((".", "-"))
