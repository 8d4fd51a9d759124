"""A language model reads quotes as an entailment model does."""

from __future__ import annotations

import threading

import pytest

from assistant.answer import Verdict
from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.entailing import MOST_QUOTES, ModelEntailment
from assistant.models.errors import ModelBusyError
from assistant.verification import Evidence, judge
from assistant.verification.entailment import Entailed
from tests.assistant.composing.generative.speaking import Saying, Scripted

FEVER = Evidence("Fever occurred in 21% of lupus patients given AB12.", "AB12 in lupus")
IN_OTHER_WORDS = "About one in five people with lupus ran a temperature on AB12."


def reader(model: Scripted) -> ModelEntailment:
    return ModelEntailment(Conversation(model, threading.Event()), "a model")


@pytest.mark.parametrize(
    ("said", "opinion"),
    [
        ("Yes.", Entailed(1.0, 0.0)),
        ("**Partly**, since the dose is missing.", Entailed(0.0, 0.0)),
        ("no", Entailed(0.0, 0.0)),
        ("Contrary", Entailed(0.0, 1.0)),
        ("Perhaps", None),
        ("", None),
        (ModelBusyError("The model is busy."), None),
    ],
)
def test_its_word_is_an_opinion_or_none(said: Saying, opinion: Entailed | None) -> None:
    assert reader(Scripted(said)).judge(IN_OTHER_WORDS, [FEVER]) == [opinion]


def test_it_is_asked_once_of_the_same() -> None:
    model = Scripted("yes")
    asking = reader(model)
    assert asking.judge(IN_OTHER_WORDS, [FEVER, FEVER]) == asking.judge(IN_OTHER_WORDS, [FEVER, FEVER])
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("yes", Verdict.SUPPORTED), ("contrary", Verdict.CONTRADICTED), ("no", Verdict.NOT_FOUND)],
)
def test_it_decides_where_rules_on_words_are_silent(said: str, verdict: Verdict) -> None:
    claim = "Some people with lupus ran a temperature on AB12."
    assert judge(claim, [FEVER]).verdict is Verdict.NOT_FOUND
    assert judge(claim, [FEVER], entailment=reader(Scripted(said))).verdict is verdict


def test_its_yes_makes_no_number_right() -> None:
    claim = "Fever occurred in 35% of lupus patients given AB12."
    assert judge(claim, [FEVER], entailment=reader(Scripted("yes"))).verdict is Verdict.CONTRADICTED


def test_word_for_word_needs_no_opinion() -> None:
    model = Scripted("no")
    assert judge(FEVER.text, [FEVER], entailment=reader(model)).verdict is Verdict.SUPPORTED
    assert not model.asked


def test_of_many_quotes_it_reads_the_nearest() -> None:
    quotes = [Evidence(f"Fever occurred in {n} hamsters.", "", n / 100) for n in range(45, 60)]
    model = Scripted(*["no"] * len(quotes))
    judge("Hamsters ran a temperature.", quotes, entailment=reader(model))
    assert len(model.asked) == MOST_QUOTES
    assert "59 hamsters" in model.asked[0]
