"""Many readers ask one model: first come, first served, and all are told when it is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from assistant.models.errors import ModelTimeoutError, ModelUnreachableError
from assistant.models.speaking import LanguageModel, Speech, Turn
from tests.assistant.models.conftest import OpenModel
from tests.assistant.models.serving import Gate, Hang, ModelServer, Pause, Say, Status, always, in_turn


def speak(model: LanguageModel, question: str, stop: threading.Event | None = None) -> Speech:
    return model.speak((Turn("user", question),), longest=50, stop=stop or threading.Event())


@contextmanager
def readers(count: int) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(count) as pool:
        yield pool


def text_of(speech: Speech) -> str:
    return "".join(speech)


def test_twenty_readers_are_served_in_the_order_in_which_they_came(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    gate = Gate()
    model_server.script = lambda chat: (Pause(gate), Say(f"Of {chat.prompt}."))
    model = open_model(model_server, llm_parallel=1)
    questions = [f"question {number}" for number in range(20)]
    with readers(20) as pool:
        speeches = [speak(model, question) for question in questions]
        model_server.until(lambda: model_server.open)
        gate.set()
        told = list(pool.map(text_of, speeches))
    assert told == [f"Of {question}." for question in questions]
    assert [chat.prompt for chat in model_server.chats] == questions
    assert model_server.most_open == 1


def test_so_many_are_asked_at_once_as_is_set(model_server: ModelServer, open_model: OpenModel) -> None:
    gate = Gate()
    model_server.script = always((Pause(gate), Say("Yes.")))
    model = open_model(model_server, llm_parallel=3)
    speeches = [speak(model, f"question {number}") for number in range(7)]
    model_server.until(lambda: model_server.open == 3)
    gate.set()
    assert [text_of(speech) for speech in speeches] == ["Yes."] * 7
    assert model_server.most_open == 3


@pytest.mark.parametrize(("provider", "most"), [("openai-like", 4), ("ollama", 4)])
def test_four_are_asked_at_once_where_nothing_is_set(
    provider: str, most: int, model_server: ModelServer, open_model: OpenModel
) -> None:
    gate = Gate()
    model_server.script = always((Pause(gate), Say("Yes.")))
    model = open_model(model_server, provider)
    speeches = [speak(model, f"question {number}") for number in range(6)]
    model_server.until(lambda: model_server.open == most)
    gate.set()
    assert {text_of(speech) for speech in speeches} == {"Yes."}
    assert model_server.most_open == most


def test_who_leaves_the_queue_holds_nobody_up(model_server: ModelServer, open_model: OpenModel) -> None:
    gate = Gate()
    model_server.script = always((Pause(gate), Say("Yes.")))
    model = open_model(model_server, llm_parallel=1)
    first, second, third = (speak(model, f"question {number}") for number in (1, 2, 3))
    model_server.until(lambda: model_server.open)
    second.close()
    gate.set()
    assert text_of(first) == text_of(third) == "Yes."
    assert [chat.prompt for chat in model_server.chats] == ["question 1", "question 3"]


def test_who_stops_leaves_the_place_to_the_next(model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = in_turn((Say("Well"), Hang()), "Yes.")
    model = open_model(model_server, llm_parallel=1)
    first, second = speak(model, "question 1"), speak(model, "question 2")
    assert next(first) == "Well"
    first.close()
    assert text_of(second) == "Yes."


def test_a_silent_model_costs_all_who_wait_one_timeout(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always(Hang())
    model = open_model(model_server, llm_parallel=1, llm_timeout=0.5)
    model.tokens_in("")
    speeches = [speak(model, f"question {number}") for number in range(5)]
    for speech in speeches:
        with pytest.raises(ModelTimeoutError, match=r"silent for 0\.5 seconds"):
            next(speech)
    assert len(model_server.chats) < 5
    asked = len(model_server.chats)
    with pytest.raises(ModelTimeoutError):
        next(speak(model, "one more"))
    assert len(model_server.chats) == asked


def test_a_slow_model_is_waited_for_while_it_speaks_to_somebody(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    gates = [Gate() for _ in range(4)]
    spoken = [step for gate in gates for step in (Pause(gate), Say("word"))]
    model_server.script = in_turn(spoken, "Yes.")
    model = open_model(model_server, llm_parallel=1, llm_timeout=1)
    first, second = speak(model, "question 1"), speak(model, "question 2")
    # Each word comes after 0.4 of the second that the model may be silent, all of them after more than it.
    for gate in gates:
        threading.Event().wait(0.4)
        gate.set()
        assert next(first) == "word"
    assert text_of(second) == "Yes."


def test_who_waits_is_told_at_once_when_the_server_is_gone(open_model: OpenModel) -> None:
    gate = Gate()
    with ModelServer(always((Pause(gate), Say("Yes.")))) as server:
        model = open_model(server, llm_parallel=1)
        first = speak(model, "question 1")
        server.until(lambda: server.open)
        others = [speak(model, f"question {number}") for number in range(2, 6)]
    for speech in (first, *others):
        with pytest.raises(ModelUnreachableError):
            next(speech)


def test_a_server_that_is_back_is_found_by_one_probe(
    open_model: OpenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.models.turns.DOWN_SECONDS", 0.0)
    server, gate = ModelServer(), Gate()
    with server:
        model = open_model(server)
    with pytest.raises(ModelUnreachableError):
        next(speak(model, "question 1"))
    server.script = always((Pause(gate), Say("Yes.")))
    with server:
        probe = speak(model, "question 2")
        server.until(lambda: server.open)
        with pytest.raises(ModelUnreachableError):
            next(speak(model, "question 3"))
        gate.set()
        assert text_of(probe) == "Yes."
        assert text_of(speak(model, "question 4")) == "Yes."
        assert len(server.chats) == 2


def test_a_probe_is_made_once(open_model: OpenModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.turns.DOWN_SECONDS", 0.0)
    server = ModelServer(always(Status(500)))
    with server:
        model = open_model(server)
    with pytest.raises(ModelUnreachableError):
        next(speak(model, "question 1"))
    with server:
        with pytest.raises(Exception, match="overloaded or failing"):
            next(speak(model, "question 2"))
        assert len(server.chats) == 1


def test_threads_that_ask_at_once_share_one_loop(model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server)
    together = threading.Barrier(8)

    def ask(number: int) -> str:
        together.wait()
        return text_of(speak(model, f"question {number}"))

    with readers(8) as pool:
        asked: list[Future[str]] = [pool.submit(ask, number) for number in range(8)]
        assert {future.result() for future in asked} == {"Yes."}
    loops = [thread for thread in threading.enumerate() if thread.name == "loccit-model"]
    assert len(loops) == 1
