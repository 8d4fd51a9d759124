"""Makes questions of what readers think of answers: what they called good must be found again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from assistant.answer import Kind
from assistant.evaluation.questions import PosedQuestion, QuestionSet, Trap
from corpus.errors import EvaluationError
from corpus.folding import folded
from corpus.readers import Feedback, Opinion

NAME = "feedback"
NOBODY = (
    "No reader has judged an answer of this library yet. On the page, each answer has Good, Wrong citation and "
    "Not answered below it."
)
NOTHING_SURE = (
    "No reader has said of an answer what is right in it, so that nothing can be measured by it. `loccit evaluate "
    "--feedback --write FILE` writes the questions, for you to say what they want."
)
_HEAD = """\
# Questions that readers have judged the answers to. `facts` are the words that a good answer quoted: they must be found
# again. `loccit evaluate` reads this file.
"""
_OPEN = """\
# Readers found these not answered, or with a wrong citation alone. Say what a right answer quotes (`facts`), or that
# the library cannot answer (`unanswerable: near-miss`), and take away the marks at the beginning of the lines.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """Questions by what readers think of their answers.

    Attributes:
        sure: Those with what a right answer holds.
        unsure: Opinions that do not tell what is right.
    """

    sure: tuple[PosedQuestion, ...]
    unsure: tuple[Feedback, ...]

    @property
    def questions(self) -> QuestionSet:
        """Those that can be asked and judged.

        Raises:
            EvaluationError: If there are none.
        """
        if not self.sure:
            raise EvaluationError(NOTHING_SURE if self.unsure else NOBODY)
        return QuestionSet(name=NAME, questions=self.sure)


def judged(feedback: Sequence[Feedback]) -> Judged:
    """Make questions of opinions; of several on one question, the newest counts.

    Args:
        feedback: The oldest first.
    """
    newest = {folded(one.question): one for one in feedback}
    posed = {one.answer: _posed(one) for one in newest.values()}
    return Judged(
        tuple(question for question in posed.values() if question),
        tuple(one for one in newest.values() if posed[one.answer] is None),
    )


def as_yaml(found: Judged) -> str:
    """Write questions as a file that `loccit evaluate` reads; those that are not sure stand in it as remarks.

    Raises:
        EvaluationError: If there are none at all.
    """
    if not (found.sure or found.unsure):
        raise EvaluationError(NOBODY)
    text = _HEAD + "questions:\n" + "".join(map(_entry, map(_plain, found.sure)))
    if found.unsure:
        entries = "".join(_entry(_undecided(one)) for one in found.unsure)
        text += f"\n{_OPEN}" + "".join(f"#{line}\n" for line in entries.splitlines())
    return text


def _posed(one: Feedback) -> PosedQuestion | None:
    if one.declined:
        rightly = one.opinion is Opinion.GOOD
        return _question(one, unanswerable=Trap.NEAR_MISS) if rightly else None
    if one.opinion is Opinion.NOT_ANSWERED or (one.opinion is Opinion.WRONG_CITATION and one.wrong is None):
        return None
    # What a reader did not call wrong is what they read and let stand.
    right = [words for words in one.cited if words.number != one.wrong]
    facts = dict.fromkeys(r"\s+".join(map(re.escape, words.text.split())) for words in right)
    documents = tuple(dict.fromkeys(words.document_id for words in right))
    return _question(one, facts=tuple(map(re.compile, facts)), documents=documents) if facts else None


def _question(one: Feedback, **expected: object) -> PosedQuestion:
    return PosedQuestion.model_validate(
        {"id": one.answer, "question": one.question, "kind": Kind(one.kind), **expected}
    )


def _plain(question: PosedQuestion) -> dict[str, object]:
    """Give a question as its file writes it."""
    plain: dict[str, object] = {"id": question.id, "question": question.question, "kind": question.kind.value}
    if question.unanswerable:
        return {**plain, "unanswerable": question.unanswerable.value}
    return {
        **plain,
        "facts": [fact.pattern for fact in question.facts],
        "documents": list(question.documents),
    }


def _undecided(one: Feedback) -> dict[str, object]:
    return {"id": one.answer, "question": one.question, "kind": one.kind, "facts": []}


def _entry(plain: dict[str, object]) -> str:
    dumped = yaml.safe_dump([plain], allow_unicode=True, sort_keys=False, width=110)
    return "".join(f"  {line}\n" for line in dumped.splitlines())
