"""What a question takes for granted, and whether the sources deny it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Kind
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.verification import Evidence as Quoted
from assistant.verification import bearing

# Only a sentence that speaks of the same thing can deny what is taken for granted of it.
LEAST_COVERAGE = 0.44
# Of so many sentences, best first.
REACH = 4
# A sentence that says so much more of what is taken for granted, and does not deny it, outweighs one that does.
LEEWAY = 0.05
_AUXILIARY = r"(?:was|were|did|does|do|is|are|may|might|can|could|has|have|had|must|should|will|would)"
# What is asked why, how much or how closely, and who or what did or underwent it, is taken to be so.
_ASKING = re.compile(
    r"^(?:so\s+|and\s+)?(?:(?:why|how\s+come|how\s+(?:much|many|big|large|closely|often|long|strongly|far|badly|well)(?:\s+of)?|"
    r"what\s+(?:made|makes|caused|causes|explains|drove|led|(?:share|percentage|proportion|fraction|part|number)\s+of)|when)"
    rf"\b\s*{_AUXILIARY}?|(?:which|what)\b(?=(?:\s+[\w-]+){{1,5}}\s+(?:did|does|do|was|were)\s))\s+",
    re.IGNORECASE,
)
# Here more is asked than granted.
_ASKING_MORE = re.compile(
    rf"^(?:so\s+|and\s+)?(?:how\s+{_AUXILIARY}|(?:which|what)(?!\s+(?:is|are|was|were|about|do|does|did)\b))\s+",
    re.IGNORECASE,
)
# "Which receptors hold it back" grants that some do, hardly more.
_WHICH = re.compile(r"^(?:so\s+|and\s+)?(?:which|what)\b", re.IGNORECASE)
_BUT = re.compile(r"\sbut\s", re.IGNORECASE)
_ALTHOUGH = re.compile(r",?\s(?:whereas|although|though|while(?!\s+\w+ing\b))\s.*", re.IGNORECASE | re.DOTALL)
_PRESUMING = frozenset({Kind.CAUSE, Kind.QUANTITY, Kind.LIST, Kind.OPEN, Kind.OTHER})


def presumed(question: Question) -> str | None:
    """Give what a question takes for granted: "Why do X need Y?" that X need Y. None if it only asks."""
    if question.kind not in _PRESUMING:
        return None
    match = _ASKING.match(question.query) or _ASKING_MORE.match(question.query)
    return question.query[match.end() :].rstrip("?!. ") if match else None


def denial(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """Give the first of the best sentences that denies what a question takes for granted.

    Sentences further down speak of other things too often: "for infused cells to succeed, …" denies no failure.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
    """
    claim = presumed(question)
    if claim is None:
        return None
    long_forms = {expansion.term: expansion.alternatives for expansion in question.expansions}
    heard = [e for e in evidence[:REACH] if e.coverage >= LEAST_COVERAGE]
    # "No A was seen, although B was common": what is granted besides denies nothing.
    quotes = [Quoted(_ALTHOUGH.sub("", e.text), e.context) for e in heard]
    outright = not _ASKING.match(question.query) and _WHICH.match(question.query) is not None
    bearings = [bearing(claim, quote, long_forms, outright=outright) for quote in quotes]
    fullest = max((found.coverage for found in bearings if not found.reasons), default=0.0)
    for found, how in zip(heard, bearings, strict=True):
        # "Did well in leukaemia but achieved little in solid tumours" denies neither.
        if how.reasons and how.coverage + LEEWAY >= fullest and not _BUT.search(found.text):
            return found
    return None
