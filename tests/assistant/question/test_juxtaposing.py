"""Comparisons as readers lay them out: lists, sides, and what is set off from them."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.question import understand
from assistant.question.background import Background

CELS = ("axi-cel", "liso-cel", "tisa-cel")


@pytest.mark.parametrize(
    ("text", "subjects", "aspects"),
    [
        # A list, and what is asked of each of it.
        ("placenta, marrow or iPSC: advantages of each?", ("placenta", "marrow", "iPSC"), ("advantages",)),
        ("axi-cel, liso-cel and tisa-cel - pros and cons of each", CELS, ("advantages", "disadvantages")),
        ("CD19, BCMA or CD33 - which is the safest target?", ("CD19", "BCMA", "CD33"), ("safety",)),
        ("IL-15, IL-21 and IL-2: how do they compare?", ("IL-15", "IL-21", "IL-2"), ()),
        ("knocking out CISH, NKG2A or TGFBR2 in NK cells: what for?", ("CISH", "NKG2A", "TGFBR2"), None),
        ("electroporation or viral vectors - how well do they work", ("electroporation", "viral vectors"), None),
        ("making cells with plasmids, viruses or mRNA - what does it cost", ("plasmids", "viruses", "mRNA"), ("cost",)),
        ("axi-cel and tisa-cel: price, response rate", ("axi-cel", "tisa-cel"), ("cost", "response rate")),
        # A question, and then whom it is asked of.
        ("complete remission rate: axi-cel, liso-cel, tisa-cel", CELS, ("complete remission rate",)),
        ("grade 3 CRS in these two trials - ZUMA-7 and BELINDA", ("ZUMA-7", "BELINDA"), ("grade 3 CRS",)),
        ("How many patients relapsed: ZUMA-1 or JULIET?", ("ZUMA-1", "JULIET"), None),
        ("persistence in both products - NKX101 and NKX019", ("NKX101", "NKX019"), ("persistence",)),
        ("Which lasts longer, CAR-T or CAR-NK?", ("CAR-T", "CAR-NK"), ("persistence",)),
        ("Judging by the labels, which causes more ICANS, axi-cel or tisa-cel?", ("axi-cel", "tisa-cel"), ("ICANS",)),
        # Each of them.
        ("What do axi-cel, liso-cel and tisa-cel each cost?", CELS, ("cost",)),
        ("in lymphoma, how long do axi-cel and tisa-cel each last?", ("axi-cel", "tisa-cel"), ("persistence",)),
        ("what response rates did ZUMA-1 and JULIET each report", ("ZUMA-1", "JULIET"), ("response rates",)),
        ("what do BCMA, CD38 and GPRC5D each offer as targets", ("BCMA", "CD38", "GPRC5D"), ()),
        # Side by side.
        ("label of axi-cel alongside that of tisa-cel, warnings", ("axi-cel", "tisa-cel"), ("warnings",)),
        ("NKX101 and NKX019 side by side: safety", ("NKX101", "NKX019"), ("safety",)),
        ("toxicity, axi-cel side by side with tisa-cel", ("axi-cel", "tisa-cel"), ("toxicity",)),
        ("axi-cel and liso-cel head to head on cost", ("axi-cel", "liso-cel"), ("cost",)),
        ("put CAR-T next to CAR-NK for safety and price", ("CAR-T", "CAR-NK"), ("safety", "cost")),
        ("safety of axi-cel alongside tisa-cel", ("axi-cel", "tisa-cel"), ("safety",)),
        # One against the other.
        ("CAR-NK against CAR-T: cost, safety", ("CAR-NK", "CAR-T"), ("cost", "safety")),
        ("the 2021 figures against the 2023 figures - survival", ("2021 figures", "2023 figures"), ("survival",)),
        ("axi-cel as opposed to tisa-cel in terms of neurotoxicity", ("axi-cel", "tisa-cel"), ("neurotoxicity",)),
        ("ICANS: a single infusion of axi-cel vs. those given tisa-cel", ("axi-cel", "tisa-cel"), ("ICANS",)),
        ("response in children vs adults", ("children", "adults"), ("response",)),
        ("CRS with tisa-cel versus axi-cel", ("tisa-cel", "axi-cel"), ("CRS",)),
        ("infections after CAR-T vs after CAR-NK", ("CAR-T", "CAR-NK"), ("infections",)),
        ("FT596 in lymphoma vs axi-cel", ("FT596 in lymphoma", "axi-cel"), ()),
        ("Is freezing harmful? fresh cells vs thawed cells", ("fresh cells", "thawed cells"), ("freezing harmful",)),
        ("survival, frozen vs fresh", ("frozen", "fresh"), ("survival",)),
        ("CD28 versus 4-1BB as costimulatory domain in NK cells", ("CD28", "4-1BB"), None),
        ("durability of remission - cilta-cel against ide-cel", ("cilta-cel", "ide-cel"), ("durability of remission",)),
        ("GVHD: CAR-T, CAR-NK", ("CAR-T", "CAR-NK"), ("GVHD",)),
        ("In older adults, how do axi-cel and tisa-cel differ?", ("axi-cel", "tisa-cel"), ()),
        ("what's the better source, cord blood or marrow?", ("cord blood", "marrow"), ("source",)),
        # Alike or not.
        ("do children and adults respond equally well to tisa-cel?", ("children", "adults"), ()),
        ("are axi-cel and tisa-cel equally safe?", ("axi-cel", "tisa-cel"), ("safety",)),
        # Papers.
        ("response rate: Liu 2020 vs Marin 2024", ("Liu 2020", "Marin 2024"), ("response rate",)),
        ("the trial by Liu against the trial by Marin on GVHD", ("trial by Liu", "trial by Marin"), ("GVHD",)),
        ("dose - Xiao, Burger and Liu", ("Xiao", "Burger", "Liu"), ("dose",)),
    ],
)  # fmt: skip
def test_a_layout_tells_subjects_from_aspects(
    text: str, subjects: tuple[str, ...], aspects: tuple[str, ...] | None, background: Background
) -> None:
    question = understand(text, (), background)
    assert (question.kind, question.subjects) == (Kind.COMPARISON, subjects)
    assert aspects is None or question.aspects == aspects
    assert not question.constraints.document_ids


@pytest.mark.parametrize(
    "text",
    [
        "CD155 - friend or foe",
        "IL-15: blessing or curse?",
        "any fever or confusion?",
        "any CRS or ICANS in the trial by Liu?",
        "Must cells be washed or filtered before infusion?",
        "CAR-NK cells against glioblastoma",
        "activity of NK cells against tumours - mice and people",
        "How well does CAR-NK work against AML?",
        "In mice, do NK cells or their cytokines cause fever?",
        "toxicity of CAR-T: which organs and how often?",
        "NK cells: what are they and how do they kill?",
        "In the trial by Liu, how many had lymphoma or leukaemia?",
        "Were there infections - fungal, viral or bacterial?",
        "How many cells did each of the three patients get?",
        "What is given before and after infusion?",
        "scaling up CAR-NK production, cost and bottlenecks",
        "FT596 plus rituximab - dose and schedule",
        "NK-92: origin, irradiation and safety",
        "Which cytokines, chemokines or antibodies help NK cells enter tumours?",
        "lupus, CAR-NK: results?",
        "CRS and ICANS, how are they managed?",
        "is fludarabine or cyclophosphamide given before NKX101?",
        "are children or pregnant women allowed?",
        "Why freeze them: cost, logistics or safety?",
        "on the article: what does it say of cost and safety?",
    ],
)
def test_a_list_inside_a_question_compares_nothing(text: str, background: Background) -> None:
    assert understand(text, (), background).kind is not Kind.COMPARISON


def test_a_paper_after_a_comma_is_the_source_of_a_comparison(background: Background) -> None:
    question = understand("lymphoma vs leukaemia, Marin et al.", (), background)
    assert question.subjects == ("lymphoma", "leukaemia")
    assert question.constraints.document_ids == {"marin2024natmed"}
