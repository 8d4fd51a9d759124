"""Judges a statement by the words it cites. The same rules for every composer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Verdict
from assistant.words import content_words, flat, negated, numbers

# Share of a statement's content words that a quote must hold to speak of the same thing.
SUPPORTING_COVERAGE = 0.8
PARTIAL_COVERAGE = 0.5


def verify(statement: str, quotes: Sequence[str]) -> Verdict:
    """Judge a statement by the quotes it cites.

    A statement whose every word stands in its quotes is supported. Otherwise it must share its content words, all of
    its numbers and its negation with them.

    Args:
        statement: What is said.
        quotes: The cited words, reference marks left out.
    """
    together = " ".join(quotes)
    if _stands_in(statement, together):
        return Verdict.SUPPORTED
    coverage = _coverage(statement, together)
    if coverage < PARTIAL_COVERAGE:
        return Verdict.NOT_FOUND
    if negated(statement) != negated(together):
        return Verdict.CONTRADICTED
    if not numbers(statement) <= numbers(together) or coverage < SUPPORTING_COVERAGE:
        return Verdict.PARTIAL
    return Verdict.SUPPORTED


def _stands_in(statement: str, quotes: str) -> bool:
    return flat(statement) in flat(quotes)


def _coverage(statement: str, quotes: str) -> float:
    wanted = content_words(statement)
    there = set(content_words(quotes))
    return sum(word in there for word in wanted) / len(wanted) if wanted else 0.0
