"""What a question takes for granted, and whether the sources deny it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Kind, Verdict
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.verification import judge

# Only a sentence that speaks of the same thing can deny what is taken for granted of it.
LEAST_COVERAGE = 0.5
REACH = 4
_AUXILIARY = r"(?:was|were|did|does|do|is|are|may|might|can|could|has|have|had|must|should|will|would)"
# What is asked why, how much or how closely, and who or what did or underwent it, is taken to be so.
_ASKING = re.compile(
    r"^(?:so\s+|and\s+)?(?:(?:why|how\s+come|how\s+(?:much|many|big|large|closely|often|long|strongly|far|badly|well)(?:\s+of)?|"
    r"what\s+(?:made|makes|caused|causes|explains|drove|led|(?:share|percentage|proportion|fraction|part|number)\s+of)|when)"
    rf"\b\s*{_AUXILIARY}?|(?:which|what)\b(?=(?:\s+[\w-]+){{1,5}}\s+(?:did|does|do|was|were)\s))\s+",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\s(?:but|whereas|while|although|though)\s", re.IGNORECASE)
_PRESUMING = frozenset({Kind.CAUSE, Kind.QUANTITY, Kind.LIST, Kind.OPEN, Kind.OTHER})


def presumed(question: Question) -> str | None:
    """Give what a question takes for granted: "Why do X need Y?" that X need Y. None if it only asks."""
    if question.kind not in _PRESUMING:
        return None
    match = _ASKING.match(question.query)
    return question.query[match.end() :].rstrip("?!. ") if match else None


def denial(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """Find the sentence that denies what a question takes for granted.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
    """
    claim = presumed(question)
    if claim is None:
        return None
    for rank, found in enumerate(evidence[:REACH]):
        # "Did well in leukaemia but achieved little in solid tumours" denies neither.
        if found.coverage < LEAST_COVERAGE or _CONTRAST.search(found.text):
            continue
        verdict = judge(claim, [found.text]).verdict
        if verdict is Verdict.CONTRADICTED:
            return found
        # What is asked of a number is not what the number is of: "which share of those with X" is near any X.
        if verdict is Verdict.SUPPORTED and not rank and question.kind is not Kind.QUANTITY:
            return None
    return None
