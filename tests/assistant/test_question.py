"""How questions are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Kind
from assistant.question import understand


@pytest.mark.parametrize(
    ("text", "subjects", "aspect"),
    [
        ("How does CAR-NK compare with CAR-T in safety?", ("CAR-NK", "CAR-T"), "safety"),
        ("Compare CAR-NK and CAR-T", ("CAR-NK", "CAR-T"), None),
        ("CAR-NK versus CAR-T: safety?", ("CAR-NK", "CAR-T"), "safety"),
        ("CAR-NK vs. CAR-T", ("CAR-NK", "CAR-T"), None),
        (
            "What is the difference between cord blood and iPSC NK cells?",
            ("cord blood", "iPSC NK cells"),
            None,
        ),
        ("Is CAR-NK safer than CAR-T?", ("CAR-NK", "CAR-T"), "safety"),
        ("Is CAR-NK or CAR-T safer?", ("CAR-NK", "CAR-T"), "safety"),
        ("CAR-NK and CAR-T: which is safer?", ("CAR-NK", "CAR-T"), "safety"),
        ("Which therapy is cheaper, CAR-NK or CAR-T?", ("CAR-NK", "CAR-T"), "cost"),
        ("Compare the safety of CAR-NK and CAR-T", ("CAR-NK", "CAR-T"), "safety"),
        ("How does the safety of CAR-NK compare with that of CAR-T?", ("CAR-NK", "CAR-T"), "safety"),
        (
            "Are response rates higher with axi-cel than with ide-cel?",
            ("axi-cel", "ide-cel"),
            "response rates",
        ),
        ("cord blood or iPSC?", ("cord blood", "iPSC"), None),
        (
            "How do NK cells differ from T cells in terms of persistence?",
            ("NK cells", "T cells"),
            "persistence",
        ),
    ],
)
def test_a_comparison_names_its_subjects_and_its_aspect(
    text: str, subjects: tuple[str, ...], aspect: str | None
) -> None:
    question = understand(text)
    assert (question.kind, question.subjects, question.aspect) == (Kind.COMPARISON, subjects, aspect)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is CRS?", Kind.DEFINITION),
        ("What are CAR-NK cells?", Kind.DEFINITION),
        ("What does GVHD stand for?", Kind.DEFINITION),
        ("What are the side effects of CAR-T?", Kind.LIST),
        ("Which targets were tried in solid tumours?", Kind.LIST),
        ("How long do CAR-NK cells persist?", Kind.QUANTITY),
        ("What does tisagenlecleucel cost?", Kind.QUANTITY),
        ("What is the overall response rate of FT596?", Kind.QUANTITY),
        ("When did the FDA end the REMS?", Kind.QUANTITY),
        ("Why do NK cells not cause GVHD?", Kind.CAUSE),
        ("Can CAR-NK cells be frozen?", Kind.YES_NO),
        ("Does IL-15 improve persistence or toxicity of CAR-NK?", Kind.YES_NO),
        ("How do NK cells kill?", Kind.OPEN),
        ("Can NK cells kill more than one tumour cell?", Kind.YES_NO),
        ("Does CRS last longer than 3 days?", Kind.YES_NO),
        ("persistence of NK cells", Kind.OTHER),
    ],
)
def test_the_kind_of_a_question_is_read_from_its_form(text: str, kind: Kind) -> None:
    assert understand(text).kind is kind


def test_a_follow_up_leans_on_the_last_question_that_stood_alone() -> None:
    history = ["How long do CAR-NK cells persist?", "And their safety?"]
    assert understand("What about its cost?", history).standalone == (
        "How long do CAR-NK cells persist: What about its cost?"
    )


def test_a_question_that_stands_alone_is_left_as_it_is() -> None:
    assert understand("What is CRS?", ["How long do CAR-NK cells persist?"]).standalone == "What is CRS?"


def test_a_question_that_names_what_it_asks_for_leans_on_nothing() -> None:
    for text in (
        "Is it true that CAR-NK cells rarely cause GVHD?",
        "Do those trials of FT596 report survival?",
    ):
        assert understand(text, ["What is the capital of France?"]).standalone == text


@pytest.mark.parametrize(
    "text", ["compare " + "a and " * 3300 + "?x?", "is " + "aer " * 5000, "what " * 4000]
)
def test_a_text_that_is_no_question_is_read_at_once(text: str) -> None:
    assert understand(text).kind in {Kind.OTHER, Kind.OPEN}


@given(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_can_be_read(text: str, history: list[str]) -> None:
    question = understand(text, history)
    assert question.text == " ".join(text.split())
    assert all(term == term.lower() for term in question.terms)
