"""Follow-ups become questions of their own."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.question import understand
from assistant.question.background import Background

PERSIST = "How long do CAR-NK cells persist?"


@pytest.mark.parametrize(
    ("history", "text", "standalone"),
    [
        ([PERSIST], "and its risks?", "What are the risks of CAR-NK cells?"),
        ([PERSIST], "And the cost?", "What is the cost of CAR-NK cells?"),
        ([PERSIST], "Side effects?", "What are the side effects of CAR-NK cells?"),
        ([PERSIST], "what about lupus?", "How long do CAR-NK cells persist: lupus?"),
        ([PERSIST], "side effects?", "What are the side effects of CAR-NK cells?"),
        ([PERSIST], "what are the risks?", "what are the risks of CAR-NK cells?"),
        ([PERSIST], "what about CAR-T?", "How long do CAR-T cells persist?"),
        ([PERSIST], "and in lupus?", "How long do CAR-NK cells persist in lupus?"),
        ([PERSIST], "What about patients with lupus?", "How long do CAR-NK cells persist in patients with lupus?"),
        ([PERSIST], "why?", "Why do CAR-NK cells persist?"),
        ([PERSIST], "how many patients?", "How long do CAR-NK cells persist: how many patients?"),
        ([PERSIST], "Are they safe?", "Are CAR-NK cells safe?"),
        ([PERSIST], "how much do they cost?", "how much do CAR-NK cells cost?"),
        ([PERSIST], "Do these cells cause GVHD?", "Do CAR-NK cells cause GVHD?"),
        ([PERSIST], "tell me more", PERSIST),
        ([PERSIST], "only clinical trials", "How long do CAR-NK cells persist, only clinical trials?"),
        ([PERSIST], "since 2022", "How long do CAR-NK cells persist, since 2022?"),
        ([PERSIST], "compare that with CAR-T", "Compare CAR-NK cells and CAR-T in persistence"),
        (["What does ide-cel cost?"], "how does that compare with axi-cel?", "Compare ide-cel and axi-cel in cost"),
        (["Is CAR-NK safer than CAR-T?"], "why?", "Why is CAR-NK safer than CAR-T?"),
        (["Is CAR-NK safer than CAR-T?"], "and in cost?", "Compare CAR-NK and CAR-T in cost"),
        (["Is CAR-NK safer than CAR-T?"], "and bispecifics?", "Compare CAR-NK, CAR-T and bispecifics in safety"),
        (["How often does CRS occur with ide-cel?"], "what about axi-cel?", "How often does CRS occur with axi-cel?"),
        (["What are the side effects of CAR-T?"], "and of CAR-NK?", "What are the side effects of CAR-NK?"),
        (["What was the response rate in lymphoma?"], "and in myeloma?", "What was the response rate in myeloma?"),
        (["Can NK cells be frozen?"], "how?", "How can NK cells be frozen?"),
        (["Can NK cells be frozen?"], "what's behind that?", "Why can NK cells be frozen?"),
        ([PERSIST], "does it need IL-2?", "do CAR-NK cells need IL-2?"),
        (["What is trogocytosis?"], "Are they harmful?", "Is trogocytosis harmful?"),
        ([PERSIST], "any fever or confusion?", "Any fever or confusion with CAR-NK cells?"),
        ([PERSIST], "and the harm to nerves?", "What is the harm to nerves of CAR-NK cells?"),
        (["What is trogocytosis?"], "how can it be prevented?", "how can trogocytosis be prevented?"),
        (["how long do nk cells persist"], "and t cells?", "how long do t cells persist"),
        (["price of car-t"], "what about car-nk", "price of car-nk"),
        ([PERSIST, "what about CAR-T?"], "and in lupus?", "How long do CAR-T cells persist in lupus?"),
        ([PERSIST, "and their safety?"], "What about its cost?", "What is the cost of CAR-NK cells?"),
        ([PERSIST, "since 2022"], "and CAR-T?", "How long do CAR-T cells persist, since 2022?"),
        (["What is CRS?", "how is it treated?"], "and ICANS?", "how is ICANS treated?"),
        ([PERSIST, "thanks!"], "and the cost?", "What is the cost of CAR-NK cells?"),
    ],
)  # fmt: skip
def test_a_follow_up_says_what_it_refers_to(
    history: list[str], text: str, standalone: str, background: Background
) -> None:
    assert understand(text, history, background).standalone == standalone


@pytest.mark.parametrize(
    "text",
    [
        "What is CRS?",
        "KIR mismatch",
        "Is it true that CAR-NK cells rarely cause GVHD?",
        "Do those trials of FT596 report survival?",
        "Which antigens are targeted in glioblastoma?",
        "What is CRS and how is it treated?",
        "Do T cells lose their function in tumours?",
        "When patients relapse, are they treated again?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(text: str, background: Background) -> None:
    assert understand(text, ["How much do CAR-T therapies cost?"], background).standalone == text


def test_a_follow_up_has_the_kind_of_the_question_it_becomes(background: Background) -> None:
    assert understand("what about CAR-T?", [PERSIST], background).kind is Kind.QUANTITY
    compared = understand("compare that with CAR-T", ["Is CAR-NK safe?"], background)
    assert (compared.kind, compared.subjects) == (Kind.COMPARISON, ("CAR-NK", "CAR-T"))


def test_a_follow_up_adds_its_constraint_to_the_question_before(background: Background) -> None:
    question = understand("since 2022", [PERSIST], background)
    assert question.constraints.year_from == 2022
    assert question.query == PERSIST


def test_without_a_history_words_stand_as_they_are(background: Background) -> None:
    assert understand("and the cost?", [], background).standalone == "and the cost?"
