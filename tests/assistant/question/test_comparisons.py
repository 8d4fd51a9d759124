"""What a comparison compares, and in what respects."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.question import understand
from assistant.question.background import Background

BOTH = ("CAR-NK", "CAR-T")


@pytest.mark.parametrize(
    ("text", "subjects", "aspects"),
    [
        ("How does CAR-NK compare with CAR-T in safety?", BOTH, ("safety",)),
        ("How is CAR-NK different from CAR-T?", BOTH, ()),
        ("How do CAR-NK, CAR-T and bispecifics compare in cost?", (*BOTH, "bispecifics"), ("cost",)),
        ("how does CAR-NK differ from CAR-T in safety and cost", BOTH, ("safety", "cost")),
        ("Compare CAR-NK and CAR-T", BOTH, ()),
        ("compair CAR-NK and CAR-T", BOTH, ()),
        ("Please compare CAR-NK with CAR-T", BOTH, ()),
        ("Can you compare CAR-NK with CAR-T, CAR-M and TCR-T?", (*BOTH, "CAR-M", "TCR-T"), ()),
        ("CAR-NK versus CAR-T: safety?", BOTH, ("safety",)),
        ("CAR-NK vs. CAR-T", BOTH, ()),
        ("CAR-NK vs CAR-T vs bispecifics", (*BOTH, "bispecifics"), ()),
        ("CAR-NK, CAR-T and bispecifics compared", (*BOTH, "bispecifics"), ()),
        ("safety and cost of CAR-NK and CAR-T compared", BOTH, ("safety", "cost")),
        ("What is the difference between cord blood and iPSC NK cells?", ("cord blood", "iPSC NK cells"), ()),
        ("difference between car-nk and car-t", ("car-nk", "car-t"), ()),
        ("What are the main differences in cost between axi-cel and ide-cel?", ("axi-cel", "ide-cel"), ("cost",)),
        ("What sets CAR-NK apart from CAR-T?", BOTH, ()),
        ("What distinguishes CAR-NK from CAR-T?", BOTH, ()),
        ("Is CAR-NK safer than CAR-T?", BOTH, ("safety",)),
        ("Is CAR-NK or CAR-T safer?", BOTH, ("safety",)),
        ("Is CAR-NK safe compared with CAR-T?", BOTH, ("safety",)),
        ("Does CAR-NK cause less CRS than CAR-T?", BOTH, ("CRS",)),
        ("Do CAR-NK cells last longer than CAR-T cells?", ("CAR-NK cells", "CAR-T cells"), ("persistence",)),
        ("Are response rates higher with axi-cel than with ide-cel?", ("axi-cel", "ide-cel"), ("response rates",)),
        ("Which of CAR-NK and CAR-T is safer?", BOTH, ("safety",)),
        ("Which therapy is cheaper, CAR-NK or CAR-T?", BOTH, ("cost",)),
        ("which persists longer, CAR-NK or CAR-T?", BOTH, ("persistence",)),
        ("CAR-NK and CAR-T: which is safer?", BOTH, ("safety",)),
        ("axi-cel vs ide-cel, which one costs more?", ("axi-cel", "ide-cel"), ("cost",)),
        ("CAR-T or CAR-NK: which has fewer side effects?", ("CAR-T", "CAR-NK"), ("side effects",)),
        ("Compare the safety of CAR-NK and CAR-T", BOTH, ("safety",)),
        ("compare the safety and efficacy of CAR-NK, CAR-T and TCR-T", (*BOTH, "TCR-T"), ("safety", "efficacy")),
        ("How does the safety of CAR-NK compare with that of CAR-T?", BOTH, ("safety",)),
        ("What is the cost of CAR-NK vs CAR-T?", BOTH, ("cost",)),
        ("How safe is CAR-NK versus CAR-T?", BOTH, ("safety",)),
        ("cord blood or iPSC?", ("cord blood", "iPSC"), ()),
        ("cord blood or iPSC as the starting material - which is cheaper?", ("cord blood", "iPSC"), ("cost",)),
        ("How do NK cells differ from T cells in terms of persistence?", ("NK cells", "T cells"), ("persistence",)),
        # Slashes, "v" and slips of form.
        ("ICANS: axi-cel / liso-cel / tisa-cel", ("axi-cel", "liso-cel", "tisa-cel"), ("ICANS",)),
        ("CAR-NK/CAR-T: shelf life", BOTH, ("shelf life",)),
        ("ZUMA-7 v BELINDA", ("ZUMA-7", "BELINDA"), ()),
        ("CISH, sorry, CD38 vs NKG2A knockout", ("CD38", "NKG2A knockout"), ()),
        ("does CAR-NK cause less fever then CAR-T", BOTH, ("fever",)),
        ("Is CAR-NK safer than CAR-T, or about the same?", BOTH, ("safety",)),
        # As good, better, or taken in its place.
        ("Are thawed cells as safe as fresh cells?", ("thawed cells", "fresh cells"), ("safety",)),
        ("do thawed cells persist as well as fresh cells", ("thawed cells", "fresh cells"), ("persistence",)),
        ("Do 2 × 10^6 cells work any better than 2 × 10^5 cells?", ("2 × 10^6 cells", "2 × 10^5 cells"), ()),
        ("Why pick axi-cel over tisa-cel?", ("axi-cel", "tisa-cel"), ()),
        ("Why choose NK-92 rather than cord blood?", ("NK-92", "cord blood"), ()),
        ("Should we use mRNA instead of lentivirus because of cost?", ("mRNA", "lentivirus"), ("cost",)),
        ("Are adults better off with axi-cel or with tisa-cel?", ("axi-cel", "tisa-cel"), ()),
        ("is fever more frequent in children or adults", ("children", "adults"), ("fever",)),
        ("In terms of infections, is CAR-NK milder than CAR-T?", BOTH, ("infections",)),
        ("when it comes to cost how does CAR-NK compare with CAR-T", BOTH, ("cost",)),
        # Alike or not.
        ("How does CAR-NK stack up against CAR-T?", BOTH, ()),
        ("how similar are CAR-NK and CAR-T", BOTH, ()),
        ("similarities of CAR-NK and CAR-T in killing", BOTH, ("killing",)),
        ("CAR-NK and CAR-T: same or different?", BOTH, ()),
        ("dosing differences, CAR-NK & CAR-T", BOTH, ("dosing",)),
        ("Do ZUMA-7 and BELINDA agree on survival?", ("ZUMA-7", "BELINDA"), ("survival",)),
        ("Fever rates in ZUMA-7 and BELINDA, which of them was lower?", ("ZUMA-7", "BELINDA"), ("Fever rates",)),
        ("Sleeping Beauty vs lentiviral vectors", ("Sleeping Beauty", "lentiviral vectors"), ()),
        ("price of axi-cel beside the cost of tisa-cel", ("axi-cel", "tisa-cel"), ("cost",)),
    ],
)  # fmt: skip
def test_a_comparison_names_its_subjects_and_its_aspects(
    text: str, subjects: tuple[str, ...], aspects: tuple[str, ...], background: Background
) -> None:
    question = understand(text, (), background)
    assert (question.kind, question.subjects, question.aspects) == (Kind.COMPARISON, subjects, aspects)


@pytest.mark.parametrize(
    "text",
    [
        "Can NK cells be frozen or stored?",
        "Can NK cells kill more than one tumour cell?",
        "Does CRS last longer than 3 days?",
        "Does IL-15 improve persistence or toxicity of CAR-NK?",
        "What are the risks and benefits of CAR-NK?",
        "How many patients were treated with FT596 or FT516?",
        "How is the TGF-beta pathway blocked in NK cells against glioblastoma?",
        "side effects or toxicity of car-t",
        "What is graft versus host disease?",
        "graft-versus-host disease",
        "What is the role of NK cells in host defence versus?",
        "Does CAR-NK cause CRS as well as ICANS?",
        "Is CRS as severe as expected?",
        "are patients given less drug then monitored",
        "Is grade 3 or more common in children or adults?",
        "Was fever more common in children or other groups?",
        "harms / costs of axi-cel",
        "CRS/ICANS: how are they managed?",
        "Did the authors agree on a definition?",
        "what is the target of CAR-T, sorry, CAR-NK?",
    ],
)
def test_what_only_looks_like_a_comparison_is_none(text: str, background: Background) -> None:
    assert understand(text, (), background).kind is not Kind.COMPARISON


def test_a_name_with_a_versus_in_it_can_be_compared(background: Background) -> None:
    question = understand("Compare graft versus host disease and cytokine release syndrome", (), background)
    assert question.subjects == ("graft versus host disease", "cytokine release syndrome")
