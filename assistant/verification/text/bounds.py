"""Reads what stands before and after a number: "at least", "or more", "about", "grade"."""

from __future__ import annotations

import re

from assistant.verification.text.quantity import Bound

_LABELS = (
    "grade phase day week month year stage type level figure table arm cohort group cycle regimen line class "
    "tier version step generation factor order score category"
).split()
LABEL = re.compile(rf"\b({'|'.join(_LABELS)})s?[\s-]+$", re.IGNORECASE)
_LOW = (
    r"at least|no (?:fewer|less|shorter|lower|earlier) than|not (?:fewer|less) than|≥|>=|=>|a minimum of|minimum of"
    r"|more than|over|above|greater than|higher than|longer than|exceed(?:s|ed|ing)?|>|in excess of|beyond"
    r"|upwards of|from"
)
_HIGH = (
    r"at (?:the )?most|up to|(?:no|not) (?:more|longer|later|greater|higher) than|≤|<=|a maximum of|maximum of|within"
    r"|as many as|as long as|as much as|as high as|less than|fewer than|under|below|shorter than|lower than|<"
)
_ABOUT = (
    r"about|approximately|approx\.?|around|~|≈|roughly|nearly|almost|some|circa|ca\.?|close to|an estimated"
)
_BEFORE = re.compile(
    rf"(?:(?P<high>{_HIGH})|(?P<low>{_LOW})|(?P<about>{_ABOUT}))\s*(?:a |an |the |only )?$", re.IGNORECASE
)
_AFTER = re.compile(
    r"(?:\s+[a-z]+)?\s*(?:(?P<low>(?:or|and|to)\s(?:more|higher|above|greater|worse|older|longer|over|later|beyond)\b|(?<=\d)\+)"
    r"|(?P<high>(?:or|and)\s(?:less|lower|below|fewer|younger|under|shorter|earlier|better)\b))",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:\bnot|n['’]t|\bnever|\bno)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_DENIABLE = frozenset({"beyond", "more than", "over", "longer than", "greater than", "higher than"})


def bounded(text: str, start: int, end: int, *, approximate: bool) -> tuple[int, int, Bound]:
    """Read what stands before and after a number: "at least", "or more", "about"."""
    label = LABEL.search(text[max(0, start - 24) : start])
    begin = start - len(label.group()) if label else start
    before = _BEFORE.search(text[max(0, begin - 24) : begin])
    if before and text[begin - len(before.group()) - 1 : begin - len(before.group())].isalpha():
        before = None
    after = _AFTER.match(text, end)
    if after and (after["low"] or after["high"]):
        return begin, after.end(), Bound.AT_LEAST if after["low"] else Bound.AT_MOST
    if before is None or before["low"] == "from":
        return begin, end, Bound.ABOUT if approximate else Bound.EXACT
    first = begin - len(before.group())
    if before["about"]:
        return first, end, Bound.ABOUT
    low = before["low"]
    if low and low.lower() in _DENIABLE and (denied := _DENIED.search(text[max(0, first - 40) : first])):
        # "did not persist beyond 15 days" sets an upper limit, and denies nothing else.
        return first - len(denied.group()), end, Bound.AT_MOST
    return first, end, Bound.AT_LEAST if low else Bound.AT_MOST
