"""What readers think of answers is taken down with all that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Abstention, Extract
from assistant.interface.answering.judging import Judgement, UnknownNumberError, judge
from assistant.interface.answering.naming import name_of
from corpus.readers import CitedWords, Opinion, Readers
from tests.interface.answers import answer, citation

QUOTED = citation(1).model_copy(update={"quotes": (Extract(start=4, end=9, text="Terns"),)})
GIVEN = answer(
    "Terns do.", citations=(QUOTED,), answer="Terns do. [1]", standalone_question="Do terns winter at sea?"
)


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[Readers]:
    opened = Readers.open(tmp_path)
    yield opened
    opened.close()


def test_an_opinion_holds_question_answer_and_cited_places(readers: Readers) -> None:
    judge(readers, GIVEN, Judgement(opinion=Opinion.WRONG_CITATION, wrong=1), "Ann")
    (kept,) = readers.feedback()
    assert (kept.answer, kept.opinion, kept.wrong, kept.reader) == (
        name_of(GIVEN),
        Opinion.WRONG_CITATION,
        1,
        "Ann",
    )
    assert (kept.question, kept.kind, kept.said) == ("Do terns winter at sea?", "open", "Terns do. [1]")
    assert kept.cited == (CitedWords(1, "d1", 4, 9, "Terns"),)


def test_an_opinion_is_changed_and_taken_back(readers: Readers) -> None:
    for opinion in (Opinion.WRONG_CITATION, Opinion.GOOD):
        judge(readers, GIVEN, Judgement(opinion=opinion, wrong=1))
    assert [(one.opinion, one.wrong) for one in readers.feedback()] == [(Opinion.GOOD, None)]
    judge(readers, GIVEN, Judgement())
    assert readers.feedback() == []


def test_a_citation_that_the_answer_does_not_have_is_not_wrong(readers: Readers) -> None:
    with pytest.raises(UnknownNumberError, match="no such citation"):
        judge(readers, GIVEN, Judgement(opinion=Opinion.WRONG_CITATION, wrong=7))
    assert readers.feedback() == []


def test_it_is_kept_whether_the_answer_declined(readers: Readers) -> None:
    declined = answer(abstention=Abstention(reason="No.", missing_terms=(), nearest=()), answer="No.")
    judge(readers, declined, Judgement(opinion=Opinion.GOOD))
    assert readers.feedback()[0].declined
