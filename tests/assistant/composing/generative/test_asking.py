"""Short questions to a model get short answers, or none."""

from __future__ import annotations

import threading

import pytest

from assistant.answer import Verdict
from assistant.composing.generative.asking import opinion, repaired, standalone
from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.instructions import NO_ANSWER
from assistant.models.errors import ModelBusyError
from tests.assistant.composing.evidences import evidence
from tests.assistant.composing.generative.speaking import Scripted
from tests.assistant.models.behaviours import perfectly

FEVER = evidence("Fever occurred in 21% of lupus patients given AB12.", "fever")
HISTORY = ["What is the dose of AB12?"]


def conversation(model: Scripted) -> Conversation:
    return Conversation(model, threading.Event())


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Yes.", Verdict.SUPPORTED),
        ("**Partly**, since the dose is missing.", Verdict.PARTIAL),
        ("no", Verdict.NOT_FOUND),
        ("Perhaps", None),
        ("", None),
    ],
)
def test_an_opinion_is_a_verdict_or_none(said: str, verdict: Verdict | None) -> None:
    assert opinion(FEVER.text, [FEVER], conversation(Scripted(said))) is verdict


def test_a_sentence_is_written_anew_from_its_evidence() -> None:
    anew = repaired("Fever was common.", [FEVER], conversation(Scripted(perfectly)))
    assert anew is not None
    assert (anew.text, anew.named) == (FEVER.text, (FEVER,))


def test_a_sentence_written_anew_that_names_nothing_rests_on_what_it_was_written_from() -> None:
    anew = repaired(
        "Fever was common.", [FEVER], conversation(Scripted(f"Sure! Here it is:\n\n{FEVER.text}"))
    )
    assert anew is not None
    assert (anew.text, anew.named) == (FEVER.text, (FEVER,))


@pytest.mark.parametrize("said", [NO_ANSWER, "", "Fever occurred in", "Sure!"])
def test_there_may_be_no_such_sentence(said: str) -> None:
    assert repaired("Fever was common.", [FEVER], conversation(Scripted(said))) is None


def test_a_follow_up_becomes_a_question_of_its_own() -> None:
    model = Scripted("What is the dose of AB12 in lupus?\n")
    assert standalone("And in lupus?", HISTORY, model) == "What is the dose of AB12 in lupus?"


@pytest.mark.parametrize(
    "said",
    ["What is the dose of CD34 in lupus?", "", ModelBusyError("The model is busy."), "dose of AB12 " * 100],
)
def test_a_follow_up_stays_as_it_is_where_the_model_fails_or_adds_something(
    said: str | ModelBusyError,
) -> None:
    assert standalone("And in lupus?", HISTORY, Scripted(said)) is None


def test_after_a_failure_nothing_more_is_asked() -> None:
    model = Scripted(ModelBusyError("The model is busy."), "yes")
    talk = conversation(model)
    assert opinion(FEVER.text, [FEVER], talk) is None
    assert opinion(FEVER.text, [FEVER], talk) is None
    assert len(model.asked) == 1
    assert str(talk.failure) == "The model is busy."
