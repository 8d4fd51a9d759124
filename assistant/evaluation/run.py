"""A run: every question of a set with its outcome, and the figures over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import ValidationError

from assistant.answer import Kind
from assistant.evaluation.data import Data
from assistant.evaluation.measures import MEASURES, OF_DECLINING, Measure, Unit
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import Trap
from assistant.evaluation.resampling import Resamples, Values, interval
from corpus.errors import EvaluationError


class Figure(Data):
    """A measure's value over some questions.

    Attributes:
        value: A share lies between 0 and 1; None if no question counts for it.
        low: Lower end of the 95 % interval.
        high: Upper end.
        possible: How many there were to be gained, of what `of` says.
    """

    name: str
    title: str
    meaning: str
    of: str
    unit: Unit
    value: float | None
    low: float | None
    high: float | None
    possible: int


class Group(Data):
    """The figures over some of the questions: all, those of a kind, those that cannot be answered for one reason."""

    name: str
    questions: int
    figures: tuple[Figure, ...]


class Confusion(Data):
    """How often questions of one kind were taken for another."""

    asked: Kind
    understood: Kind
    questions: int


class Conditions(Data):
    """Under what conditions a run was made."""

    question_set: str
    loccit: str
    embedding_model: str
    documents: int


class Run(Data):
    """What `loccit evaluate` found. The JSON names are a contract.

    Attributes:
        version: Of these names.
        kinds: The figures of each kind of question.
        unanswerable: The figures that concern declining, by the reason why a question cannot be answered.
        confusions: Kinds that were mistaken, the most frequent first.
    """

    version: Literal[1] = 1
    conditions: Conditions
    overall: Group
    kinds: tuple[Group, ...]
    unanswerable: tuple[Group, ...]
    confusions: tuple[Confusion, ...]
    outcomes: tuple[Outcome, ...]


def summarised(conditions: Conditions, outcomes: Sequence[Outcome]) -> Run:
    """Count the figures of all questions and of each kind.

    Args:
        conditions: Of the run.
        outcomes: At least one.
    """
    of_kind = [(kind.value, [o for o in outcomes if o.posed.kind is kind]) for kind in Kind]
    of_trap = [(trap.value, [o for o in outcomes if o.posed.unanswerable is trap]) for trap in Trap]
    mistaken = Counter((o.posed.kind, o.understood) for o in outcomes if o.posed.kind is not o.understood)
    return Run(
        conditions=conditions,
        overall=_group("all", outcomes, MEASURES),
        kinds=tuple(_group(name, some, MEASURES) for name, some in of_kind if some),
        unanswerable=tuple(_group(name, some, OF_DECLINING) for name, some in of_trap if some),
        confusions=tuple(
            Confusion(asked=asked, understood=understood, questions=count)
            for (asked, understood), count in mistaken.most_common()
        ),
        outcomes=tuple(outcomes),
    )


def save_run(run: Run, path: Path) -> None:
    """Keep a run as JSON."""
    path.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """Read a saved run.

    Raises:
        EvaluationError: If there is none, or it was saved by a version that named things otherwise.
    """
    try:
        return Run.model_validate_json(path.read_bytes())
    except OSError as error:
        raise EvaluationError(f"{path}: no saved run can be read from it: {error.strerror}") from error
    except ValidationError as error:
        raise EvaluationError(
            f"{path}: it is no run that this version of Loccit saved; make one with `loccit evaluate --save`"
        ) from error


def tallies(measure: Measure, outcomes: Iterable[Outcome]) -> Values:
    """Count a measure question by question.

    Returns:
        Shape `(outcomes, 2)`: what was gained, and what was possible.
    """
    return np.array([measure.tally(outcome) for outcome in outcomes], dtype=np.float64)


def value_of(measure: Measure, counted: Values) -> float | None:
    """Give a measure's value from its tallies, shape `(outcomes, 2)`; None if nothing was possible."""
    gained, possible = counted.sum(axis=0)
    if not possible:
        return None
    if measure.quantile is not None:
        return float(np.quantile(counted[:, 0], measure.quantile))
    return float(gained / possible)


def resampled(measures: Sequence[Measure], counted: Sequence[Values]) -> list[Values]:
    """Give what each measure comes to in each resample of the questions.

    Args:
        measures: What was counted.
        counted: Their tallies over the same questions, each of shape `(questions, 2)`.

    Returns:
        For each measure an array of shape `(resamples,)`.
    """
    resamples = Resamples(len(counted[0]))
    shares = resamples.shares(
        np.stack([c[:, 0] for c in counted], axis=1), np.stack([c[:, 1] for c in counted], axis=1)
    )
    return [
        resamples.quantiles(c[:, 0], measure.quantile) if measure.quantile is not None else shares[:, place]
        for place, (measure, c) in enumerate(zip(measures, counted, strict=True))
    ]


def _group(name: str, outcomes: Sequence[Outcome], measures: Sequence[Measure]) -> Group:
    counted = [tallies(measure, outcomes) for measure in measures]
    figures = []
    for measure, tally, draws in zip(measures, counted, resampled(measures, counted), strict=True):
        within = interval(draws)
        figures.append(
            Figure(
                name=measure.name,
                title=measure.title,
                meaning=measure.meaning,
                of=measure.of,
                unit=measure.unit,
                value=value_of(measure, tally),
                low=within.low if within else None,
                high=within.high if within else None,
                possible=int(tally[:, 1].sum()),
            )
        )
    return Group(name=name, questions=len(outcomes), figures=tuple(figures))
