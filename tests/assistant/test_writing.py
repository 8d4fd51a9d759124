"""Answers that a language model writes, asked through the assistant as a reader asks."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer, Verdict
from assistant.streaming import Event, Finished, Found, Held, Wrote
from corpus.settings import Settings
from tests.assistant.models import behaviours
from tests.assistant.models.conftest import need
from tests.assistant.models.serving import Hang, ModelServer, Say, Status, always

QUESTION = "How long do CAR-NK cells persist in patients?"
OpenAssistant = Callable[..., Assistant]


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def open_assistant(starter_library: Path, settings: Settings, tmp_path: Path) -> Iterator[OpenAssistant]:
    with ExitStack() as opened:

        def open_one(url: str, **given: Any) -> Assistant:
            need("llama_index.llms.openai_like", "loccit[openai-like]")
            chosen = {"llm": f"openai-like:{url}#scripted", "spending": tmp_path / "spending.sqlite", **given}
            assistant = Assistant.open(starter_library, settings.model_copy(update=chosen))
            return opened.enter_context(assistant)

        yield open_one


def quotes_are_slices(answer: Answer, assistant: Assistant) -> bool:
    documents = {citation.number: citation.document_id for citation in answer.citations}
    return all(
        assistant.library.document(documents[quote.citation]).text[quote.start : quote.end] == quote.text
        for statement in answer.statements
        for quote in statement.quotes
    )


def test_a_faithful_model_writes_an_answer_whose_every_statement_is_cited_and_supported(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = behaviours.writing(behaviours.perfectly)
    assistant = open_assistant(model_server.url)
    answer = assistant.ask(QUESTION)
    assert answer.composer == "generative" and answer.written and answer.written.fell_back is None
    assert answer.statements and quotes_are_slices(answer, assistant)
    assert all(s.verdict is Verdict.SUPPORTED and s.citations for s in answer.statements)
    assert answer.written.prompt_tokens and answer.written.first_word_ms is not None


@pytest.mark.parametrize(
    "writer", [behaviours.inventing_keys, behaviours.without_keys, behaviours.altering_numbers]
)
def test_nothing_that_the_evidence_does_not_bear_out_is_shown_as_supported(
    writer: behaviours.Writer, model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = behaviours.writing(writer)
    assistant = open_assistant(model_server.url)
    answer = assistant.ask(QUESTION)
    assert answer.written and quotes_are_slices(answer, assistant)
    assert answer.composer == "extractive" or answer.written.left_out
    assert (answer.composer == "extractive") is bool(answer.written.fell_back)
    if answer.composer == "generative":
        left_out = {said.text for said in answer.written.left_out}
        assert left_out.isdisjoint(statement.text for statement in answer.statements)


def test_a_model_that_obeys_what_a_paper_says_changes_nothing_that_is_cited(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = behaviours.writing(behaviours.obeying)
    answer = open_assistant(model_server.url).ask(QUESTION)
    assert not re.search(r"https?://|<[a-z]|!\[", "".join(s.text for s in answer.statements))


def test_markup_links_and_numbers_of_a_model_never_reach_the_answer(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = behaviours.writing(behaviours.with_markup)
    answer = open_assistant(model_server.url).ask(QUESTION)
    known = {citation.number for citation in answer.citations}
    marks = {int(number) for number in re.findall(r"(?<!\\)\[(\d+)\]", answer.answer)}
    assert marks <= known
    assert not re.search(r"(?<!\\)<(?!br>)[a-z/]|\]\(|://", answer.answer)


def test_what_is_streamed_is_what_is_answered_but_for_what_was_withdrawn_or_rewritten(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = behaviours.writing(behaviours.perfectly)
    events = list(open_assistant(model_server.url).stream(QUESTION))
    assert isinstance(events[0], Found) and isinstance(events[-1], Finished)
    written: dict[int, str] = {}
    for event in events:
        if isinstance(event, Wrote):
            written[event.sentence] = written.get(event.sentence, "") + event.text
    held = [event for event in events if isinstance(event, Held)]
    assert [event.text for event in held] == [s.text for s in events[-1].answer.statements]
    assert all(event.text in " ".join(written[event.sentence].split()) for event in held)


@pytest.mark.parametrize("step", [Status(500), Status(401), Say(""), Hang()], ids=str)
def test_a_model_that_fails_leaves_the_reader_the_sources_own_sentences(
    step: Any, model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = always(step)
    assistant = open_assistant(model_server.url, llm_timeout=1.0)
    answer = assistant.ask(QUESTION)
    assert answer.composer == "extractive" and answer.statements
    assert answer.written and answer.written.fell_back


def test_a_server_that_is_not_there_costs_no_more_than_the_timeout(open_assistant: OpenAssistant) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assistant = open_assistant(f"http://127.0.0.1:{taken.getsockname()[1]}/v1", llm_timeout=2.0)
        answer = assistant.ask(QUESTION)
    assert answer.composer == "extractive" and answer.statements
    assert answer.written and answer.written.fell_back


def test_stopping_ends_the_answer_with_what_was_checked_by_then(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    def reply(chat: Any) -> list[Any]:
        evidence = behaviours.evidence_in(chat.prompt)
        key, text = next(iter(evidence.items()))
        return [Say(f"{text.rstrip('.')} [{key}]. "), Say("And then "), Hang()]

    model_server.script = reply
    stop = threading.Event()
    events: list[Event] = []
    for event in open_assistant(model_server.url).stream(QUESTION, stop=stop):
        events.append(event)
        if isinstance(event, Held):
            stop.set()
    answer = events[-1].answer if isinstance(events[-1], Finished) else None
    assert answer and answer.written and answer.written.stopped
    assert [s.text for s in answer.statements] == [e.text for e in events if isinstance(e, Held)]
    model_server.until(lambda: not model_server.open)


def test_no_model_is_asked_what_the_library_cannot_answer(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    answer = open_assistant(model_server.url).ask("Does lenalidomide help CAR-NK cells?")
    assert answer.abstained and not model_server.chats


FIRST, FOLLOW_UP = "How often does tisagenlecleucel cause CRS?", "How many landed in the ICU?"
WHOLE = "How many landed in the ICU, of tisagenlecleucel?"


@pytest.mark.parametrize(
    ("said", "read"), [(WHOLE, WHOLE), ("How many landed in the ICU in Norway?", FOLLOW_UP), ("", FOLLOW_UP)]
)
def test_a_model_makes_a_follow_up_whole_in_the_words_of_the_conversation(
    said: str, read: str, model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = behaviours.writing(behaviours.perfectly, question=said)
    answer = open_assistant(model_server.url).ask(FOLLOW_UP, history=[FIRST])
    assert (answer.question, answer.standalone_question) == (FOLLOW_UP, read)


def test_a_dead_server_is_waited_for_once_though_a_follow_up_asks_it_twice(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = always(Hang())
    answer = open_assistant(model_server.url, llm_timeout=1.0).ask(QUESTION, history=[FIRST])
    assert answer.statements and answer.written and answer.written.fell_back
    assert len(model_server.chats) == 1


CLAIM = "Engineered killers discharge perforin, which drives malignant targets into programmed death."


@pytest.mark.parametrize(("opinion", "verdict"), [("yes", Verdict.SUPPORTED), ("no", Verdict.NOT_FOUND)])
def test_a_model_that_is_set_as_judge_decides_on_claims_where_rules_find_nothing(
    opinion: str, verdict: Verdict, model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = behaviours.writing(behaviours.perfectly, opinion=opinion)
    checked = open_assistant(model_server.url, llm_judge=True).check(CLAIM)
    assert [claim.verdict for claim in checked.claims] == [verdict]
    assert "language model" in checked.method and not checked.notes


def test_a_judge_that_fails_leaves_claims_to_the_rules_and_says_so(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    model_server.script = always(Status(401))
    checked = open_assistant(model_server.url, llm_judge=True).check(CLAIM)
    assert [claim.verdict for claim in checked.claims] == [Verdict.NOT_FOUND]
    assert any("judged by rule alone" in note for note in checked.notes)


def test_no_model_judges_claims_that_was_not_set_to(
    model_server: ModelServer, open_assistant: OpenAssistant
) -> None:
    open_assistant(model_server.url).check(CLAIM)
    assert not model_server.chats


def test_a_key_in_the_environment_alone_turns_no_hosted_model_on(
    monkeypatch: pytest.MonkeyPatch, starter_library: Path, settings: Settings
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    with Assistant.open(starter_library, settings) as assistant:
        assert assistant.model is None
        assert assistant.ask(QUESTION).written is None
