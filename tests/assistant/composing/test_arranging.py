"""Statements in order: what agrees merged, sides apart, and fixed words that carry no facts."""

from __future__ import annotations

import re

from assistant.answer import Kind, Stance
from assistant.citing import Cited, cite
from assistant.composing.arranging import arrange
from assistant.composing.wording import COMMERCIAL, ONLY_FOR
from assistant.evidence import Evidence
from assistant.question import Question
from corpus.document import SourceType
from tests.assistant.composing.evidences import evidence, statement


def answered(text: str, kind: Kind, *found: Evidence) -> Cited:
    question = Question(text, text, text, kind, (), (), ())
    return cite(arrange(question, [statement(one) for one in found]))


def test_what_speaks_for_and_against_stands_apart_under_fixed_words() -> None:
    cited = answered(
        "Do frozen NK cells kill as well as fresh ones?",
        Kind.YES_NO,
        evidence("Freezing cut NK cell killing in a gel.", "a"),
        evidence("Frozen NK cells killed as well as fresh NK cells.", "b"),
        evidence("NK cells can be grown with feeder cells.", "c"),
    )
    assert [(group.stance, group.statements) for group in cited.groups] == [
        (Stance.FOR, ("s1",)),
        (Stance.AGAINST, ("s2",)),
        (Stance.NEITHER, ("s3",)),
    ]
    assert re.findall(r"^.*:$", cited.text, re.MULTILINE) == [
        "Speaking for “yes”:",
        "Speaking for “no”:",
        "Also found:",
    ]
    assert cited.remarks == ()


def test_that_all_speaks_for_one_side_is_said() -> None:
    found = evidence("NK-92 cells must be irradiated before infusion.", "a")
    cited = answered("Is NK-92 irradiated before infusion?", Kind.YES_NO, found)
    assert cited.remarks == (ONLY_FOR,)
    assert cited.text.endswith(ONLY_FOR)


def test_where_nothing_takes_a_side_the_answer_is_as_any_other() -> None:
    found = evidence("NK cells can be grown with feeder cells.", "a")
    cited = answered("Is NK-92 irradiated before infusion?", Kind.YES_NO, found)
    assert cited.groups == ()
    assert cited.text == "NK cells can be grown with feeder cells. [1]"


def test_two_wordings_of_one_finding_become_one_statement_with_both_citations_in_the_trials_words() -> None:
    cited = answered(
        "How often did fever occur?",
        Kind.OTHER,
        evidence(
            "Fever arose in 21% of the patients given AB12.",
            "web",
            source_type=SourceType.WEB,
            commercial=True,
        ),
        evidence("Fever occurred in 21% of patients given AB12.", "trial"),
    )
    (said,) = cited.statements
    assert said.text == "Fever occurred in 21% of patients given AB12."
    assert said.citations == (1, 2)


def test_statements_that_differ_in_a_figure_or_direction_stay_apart() -> None:
    for one, two in (
        (
            "Fever occurred in 21% of lupus patients given AB12.",
            "Fever occurred in 35% of lupus patients given AB12.",
        ),
        (
            "AB12 raised the amount of EGFR on tumour cells.",
            "AB12 lowered the amount of EGFR on tumour cells.",
        ),
    ):
        cited = answered("What does AB12 do?", Kind.OPEN, evidence(one, "a"), evidence(two, "b"))
        assert len(cited.statements) == 2
        (found,) = cited.disagreements
        assert found.statements == ("s1", "s2")
        assert found.lead_in in cited.text


def test_an_answer_from_a_commercial_source_alone_says_so_in_its_text() -> None:
    found = evidence("AB12 is safe.", "web", commercial=True, source_type=SourceType.WEB)
    cited = answered("Is it safe?", Kind.OPEN, found)
    assert cited.text == f"AB12 is safe. [1]\n\n{COMMERCIAL}"


def test_the_table_of_figures_cites_each_and_escapes_what_a_document_says() -> None:
    cited = answered(
        "How often did fever occur with AB12?",
        Kind.QUANTITY,
        evidence("Fever occurred in 21% of 40 patients with lupus given AB12.", "a", author="O|Hara"),
        evidence("Fever occurred in 35% of 90 patients with lupus given AB12.", "b", author="Ito"),
    )
    assert cited.text.split("\n\n")[2].split("\n")[2:] == [
        "| 21% | Fever · 40 patients with lupus | O\\|Hara 2024, clinical trial [1] |",
        "| 35% | Fever · 90 patients with lupus | Ito 2024, clinical trial [2] |",
    ]


def test_a_trial_stands_before_a_commercial_article_unless_that_answers_far_better() -> None:
    web = evidence("AB12 lasts long.", "web", commercial=True, source_type=SourceType.WEB, score=1.2)
    trial = evidence("AB12 was detectable for 15 days in mice.", "trial", score=1.0)
    cited = answered("How does AB12 last?", Kind.OPEN, web, trial)
    assert [citation.document_id for citation in cited.citations] == ["trial", "web"]


def test_a_side_that_no_chosen_statement_takes_is_looked_for_among_the_candidates() -> None:
    question = "Do frozen NK cells kill as well as fresh ones?"
    cut = evidence("Freezing cut NK cell killing in a gel.", "a")
    kept = evidence("Frozen NK cells killed as well as fresh NK cells.", "b")
    asked = Question(question, question, question, Kind.YES_NO, (), (), ())
    cited = cite(arrange(asked, [statement(cut)], candidates=[cut, kept]))
    assert [group.stance for group in cited.groups] == [Stance.FOR, Stance.AGAINST]
    assert cited.remarks == ()
