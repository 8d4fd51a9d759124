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
        ("were patients in ZUMA-1 older than those enrolled in ELIANA?", ("ZUMA-1", "ELIANA"), ("patients",)),
        ("what have trials in lupus shown next to those in glioblastoma?", ("lupus", "glioblastoma"), ()),
        ("does adding rituximab help - arm A or arm B, how many got each", ("arm A", "arm B"), None),
        ("with rituximab or cetuximab do NK cells kill more", ("rituximab", "cetuximab"), ()),
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
