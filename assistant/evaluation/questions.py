"""Question sets: what to ask, and what a right answer must hold. YAML, checked as it is read."""

from __future__ import annotations

import re
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BeforeValidator, Field, ValidationError, model_validator

from assistant.answer import Kind
from assistant.evaluation.data import Data
from corpus.errors import EvaluationError


class Trap(StrEnum):
    """Why the library cannot answer a question."""

    NEAR_MISS = "near-miss"
    FALSE_PREMISE = "false-premise"
    OTHER_DOMAIN = "other-domain"


def _compiled(pattern: object) -> object:
    if isinstance(pattern, re.Pattern):
        return pattern
    if not isinstance(pattern, str) or not pattern:
        raise ValueError(f"a pattern is a regular expression in quotation marks, not {pattern!r}")
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from None


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
Text = Annotated[str, Field(min_length=1)]


class ExpectedCells(Data):
    """What one subject's cells of a comparison must hold.

    Attributes:
        subject: As the question names it.
        facts: Each must match a sentence quoted in the subject's cells.
        wrong: Match sentences that are about another subject only.
    """

    subject: Text
    facts: tuple[Pattern, ...] = ()
    wrong: tuple[Pattern, ...] = ()


class PosedQuestion(Data):
    """A question with what a right answer holds.

    Attributes:
        id: Unique in its set.
        history: Earlier questions of the conversation, the oldest first.
        facts: Required facts: each must match a sentence quoted in the answer.
        also: Match other sentences that are to the point.
        documents: What may be cited for the required facts; empty for any document.
        unanswerable: Why the library cannot answer it; None if it can.
        correction: Match sentences that correct a false premise.
        missing: Terms of the question that the library never mentions.
        cells: What a comparison's cells must hold.
    """

    id: Text
    question: Text
    kind: Kind
    history: tuple[str, ...] = ()
    facts: tuple[Pattern, ...] = ()
    also: tuple[Pattern, ...] = ()
    documents: tuple[str, ...] = ()
    unanswerable: Trap | None = None
    correction: tuple[Pattern, ...] = ()
    missing: tuple[str, ...] = ()
    cells: tuple[ExpectedCells, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.unanswerable and (self.facts or self.cells):
            raise ValueError("it is unanswerable, and yet has facts or cells")
        if not self.unanswerable and not any((self.facts, *(cell.facts for cell in self.cells))):
            raise ValueError("it needs facts, cells with facts, or unanswerable")
        if self.unanswerable is Trap.FALSE_PREMISE and not self.correction:
            raise ValueError("a false premise needs a correction")
        return self

    @property
    def required(self) -> tuple[re.Pattern[str], ...]:
        """Every required fact, those of cells included."""
        return (*self.facts, *(fact for cell in self.cells for fact in cell.facts))


class QuestionSet(Data):
    """Questions that are asked and judged together.

    Attributes:
        name: What the file is called.
        questions: At least one, their ids unique.
    """

    name: str
    questions: tuple[PosedQuestion, ...]


def shipped_questions(*, held_out: bool = False) -> QuestionSet:
    """Read the questions over the starter corpus.

    Args:
        held_out: Those that nothing was tuned on, in place of those for tuning.

    Raises:
        EvaluationError: If they are not there or not right.
    """
    name = "questions-test.yaml" if held_out else "questions.yaml"
    return _read(files("corpus") / "starter" / name, f"corpus/starter/{name}")


def read_questions(path: Path) -> QuestionSet:
    """Read a file of questions.

    Raises:
        EvaluationError: If it cannot be read or is not right; the message names file and question.
    """
    return _read(path, str(path))


def _read(source: Traversable, name: str) -> QuestionSet:
    entries = _entries(source, name)
    questions = []
    places: dict[str, int] = {}
    for place, entry in enumerate(entries, start=1):
        asked = _question(entry, f"{name}: {_label(entry, place)}")
        if asked.id in places:
            raise EvaluationError(
                f"{name}: questions {places[asked.id]} and {place} are both called {asked.id!r}; give one another id"
            )
        places[asked.id] = place
        questions.append(asked)
    return QuestionSet(name=source.name, questions=tuple(questions))


def _entries(source: Traversable, name: str) -> list[object]:
    try:
        data = yaml.safe_load(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvaluationError(f"{name}: no questions can be read from it: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{name}: it is not UTF-8 text, and so no file of questions") from error
    except yaml.YAMLError as error:
        raise EvaluationError(f"{name}: it is not YAML: {_fault(error)}") from error
    if not isinstance(data, dict) or set(data) != {"questions"} or not isinstance(data["questions"], list):
        raise EvaluationError(f"{name}: a file of questions has one key, 'questions', with a list under it")
    if not data["questions"]:
        raise EvaluationError(f"{name}: it holds no questions")
    return data["questions"]


def _fault(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return " ".join(str(error).split())


def _question(entry: object, label: str) -> PosedQuestion:
    try:
        return PosedQuestion.model_validate(entry)
    except ValidationError as error:
        first, *others = error.errors(include_url=False)
        place = "".join(f"{part}: " for part in first["loc"])
        more = f" (and {len(others)} more)" if others else ""
        message = first["msg"].removeprefix("Value error, ")
        raise EvaluationError(f"{label}: {place}{message}{more}") from error


def _label(entry: object, place: int) -> str:
    """Name a question as its author finds it: by its id or, without one, by its place."""
    named = entry.get("id") if isinstance(entry, dict) else None
    return f"question {named}" if named else f"question number {place}"
