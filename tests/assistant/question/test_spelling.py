"""Slips of spelling are read as the words of the library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import Correction, understand
from assistant.question.background import Background


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("toxcity", "toxicity"),
        ("saftey", "safety"),
        ("neurotoxcity", "neurotoxicity"),
        ("tisagenlecleucal", "tisagenlecleucel"),
        ("glioblastma", "glioblastoma"),
        ("trogocitosis", "trogocytosis"),
        ("betwen", "between"),
    ],
)
def test_a_slip_is_read_as_the_one_word_it_is_near_to(
    written: str, read_as: str, background: Background
) -> None:
    question = understand(f"what is known of {written} here", (), background)
    assert question.corrections == (Correction(written, read_as),)
    assert question.standalone == f"what is known of {read_as} here"
    assert written not in question.terms


def test_a_misspelt_month_is_read_as_it_though_it_begins_with_a_capital(background: Background) -> None:
    question = understand("how many responded in Decemeber 2022", (), background)
    assert question.standalone == "how many responded in December 2022"


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("how offen do patients relapse", "how often do patients relapse"),
        ("Wat is ADCC", "What is ADCC"),
        ("wich cells does WAT hold", "which cells does WAT hold"),
    ],
)
def test_a_slip_in_an_asking_word_is_read_past_without_a_word(
    text: str, read_as: str, background: Background
) -> None:
    question = understand(text, (), background)
    assert question.standalone == read_as
    assert question.corrections == ()


@pytest.mark.parametrize(
    "text",
    [
        "Does NKX999 work?",
        "What happened in ZUMA-7?",
        "What does IL-12 do?",
        "treatment of diabetes with metformin",
        "myeloid cells in sarcoidosis",
        "Is Dasatinib used?",
        "persisting cells",
        "CRSS in patients",
        "the zzyzx pathway",
    ],
)
def test_names_codes_and_english_words_are_left_as_they_are(text: str, background: Background) -> None:
    question = understand(text, (), background)
    assert question.standalone == text
    assert not question.corrections


@given(st.text(max_size=60))
def test_what_is_corrected_stood_there_and_is_a_word_of_ours(text: str) -> None:
    assert understand(text).corrections == ()


def test_a_misspelt_comparison_is_one(background: Background) -> None:
    assert understand("compair axi-cel and ide-cel in saftey", (), background).aspects == ("safety",)
