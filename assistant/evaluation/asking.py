"""Asks every question of a set, as a reader would, and has the answers judged."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.evaluation.judging import judge
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import PosedQuestion, QuestionSet
from assistant.evaluation.run import Conditions
from corpus.errors import EvaluationError

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def conditions_of(assistant: Assistant, questions: QuestionSet) -> Conditions:
    """Say under what conditions questions are asked, and see that they fit the library.

    Raises:
        EvaluationError: If a question wants documents that the library does not hold.
    """
    from importlib.metadata import version

    held = {summary.document_id for summary in assistant.library.documents()}
    for posed in questions.questions:
        if unknown := sorted(set(posed.documents) - held):
            raise EvaluationError(
                f"{questions.name}: question {posed.id}: the library in {assistant.library.path} holds no document "
                f"{', '.join(unknown)}; evaluate over the library that the questions were written for"
            )
    return Conditions(
        question_set=questions.name,
        loccit=version("loccit"),
        embedding_model=assistant.library.settings.embedding_model,
        documents=len(held),
    )


def outcomes(assistant: Assistant, questions: QuestionSet) -> Iterator[Outcome]:
    """Ask and judge one question after the other."""
    # What opens at the first use is not the first question's time.
    assistant.search(questions.questions[0].question, 1)
    for posed in questions.questions:
        yield _outcome(assistant, posed)


def _outcome(assistant: Assistant, posed: PosedQuestion) -> Outcome:
    library = assistant.library
    # Held still, so that a quote is compared with the very text that it was taken from.
    with library.snapshot():
        begun = time.perf_counter()
        answer = assistant.ask(posed.question, history=posed.history)
        waited = (time.perf_counter() - begun) * 1000
        texts = {c.document_id: library.document(c.document_id).text for c in answer.citations}
    return judge(posed, answer, texts, wall_milliseconds=round(waited, 1))
