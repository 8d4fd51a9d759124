"""A yes/no question becomes the claim that "yes" would make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.composing.asserting import asserted


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Can NK cells be frozen without losing killing?", "NK cells can be frozen without losing killing"),
        ("Does IL-15 secretion cause toxicity?", "IL-15 secretion cause toxicity"),
        ("Don't they need HLA matching?", "they need HLA matching"),
        ("Is NK-92 irradiated before infusion?", "NK-92 is irradiated before infusion"),
        ("irradiated before infusion, NK-92?", "NK-92 irradiated before infusion"),
        ("Vaccines last for years, don't they?", "Vaccines last for years"),
        ("The cells are irradiated, right?", "The cells are irradiated"),
        ("Is it true that the cells are irradiated?", "the cells are irradiated"),
        ("do you know if statins lower blood pressure", "statins lower blood pressure"),
        ("any brain swelling in children?", "there was brain swelling in children"),
        ("Were there deaths in the trial?", "there were deaths in the trial"),
        ("Should patients be monitored or not?", "patients should be monitored"),
    ],
)
def test_a_question_asserts_what_yes_would_mean(question: str, claim: str) -> None:
    assert asserted(question) == claim


@pytest.mark.parametrize(
    "question",
    [
        "Are they not toxic?",
        "How do NK cells kill?",
        "What is an NK cell?",
        "Has it never been tried?",
        "",
        "???",
    ],
)
def test_where_yes_could_mean_either_or_nothing_no_claim_is_made(question: str) -> None:
    assert asserted(question) is None


@given(st.text(max_size=300))
def test_a_claim_has_only_words_of_the_question_and_the_auxiliary(text: str) -> None:
    claim = asserted(text)
    if claim is not None:
        allowed = {word.lower().strip("?!., ") for word in text.split()} | {"there", "was"}
        assert {word.lower().strip("?!., ") for word in claim.split()} <= allowed
