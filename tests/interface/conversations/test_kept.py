"""What is kept of a conversation: shown again as it was, or refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.interface.conversation import Conversation
from assistant.interface.conversations.kept import MOST_TURNS, UNREADABLE, Kept, Turn, kept_turns, recorded
from assistant.interface.filtering.filters import Filters
from assistant.interface.sources import GONE
from corpus.library import Library
from corpus.settings import Settings

QUESTION = "How long do CAR-NK cells persist?"


@pytest.fixture(scope="module")
def library(starter_library: Path, settings: Settings) -> Iterator[Library]:
    with Library(starter_library, settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def turn(library: Library) -> Turn:
    answer = Assistant(library).ask(QUESTION)
    assert answer.citations
    return Turn(question=QUESTION, filters=Filters(year_from=2000), answer=answer)


@pytest.fixture(scope="module")
def record(turn: Turn) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(Kept.of(turn).record)
    return kept


def shown(library: Library, *records: object) -> Conversation:
    return Conversation.restored(library, kept_turns(list(records)))


def test_a_kept_turn_is_shown_with_its_sources_and_its_filters(
    library: Library, record: dict[str, Any]
) -> None:
    conversation = shown(library, record, record)
    assert conversation.questions == [QUESTION, QUESTION]
    assert [message.role for message in conversation.messages] == ["user", "assistant"] * 2
    assert "Only sources from 2000 on" in conversation.messages[1].content
    assert 'href="#cite-2-1"' in conversation.messages[3].content
    assert record["answer"]["citations"][0]["quotes"][0]["text"][:40] in conversation.panels[1]


def test_words_that_the_document_does_not_say_are_refused(library: Library, record: dict[str, Any]) -> None:
    words = record["answer"]["citations"][0]["quotes"][0]["text"]
    forged = json.loads(json.dumps(record).replace(json.dumps(words)[1:-1], "Axolotls dream of Rome."))
    conversation = shown(library, forged)
    assert UNREADABLE in conversation.messages[1].content
    assert conversation.panels == []


def test_a_document_that_is_gone_is_told_of_at_its_source(library: Library, record: dict[str, Any]) -> None:
    cited = record["answer"]["citations"][0]["document_id"]
    moved = json.loads(json.dumps(record).replace(cited, "gone"))
    assert GONE in shown(library, moved).panels[0]


def test_what_a_stranger_has_written_is_only_words(library: Library, record: dict[str, Any]) -> None:
    hostile = "<img src=x onerror=alert(1)> [a](javascript:b) ${c}"
    answer = {**record["answer"], "standalone_question": hostile, "notes": [hostile], "question": hostile}
    answer["citations"] = [{**citation, "title": hostile} for citation in answer["citations"]]
    conversation = shown(library, {**record, "question": hostile, "answer": answer})
    said = "".join([*(message.content for message in conversation.messages), *conversation.panels])
    assert hostile.split(maxsplit=1)[0] not in said
    assert "&lt;img src=x" in said


@pytest.mark.parametrize(
    "spoilt", [None, 7, "x", [], {}, {"question": 3}, {"question": "q" * 9000, "answer": None}]
)
def test_what_is_no_turn_is_refused_in_a_sentence(library: Library, spoilt: object) -> None:
    conversation = shown(library, spoilt)
    assert UNREADABLE in conversation.messages[1].content


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_spoilt_record_keeps_a_page_from_being_shown(
    library: Library, record: dict[str, Any], data: st.DataObject
) -> None:
    spoilt = json.loads(json.dumps(record))
    place: Any = spoilt
    while isinstance(place, dict | list) and place:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(st.sampled_from([None, -1, 10**12, "", "@", [], {}, ["s9"], [99]]))
            break
        place = place[key]
    assert len(shown(library, spoilt, record).messages) == 4


def test_a_page_is_told_only_of_turns_that_it_does_not_know(turn: Turn) -> None:
    first, second = Kept.of(turn), Kept.of(turn.model_copy(update={"question": "And newts?"}))
    told = json.loads(recorded([first, second], [first.key], "a"))
    assert (told["of"], told["since"], told["keys"]) == ("a", 1, [first.key, second.key])
    assert [each["question"] for each in told["turns"]] == ["And newts?"]
    assert json.loads(recorded([second], [first.key], "a"))["since"] == 0
    assert json.loads(recorded([first, second], 2, "a"))["turns"] == []
    assert len(json.loads(recorded([first], {"no": "keys"}, None))["turns"]) == 1


def test_no_more_turns_are_read_than_anybody_keeps() -> None:
    assert len(list(kept_turns([{}] * (MOST_TURNS + 1)))) == MOST_TURNS
    assert list(kept_turns({"turns": []})) == []
