"""When the library cannot answer, and what it says then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from corpus.settings import Settings


@pytest.fixture(scope="module")
def assistant(starter_library: Path, settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(starter_library, settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Does sunitinib help CAR-NK cells?", "sunitinib"),
        ("Has the EMA approved a CAR-NK product?", "EMA"),
        ("Is CAR-NK therapy offered in Portugal?", "Portugal"),
        ("Does CAR-NK work in diabetes?", "diabetes"),
        ("What did CAR-NK cells do for people with mantle cell lymphoma?", "mantle cell lymphoma"),
        ("What was the response rate with NKX777?", "NKX-777"),
        ("What is the vector copy number of CAR-NK cells?", "vector copy number"),
    ],
)
def test_a_particular_thing_that_the_library_never_says_is_named(
    question: str, missing: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.abstention is not None
    assert missing in answer.abstention.missing_terms
    assert missing in answer.answer
    assert answer.abstention.nearest
    assert not answer.statements


@pytest.mark.parametrize(
    "question",
    [
        "Which tunes did Mozart write for the flute?",
        "how do I get red wine out of a carpet",
        "Which transposons help rice varieties resist drought?",
    ],
)
def test_a_question_about_something_else_is_declined(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question).abstained


@pytest.mark.parametrize(
    "question",
    [
        "What does one dose of NKX101 cost?",
        "Which company makes KN5501?",
    ],
)
def test_what_is_not_given_in_the_form_that_is_asked_for_is_declined(
    question: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.abstention is not None
    assert "does not give what is asked for" in answer.abstention.reason


def test_a_false_premise_gets_the_sentence_that_denies_it(assistant: Assistant) -> None:
    answer = assistant.ask("Why were infections so frequent in the lupus patients given CAR-NK cells?")
    assert answer.abstained
    (statement,) = answer.statements
    (citation,) = answer.citations
    assert "neither serious adverse events nor infections" in statement.text
    assert statement.text in answer.answer.replace("\\", "")
    assert statement.citations == (citation.number,)
    document = assistant.library.document(citation.document_id)
    assert all(q.text == document.text[q.start : q.end] for q in statement.quotes)


@pytest.mark.parametrize(
    ("question", "denying"),
    [
        ("why did the FDA tighten the REMS for CAR T cells in 2025?", "ended"),
        ("How many patients in ELIANA had cerebral oedema?", "no cerebral oedema"),
        ("why does CIS speed up IL-15 signalling in NK cells?", "brake on IL-15"),
        (
            "Which infections hit the lupus patients after CAR-NK, according to the news report?",
            "nor infections",
        ),
        ("Why does the boxed warning for T cell malignancies cover only Kymriah and Yescarta?", "all six"),
    ],
)
def test_the_contrary_is_quoted_even_in_other_words_and_further_down(
    question: str, denying: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert any(denying in statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    "question",
    [
        "Why do CAR-NK cells start attacking each other?",
        "how come only the 2B4 version beat plain NK cells in the mice with CD123 cells?",
        "How come hospitals no longer need a special certificate for CAR-T?",
        "Why did the benefit of the 2B4 cells in animals not last?",
        "how many tumour cells can one NK cell kill in a row?",
        "KLRC1 ko",
    ],
)
def test_what_is_rightly_taken_for_granted_is_answered(question: str, assistant: Assistant) -> None:
    assert not assistant.ask(question).abstained


def test_what_is_never_said_beside_the_name_of_a_trial_is_declined(assistant: Assistant) -> None:
    answer = assistant.ask("how many KarMMa patients needed tocilizumab?")
    assert answer.abstention is not None
    assert "“KarMMa” and “tocilizumab” together" in answer.abstention.reason


def test_a_count_of_a_thing_that_is_never_counted_is_declined(assistant: Assistant) -> None:
    answer = assistant.ask("How many mice were used in the kidney cancer experiments by Zhang?")
    assert answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "how many get through the freezer alive",
        "What snags are there in getting these cells into solid lumps?",
        "any brain trouble with the NK product in lymphoma?",
    ],
)
def test_plain_words_that_no_paper_uses_are_no_reason_to_decline(question: str, assistant: Assistant) -> None:
    assert not assistant.ask(question).abstained
