"""Whether a text may give the number that is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Kind
from assistant.counting import counts_it
from assistant.question import Question

ANY = Question("", "", "", Kind.QUANTITY, (), (), ())


def asks(question: str, *texts: str) -> bool:
    return counts_it(replace(ANY, text=question, standalone=question, query=question), texts)


@pytest.mark.parametrize(
    "text",
    [
        "The team ringed 48 young storks.",
        "A storm killed several of the storks.",
        "No stork was seen that year.",
        "Of the storks, 12 wore rings; both storks of the last nest did.",
    ],
)
def test_a_number_before_the_thing_counts_it(text: str) -> None:
    assert asks("how many storks were ringed?", text)


@pytest.mark.parametrize(
    "text", ["The storks were ringed in 1998.", "In 1998, and with great care, the storks were ringed."]
)
def test_a_number_elsewhere_does_not(text: str) -> None:
    assert not asks("how many storks were ringed?", text)


@pytest.mark.parametrize(
    "question",
    [
        "how many people were ringed?",
        "how many critters were ringed?",
        "how many of the storks were ringed?",
        "why were the storks ringed?",
        "which storks were ringed?",
    ],
)
def test_nothing_is_asked_for_that_is_given_otherwise_or_goes_by_another_name(question: str) -> None:
    assert asks(question, "The storks were ringed.")
