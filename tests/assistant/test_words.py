"""Words, numbers, negation, and sentences that lean on their neighbours."""

from __future__ import annotations

import pytest

from assistant.words import leans, names, negated, numbers, singular


@pytest.mark.parametrize(
    "sentence",
    [
        "These receptors typically consist of three parts.",
        "In addition, NK cells possess ADCC.",
        "This provides the foundation for universal products.",
        "Among these, iPSC-derived NK cells expand well.",
        "Extending their survival remains a research focus.",
        "CAR-NK therapy builds upon this natural capability by adding receptors.",
        "However, access remains limited.",
        "It was lower in the second group.",
    ],
)
def test_a_sentence_that_points_back_leans(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "NK cells kill tumour cells without prior sensitization.",
        "When the cells were made to secrete IL-15 they went on working.",
        "Cytokine release syndrome was seen in 42 % of patients, and it resolved in most.",
        "No patient relapsed despite conditioning.",
        "Italian patients responded.",
        "Overall survival was 68 %.",
        "There was no cytokine release syndrome.",
        "Patients and their families were asked.",
    ],
)
def test_a_sentence_that_names_what_it_speaks_of_stands_alone(sentence: str) -> None:
    assert not leans(sentence)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eight of the 11 people (73%) responded", {"8", "11", "73"}),
        ("1,248 moving cells", {"1248"}),
        ("p = 0.014", {"0.014"}),
        ("CD19 and IL-15 are names", {"15"}),
        ("nothing to count", set()),
    ],
)
def test_numbers_are_read_as_digits_or_words(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    "text", ["No patient died.", "It isn't safe.", "without neurotoxicity", "cells lacking CD16"]
)
def test_a_denial_is_seen(text: str) -> None:
    assert negated(text)


@pytest.mark.parametrize("text", ["A notable effect.", "Nottingham", "know-how"])
def test_a_word_that_only_looks_like_a_denial_is_none(text: str) -> None:
    assert not negated(text)


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("CAR T cells were infused", "CAR-T", True),
        ("CAR\u2011NK therapy", "CAR-NK", True),
        ("car transduced cells", "CAR-T", False),
        ("two bispecifics", "bispecific", True),
        ("CAR-NK cells", "CAR-T", False),
        ("CAR-NK cells kill", "NK cells", False),
        ("NK cells kill", "NK cells", True),
        ("a CAR-T cell therapy", "CAR-T cells", True),
    ],
)
def test_a_name_is_found_whatever_its_hyphen(text: str, name: str, named: bool) -> None:
    assert names(text, name) is named


def test_abbreviations_are_put_into_the_singular() -> None:
    assert singular("DLTs and CRS in NKTs") == "DLT and CRS in NKT"
