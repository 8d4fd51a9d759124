"""What raised characters must not run into: "10⁷" is not 107, and a raised reference mark is no part of its word."""

from __future__ import annotations

import re

_WORD_END = re.compile(r"[^\W_]$|[)\]%]$")
_EXPONENT_BASE = re.compile(r"(?<![^\W_])\d[\d.,]*$")
_EXPONENT = re.compile(r"[+\-\u2010-\u2015\u2212]?\s?\d+(?:\.\d+)?")
# Long enough for any number; a pattern that looks for the end of a whole paragraph is slow.
_TAIL = 40


def before_exponent(before: str, raised: str) -> str:
    """Give the sign to write between a number and its exponent, nothing between other things.

    Args:
        before: The text so far.
        raised: What is raised after it.
    """
    is_power = _EXPONENT_BASE.search(before[-_TAIL:]) and _EXPONENT.fullmatch(raised.strip())
    return "^" if is_power else ""


def before_mark(before: str) -> str:
    """Give the space to write between a word and the reference mark raised after it."""
    return " " if _WORD_END.search(before[-1:]) else ""
