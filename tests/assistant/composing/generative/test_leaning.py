"""What leans on a sentence that is not there is found, and what was not verified between two is taken away."""

from __future__ import annotations

import pytest

from assistant.composing.generative.leaning import freed, points, speaks_of, unlabelled
from tests.assistant.composing.evidences import evidence


@pytest.mark.parametrize(
    "text",
    ["They were safe.", "In these patients fever was rare.", "However, it was safe.", "The latter was safe."],
)
def test_what_only_the_sentence_before_explains_points_to_it(text: str) -> None:
    assert points(text)


@pytest.mark.parametrize(
    "text",
    [
        "AB12 was safe.",
        "It is not known whether AB12 is safe.",
        "However, AB12 was safe.",
        "Cells use their wits.",
    ],
)
def test_what_explains_itself_does_not(text: str) -> None:
    assert not points(text)


@pytest.mark.parametrize(
    ("text", "follows", "left"),
    [
        ("However, AB12 was safe.", True, "However, AB12 was safe."),
        ("However, AB12 was safe.", False, "AB12 was safe."),
        ("Therefore, fever is rare.", True, "Fever is rare."),
        ("In addition, mTOR was high.", False, "mTOR was high."),
        ("AB12 was safe, however, and cheap.", False, "AB12 was safe, however, and cheap."),
    ],
)
def test_a_tie_goes_with_what_it_ties_to_and_an_inference_always(text: str, follows: bool, left: str) -> None:
    assert freed(text, follows=follows) == left


def test_a_label_goes_unless_the_evidence_speaks_of_it() -> None:
    found = [evidence("AB12 is a drug; its safety in lupus is known.")]
    assert unlabelled("Finding: Fever was rare.", found) == "Fever was rare."
    assert unlabelled("AB12: A drug known in lupus.", found) == "AB12: A drug known in lupus."


def test_evidence_speaks_of_what_a_sentence_is_about_or_of_another_thing() -> None:
    found = [evidence("Fever was rare.", title="AB12 in lupus")]
    assert speaks_of(found, "AB12 was given to 40 adults.")
    assert not speaks_of(found, "CD34 was given to 40 adults.")
