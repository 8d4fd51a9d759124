"""Finds the names in a question that the library's papers also write otherwise: abbreviations and their long forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from assistant.question.background import Background
from assistant.question.shape import Expansion
from assistant.words import STOP_WORDS
from corpus.folding import name_key
from corpus.names import Definition

# A number belongs to the name before it: "PD-1" is no kind of "PD".
_WORD = re.compile(r"[^\W_]+(?:[-\u2010-\u2015]\d[^\W_]*)*")
_CODE = re.compile(r"(?<![\w-])([^\W\d_]{2,8})([-\u2010-\u2015]?)(\d{1,4}[^\W\d_]?)(?![\w-])")
_LONGEST_NAME = 8
_MOST_WORDS = 80
_MOST_ALTERNATIVES = 3


def expansions(text: str, background: Background) -> tuple[Expansion, ...]:
    """Give other ways in which the library's papers write the names of a question.

    Args:
        text: A question.
        background: What is known.

    Returns:
        One for each name, in order; a name inside a longer one counts only by itself.
    """
    runs = list(_runs(text))
    codes = {match.span(): _code_otherwise(match) for match in _CODE.finditer(text)}
    known = background.glossary.definitions(key for _, key in runs if key)
    found: list[Expansion] = []
    covered = 0
    for span, key in runs:
        if span[0] < covered:
            continue
        term = text[slice(*span)]
        definitions = known.get(key, ())
        others = [
            _other(definition, key)
            for definition in definitions
            if _is_meant(term, key, definitions, background)
        ]
        alternatives = tuple(dict.fromkeys(other for other in others if name_key(other) != key))
        alternatives += codes.get(span, ())
        if alternatives:
            found.append(Expansion(term, alternatives[:_MOST_ALTERNATIVES]))
            covered = span[1]
    return tuple(found)


def _runs(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the places of all runs of words that may be a name, and the form by which names are compared.

    Longer ones come before what they begin with.
    """
    words = list(islice(_WORD.finditer(text), _MOST_WORDS))
    keys = [name_key(word[0]) for word in words]
    for first in range(len(words)):
        for last in reversed(range(first, min(len(words), first + _LONGEST_NAME))):
            yield (words[first].start(), words[last].end()), " ".join(filter(None, keys[first : last + 1]))


def _code_otherwise(code: re.Match[str]) -> tuple[str]:
    """Write a code with a hyphen if it has none, and without if it has one: "IL15" and "IL-15"."""
    return (f"{code[1]}{'' if code[2] else '-'}{code[3]}",)


def _other(definition: Definition, key: str) -> str:
    return definition.long if definition.short_key == key else definition.short


def _is_meant(term: str, key: str, known: tuple[Definition, ...], background: Background) -> bool:
    """Tell an abbreviation from the English word that it looks like: "ALL" from "all", "CAR" from "car"."""
    if any(definition.long_key == key for definition in known) or not term.islower():
        return True
    return key not in STOP_WORDS and key not in background.common_english
