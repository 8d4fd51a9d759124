"""Which side of a yes/no question a sentence takes: the right one or none."""

from __future__ import annotations

import pytest

from assistant.answer import Stance
from assistant.composing.asserting import asserted
from assistant.composing.sides import missing_side, stance_of, stances
from tests.assistant.composing.evidences import evidence, statement

FOR, AGAINST, NEITHER = Stance.FOR, Stance.AGAINST, Stance.NEITHER
FREEZING = "Can NK cells be frozen without losing their killing activity?"
SYNDROME = "Do CAR-NK cells cause cytokine release syndrome?"


@pytest.mark.parametrize(
    ("question", "sentence", "stance"),
    [
        (FREEZING, "Freezing cut NK cell killing 5.6-fold in a collagen gel.", AGAINST),
        (FREEZING, "In the assay, killing by NK cells was lower after freezing.", AGAINST),
        (FREEZING, "Frozen NK cells killed as well as fresh NK cells at all ratios.", FOR),
        (FREEZING, "Viability of frozen NK cells did not differ from that of fresh ones.", NEITHER),
        (FREEZING, "Frozen NK cells that did keep moving killed about as efficiently as fresh ones.", NEITHER),
        ("Does freezing reduce killing by NK cells?", "Killing by NK cells was lower after freezing.", FOR),
        ("Does freezing reduce killing by NK cells?", "Frozen NK cells killed as well as fresh NK cells.", AGAINST),
        ("Don't CAR-NK cells need HLA matching?", "CAR-NK cells suit anyone: no HLA matching is needed.", AGAINST),
        ("Is NK-92 irradiated before infusion?", "NK-92 cells must be irradiated before infusion.", FOR),
        ("irradiated before infusion, NK-92?", "NK-92 cells must be irradiated before infusion.", FOR),
        ("Is NK-92 irradiated before infusion?", "iPSC-derived cells need no irradiation.", NEITHER),
        (SYNDROME, "Investigators saw no cytokine release syndrome with CAR-NK cells.", AGAINST),
        (SYNDROME, "CAR-NK cells rarely cause cytokine release syndrome.", NEITHER),
        (SYNDROME, "Cytokine release syndrome is named for CAR-T cells; for CAR-NK cells it is not.", NEITHER),
        ("Can CAR-T cells perform ADCC?", "CAR-NK cells do, and CAR-T cells cannot perform ADCC.", AGAINST),
        ("Can CAR-NK cells be made without viruses?", "CAR-NK cells were made without a virus, by a transposon.", FOR),
        ("Do NK cells work in solid tumours?", "Low oxygen makes solid tumours a hostile place for NK cells.", NEITHER),
        ("Does freezing harm NK cells?", "This contrasts with reports of harm by freezing NK cells.", NEITHER),
        ("Is IL-15 useful in CAR-NK cells?", "CAR-NK cells that secrete IL-15 came with systemic toxicities.", NEITHER),
        ("Is warming harmful to corals?", "Warming was harmful to corals on every reef surveyed.", FOR),
        ("Is every KIR a brake?", "The remedy is an inhibitory CAR, built on KIR.", NEITHER),
        ("Is there a downside?", "The benefits still outweigh the risks of the approved cells.", NEITHER),
        ("Does the treaty bind non-signatories?", "The treaty does not bind non-signatories.", AGAINST),
        ("Does cabozantinib raise EGFR?", "Cabozantinib raised the amount of EGFR on renal cancer cells.", FOR),
    ],
)  # fmt: skip
def test_a_sentence_takes_the_right_side_or_none(question: str, sentence: str, stance: Stance) -> None:
    claim = asserted(question)
    assert claim is not None
    assert stance_of(claim, evidence(sentence)) is stance


def test_where_it_is_unsure_what_yes_means_nothing_takes_a_side() -> None:
    said = [statement(evidence("The cells were not toxic."))]
    assert stances("Are the cells not toxic?", said) == [NEITHER]


def test_a_side_that_no_statement_takes_is_looked_for_among_what_is_near() -> None:
    neutral = statement(evidence("The treaty was signed in 1997 by nine states.", "a"))
    near = evidence("The treaty does not bind non-signatories.", "b", score=0.5)
    far = evidence("The treaty binds non-signatories.", "c", score=0.1)
    best = evidence("The treaty was signed in 1997 by nine states.", "a", score=1.0)
    found = missing_side("Does the treaty bind non-signatories?", [neutral], [best, near, far])
    assert [added.text for added in found] == [near.text]
