"""How a statement is judged by the words it cites."""

from __future__ import annotations

import pytest

from assistant.answer import Verdict
from assistant.verification import verify

QUOTE = "In the trial 37 patients were treated and cytokine release syndrome was not seen."


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        (QUOTE, Verdict.SUPPORTED),
        ("cytokine release syndrome was not seen", Verdict.SUPPORTED),
        (
            "In the trial 73 patients were treated and cytokine release syndrome was not seen.",
            Verdict.PARTIAL,
        ),
        (
            "In the trial 37 patients were treated and cytokine release syndrome was seen.",
            Verdict.CONTRADICTED,
        ),
        ("Cord blood units were frozen within a day of collection.", Verdict.NOT_FOUND),
    ],
)
def test_a_statement_is_judged_by_words_numbers_and_negation(statement: str, verdict: Verdict) -> None:
    assert verify(statement, [QUOTE]) is verdict


def test_a_statement_without_quotes_is_not_found() -> None:
    assert verify("NK cells kill.", []) is Verdict.NOT_FOUND
