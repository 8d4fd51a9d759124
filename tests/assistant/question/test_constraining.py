"""What a question says of the sources it wants."""

from __future__ import annotations

import pytest

from assistant.question import understand
from assistant.question.background import Background
from corpus.document import SourceType


@pytest.mark.parametrize(
    ("text", "years", "query"),
    [
        ("How long do NK cells persist in papers since 2022?", (2022, None), "How long do NK cells persist?"),
        ("How long do NK cells persist, since 2022?", (2022, None), "How long do NK cells persist?"),
        ("What is known since 2022 about lupus?", (2022, None), "What is known about lupus?"),
        ("trogocytosis in studies after 2020", (2021, None), "trogocytosis"),
        ("trogocytosis in studies published before 2020", (None, 2019), "trogocytosis"),
        ("trogocytosis in papers from 2021 to 2023", (2021, 2023), "trogocytosis"),
        ("trogocytosis, between 2021 and 2023", (2021, 2023), "trogocytosis"),
        ("trogocytosis in reviews in 2021", (2021, 2021), "trogocytosis"),
        ("trogocytosis, only papers from before 2019", (None, 2018), "trogocytosis"),
        ("trogocytosis, papers from 2021 on", (2021, None), "trogocytosis"),
        ("trogocytosis in papers newer than 2020", (2021, None), "trogocytosis"),
        ("trogocytosis in studies older than 2020", (None, 2019), "trogocytosis"),
        ("How many deaths were reported since 2022?", (2022, None), "How many deaths were reported?"),
        ("evidence up to 2020 on trogocytosis", (None, 2020), "on trogocytosis"),
    ],
)
def test_years_of_papers_are_a_constraint_and_leave_what_is_searched(
    text: str, years: tuple[int | None, int | None], query: str
) -> None:
    question = understand(text)
    assert (question.constraints.year_from, question.constraints.year_to) == years
    assert question.query == query
    assert question.text == text


def test_a_kind_and_years_said_together_are_both_constraints(background: Background) -> None:
    constraints = understand(
        "According to reviews since 2022, why do tumours resist?", (), background
    ).constraints
    assert (constraints.year_from, constraints.source_types) == (2022, frozenset({SourceType.REVIEW}))


@pytest.mark.parametrize(
    "text",
    [
        "In which year was tisagenlecleucel approved?",
        "Which products were approved in 2019?",
        "How many patients have been treated since 2022?",
        "What do recent papers say about lupus?",
        "Why did the FDA act in January 2024?",
        "Which targets are tested in clinical trials?",
        "Which reviews discuss cost?",
    ],
)
def test_when_or_where_something_happened_is_no_constraint(text: str, background: Background) -> None:
    question = understand(text, (), background)
    assert not question.constraints.filter.narrows
    assert question.query == text


@pytest.mark.parametrize(
    ("text", "source_type", "query"),
    [
        ("CRS in lupus, only clinical trials", SourceType.CLINICAL_TRIAL, "CRS in lupus"),
        (
            "How long do NK cells persist according to reviews?",
            SourceType.REVIEW,
            "How long do NK cells persist?",
        ),
        ("Do NK cells persist in preclinical studies?", SourceType.RESEARCH, "Do NK cells persist?"),
        ("CRS in lupus based on case reports", SourceType.CASE_REPORT, "CRS in lupus"),
        ("CRS in lupus from clinical trials only", SourceType.CLINICAL_TRIAL, "CRS in lupus"),
        ("Reviews only please: does CRS occur?", SourceType.REVIEW, "does CRS occur?"),
        ("only clinical trials, please: CRS in lupus", SourceType.CLINICAL_TRIAL, "CRS in lupus"),
        ("CRS in lupus in preprints", SourceType.PREPRINT, "CRS in lupus"),
    ],
)
def test_kinds_of_sources_are_a_constraint(text: str, source_type: SourceType, query: str) -> None:
    question = understand(text)
    assert question.constraints.source_types == {source_type}
    assert question.query == query


@pytest.mark.parametrize(
    ("text", "documents", "query"),
    [
        ("What was the response rate in the trial by Liu?", {"liu2020nejm"}, "What was the response rate?"),
        ("Marin et al. 2024: what was the response rate?", {"marin2024natmed"}, "what was the response rate?"),
        ("marin et al on CRS", {"marin2024natmed"}, "on CRS"),
        ("What did the Xiao study find about CRS?", {"xiao2019molther"}, "CRS?"),
        ("What does Levine report on CRS?", {"levine2021jitc"}, "CRS?"),
        ("How often was CRS seen according to Levine?", {"levine2021jitc"}, "How often was CRS seen?"),
        ("What does the review by Yilmaz say about MHC?", {"yilmaz2020jho"}, "MHC?"),
        ("CRS in “NK cells and solid tumors: therapeutic potential”", {"tong2022molcancer"}, "CRS"),
        ("How often did CRS occur in PMC8873238?", {"pmc8873238"}, "How often did CRS occur?"),
        ("How often did CRS occur in liu2020nejm?", {"liu2020nejm"}, "How often did CRS occur?"),
        ("What does the article say about cost?", {"source-article"}, "cost?"),
        ("According to the article, how do NK cells kill?", {"source-article"}, "how do NK cells kill?"),
    ],
)  # fmt: skip
def test_a_paper_can_be_named_by_author_title_or_identifier(
    text: str, documents: set[str], query: str, background: Background
) -> None:
    question = understand(text, (), background)
    assert question.constraints.document_ids == documents
    assert question.query == query
    assert not question.constraints.unmet


def test_a_question_for_a_paper_alone_is_about_what_the_paper_is_about(background: Background) -> None:
    assert "Colorectal" in understand("What did the Xiao study find?", (), background).query


@pytest.mark.parametrize("text", ["What did the trial by Smith find?", "What did Marin et al. 2019 report?"])
def test_a_paper_that_the_library_does_not_have_is_missed(text: str, background: Background) -> None:
    assert understand(text, (), background).constraints.unmet


@pytest.mark.parametrize(
    "text", ["What happened in the ZUMA-1 trial?", "Does the lupus study report CRS?", "cells made by Nkarta"]
)
def test_what_is_not_an_author_names_no_paper(text: str, background: Background) -> None:
    constraints = understand(text, (), background).constraints
    assert not constraints.document_ids and not constraints.unmet


def test_kinds_years_and_authors_hold_together(background: Background) -> None:
    question = understand("CRS in the study by Li, since 2020, only in reviews", (), background)
    within = question.constraints.filter
    assert within.document_ids == {"li2018stemcell", "li2022natmed"}
    assert within.source_types == {SourceType.REVIEW}
    assert question.terms == ("crs",)


def test_a_kind_of_source_of_some_years_is_a_constraint_in_both() -> None:
    constraints = understand("What do reviews since 2023 say about CAR-NK?").constraints
    assert constraints.year_from == 2023
    assert constraints.source_types == {SourceType.REVIEW}
    later = understand("What have clinical trials published after 2020 found?").constraints
    assert later.year_from == 2021
    assert later.source_types == {SourceType.CLINICAL_TRIAL}
