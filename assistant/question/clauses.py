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
# "A / B" is a list, and so is "A/B" before a colon; what follows "sorry" replaces what came before.
_SLASH = re.compile(r"\s+/\s+")
_OPENING_SLASH = re.compile(r"[^\s/:]+(?:/[^\s/:]+)+(?=\s*:\s)")
_V = re.compile(r"(?<=\s)v\.?(?=\s)")
_CORRECTED = re.compile(r"(?:\.\.\.|…|,)\s*(?:sorry|i\s+mean|no\s+wait)[,:]?\s+", re.IGNORECASE)
_THAT_IS = re.compile(r"(?<=\s)(?:i\.\s?e\.|namely\b),?\s+", re.IGNORECASE)
_OR_EQUAL = re.compile(
    r",?\s+or\s+(?:are\s+they\s+|is\s+it\s+)?(?:just\s+|about\s+|roughly\s+|much\s+)?(?:equal|the\s+same|similar|alike|no\s+different)\Z|"
    r"[.?,]\s+equally\s+\w+\Z",
    re.IGNORECASE,
)
_ELIDED = re.compile(r"\b(what|who|how|where|why)s\b", re.IGNORECASE)


def tidied(text: str) -> str:
    """Give a question as it would stand without slips of form: lists with commas, no afterthoughts."""
    text = _CORRECTED.split(text)[-1]
    opening = _OPENING_SLASH.match(text)
    if opening:
        text = opening[0].replace("/", ", ") + text[opening.end() :]
    text = _V.sub("vs", _SLASH.sub(", ", text))
    return _OR_EQUAL.sub("", _THAT_IS.sub("", text).rstrip("?!. "))


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
