"""Tells what says the same again, and lets one statement cite all who say it."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Verdict
from assistant.composing.differing import Said, difference
from assistant.composing.draft import DraftStatement
from assistant.composing.measuring import readings
from assistant.composing.particulars import named
from assistant.composing.standing import standing
from assistant.evidence import Evidence, shares_words
from assistant.verification import verify
from assistant.words import negated, numbers

SAME_WORDS = 0.6
SAME_VECTOR = 0.93
# Sentences less alike than this are not worth the verifier's time.
NEAR_VECTOR = 0.7
NEAR_WORDS = 0.2


def repeats(found: Evidence, known: Evidence) -> bool:
    """Tell whether a sentence says again what another says.

    Either nearly the same words or vector, with the same numbers and negation; or another wording in another document,
    with the same figures, where the verifier finds that each supports the other.
    """
    if overlap(found, known):
        return True
    similarity = float(found.vector @ known.vector)
    shared = shares_words(found.text, known.text)
    if similarity >= SAME_VECTOR or shared >= SAME_WORDS:
        same = numbers(found.text) == numbers(known.text) and negated(found.text) == negated(known.text)
        return same and not _contradicts(found.text, known.text)
    elsewhere = found.document.id != known.document.id
    return elsewhere and similarity >= NEAR_VECTOR and shared >= NEAR_WORDS and _agrees(found, known)


def overlap(one: Evidence, other: Evidence) -> bool:
    """Tell whether two share words of one document."""
    if one.document.id != other.document.id:
        return False
    return any(span.overlaps(spoken) for span in one.sentences for spoken in other.sentences)


def merged(statement: DraftStatement, found: Evidence) -> DraftStatement:
    """Let a statement cite further evidence if those words support it by themselves.

    The words of the better kind of source stand, where all that is cited supports them.
    """
    if any(overlap(found, known) for known in statement.evidence):
        return statement
    if standing(found.document) < standing(statement.evidence[0].document) and all(
        verify(found.text, [known.text]) is Verdict.SUPPORTED for known in statement.evidence
    ):
        return DraftStatement(found.text, (found, *statement.evidence))
    if verify(statement.text, [found.text]) is not Verdict.SUPPORTED:
        return statement
    return replace(statement, evidence=(*statement.evidence, found))


def _contradicts(found: str, known: str) -> bool:
    """Tell whether two sentences nearly alike say opposite things, or one thing of two: of "AB12" and "AB13"."""
    mine, theirs = named(found, frozenset()), named(known, frozenset())
    if mine - theirs and theirs - mine:
        return True
    return verify(known, [found]) is Verdict.CONTRADICTED


def _agrees(found: Evidence, known: Evidence) -> bool:
    """Tell whether two wordings say the same: the same figures, and neither more nor less than the other."""
    if _figures(found) != _figures(known):
        return False
    both = (found.text, known.text), (known.text, found.text)
    if any(verify(statement, [quote]) is not Verdict.SUPPORTED for statement, quote in both):
        return False
    return difference(Said(found.text, found.document), Said(known.text, known.document)) is None


def _figures(evidence: Evidence) -> frozenset[tuple[str, float, float]]:
    return frozenset((r.quantity.dimension, r.quantity.low, r.quantity.high) for r in readings(evidence.text))
