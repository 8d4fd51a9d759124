"""Questions made of what readers think of answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Kind
from assistant.evaluation.feedback import Judged, as_yaml, judged
from assistant.evaluation.questions import Trap, read_questions
from corpus.errors import EvaluationError
from corpus.readers import CitedWords, Feedback, Opinion

GOOD = Feedback(
    answer="a1",
    opinion=Opinion.GOOD,
    question="Do terns winter at sea?",
    kind="yes-no",
    said="They do. [1] Most of them. [2]",
    cited=(CitedWords(1, "terns", 0, 9, "They do\n(p < 0.05)."), CitedWords(2, "gulls", 0, 4, "Most.")),
)


def test_what_a_good_answer_quotes_must_be_found_again() -> None:
    (question,) = judged([GOOD]).sure
    assert (question.id, question.question, question.kind) == ("a1", GOOD.question, Kind.YES_NO)
    assert question.documents == ("terns", "gulls")
    assert [bool(fact.search("They do (p < 0.05).")) for fact in question.facts] == [True, False]


def test_a_wrong_citation_is_no_fact_and_the_others_are() -> None:
    wrong = replace(GOOD, opinion=Opinion.WRONG_CITATION, wrong=1)
    (question,) = judged([wrong]).sure
    assert [fact.pattern for fact in question.facts] == [r"Most\."]
    assert question.documents == ("gulls",)


def test_a_question_rightly_declined_has_no_answer() -> None:
    (question,) = judged([replace(GOOD, declined=True, cited=())]).sure
    assert question.unanswerable is Trap.NEAR_MISS


@pytest.mark.parametrize(
    "unsure",
    [
        replace(GOOD, opinion=Opinion.NOT_ANSWERED),
        replace(GOOD, opinion=Opinion.WRONG_CITATION),
        replace(GOOD, opinion=Opinion.NOT_ANSWERED, declined=True, cited=()),
    ],
)
def test_an_opinion_that_does_not_say_what_is_right_asks_nothing(unsure: Feedback) -> None:
    found = judged([unsure])
    assert (found.sure, found.unsure) == ((), (unsure,))
    with pytest.raises(EvaluationError, match="--write FILE"):
        _ = found.questions


def test_the_newest_opinion_of_a_question_counts() -> None:
    newer = replace(GOOD, answer="a2", question="do terns WINTER at sea?", opinion=Opinion.NOT_ANSWERED)
    assert judged([GOOD, newer]) == Judged((), (newer,))


def test_a_written_file_is_read_as_it_was_asked(tmp_path: Path) -> None:
    declined = replace(GOOD, answer="a2", question="And puffins: #1?", declined=True, cited=())
    unsure = replace(GOOD, answer="a3", question="And gulls?", opinion=Opinion.NOT_ANSWERED)
    found = judged([GOOD, declined, unsure])
    target = tmp_path / "feedback.yaml"
    target.write_text(as_yaml(found), "utf-8")
    assert read_questions(target).questions == found.sure
    # Somebody has taken the marks away and said what is right.
    completed = target.read_text("utf-8").replace("#  ", "  ").replace("facts: []", "facts: [gulls]")
    target.write_text(completed, "utf-8")
    assert [one.id for one in read_questions(target).questions] == ["a1", "a2", "a3"]


def test_where_nobody_has_judged_it_is_said_how_one_does() -> None:
    for ask in (lambda: judged([]).questions, lambda: as_yaml(judged([]))):
        with pytest.raises(EvaluationError, match="Good, Wrong citation and Not answered"):
            ask()
