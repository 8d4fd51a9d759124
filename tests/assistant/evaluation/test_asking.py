"""Questions over the starter corpus, asked and judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.evaluation.asking import conditions_of, outcomes
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import PosedQuestion, QuestionSet
from corpus.errors import EvaluationError
from corpus.settings import Settings

QUESTIONS = QuestionSet(
    name="three.yaml",
    questions=tuple(
        PosedQuestion.model_validate(question)
        for question in (
            {
                "id": "persistence",
                "question": "How long do CAR-NK cells persist?",
                "kind": "quantity",
                "facts": [r"\b(?:months?|weeks?|days?)\b", "no sentence says this"],
            },
            {
                "id": "safety",
                "question": "And its safety?",
                "kind": "open",
                "history": ["How does tisagenlecleucel work?"],
                "facts": ["tisagenlecleucel"],
            },
            {
                "id": "price",
                "question": "What is the price of CAR-NK therapy in Japan?",
                "kind": "quantity",
                "unanswerable": "near-miss",
                "missing": ["Japan"],
            },
        )
    ),
)


@pytest.fixture(scope="module")
def assistant(starter_library: Path, settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(starter_library, settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def asked(assistant: Assistant) -> dict[str, Outcome]:
    return {outcome.posed.id: outcome for outcome in outcomes(assistant, QUESTIONS)}


def test_every_question_is_asked_and_judged(asked: dict[str, Outcome]) -> None:
    assert list(asked) == ["persistence", "safety", "price"]
    persistence = asked["persistence"]
    assert persistence.missed == ("no sentence says this",)
    assert persistence.score == 0.5
    assert persistence.statements
    assert all(statement.upheld for outcome in asked.values() for statement in outcome.statements)
    assert asked["price"].right
    assert asked["price"].missing_terms == ("Japan",)


def test_a_follow_up_is_asked_with_its_history(asked: dict[str, Outcome]) -> None:
    assert "tisagenlecleucel" in asked["safety"].standalone_question


def test_times_are_taken(asked: dict[str, Outcome]) -> None:
    assert all(0 < outcome.milliseconds <= outcome.wall_milliseconds + 0.1 for outcome in asked.values())


def test_the_conditions_name_library_and_model(assistant: Assistant, settings: Settings) -> None:
    conditions = conditions_of(assistant, QUESTIONS)
    assert conditions.question_set == "three.yaml"
    assert conditions.documents == len(assistant.library.documents())
    assert conditions.embedding_model == settings.embedding_model


def test_questions_for_another_library_are_refused(assistant: Assistant) -> None:
    foreign = QUESTIONS.questions[0].model_copy(update={"documents": ("source-article", "somebodys-paper")})
    with pytest.raises(
        EvaluationError, match=r"three\.yaml: question persistence: .* holds no document somebodys-paper;"
    ):
        conditions_of(assistant, QuestionSet(name="three.yaml", questions=(foreign,)))
