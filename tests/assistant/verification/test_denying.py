"""Whether a sentence denies what a question takes for granted, in any field and in other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Verdict
from assistant.verification import Evidence, bearing, judge


@pytest.mark.parametrize(
    ("presumed", "sentence"),
    [
        (
            "the wolves increase the number of elk",
            "After the wolves returned, the number of elk in the valley fell.",
        ),
        (
            "the court overturned the ruling against the fishing company",
            "The Supreme Court upheld the ruling against the fishing company in 2019.",
        ),
        ("the treaty leave coastal waters out", "The treaty covers coastal waters and the open sea."),
        (
            "the agency tighten its rules for drones in 2021",
            "In 2021 the agency relaxed its rules for drones.",
        ),
        (
            "tenants need permission to sublet",
            "Under the new act tenants no longer need permission to sublet a room.",
        ),
        (
            "some passengers with grade 4 burns recovered",
            "Of the passengers with burns ten had grade 3, none had grade 4.",
        ),
        (
            "people on the ferry catch cholera",
            "No dysentery, cholera or typhoid occurred among people on the ferry.",
        ),
        (
            "native mussels outcompete zebra mussels",
            "In most lakes the invasive zebra mussels outcompete native mussels for food.",
        ),
        (
            "zebra mussels beat native mussels",
            "In that lake zebra mussels were outdone by native mussels when food was short.",
        ),
        (
            "the warning cover only Alpha and Gamma pumps",
            "The warning covers pumps made by Beta, Alpha, Gamma and Delta.",
        ),
        ("the switch turn the lamp on at dusk", "At dusk the switch turns the lamp off."),
    ],
)
def test_the_contrary_of_what_is_taken_for_granted_denies_it(presumed: str, sentence: str) -> None:
    assert bearing(presumed, Evidence(sentence)).reasons


@pytest.mark.parametrize(
    ("presumed", "sentence"),
    [
        (
            "unlike charges attract each other",
            "Unlike charges attract each other, while like charges repel.",
        ),
        ("coral lose colour when water warms", "When water warms, corals expel their algae and lose colour."),
        (
            "reefs recover so slowly after bleaching",
            "After bleaching, reefs recover slowly because the larvae do not settle on dead coral.",
        ),
        (
            "zebra mussels outcompete native mussels",
            "In most lakes the invasive zebra mussels outcompete native mussels for food.",
        ),
        ("otters eat only Crabs and Urchins", "Otters eat only Crabs, Urchins and the like."),
        ("the ants start attacking each other", "A scent stopped the ants from attacking each other."),
        ("the contract end in June", "The contract ended in June and was not renewed."),
        (
            "the wood rot in water",
            "Without air, the wood does not rot in water; with air it rots in water within a year.",
        ),
        ("the pellets soak with a salt", "The pellets were soaked with or without a salt for ten minutes."),
        ("ice float on water", "The treaty covers coastal waters and the open sea."),
    ],
)
def test_what_a_sentence_says_or_does_not_speak_of_is_not_denied_by_it(presumed: str, sentence: str) -> None:
    assert not bearing(presumed, Evidence(sentence)).reasons


def test_a_claim_with_winner_and_loser_exchanged_is_contradicted() -> None:
    quote = "In both lakes the zebra mussels outcompeted the native snails."
    assert judge("The native snails outcompeted the zebra mussels in both lakes.", [quote]).verdict is (
        Verdict.CONTRADICTED
    )
    assert judge("The zebra mussels outcompeted the native snails in both lakes.", [quote]).verdict is (
        Verdict.SUPPORTED
    )


def test_what_is_denied_of_neither_is_not_they_themselves() -> None:
    quote = "Neither of its two boats, Alba and Boreas, had seen fire, theft or mutiny."
    assert judge("The boat Alba has sailed.", [quote]).verdict is not Verdict.CONTRADICTED
    assert judge("The boat Alba had seen mutiny.", [quote]).verdict is Verdict.CONTRADICTED


@given(st.text(max_size=80), st.text(max_size=120))
def test_any_two_texts_can_be_compared(presumed: str, sentence: str) -> None:
    found = bearing(presumed, Evidence(sentence))
    assert 0 <= found.coverage <= 1
    assert all(found.reasons)


@given(st.lists(st.sampled_from("the old lake holds no fish only cold water falls".split()), min_size=1))
def test_no_text_denies_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert not bearing(text, Evidence(text)).reasons
