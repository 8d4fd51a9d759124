"""Measures statements by meaning, and fits the scale that reads the measures."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Verdict
from assistant.composing.generative.holding import quoted, support
from assistant.verification import Alignment, Judgement, judge
from assistant.verification import Evidence as Quoted
from assistant.verification.aligning import align
from assistant.verification.meaning import Meanings
from assistant.verification.meaning.likeness import Likeness, Scale
from assistant.verification.meaning.meaning import Opinion, decided
from tests.benchmarks.statements import MIXTURE, Case, Fault

# What the regression tells apart, each kind with its weight against the true ones': the faults that likeness can see.
WEIGHTS: Mapping[Fault | None, float] = {
    None: 1.0,
    Fault.MADE_UP: 0.55,
    Fault.SWAPPED: 0.25,
    Fault.ENTITY: 0.2,
}
# Weight of the squares of the coefficients, for measures in standard deviations.
RIDGE = 0.003
STEPS, RATE = 20_000, 0.5
# Share of the faulty statements that may be supported, all in all and of those that likeness sees least; and of the
# true ones that may not even be partial by likeness.
MOST_SUPPORTED = 0.015
MOST_OF_A_KIND: Mapping[Fault, float] = {Fault.NEGATED: 0.02, Fault.DIRECTION: 0.03, Fault.ENTITY: 0.015}
MOST_SILENT = 0.1
# Logarithms of the odds that may suffice for support; two to one is the least.
ODDS = np.round(np.arange(0.7, 8, 0.05), 2)


@dataclass(frozen=True, eq=False)
class Measured:
    """A case with what the verifier makes of it.

    Attributes:
        case: The case.
        opinion: What meaning tells; None of a statement that cites nothing.
        rules: What the rules alone make of it.
        milliseconds: What the opinion took once all sentences had been read, but the statement had not.
    """

    case: Case
    opinion: Opinion | None
    rules: Alignment | None
    milliseconds: float

    def supported(self, scale: Scale) -> bool:
        """Tell whether the cited sentence supports the statement, its parts aside."""
        if self.opinion is None or self.rules is None:
            return False
        return decided(self.rules, self.opinion, scale).verdict is Verdict.SUPPORTED


def measured(cases: Sequence[Case], meanings: Meanings) -> list[Measured]:
    """Measure cases."""
    return [_measured(case, meanings) for case in cases]


def _measured(case: Case, meanings: Meanings) -> Measured:
    if case.cited is None:
        return Measured(case, None, None, 0.0)
    meaning = meanings.among(quoted(found).text for found in case.found)
    meaning.prepare()
    made: list[Measured] = []

    def judging(claim: str, quotes: Sequence[Quoted], *, synonyms: Mapping[str, Sequence[str]]) -> Judgement:
        rules = judge(claim, quotes, synonyms=synonyms)
        begun = time.perf_counter()
        (opinion,) = meaning.opinions(claim, quotes, synonyms)
        taken = 1000 * (time.perf_counter() - begun)
        # A judgement may have the alignment of a part.
        made.append(Measured(case, opinion, align(claim, quotes[0], None, synonyms), taken))
        return rules

    # The composer gives the verifier more than the words: headings, abbreviations.
    support(case.text, [case.cited], judging)
    return made[0]


def rate(measured: Sequence[Measured], scale: Scale, fault: Fault | None) -> float:
    """Give the share of the statements with a fault, or of the true ones, that are supported."""
    return float(np.mean([one.supported(scale) for one in measured if one.case.fault is fault]))


def passing(measured: Sequence[Measured], scale: Scale) -> float:
    """Give the share of faulty statements that are supported, of a mixture of faults."""
    total = sum(MIXTURE.values())
    return sum(count * rate(measured, scale, fault) for fault, count in MIXTURE.items()) / total


def fit(measured: Sequence[Measured]) -> Scale:
    """Fit a scale: a logistic regression whose weights are not below zero, then the odds for the two verdicts."""
    known = [
        (one.case.fault, one.opinion.likeness)
        for one in measured
        if one.opinion and one.case.fault in WEIGHTS
    ]
    faults = [fault for fault, _ in known]
    found, constant = _regressed(
        np.array([_row(likeness) for _, likeness in known]),
        np.array([fault is None for fault in faults]),
        np.array([WEIGHTS[fault] / faults.count(fault) for fault in faults]) / sum(WEIGHTS.values()),
    )
    lift, lead, share, told = (round(float(weight), 2) for weight in found)
    bare = Scale(lift, lead, share, told, round(constant, 2), np.inf, -np.inf)
    true = [bare.odds(one.opinion.likeness) for one in measured if one.opinion and one.case.fault is None]
    speaking = round(float(np.quantile(true, MOST_SILENT)), 1)
    return supporting(
        measured, Scale(lift, lead, share, told, bare.constant, np.inf, speaking), MOST_SUPPORTED
    )


def supporting(
    measured: Sequence[Measured],
    scale: Scale,
    most: float,
    most_of_a_kind: Mapping[Fault, float] = MOST_OF_A_KIND,
    odds: Iterable[float] = ODDS,
) -> Scale:
    """Give the scale with the lowest odds for support by which so few faulty statements are supported.

    Args:
        measured: Statements, of which some are faulty.
        scale: How likenesses are read, apart from those odds.
        most: The largest share of all faulty statements.
        most_of_a_kind: The largest shares of those of a kind.
        odds: Logarithms of odds to choose from, the lowest first.
    """
    scales = (replace(scale, supporting=float(one)) for one in odds)
    return next(
        (
            one
            for one in scales
            if passing(measured, one) <= most
            and all(rate(measured, one, kind) <= share for kind, share in most_of_a_kind.items())
        ),
        replace(scale, supporting=np.inf),
    )


def _row(found: Likeness) -> tuple[float, ...]:
    return found.lift, found.lead, found.share, found.told


def _regressed(
    measures: NDArray[np.float64], true: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Descend along the gradient of the log-loss, measures in standard deviations; give the weights of plain ones."""
    mean, spread = measures.mean(axis=0), measures.std(axis=0)
    scaled = (measures - mean) / spread
    found, constant = np.zeros(measures.shape[1]), 0.0
    for _ in range(STEPS):
        missed = (1 / (1 + np.exp(-(scaled @ found + constant))) - true) * weights
        found = np.maximum(0.0, found - RATE * (scaled.T @ missed + 2 * RIDGE * found))
        constant -= RATE * float(missed.sum())
    return found / spread, constant - float((found * mean / spread).sum())
