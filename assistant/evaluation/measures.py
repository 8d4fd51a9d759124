"""What is measured, and in one line what each figure is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from assistant.evaluation import counting
from assistant.evaluation.counting import LONGEST, LONGEST_LIST, Tally
from assistant.evaluation.judging import REPEATED
from assistant.evaluation.outcome import Outcome


class Unit(StrEnum):
    """What a figure counts."""

    SHARE = "share"
    NUMBER = "number"
    MILLISECONDS = "milliseconds"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure over questions: the sum of what was gained by the sum of what was possible, or a quantile.

    Attributes:
        name: For programs.
        title: For readers.
        meaning: In one line.
        of: What there is of it to be gained.
        tally: Counts one outcome.
        more_is_better: None where neither more nor less is better by itself.
        quantile: Makes the figure this quantile of what was gained, in place of its mean.
    """

    name: str
    title: str
    meaning: str
    of: str
    tally: Callable[[Outcome], Tally]
    unit: Unit = Unit.SHARE
    more_is_better: bool | None = True
    quantile: float | None = None


MEASURES = (
    Measure(
        "fact_recall",
        "Fact recall",
        "required facts that a quote of the answer holds, averaged over questions",
        "questions",
        counting.fact_recall,
    ),
    Measure(
        "citation_precision",
        "Citation precision",
        "citation marks whose own quotes hold a required or an accepted fact (answerable questions)",
        "citations",
        counting.citation_precision,
    ),
    Measure(
        "strict_precision",
        "Strict precision",
        "citation marks whose own quotes hold a required fact (answerable questions)",
        "citations",
        counting.strict_precision,
    ),
    Measure(
        "attribution",
        "Attribution",
        "citation marks on statements that give a required fact whose own quotes hold one",
        "citations",
        counting.attribution,
    ),
    Measure(
        "citation_recall",
        "Citation recall",
        "statements judged supported, with at least one citation quoted exactly",
        "statements",
        counting.citation_recall,
    ),
    Measure(
        "exact_quotes",
        "Exact quotes",
        "quotes that stand in their document exactly where the answer says",
        "quotes",
        counting.exact_quotes,
    ),
    Measure(
        "abstention_precision",
        "Abstention precision",
        "declined questions that the library indeed cannot answer",
        "declined",
        counting.abstention_precision,
    ),
    Measure(
        "abstention_recall",
        "Abstention recall",
        "questions that the library cannot answer and that were declined",
        "unanswerable",
        counting.abstention_recall,
    ),
    Measure(
        "corrected_premises",
        "Corrected premises",
        "false premises that were declined with a cited correction",
        "false premises",
        counting.corrected_premises,
    ),
    Measure(
        "missing_terms",
        "Missing terms",
        "terms that the library never mentions and the answer names as missing",
        "terms",
        counting.missing_terms,
    ),
    Measure(
        "cell_accuracy",
        "Cell accuracy",
        "subjects of comparisons whose cells hold all that is required of them",
        "cells",
        counting.cell_accuracy,
    ),
    Measure(
        "wrong_subject",
        "Wrong subject",
        "statements in cells that are about another subject only",
        "placed",
        counting.wrong_subject,
        more_is_better=False,
    ),
    Measure(
        "kind",
        "Kind understood",
        "questions taken for the kind that they are",
        "questions",
        counting.kind,
    ),
    Measure(
        "redundancy",
        "Redundancy",
        f"statements that share at least {100 * REPEATED:.0f} % of their content words with an earlier one",
        "statements",
        counting.redundancy,
        more_is_better=False,
    ),
    Measure(
        "over_length",
        "Over-length",
        f"answers of more than {LONGEST} statements, {LONGEST_LIST} for lists and comparisons",
        "answers",
        counting.over_length,
        more_is_better=False,
    ),
    Measure(
        "statements",
        "Statements",
        "statements in an answer, on average",
        "answers",
        counting.statements,
        unit=Unit.NUMBER,
        more_is_better=None,
    ),
    Measure(
        "words",
        "Words",
        "words in an answer, on average",
        "answers",
        counting.words,
        unit=Unit.NUMBER,
        more_is_better=None,
    ),
    *(
        Measure(
            f"{name}_p{percent}",
            f"{title} p{percent}",
            f"{meaning}; {percent} % of the questions take no longer",
            "questions",
            tally,
            unit=Unit.MILLISECONDS,
            # Less is better, but resampled questions do not tell a change from a machine that is busier.
            more_is_better=None,
            quantile=percent / 100,
        )
        for name, title, meaning, tally in (
            ("latency", "Latency", "milliseconds that the answer reports", counting.told_time),
            ("wall", "Wall time", "milliseconds on the clock", counting.wall_time),
        )
        for percent in (50, 95)
    ),
)
# Those that say something of questions which are all unanswerable.
OF_DECLINING = tuple(
    measure
    for measure in MEASURES
    if measure.tally in {counting.abstention_recall, counting.corrected_premises, counting.missing_terms}
)
