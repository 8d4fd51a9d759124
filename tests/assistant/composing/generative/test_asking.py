"""Short questions to a model get short answers, or none."""

from __future__ import annotations

import threading

import pytest

from assistant.composing.generative.asking import repaired, standalone
from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.instructions import NO_ANSWER
from assistant.models.errors import ModelBusyError
from assistant.models.providers.access import Turn
from tests.assistant.composing.evidences import evidence
from tests.assistant.composing.generative.speaking import Scripted
from tests.assistant.models.behaviours import perfectly

FEVER = evidence("Fever occurred in 21% of lupus patients given AB12.", "fever")
HISTORY = ["What is the dose of AB12?"]


def conversation(model: Scripted) -> Conversation:
    return Conversation(model, threading.Event())


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
    assert standalone("And in lupus?", HISTORY, conversation(model)) == "What is the dose of AB12 in lupus?"


@pytest.mark.parametrize(
    "said",
    [
        "What is the dose of CD34 in lupus?",
        "What is the dose of AB12?",
        "And in lupus?",
        "",
        ModelBusyError("The model is busy."),
        "dose of AB12 in lupus " * 100,
    ],
)
def test_a_follow_up_stays_as_it_is_where_the_model_fails_adds_something_or_loses_it(
    said: str | ModelBusyError,
) -> None:
    assert standalone("And in lupus?", HISTORY, conversation(Scripted(said))) is None


def test_after_a_failure_nothing_more_is_asked() -> None:
    model = Scripted(ModelBusyError("The model is busy."), perfectly)
    talk = conversation(model)
    assert standalone("And in lupus?", HISTORY, talk) is None
    assert repaired("Fever was common.", [FEVER], talk) is None
    assert len(model.asked) == 1
    assert str(talk.failure) == "The model is busy."


def test_the_first_word_is_that_of_the_answer_not_of_a_short_text_before_it() -> None:
    talk = conversation(Scripted("What is the dose of AB12 in lupus?", perfectly))
    assert standalone("And in lupus?", HISTORY, talk)
    assert talk.first_word_ms is None
    assert list(talk.listen((Turn("user", "Well?"),), 10))
    assert talk.first_word_ms is not None
