"""Figures beside what they are of and in whom: slices of the sentence, and none where it is unsure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.composing.figures import figures_for
from assistant.composing.measuring import readings
from corpus.document import Span
from tests.assistant.composing.evidences import evidence, statement


def read(text: str) -> list[tuple[str, str | None, str | None]]:
    """Give number, what it is of and in whom, as the sentence says them."""

    def words(span: Span | None) -> str | None:
        return span.of(text) if span else None

    return [(r.number.of(text), words(r.measured), words(r.population)) for r in readings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The trial gives progression-free survival of 3.5 months and median overall survival of 8.1 months.",
            [
                ("3.5 months", "progression-free survival", None),
                ("8.1 months", "median overall survival", None),
            ],
        ),
        (
            "Of 108 recipients with fever, 58 (54%) were admitted to intensive care and 18 (17%) were intubated.",
            [
                ("108 recipients", None, "108 recipients"),
                ("58 (54%)", "admitted to intensive care", "108 recipients"),
                ("18 (17%)", "intubated", "108 recipients"),
            ],
        ),
        ("Infection occurred in 42% of people given the drug.", [("42%", "Infection", None)]),
        (
            "Response was seen in 7 of 10 patients (70%).",
            [("7 of 10 patients (70%)", "Response", "10 patients")],
        ),
        ("The list price of the drug is $475 000.", [("$475 000", "list price", None)]),
        (
            "Nine people with recurrent lupus each received one dose.",
            [("Nine people", None, "Nine people with recurrent lupus")],
        ),
        (
            "The cells were detectable for no longer than 15 days.",
            [("no longer than 15 days", "detectable", None)],
        ),
    ],
)
def test_a_figure_is_read_with_what_it_is_of_and_in_whom(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Grade 3 events began on day 28 in the phase 1/2 trial by Marin et al. (2024).",
        "TRANSCEND NHL 001 and CD19 were named.",
        "On 26 June 2025 the programme ended.",
        "2. NK cells do not rely on it.",
    ],
)
def test_grades_days_years_names_and_list_numbers_are_no_figures(text: str) -> None:
    assert read(text) == []


def test_intervals_in_brackets_are_no_figures() -> None:
    assert read("Survival was 8.8 months (95% CI 5.6-11.6).") == [("8.8 months", "Survival", None)]


def test_in_a_list_of_figures_none_is_paired_with_a_name_that_may_be_anothers() -> None:
    found = read("Progression-free and overall survival of 69% and 94% were seen.")
    assert [(number, measured) for number, measured, _ in found] == [("69%", None), ("94%", None)]


@given(st.text(alphabet="aB 0123456789%$().,;of in±was patients with8", max_size=120))
def test_whatever_the_words_every_part_of_a_reading_lies_in_them(text: str) -> None:
    for reading in readings(text):
        whole = Span(0, len(text))
        parts = [
            reading.number,
            reading.clause,
            *filter(None, (reading.unit, reading.measured, reading.population)),
        ]
        assert all(whole.contains(part) for part in parts)
        assert re.search(r"\w", reading.number.of(text))


def test_figures_are_spans_of_the_document_and_reference_marks_are_none_of_them() -> None:
    found = evidence("Neurotoxicity [12] occurred in 21% of patients with lymphoma.", mark="[12]")
    (figure,) = figures_for("How often does neurotoxicity occur?", [statement(found)])
    text = found.document.text
    assert figure.number.of(text) == "21%"
    assert figure.population is not None
    assert figure.population.of(text) == "patients with lymphoma"


def test_a_figure_of_another_product_or_of_another_thing_is_left_out() -> None:
    said = [
        statement(evidence("Median overall survival with AB12 was 8.1 months.", "a")),
        statement(evidence("With AB12, overall survival was 7 months at most.", "b")),
        statement(evidence("Median progression-free survival with AB12 was 3.5 months.", "c")),
        statement(evidence("Median overall survival with AB13 was 25 months.", "d")),
    ]
    found = figures_for("What is the median overall survival with AB12?", said)
    assert [figure.statement for figure in found] == [0, 1]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How often does fever occur?", "Fever occurred in 21% of them."),
        ("Why does fever occur?", "Fever occurred in 21% of 34 patients with flu."),
    ],
)
def test_one_figure_that_says_no_more_than_its_statement_gets_no_table(question: str, sentence: str) -> None:
    assert figures_for(question, [statement(evidence(sentence))]) == ()


def test_a_price_says_what_it_is_for_and_a_second_one_is_of_what_the_first_is() -> None:
    said = statement(
        evidence("Total costs of the new drug were $637 K with axi-cel against $621 K with liso-cel.")
    )
    first, second = figures_for("How much do axi-cel and liso-cel cost?", [said])
    for figure, product in ((first, "axi-cel"), (second, "liso-cel")):
        text = figure.evidence.document.text
        assert figure.measured and figure.measured.of(text) == "Total costs"
        assert figure.population and figure.population.of(text) == product
