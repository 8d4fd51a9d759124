"""The form of a sentence: what defines, gives the figure asked for or states a finding leads; what plans does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Kind
from assistant.composing.extractive import compose
from assistant.composing.forms import bonus, defines, is_label
from assistant.question import Question
from corpus.document import Block, BlockKind
from tests.assistant.composing.evidences import evidence, in_document


def asking(text: str, kind: Kind, *subjects: str) -> Question:
    return Question(text, text, text, kind, subjects, aspects=(), terms=())


LASERS = asking("What is optical tweezing?", Kind.DEFINITION, "optical tweezing")
WOLVES = asking("Do wolves change river banks?", Kind.YES_NO)
STRIKES = asking("How many people voted for the strike?", Kind.QUANTITY)


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        (
            LASERS,
            "Optical tweezing is a way to hold particles with a focused beam.",
            "Optical tweezing represents an important direction of growing interest.",
        ),
        (
            LASERS,
            "We hold the particles by a method called optical tweezing.",
            "Cooling was faster than by optical tweezing in all runs.",
        ),
        (
            WOLVES,
            "We found that banks were steadier where wolves had returned.",
            "Future studies should examine how wolves change river banks.",
        ),
        (
            WOLVES,
            "Banks were steadier where wolves had returned.",
            "Here, we examined whether wolves change river banks.",
        ),
        (
            STRIKES,
            "In the 2019 ballot 412 people voted for the strike.",
            "People who voted for the strike in 2019 were older than the others.",
        ),
        (
            STRIKES,
            "The share of members who voted for the strike was 63%.",
            "Voting for the strike took place in phase 2 of the dispute.",
        ),
    ],
)
def test_a_sentence_with_the_form_of_an_answer_weighs_more(
    question: Question, better: str, worse: str
) -> None:
    assert bonus(question, evidence(better)) > bonus(question, evidence(worse))


def test_what_was_planned_is_no_less_an_answer_to_who_asks_for_it() -> None:
    plan = evidence("Here, we examined whether wolves change river banks.")
    assert bonus(asking("What was the aim of the wolf study?", Kind.OPEN), plan) == 0


def test_the_title_of_a_figure_is_left_out_where_there_is_anything_else() -> None:
    text = "Fig 2 Banks of the river where wolves had returned and where none had."
    title = evidence(text, "a", score=3.0)
    captioned = replace(title.document, blocks=(Block(title.main, BlockKind.CAPTION),))
    title = in_document(captioned, title.main, score=3.0)
    said = evidence("Banks were steadier where wolves had returned to the valley.", "b", score=1.0)
    assert is_label(title)
    assert [s.text for s in compose(WOLVES, [title, said]).statements] == [said.text]
    assert [s.text for s in compose(WOLVES, [title]).statements] == [text]


def test_a_sentence_about_tables_or_data_in_general_is_no_title() -> None:
    assert not is_label(evidence("Data from 12 rivers show that banks were steadier."))
    assert not is_label(evidence("A river bank with 3 willows was steadier."))


def test_an_answer_without_a_definition_is_known_as_one() -> None:
    found = evidence("Optical tweezing was used in 42% of the laboratories.", "a")
    told = evidence("Optical tweezing is a way to hold particles with a focused beam.", "b")
    assert not defines(LASERS, found)
    assert compose(LASERS, [found]).undefined
    assert not compose(LASERS, [found, told]).undefined
    assert not compose(WOLVES, [found]).undefined
