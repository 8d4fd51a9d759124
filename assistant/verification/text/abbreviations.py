"""Finds what a text abbreviates: "cytokine release syndrome (CRS)"."""

from __future__ import annotations

import re

from assistant.verification.text.language import stem

_ABBREVIATION = re.compile(r"((?:[\w'’-]+\s){1,8})\(([A-Za-z][\w-]{1,9})\)")


def abbreviations(text: str) -> list[tuple[str, frozenset[str]]]:
    """Find "cytokine release syndrome (CRS)": the stem of the short form and the stems of the long one."""
    found = []
    for match in _ABBREVIATION.finditer(text):
        short = match[2].removesuffix("s") if match[2][-2:-1].isupper() else match[2]
        words = [word for word in re.split(r"[\s-]+", match[1].strip()) if word]
        letters = [character.lower() for character in short if character.isalpha()]
        long = words[-len(letters) :]
        if len(letters) > 1 and [word[0].lower() for word in long] == letters:
            found.append((stem(match[2].lower()), frozenset(stem(word.lower()) for word in long)))
    return found
