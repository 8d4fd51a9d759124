"""Finds what a text names in particular: codes, proper names, short forms, words that general English does not know."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from assistant.verification.text.language import stem
from assistant.verification.text.parsing import parse

Words = AbstractSet[str]

# "lisocabtagene maraleucel (liso-cel)".
_SHORT_FORM = re.compile(r"\(([a-z]+-[a-z]+)\)")
_LONG_WORD = re.compile(r"(?<![\w-])[a-z]{7,}(?![\w-])")


def named(text: str, known: Words) -> frozenset[str]:
    """Give the names in a text, each as the verifier compares them: lower case, without hyphens.

    Args:
        text: A sentence or question.
        known: Words of general English; empty if they are not at hand, and then no common-looking word is a name.
    """
    rare = {
        word for word in _LONG_WORD.findall(text) if known and word not in known and stem(word) not in known
    }
    return frozenset({name.key for name in parse(text).names} | rare | short_forms(text))


def short_forms(text: str) -> frozenset[str]:
    """Give the short forms in lower case that a text defines in brackets."""
    return frozenset(short.replace("-", "") for short in _SHORT_FORM.findall(text))
