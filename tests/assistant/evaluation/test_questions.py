"""Question sets: what a file of questions may say, and how one that is wrong is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Kind
from assistant.evaluation.questions import Trap, read_questions, shipped_questions
from corpus.errors import EvaluationError

GOOD = "{id: q1, question: 'Bees?', kind: yes-no, facts: ['(?i)sleep']}"


def written(folder: Path, text: str) -> Path:
    path = folder / "bees.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_question_is_read_with_all_that_it_expects(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        questions:
          - id: q1
            question: And at noon?
            kind: yes-no
            history: ['Do bees sleep?']
            facts: ['(?i)sleep|doze']
            also: [dance]
            documents: [bees]
          - {id: q2, question: 'Why never?', kind: cause, unanswerable: false-premise, correction: [sleep]}
          - id: q3
            question: bees or ants
            kind: comparison
            cells: [{subject: bees, facts: [sleep], wrong: [ants]}, {subject: ants}]
        """,
    )
    questions = read_questions(path)
    first, second, third = questions.questions
    assert questions.name == "bees.yaml"
    assert (first.history, first.documents, first.kind) == (("Do bees sleep?",), ("bees",), Kind.YES_NO)
    assert first.facts[0].search("They DOZE.")
    assert second.unanswerable is Trap.FALSE_PREMISE
    assert [cells.subject for cells in third.cells] == ["bees", "ants"]
    assert [fact.pattern for fact in third.required] == ["sleep"]


def test_the_shipped_questions_for_tuning_are_right() -> None:
    questions = shipped_questions().questions
    assert {posed.kind for posed in questions} == set(Kind)
    assert {posed.unanswerable for posed in questions} == {None, *Trap}
    assert any(posed.history for posed in questions)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a file of questions has one key, 'questions', with a list under it"),
        ("- q1", "has one key, 'questions'"),
        ("questions: []", "it holds no questions"),
        ("questions: [", "it is not YAML: line 1: expected the node content"),
        ("questions: \x07", "it is not YAML: "),
        ("questions: [bees]", "question number 1: Input should be"),
        ("questions: [{id: q1}]", "question q1: question: Field required (and 1 more)"),
        (f"questions: [{GOOD}, {GOOD}]", "questions 1 and 2 are both called 'q1'"),
        (
            f"questions: [{GOOD.replace('facts', 'fact')}]",
            "question q1: fact: Extra inputs are not permitted",
        ),
        (
            f"questions: [{GOOD.replace('yes-no', 'riddle')}]",
            "question q1: kind: Input should be 'comparison'",
        ),
        (
            f"questions: [{GOOD.replace('(?i)sleep', '(sleep')}]",
            "question q1: facts: 0: '(sleep' is no regular expression: missing ), unterminated subpattern",
        ),
        (
            f"questions: [{GOOD.replace('(?i)sleep', '')}]",
            "a pattern is a regular expression in quotation marks",
        ),
        (
            "questions: [{id: q1, question: 'Why?', kind: cause}]",
            "question q1: it needs facts, cells with facts, or unanswerable",
        ),
        (
            f"questions: [{GOOD.replace('id: q1', 'id: q1, unanswerable: near-miss')}]",
            "question q1: it is unanswerable, and yet has facts or cells",
        ),
        (
            "questions: [{id: q1, question: 'Why?', kind: cause, unanswerable: false-premise}]",
            "question q1: a false premise needs a correction",
        ),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_file_question_and_reason(
    tmp_path: Path, text: str, told: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(EvaluationError) as refused:
        read_questions(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"bees\.yaml: no questions can be read from it: No such file"):
        read_questions(tmp_path / "bees.yaml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bees.yaml"
    path.write_bytes(b"questions: \xff")
    with pytest.raises(EvaluationError, match="it is not UTF-8 text"):
        read_questions(path)
