"""Comparisons that no layout tells: like things are named, and a word compares them."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.question import understand
from assistant.question.background import Background


@pytest.mark.parametrize(
    ("text", "subjects", "aspects"),
    [
        ("is neurotoxicity rarer with FT596 than it is with axi-cel", ("FT596", "axi-cel"), ("neurotoxicity",)),
        ("I can't decide between cilta-cel and ide-cel; which one spares the nerves?", ("cilta-cel", "ide-cel"), ()),
        ("how many doses were used in the Gao study and in the Burger study respectively", ("Gao", "Burger"), None),
        ("were patients in ZUMA-1 older than those enrolled in ELIANA?", ("ZUMA-1", "ELIANA"), ()),
        ("does cilta-cel outdo ide-cel on response depth", ("cilta-cel", "ide-cel"), ("response depth",)),
        ("FT596 outlasts Liu's cells, true?", ("FT596", "Liu"), ()),
        ("GVHD with CAR-NK, same as with CAR-T?", ("CAR-NK", "CAR-T"), ()),
        ("does killing suffer more in Mark's work than with the PM21 particle cells", ("Mark", "PM21"), None),
        ("how often does CRS come with liso-cel and tisa-cel", ("liso-cel", "tisa-cel"), ()),
        ("regimen A and regimen B of the FT596 trial, response each", ("regimen A", "regimen B"), None),
        ("what have trials in lupus shown next to those in glioblastoma?", ("lupus", "glioblastoma"), ()),
        ("does adding rituximab help - arm A or arm B, how many got each", ("arm A", "arm B"), None),
        ("with rituximab or cetuximab do NK cells kill more", ("rituximab", "cetuximab"), ()),
        # Joined by what sets apart, by the same asked again, or by a mark alone where a list stands apart.
        ("is CAR-NK unlike CAR-T when it comes to making it?", ("CAR-NK", "CAR-T"), None),
        ("Is Marin's response rate below that of Liu?", ("Marin", "Liu"), None),
        ("was it harmful in Christodoulou's animals but not in Liu's patients?", ("Christodoulou", "Liu"), None),
        ("Christodoulou saw toxicity; what about Daher?", ("Christodoulou", "Daher"), None),
        ("Whereas ZUMA-1 reported fever in 13%, what was it in TRANSCEND?", ("ZUMA-1", "TRANSCEND"), None),
        ("What can an NK cell do that a T cell cannot?", ("NK cell", "T cell"), None),
        ("where did Burger inject the cells and where did Xiao", ("Burger", "Xiao"), None),
        ("How do patients fare on FT596 and how on NKX019?", ("FT596", "NKX019"), None),
        ("Daher deleted CISH, Bexte deleted NKG2A. Whose cells killed more?", ("Daher", "Bexte"), None),
        ("Are harms the same or different in lupus patients and in lymphoma patients?", ("lupus", "lymphoma"), None),
        ("CRS rates, please: Kymriah / Abecma / Carvykti", ("Kymriah", "Abecma", "Carvykti"), None),
        ("eliana karmma cartitude-1 which of them had most responders", ("eliana", "karmma", "cartitude-1"), None),
        ("mRNA, lentivirus or Sleeping Beauty to get the CAR in?", ("mRNA", "lentivirus", "Sleeping Beauty"), None),
        ("what does the hinge do, as opposed to the scFv", ("hinge", "scFv"), None),
        ("Explain how the FDA's REMS decision differs from its boxed warning.", ("REMS", "boxed warning"), None),
        # A bracket that is not closed is no part of a name.
        ("targets in NK cells (NKG2A / CISH / TGFBR2) - what does each one do?", ("NKG2A", "CISH", "TGFBR2"), None),
        # What stands beside a name is no part of it.
        ("liso-cel vs axi-cel response rates and QALYs", ("liso-cel", "axi-cel"), ("response rates", "QALYs")),
        ("axi-cel patients live longer, compared with FT596 patients?", ("axi-cel patients", "FT596 patients"), None),
        ("CD38 vs NKG2A knockout", ("CD38", "NKG2A knockout"), ()),
    ],
)  # fmt: skip
def test_like_things_in_relation_are_compared(
    text: str, subjects: tuple[str, ...], aspects: tuple[str, ...] | None, background: Background
) -> None:
    question = understand(text, (), background)
    assert (question.kind, question.subjects) == (Kind.COMPARISON, subjects)
    assert aspects is None or question.aspects == aspects


@pytest.mark.parametrize(
    "text",
    [
        "What did Liu and Marin find?",
        "Is CD19 or CD22 expressed on B cells?",
        "can both CD16 and NKG2D activate an NK cell",
        "Which patients with lymphoma or leukaemia get CAR-NK?",
        "Which NKX019 patients had lymphoma or leukaemia?",
        "Was tocilizumab or dexamethasone used more than once in ZUMA-1?",
        "what else besides axi-cel and tisa-cel is approved",
        "list nerve troubles of cilta-cel other than ICANS",
        "How often do lymphoma patients get CRS and ICANS?",
        "why does CISH deletion make CAR-NK cells stronger against lymphoma?",
        "who wrote the same paper on CISH as Daher?",
        "Which cytokines are released: IL-6, IL-10 or TNF?",
        "Apart from Kymriah and Yescarta, which CAR-T products are approved?",
        "Since Liu et al. (2020) and Marin et al. (2024) used the same product, is it on the market?",
        "In the KarMMa trial, how many had CRS and how many ICANS?",
        "How many people with lupus or lymphoma have had CAR-NK?",
        "Why use NK cells against solid tumours?",
        "Has FT596 been given with rituximab rather than alone?",
        "did each patient in ZUMA-1 get fludarabine and cyclophosphamide?",
        "Is NKX101 used with or without azacitidine?",
    ],
)
def test_things_named_together_are_not_thereby_compared(text: str, background: Background) -> None:
    assert understand(text, (), background).kind is not Kind.COMPARISON


@pytest.mark.parametrize(
    ("history", "text", "subjects"),
    [
        ("How often do patients get fever with CAR-NK cells?", "and compared with CAR-T?", ("CAR-NK cells", "CAR-T")),
        ("What were the remissions in lupus?", "next to those in glioblastoma?", ("lupus", "glioblastoma")),
        ("Which trials gave CAR-NK cells to people?", "what about Gao versus Burger, doses?", ("Gao", "Burger")),
    ],
)  # fmt: skip
def test_a_follow_up_takes_the_like_thing_from_before(
    history: str, text: str, subjects: tuple[str, ...], background: Background
) -> None:
    assert understand(text, [history], background).subjects == subjects
