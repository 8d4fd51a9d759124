"""Sets a run against one that was saved before: what became better, what worse, and whether it may be chance."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.data import Data
from assistant.evaluation.measures import MEASURES, Measure, Unit
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.resampling import Values, interval
from assistant.evaluation.run import Conditions, Run, resampled, tallies, value_of
from corpus.errors import EvaluationError


class Difference(Data):
    """A figure before and after, over the questions that both runs asked.

    Attributes:
        difference: After less before; None if either is undefined.
        low: Lower end of its 95 % interval, the questions resampled in pairs.
        high: Upper end.
        better: Whether the whole interval lies on the better side of nothing (True) or on the worse one (False).
    """

    name: str
    title: str
    unit: Unit
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    better: bool | None


class Moved(Data):
    """A question whose score changed."""

    id: str
    question: str
    before: float
    after: float


class Differences(Data):
    """What changed from one run to another.

    Attributes:
        common: How many questions both asked.
        left_out: How many only one of them asked, or asked with other expectations.
        better: Questions that score higher than before, the most improved first.
        worse: Questions that score lower.
    """

    before: Conditions
    after: Conditions
    common: int
    left_out: int
    figures: tuple[Difference, ...]
    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]


def differences(before: Run, after: Run) -> Differences:
    """Compare two runs over the questions common to both, question by question.

    Raises:
        EvaluationError: If they have no question in common.
    """
    earlier = {outcome.posed.id: outcome for outcome in before.outcomes}
    pairs = [
        (earlier[outcome.posed.id], outcome)
        for outcome in after.outcomes
        if outcome.posed.id in earlier and _same(earlier[outcome.posed.id], outcome)
    ]
    if not pairs:
        raise EvaluationError("the two runs have no question in common, so there is nothing to compare")
    moved = [
        Moved(id=new.posed.id, question=new.posed.question, before=old.score, after=new.score)
        for old, new in pairs
        if old.score != new.score
    ]
    moved.sort(key=lambda question: -abs(question.after - question.before))
    everything = earlier.keys() | {outcome.posed.id for outcome in after.outcomes}
    return Differences(
        before=before.conditions,
        after=after.conditions,
        common=len(pairs),
        left_out=len(everything) - len(pairs),
        figures=tuple(_figures([old for old, _ in pairs], [new for _, new in pairs])),
        better=tuple(question for question in moved if question.after > question.before),
        worse=tuple(question for question in moved if question.after < question.before),
    )


def _same(one: Outcome, other: Outcome) -> bool:
    """Tell whether two outcomes are of one question with one expectation: else their scores do not compare."""
    return one.posed == other.posed


def _figures(before: Sequence[Outcome], after: Sequence[Outcome]) -> list[Difference]:
    old = [tallies(measure, before) for measure in MEASURES]
    new = [tallies(measure, after) for measure in MEASURES]
    drawn = zip(resampled(MEASURES, old), resampled(MEASURES, new), strict=True)
    return [
        _difference(measure, value_of(measure, o), value_of(measure, n), draws_after - draws_before)
        for measure, o, n, (draws_before, draws_after) in zip(MEASURES, old, new, drawn, strict=True)
    ]


def _difference(measure: Measure, before: float | None, after: float | None, draws: Values) -> Difference:
    within = interval(draws)
    known = before is not None and after is not None
    better = None
    if known and within and measure.more_is_better is not None and (within.low > 0 or within.high < 0):
        better = (within.low > 0) is measure.more_is_better
    return Difference(
        name=measure.name,
        title=measure.title,
        unit=measure.unit,
        before=before,
        after=after,
        difference=after - before if before is not None and after is not None else None,
        low=within.low if within else None,
        high=within.high if within else None,
        better=better,
    )
