"""Follow-up questions: about what the evidence speaks of, answered before they are offered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.follow_ups import Answered, follow_ups
from assistant.suggesting import MOST, suggested
from corpus.aspects import known_aspects
from corpus.catalogue import Filter
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest

PERSISTENCE = "How long do CAR-NK cells persist?"
SAFETY = "How does CAR-NK compare with CAR-T in safety?"


@pytest.fixture(scope="module")
def assistant(starter_library: Path, settings: Settings) -> Iterator[Assistant]:
    with Library(starter_library, settings) as library:
        yield Assistant(library)


@pytest.fixture(scope="module")
def persisting(assistant: Assistant) -> Answer:
    return assistant.ask(PERSISTENCE)


@pytest.fixture(scope="module")
def offered(assistant: Assistant, persisting: Answer) -> list[str]:
    return suggested(assistant, Answered.of(persisting), [PERSISTENCE])


def test_two_or_three_are_offered_and_the_library_answers_each_with_something_new(
    assistant: Assistant, persisting: Answer, offered: list[str]
) -> None:
    assert 2 <= len(offered) <= MOST
    read = {quote.text for citation in persisting.citations for quote in citation.quotes}
    for question in offered:
        answer = assistant.ask(question)
        assert not answer.abstained
        assert {quote.text for one in answer.citations for quote in one.quotes} - read


def test_what_was_asked_is_not_offered_again(
    assistant: Assistant, persisting: Answer, offered: list[str]
) -> None:
    again = suggested(assistant, Answered.of(persisting), [PERSISTENCE, offered[0].upper(), *offered[1:]])
    assert not {question.lower() for question in again} & {question.lower() for question in offered}


def test_a_comparison_goes_on_with_other_aspects_that_fill_every_column(assistant: Assistant) -> None:
    answer = assistant.ask(SAFETY)
    questions = suggested(assistant, Answered.of(answer), [SAFETY])
    (compared,) = [
        question for question in questions if question.startswith("How do CAR-NK and CAR-T compare")
    ]
    assert "safety" not in compared
    table = assistant.ask(compared).comparison
    assert table is not None
    assert any(all(row.cells) for row in table.aspects)


def test_a_paper_of_which_a_part_was_quoted_is_asked_about_as_a_whole(
    assistant: Assistant, persisting: Answer
) -> None:
    made = follow_ups(Answered.of(persisting), known_aspects(None), assistant.background, assistant.library)
    works = {one.document: one.question for one in made if one.document}
    cited = {citation.document_id for citation in persisting.citations}
    assert works
    assert set(works) <= cited
    assert all(" et al. (2" in question for question in works.values())


def test_filters_hold_for_what_is_offered(assistant: Assistant, persisting: Answer) -> None:
    documents = frozenset({persisting.citations[0].document_id})
    within = Filter(document_ids=documents)
    for question in suggested(assistant, Answered.of(persisting), [PERSISTENCE], within):
        answer = assistant.ask(question, within=within)
        assert {citation.document_id for citation in answer.citations} == documents


def test_nothing_more_is_tried_when_nobody_waits(assistant: Assistant, persisting: Answer) -> None:
    assert suggested(assistant, Answered.of(persisting), is_wanted=lambda: False) == []


def test_a_library_that_has_no_more_to_say_offers_nothing(tmp_path: Path, settings: Settings) -> None:
    records = tmp_path / "fish.jsonl"
    record = {"id": "z", "title": "Zebrafish", "text": "Zebrafish regrow fins in weeks."}
    records.write_text(json.dumps(record), "utf-8")
    with Library(tmp_path / "library", settings, create=True) as library:
        Ingest(library).paths([records])
        alone = Assistant(library)
        answer = alone.ask("How do zebrafish regrow fins?")
        assert answer.statements
        assert suggested(alone, Answered.of(answer), ["How do zebrafish regrow fins?"]) == []
