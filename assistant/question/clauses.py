"""The clauses of a question: where the asking begins, and what is set off from it."""

from __future__ import annotations

import re

# A longer text is no question that can be read from its form.
LONGEST_PATTERN = 400
_AUXILIARIES = (
    r"is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|must|may|might|shall|"
    r"(?:is|are|was|were|do|does|did|ca|could|has|have|wo|would|should)n['’]?t"
)
_WH = r"what|which|how|why|when|who|whose|whom|where|whether"
ASKING = re.compile(rf"(?:{_AUXILIARIES}|{_WH}|any)\b(?!-)", re.IGNORECASE)
# After a comma, an auxiliary asks only where a question has not yet begun and some words follow it.
_ASKED_LATER = re.compile(
    rf"(?:(?:so|and|but|then|now)\s+)?(?:(?:in|by|to|for|at|with|from|on|of|since|until|under)\s+)?"
    rf"(?:{_WH})(?:['’]?s)?\b|(?:so\s+|then\s+)?(?:{_AUXILIARIES})\s+\S+\s+\S+",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*[:;]\s+|\s+[-–—]+\s+|\?\s+(?=\S)")
_ANY_APART = re.compile(r",\s+|\s*[:;]\s+|\s+[-–—]+\s+|\?\s+(?=\S)")
_ELIDED = re.compile(r"\b(what|who|how|where|why)s\b", re.IGNORECASE)


def clauses(text: str) -> list[str]:
    """Split a question at colons, dashes and inner question marks."""
    return [clause.strip() for clause in _APART.split(text) if clause.strip(" ?!.")]


def asked(text: str) -> str:
    """Give a question from where it begins to ask, such as after "In the trial by Liu, "; all if it never does."""
    text = _ELIDED.sub(r"\1's", text)
    if ASKING.match(text) or _ASKED_LATER.match(text):
        return text
    for apart in _ANY_APART.finditer(text):
        if _ASKED_LATER.match(text, apart.end()):
            return text[apart.end() :]
    return text
