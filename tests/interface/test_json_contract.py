"""The names of the JSON output are a contract: programs that read it must not break."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Kind, Verdict
from corpus.document import Fidelity, SourceType
from tests.interface.conftest import Loccit

COMPARISON = "How does CAR-NK compare with CAR-T in safety?"
ANSWER = {
    "question", "standalone_question", "kind", "composer", "abstained", "abstention", "answer", "statements",
    "citations", "comparison", "disagreements", "groups", "figures", "remarks", "notes", "timings_ms",
    "written",
}  # fmt: skip
STATEMENT = {"id", "text", "verdict", "citations", "quotes"}
# The design's names, and what the sources' panel needs beside them: where it appeared and where a digest was read.
CITATION = {
    "number", "document_id", "passage_id", "text_sha256", "title", "authors", "year", "source_type", "fidelity",
    "commercial", "retracted", "section", "page", "doi", "url", "licence", "quotes",
} | {"container_title", "read_at", "note"}  # fmt: skip
DOCUMENT = {
    "document_id", "record", "source_type", "fidelity", "commercial", "retracted", "licence", "licence_url", "note",
    "text_sha256", "text", "sections", "passages", "references", "reference_links", "related", "pages", "origin",
}  # fmt: skip


@pytest.fixture
def compared(loccit: Loccit, starter_library: Path) -> dict[str, Any]:
    answer: dict[str, Any] = loccit("ask", COMPARISON, "--json", library=starter_library).json
    return answer


def assert_citation(citation: dict[str, Any]) -> None:
    assert set(citation) == CITATION
    for name in ("document_id", "passage_id", "text_sha256", "title"):
        assert isinstance(citation[name], str)
    for name in ("authors", "section", "read_at"):
        assert all(isinstance(part, str) for part in citation[name])
    for name in ("container_title", "doi", "url", "licence", "note"):
        assert citation[name] is None or isinstance(citation[name], str)
    for name in ("year", "page"):
        assert citation[name] is None or isinstance(citation[name], int)
    assert citation["source_type"] in set(SourceType)
    assert citation["fidelity"] in set(Fidelity)
    assert isinstance(citation["commercial"], bool)
    assert isinstance(citation["retracted"], bool)
    for quote in citation["quotes"]:
        assert set(quote) == {"start", "end", "text"}
        assert len(quote["text"]) == quote["end"] - quote["start"]


def test_an_answer_has_the_names_and_types_of_the_contract(compared: dict[str, Any]) -> None:
    assert set(compared) == ANSWER
    assert compared["kind"] in set(Kind)
    assert compared["composer"] in {"extractive", "generative"}
    assert (compared["abstained"], compared["abstention"]) == (False, None)
    assert isinstance(compared["answer"], str)
    assert all(isinstance(note, str) for note in compared["notes"])
    assert set(compared["timings_ms"]) == {"retrieve", "compose", "verify", "total"}
    assert all(isinstance(spent, float) for spent in compared["timings_ms"].values())


def test_statements_and_citations_name_each_other(compared: dict[str, Any]) -> None:
    assert [citation["number"] for citation in compared["citations"]] == [
        *range(1, len(compared["citations"]) + 1)
    ]
    for citation in compared["citations"]:
        assert_citation(citation)
    for place, statement in enumerate(compared["statements"], start=1):
        assert set(statement) == STATEMENT
        assert statement["id"] == f"s{place}"
        assert statement["verdict"] in set(Verdict)
        assert statement["citations"]
        for quote in statement["quotes"]:
            assert set(quote) == {"citation", "start", "end", "text"}
            assert quote["citation"] in statement["citations"]
            of_citation = compared["citations"][quote["citation"] - 1]["quotes"]
            assert {name: quote[name] for name in ("start", "end", "text")} in of_citation


def test_a_comparisons_cells_are_ids_of_statements(compared: dict[str, Any]) -> None:
    comparison = compared["comparison"]
    assert set(comparison) == {"subjects", "aspects"}
    assert len(comparison["subjects"]) == 2
    known = {statement["id"] for statement in compared["statements"]}
    for aspect in comparison["aspects"]:
        assert set(aspect) == {"name", "cells"}
        assert len(aspect["cells"]) == 2
        assert all(name in known for cell in aspect["cells"] for name in cell)


def test_an_abstention_has_the_same_names_and_its_own_reason(loccit: Loccit, starter_library: Path) -> None:
    answer = loccit("ask", "Does Zolgensma cure hemophilia?", "--json", library=starter_library).json
    assert set(answer) == ANSWER
    assert (answer["abstained"], answer["statements"], answer["citations"]) == (True, [], [])
    assert set(answer["abstention"]) == {"reason", "missing_terms", "nearest"}
    assert answer["abstention"]["missing_terms"]
    assert answer["abstention"]["nearest"]
    for citation in answer["abstention"]["nearest"]:
        assert_citation(citation)


def test_a_batch_gives_what_a_single_question_gives(
    loccit: Loccit, starter_library: Path, compared: dict[str, Any]
) -> None:
    (answer,) = loccit("ask", library=starter_library, lines=f'{{"question": "{COMPARISON}"}}\n').objects
    del answer["timings_ms"], compared["timings_ms"]
    assert answer == compared


def test_search_has_the_names_of_the_contract(loccit: Loccit, starter_library: Path) -> None:
    single = loccit("search", "cord blood", "-k", "3", "--json", library=starter_library).json
    (batch,) = loccit("search", "-k", "3", library=starter_library, lines="cord blood\n").objects
    assert single == batch
    assert set(single) == {"query", "passages"}
    assert len(single["passages"]) == 3
    for passage in single["passages"]:
        assert set(passage) == {"document_id", "passage_id", "score", "title", "section", "text", "retracted"}
        assert passage["passage_id"].startswith(f"{passage['document_id']}@")
        assert isinstance(passage["score"], float)
        assert isinstance(passage["section"], list)
    scores = [passage["score"] for passage in single["passages"]]
    assert scores == sorted(scores, reverse=True)


def test_documents_are_one_list(loccit: Loccit, starter_library: Path) -> None:
    listed = loccit("documents", "--json", library=starter_library).json
    names = {"document_id", "title", "year", "source_type", "fidelity", "passages", "commercial", "retracted"}
    assert all(set(document) == names for document in listed)
    article = next(document for document in listed if document["document_id"] == "source-article")
    assert (article["year"], article["source_type"], article["commercial"]) == (2026, "web", True)
    assert article["passages"] > 1


def test_a_document_is_its_text_and_spans_of_it(loccit: Loccit, starter_library: Path) -> None:
    shown = loccit("show", "source-article", "--json", library=starter_library).json
    assert set(shown) == DOCUMENT
    assert (
        shown["record"]["title"]
        == "The Rise of CAR-NK Therapy: A Safer Next-Generation Weapon Against Cancer"
    )
    text = shown["text"]
    for section in shown["sections"]:
        assert set(section) == {"heading", "path", "start", "end"}
        assert section["path"][-1] == section["heading"]
        assert 0 <= section["start"] < section["end"] <= len(text)
    for passage in shown["passages"]:
        assert set(passage) == {"passage_id", "start", "end"}
        assert passage["passage_id"] == f"source-article@{passage['start']}-{passage['end']}"
        assert text[passage["start"] : passage["end"]].strip()


def test_every_quote_is_the_text_that_show_gives(
    loccit: Loccit, starter_library: Path, compared: dict[str, Any]
) -> None:
    for citation in compared["citations"]:
        shown = loccit("show", citation["document_id"], "--json", library=starter_library).json
        assert shown["text_sha256"] == citation["text_sha256"]
        assert all(shown["text"][q["start"] : q["end"]] == q["text"] for q in citation["quotes"])


def test_doctor_names_what_it_examined(loccit: Loccit, two_papers: Path) -> None:
    found = loccit("doctor", "--json", library=two_papers).json
    assert set(found) == {
        "library", "whole", "documents", "passages", "problems", "fulltext", "vectors", "free_bytes", "repair",
    }  # fmt: skip
    for index in ("fulltext", "vectors"):
        assert found[index] == {"missing": [], "orphaned": [], "damage": None}
