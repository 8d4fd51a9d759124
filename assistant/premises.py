"""What a question takes for granted, and whether the sources deny it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Kind, Verdict
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.verification import judge
from assistant.words import negated

# Only a sentence that speaks of the same thing can deny what is taken for granted of it.
LEAST_COVERAGE = 0.5
_AUXILIARY = r"(?:was|were|did|does|do|is|are|may|might|can|could|has|have|had|must|should|will|would)"
# What is asked why, how much or how closely, and who or what did or underwent it, is taken to be so.
_ASKING = re.compile(
    r"^(?:so\s+|and\s+)?(?:(?:why|how\s+come|how\s+(?:much|many|big|large|closely|often|long|strongly|far|badly|well)(?:\s+of)?|"
    r"what\s+(?:made|makes|caused|causes|explains|drove|led|(?:share|percentage|proportion|fraction|part|number)\s+of)|when)"
    rf"\b\s*{_AUXILIARY}?|(?:which|what)\b(?=(?:\s+[\w-]+){{1,5}}\s+(?:did|does|do|was|were)\s))\s+",
    re.IGNORECASE,
)
# Here more is asked than granted: only a sentence that denies what the question does not is held against it.
_ASKING_MORE = re.compile(
    rf"^(?:so\s+|and\s+)?(?:how\s+{_AUXILIARY}|(?:which|what)(?!\s+(?:is|are|was|were|about|do|does|did)\b))\s+",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\s(?:but|whereas|while|although|though)\s", re.IGNORECASE)
_PRESUMING = frozenset({Kind.CAUSE, Kind.QUANTITY, Kind.LIST, Kind.OPEN, Kind.OTHER})


def presumed(question: Question) -> str | None:
    """Give what a question takes for granted: "Why do X need Y?" that X need Y. None if it only asks."""
    if question.kind not in _PRESUMING:
        return None
    match = _ASKING.match(question.query) or _ASKING_MORE.match(question.query)
    return question.query[match.end() :].rstrip("?!. ") if match else None


def denial(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """Give the sentence that answers best if it denies what a question takes for granted.

    Sentences further down speak of other things too often: "for infused cells to succeed, …" denies no failure.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
    """
    claim = presumed(question)
    if claim is None or not evidence:
        return None
    best = evidence[0]
    # "Did well in leukaemia but achieved little in solid tumours" denies neither.
    if best.coverage < LEAST_COVERAGE or _CONTRAST.search(best.text):
        return None
    if not _ASKING.match(question.query) and negated(best.text) == negated(claim):
        return None
    return best if judge(claim, [best.text]).verdict is Verdict.CONTRADICTED else None
