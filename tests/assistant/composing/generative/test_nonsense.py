"""What is no answer is told from what is one."""

from __future__ import annotations

import pytest

from assistant.composing.generative.instructions import NO_ANSWER
from assistant.composing.generative.nonsense import (
    is_chatter,
    is_in_another_language,
    is_refusal,
    says_it_lacks,
)
from tests.assistant.models.forms import LANGUAGES

ENGLISH = ["Fever was rare in the patients who were given the drug.", "No death was seen in the trial."]


@pytest.mark.parametrize(
    "text",
    ["I'm sorry, but I can't help with that.", "As an AI language model, I think so.", "I cannot do this."],
)
def test_refusals_are_known(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        NO_ANSWER,
        f"{NO_ANSWER.capitalize()}.",
        "The evidence does not say what AB12 costs.",
        "There is no information about costs in the provided sources.",
        "I do not know.",
    ],
)
def test_a_model_says_in_many_ways_that_the_evidence_lacks_something(text: str) -> None:
    assert says_it_lacks(text)


@pytest.mark.parametrize(
    "text",
    ["Sure!", "Here is a summary of the evidence:", "I hope this helps!", "Safety and cost", "Is it safe?"],
)
def test_chatter_is_no_statement(text: str) -> None:
    assert is_chatter(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_a_statement_is_none_of_these(text: str) -> None:
    assert not (is_refusal(text) or says_it_lacks(text) or is_chatter(text))


@pytest.mark.parametrize("template", LANGUAGES.values(), ids=LANGUAGES)
def test_another_language_is_noticed(template: str) -> None:
    assert is_in_another_language(" ".join([template.format(key="")] * 3), ENGLISH)


def test_the_language_of_the_evidence_is_not_another() -> None:
    assert not is_in_another_language(" ".join(ENGLISH * 3), ENGLISH)
    german = [LANGUAGES["German"]] * 3
    assert not is_in_another_language(" ".join(german), german)


def test_terse_english_in_the_words_of_its_evidence_is_english() -> None:
    evidence = [
        "Macrophages that live in a tumour are known to dampen what killer cells do there.",
        "Fibroblasts of the tumour suppress killer cells, and regulatory cells suppress killer cells as well.",
    ]
    terse = (
        "Tumour fibroblasts suppress killer cells. Tumour macrophages dampen killer cells. "
        "Regulatory cells suppress killer cells likewise."
    )
    assert not is_in_another_language(terse, evidence)
    german = (
        "Fibroblasten des Tumors hemmen Killerzellen. Makrophagen im Tumor dämpfen Killerzellen. "
        "Regulatorische Zellen hemmen sie ebenfalls."
    )
    assert is_in_another_language(german, evidence)
