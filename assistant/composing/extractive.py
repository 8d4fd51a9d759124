"""Composes an answer from the sources' own sentences, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Kind
from assistant.asked import fits, tells_how
from assistant.composing.arranging import arrange
from assistant.composing.draft import Draft, DraftStatement
from assistant.composing.merging import merged, repeats
from assistant.composing.particulars import Words
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.words import numbers

# How many statements an answer has at the most; one that lists, more.
MOST_STATEMENTS = 8
MOST_ITEMS = 12
# A sentence that scores less than this share of the best one is beside the point.
SCORE_RANGE = 0.4
# A list goes on to items that share few words with the question.
LIST_RANGE = 0.3
# So is one that has less than this share of the words of the fullest.
COVERAGE_RANGE = 0.3
REACH = 12
# What the form of a sentence adds to its score, in standard deviations.
MANNER_BONUS = 0.4
FIGURE_BONUS = 1.0
OPENING_BONUS = 0.8
BEING_BONUS = 1.2

_HEAD = re.compile(r"\s+(?:cells?|therap(?:y|ies))$", re.IGNORECASE)


def compose(question: Question, evidence: Sequence[Evidence], known: Words = frozenset()) -> Draft:
    """Choose the sentences that answer a question.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
        known: Words of general English; the others name something particular.

    Returns:
        A direct answer first, then what else the sources say, grouped by document, commercial sources last.
    """
    weighed = [replace(found, score=found.score + _bonus(question, found)) for found in evidence]
    ranked = sorted(weighed, key=lambda found: (found.document.retracted, -found.score))
    if question.kind is Kind.LIST:
        chosen = _chosen(ranked, MOST_ITEMS, LIST_RANGE)
    else:
        chosen = _chosen(ranked, MOST_STATEMENTS, SCORE_RANGE)
    return arrange(question, chosen, known, ranked)


def _bonus(question: Question, found: Evidence) -> float:
    """Tell how much a sentence has the form of what a question asks for."""
    text = found.text
    if question.kind is Kind.DEFINITION and question.subjects:
        return _defining(question.subjects[0], found.main.of(found.document.text))
    if question.kind is Kind.QUANTITY:
        return FIGURE_BONUS if numbers(text) and fits(question, text) else 0.0
    if question.kind is Kind.OPEN:
        return MANNER_BONUS if tells_how(question, text) else 0.0
    return 0.0


def _defining(term: str, text: str) -> float:
    """Tell how much a sentence says what something is: it is its subject, above all with a verb of being."""
    opening, being = _definition(term)
    return (OPENING_BONUS if opening.match(text) else 0.0) + (BEING_BONUS if being.search(text) else 0.0)


@lru_cache(maxsize=64)
def _definition(term: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    # "What is a t-haNK cell?" is answered by "t-haNK is a line …".
    bare = _HEAD.sub("", term) or term
    name = rf"(?<![\w-]){re.escape(bare)}s?(?:\s+(?:cells?|therap(?:y|ies)))?(?![\w-])"
    return (
        re.compile(rf"\W*(?:(?:an?|the)\s+)?(?:[\w-]+\s+){{0,2}}?\(?{name}", re.IGNORECASE),
        re.compile(
            rf"\({name}\)|{name}(?:\s*\([^)]{{0,60}}\))?\s+(?:is|are|was|were)\s+(?:an?|the|one|defined|known|made|derived)\b"
            rf"|\b(?:through|by|in|during)\s+{name},?\s+(?:an?|the)\b|{name}\s*(?:\(|,\s+(?:an?|the)\b|refers?\b|means?\b|denotes?\b|consists?\b|builds?\b)",
            re.IGNORECASE,
        ),
    )


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
