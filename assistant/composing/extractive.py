"""Composes an answer from the sources' own sentences, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Kind
from assistant.composing.arranging import arrange
from assistant.composing.draft import Draft, DraftStatement
from assistant.composing.forms import bonus, defines, is_label
from assistant.composing.merging import merged, repeats
from assistant.composing.particulars import Words
from assistant.evidence import Evidence
from assistant.question import Question

# How many statements an answer has at the most; one that lists, more.
MOST_STATEMENTS = 8
MOST_ITEMS = 12
# A sentence that scores less than this share of the best one is beside the point. A definition or a figure is one
# thing; a list goes on to items that share few words with the question. (Tuning set: citation precision .56 to .63 at
# the same recall of facts, against one share of .4 for all.)
SCORE_RANGE = 0.45
RANGES = {Kind.DEFINITION: 0.6, Kind.QUANTITY: 0.5, Kind.LIST: 0.4}
# So is one that has less than this share of the words of the fullest.
COVERAGE_RANGE = 0.3
REACH = 12
# Further down, no form makes up for what the score lacks.
MOST_WEIGHED = 80


def compose(question: Question, evidence: Sequence[Evidence], known: Words = frozenset()) -> Draft:
    """Choose the sentences that answer a question.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
        known: Words of general English; the others name something particular.

    Returns:
        A direct answer first, then what else the sources say, grouped by document, commercial sources last.
    """
    ranked = _ranked(question, evidence)
    most = MOST_ITEMS if question.kind is Kind.LIST else MOST_STATEMENTS
    chosen = _chosen(ranked, most, RANGES.get(question.kind, SCORE_RANGE))
    draft = arrange(question, chosen, known, ranked)
    if question.kind is not Kind.DEFINITION or any(
        defines(question, s.evidence[0]) for s in draft.statements
    ):
        return draft
    return replace(draft, undefined=bool(question.subjects))


def _ranked(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Order evidence by its score and its form, best first, what retracted documents say last."""
    near = evidence[:MOST_WEIGHED]
    said = [found for found in near if not is_label(found)] or near
    weighed = [replace(found, score=found.score + bonus(question, found)) for found in said]
    return sorted(weighed, key=lambda found: (found.document.retracted, -found.score))


def _chosen(evidence: Sequence[Evidence], most: int, share: float) -> list[DraftStatement]:
    """Take the best evidence, merging what says the same.

    Args:
        evidence: Best first.
        most: How many statements at the most.
        share: What share of the best one's score the others must have.
    """
    chosen: list[DraftStatement] = []
    least = share * evidence[0].score if evidence else 0.0
    fullest = max((found.coverage for found in evidence[:REACH]), default=0.0)
    for found in evidence:
        if found.coverage < COVERAGE_RANGE * fullest:
            continue
        if chosen and found.score < least:
            break
        index = next((i for i, known in enumerate(chosen) if repeats(found, known.evidence[0])), None)
        if index is not None:
            chosen[index] = merged(chosen[index], found)
        elif len(chosen) < most:
            chosen.append(DraftStatement(found.text, (found,)))
    return chosen
