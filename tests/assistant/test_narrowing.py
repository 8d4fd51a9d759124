"""Answers from the sources that a question wants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from corpus.catalogue import Filter
from corpus.document import SourceType
from corpus.settings import Settings


@pytest.fixture(scope="module")
def assistant(starter_library: Path, settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(starter_library, settings) as assistant:
        yield assistant


def test_only_the_kind_of_source_that_was_asked_for_is_cited(assistant: Assistant) -> None:
    answer = assistant.ask("How do NK cells kill according to reviews?")
    assert {citation.source_type for citation in answer.citations} == {SourceType.REVIEW}
    assert "Only documents that fit “according to reviews” were searched." in answer.notes


def test_only_papers_of_the_years_that_were_asked_for_are_cited(assistant: Assistant) -> None:
    answer = assistant.ask("How often did cytokine release syndrome occur, before 2020?")
    assert answer.citations
    assert all(citation.year is not None and citation.year < 2020 for citation in answer.citations)


def test_only_the_paper_that_was_named_is_cited(assistant: Assistant) -> None:
    answer = assistant.ask("What was the overall response rate in the trial by Marin?")
    assert {citation.document_id for citation in answer.citations} == {"marin2024natmed"}


def test_the_filter_that_is_set_holds_beside_the_question(assistant: Assistant) -> None:
    within = Filter(document_ids=frozenset({"yilmaz2020jho", "marin2024natmed"}))
    answer = assistant.ask("How do NK cells kill according to reviews?", within=within)
    assert {citation.document_id for citation in answer.citations} <= {"yilmaz2020jho"}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How do NK cells kill, since 2090?", "The library has no document that fits “since 2090”."),
        ("What did the trial by Smith find?", "The library has no such source: “the trial by Smith”."),
    ],
)
def test_a_constraint_that_leaves_nothing_is_named_in_the_refusal(
    assistant: Assistant, question: str, reason: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstention is not None and answer.abstention.reason == reason
    assert not answer.citations


def test_two_constraints_that_exclude_each_other_leave_nothing(assistant: Assistant) -> None:
    within = Filter(source_types=frozenset({SourceType.REVIEW}))
    answer = assistant.ask("What was the response rate, only clinical trials?", within=within)
    assert answer.abstention is not None and "only clinical trials" in answer.abstention.reason


def test_a_correction_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("What is the toxcity of tisagenlecleucel?")
    assert "“toxcity” was read as “toxicity”." in answer.notes
    assert answer.standalone_question == "What is the toxicity of tisagenlecleucel?"
