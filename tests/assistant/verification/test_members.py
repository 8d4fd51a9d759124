"""Which member of a list a number belongs to, where later members leave out what the first has said."""

from __future__ import annotations

import pytest

from assistant.answer import Verdict
from assistant.verification import judge

FEVER = (
    "Fever of grade 3 or worse affected 60% of the volunteers given the vaccine in the spring trial, and rash of that "
    "grade 37%."
)
SURVIVAL = "The 12-month estimates with clover were 77% for winter survival and 89% for summer survival."
HONEY = "In the 2019 model, meadows yielded 7.7 kg of honey against 5.9 with orchards, and 7.2 against 5.0 with heath."
ARMS = "Eighty-six hives were treated in the trial, 18 without smoke (arm A) and 68 with smoke (arm B)."
INTERVALS = (
    "Of 256 hives given clover in the spring trial, 73% survived (95% CI 66.8-78.0) and 53% gave full combs "
    "(95% CI 46.8-59.4)."
)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Rash of grade 3 or worse affected 37% of the volunteers in the spring trial.", FEVER),
        ("Fever of grade 3 or worse affected 60% of the volunteers in the spring trial.", FEVER),
        ("Summer survival at 12 months was 89% with clover.", SURVIVAL),
        ("Orchards yielded 5.9 kg of honey in the 2019 model.", HONEY),
        ("Arm B, treated with smoke, had 68 hives.", ARMS),
        ("With clover, 73% of 256 hives survived (95% CI 66.8-78.0), and 53% gave full combs.", INTERVALS),
    ],
)
def test_a_later_member_said_in_full_is_no_contradiction(claim: str, quote: str) -> None:
    assert judge(claim, [quote]).verdict is not Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Rash of grade 3 or worse affected 60% of the volunteers in the spring trial.", FEVER),
        ("Fever of grade 3 or worse affected 37% of the volunteers in the spring trial.", FEVER),
        ("Summer survival at 12 months was 77% with clover.", SURVIVAL),
        ("Winter survival at 12 months was 89% with clover.", SURVIVAL),
        ("Meadows yielded 5.9 kg of honey against 7.7 with orchards in the 2019 model.", HONEY),
        ("Arm A, treated without smoke, had 68 hives.", ARMS),
        (
            "With clover, 73% of hives survived (95% CI 46.8-59.4) and 53% gave full combs (95% CI 66.8-78.0).",
            INTERVALS,
        ),
    ],
)
def test_the_number_of_another_member_contradicts(claim: str, quote: str) -> None:
    assert judge(claim, [quote]).verdict is Verdict.CONTRADICTED
