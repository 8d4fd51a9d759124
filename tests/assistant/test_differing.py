"""Where a claim and a quote differ: the words of each, one against the other."""

from __future__ import annotations

import pytest

from assistant.answer import DivergenceKind
from assistant.checking.differing import diverging
from assistant.verification import Evidence

EIGHT = "Of the 11 people treated with CD19 CAR-NK cells, eight (73%) had a response."


def found(claim: str, quote: str) -> list[tuple[DivergenceKind, list[str], list[str]]]:
    return [
        (
            one.kind,
            [claim[mark.start : mark.end] for mark in one.claim],
            [quote[mark.start : mark.end] for mark in one.quote],
        )
        for one in diverging(claim, Evidence(quote), None, None)
    ]


@pytest.mark.parametrize(
    ("claim", "quote", "kind", "mine", "theirs"),
    [
        ("Nine of the 11 people responded to CD19 CAR-NK cells.", EIGHT, "number", ["Nine"], ["eight"]),
        (
            "Of the 11 people with CD19 CAR-NK cells, nine had a response.",
            EIGHT,
            "number",
            ["nine"],
            ["eight"],
        ),
        (
            "The overall response rate was 60% at day 30.",
            "The overall response rate was 48.6% at day 30.",
            "number",
            ["60%"],
            ["48.6%"],
        ),
        (
            "CAR-NK cells do not cause neurotoxicity.",
            "CAR-NK cells cause neurotoxicity in many patients.",
            "negation",
            ["not", "cause"],
            ["cause"],
        ),
        (
            "IL-15 decreases persistence of CAR-NK cells.",
            "IL-15 increases the persistence of CAR-NK cells.",
            "direction",
            ["decreases"],
            ["increases"],
        ),
        ("Tisagenlecleucel targets CD20.", "Tisagenlecleucel targets CD19.", "name", ["CD20"], ["CD19"]),
    ],
)
def test_the_words_that_differ_stand_against_each_other(
    claim: str, quote: str, kind: str, mine: list[str], theirs: list[str]
) -> None:
    assert found(claim, quote) == [(DivergenceKind(kind), mine, theirs)]


def test_a_not_that_only_the_source_has_is_pointed_at() -> None:
    ((kind, _, theirs),) = found(
        "CAR-NK cells cause severe cytokine release syndrome.",
        "CAR-NK cells did not cause severe cytokine release syndrome.",
    )
    assert kind is DivergenceKind.NEGATION
    assert "not" in theirs


def test_a_claim_that_agrees_differs_nowhere() -> None:
    same = "The overall response rate was 48.6% at day 30."
    assert found(same, same) == []
