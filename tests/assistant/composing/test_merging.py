"""One finding in two wordings is said once; two findings never become one."""

from __future__ import annotations

import pytest

from assistant.composing.merging import merged, repeats
from corpus.document import SourceType
from tests.assistant.composing.evidences import evidence, statement

PLAIN = "Fever occurred in 21% of lupus patients given AB12."


@pytest.mark.parametrize(
    "other",
    [
        "Fever occurred in 35% of lupus patients given AB12.",
        "Fever did not occur in 21% of lupus patients given AB12.",
        "Fever occurred in 21% of lupus patients given AB13.",
        "Headache and nausea led 21% of lupus patients given AB12 to stop.",
    ],
)
def test_another_number_denial_product_or_finding_is_not_the_same_again(other: str) -> None:
    assert not repeats(evidence(other, "b"), evidence(PLAIN, "a"))


def test_the_same_finding_in_other_words_is_the_same_again() -> None:
    assert repeats(
        evidence("Fever arose in 21% of the patients with lupus given AB12.", "b"), evidence(PLAIN, "a")
    )


def test_opposite_directions_are_two_findings_however_alike_their_words() -> None:
    raised = evidence("AB12 raised the amount of EGFR on tumour cells.", "a")
    lowered = evidence("AB12 lowered the amount of EGFR on tumour cells.", "b")
    assert not repeats(lowered, raised)


def test_the_words_of_a_trial_stand_before_those_of_a_company() -> None:
    company = evidence(PLAIN, "web", source_type=SourceType.WEB, commercial=True)
    trial = evidence("Fever arose in 21% of lupus patients given AB12.", "trial")
    said = merged(statement(company), trial)
    assert said.text == trial.text
    assert [found.document.id for found in said.evidence] == ["trial", "web"]


def test_a_source_that_does_not_support_the_statement_is_not_cited_for_it() -> None:
    said = statement(evidence(PLAIN, "a"))
    assert merged(said, evidence("Fever occurred in 35% of lupus patients given AB12.", "b")) is said
