"""General English as the verifier reads it: word lists from this package's data, stems, opposites, words alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.thesaurus import plain_words
from corpus.folding import folded
from corpus.fulltext import analyser

# Two stems this much alike are forms of one word: "respond" and "respons" are, "transfus" and "transfect" are not.
LIKENESS = 0.77
SHORTEST_LIKE = 5
# Stems alike by form share at least so many first letters.
_OPENING = 4
# Adverbs and forms of verbs.
_GENERAL_ENDINGS = ("ly", "ed", "ing")
_BRITISH = (
    (re.compile(r"(?<=\w{2})our"), "or"),
    (re.compile(r"ae(?=[a-z])|(?<=[a-z])oe(?=[dm])"), "e"),
    (re.compile(r"is(?=(?:e|ed|es|ing|ation)$)"), "iz"),
)


@dataclass(frozen=True, slots=True)
class Direction:
    """One of two opposites: `sign` is 1 or -1 within the class `name`."""

    name: str
    sign: int

    def turned(self) -> Direction:
        """Give the opposite."""
        return Direction(self.name, -self.sign)


@dataclass(frozen=True, slots=True)
class Language:
    """The word lists. Words are in lower case; synonyms, opposites and pale words go by their stems.

    Opposites of two words are found by the stem of the first: "switch … on", "leave … out".
    """

    stop_words: frozenset[str]
    pale_words: frozenset[str]
    hedges: frozenset[str]
    universal: frozenset[str]
    timeless: frozenset[str]
    limited: frozenset[str]
    restricting: frozenset[str]
    verbs: frozenset[str]
    clause_openers: frozenset[str]
    synonyms: Mapping[str, frozenset[int]]
    directions: Mapping[str, tuple[Direction, ...]]
    phrasal: Mapping[str, tuple[tuple[str, Direction], ...]]
    surpassing: frozenset[str]


@lru_cache(maxsize=1)
def english() -> Language:
    """Give the word lists, read once."""
    lists = load("language.yaml")
    opposites = _opposites()
    synonyms: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lists["synonyms"]):
        for word in line.split():
            synonyms[stem(word)].add(number)
    return Language(
        stop_words=_words(lists["stop words"]),
        pale_words=frozenset(map(stem, lists["pale words"].split())),
        hedges=_words(lists["hedges"]),
        universal=_words(lists["universal words"]),
        timeless=_words(lists["timeless words"]),
        limited=_words(lists["limited words"]),
        restricting=_words(lists["restricting words"]),
        verbs=_words(lists["verbs"]),
        clause_openers=_words(lists["clause openers"]),
        synonyms={word: frozenset(groups) for word, groups in synonyms.items()},
        directions={
            first: alone
            for first, found in opposites.items()
            if (alone := tuple(of for second, of in found if not second))
        },
        phrasal={
            first: pairs
            for first, found in opposites.items()
            if (pairs := tuple(pair for pair in found if pair[0]))
        },
        surpassing=_words(lists["surpassing verbs"]),
    )


def load(name: str) -> Any:
    """Read a data file of this package."""
    # The reader in C is twenty times as fast, where PyYAML was built with it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((files("assistant.verification.text") / name).read_text("utf-8"), loader)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Give the stem of a word as the full-text index has it, British spelling set to American."""
    spelt = _american(folded(word).strip())
    return "".join(_analyser().analyze(spelt)) or spelt


@lru_cache(maxsize=65_536)
def alike(first: str, second: str) -> bool:
    """Tell whether two stems say the same: equal, forms of one word, or in one group of synonyms."""
    if first == second:
        return True
    groups = english().synonyms
    if groups.get(first, frozenset()) & groups.get(second, frozenset()) or second in reworded(first):
        return True
    if min(len(first), len(second)) < SHORTEST_LIKE or not (first.isalpha() and second.isalpha()):
        return False
    shared = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    return min(shared, len(second)) >= LIKENESS * max(len(first), len(second))


@lru_cache(maxsize=65_536)
def kinds(stem_: str) -> tuple[str | int, ...]:
    """Give what two different stems that are `alike` by form or by group have in common: an opening or a group."""
    opening = (stem_[:_OPENING],) if len(stem_) >= SHORTEST_LIKE and stem_.isalpha() else ()
    return (*opening, *english().synonyms.get(stem_, ()))


def is_general(low: str, stem_: str) -> bool:
    """Tell whether a word is one of general English, as far as is known: it names no particular thing."""
    known = english()
    return (
        low in known.verbs
        or low.endswith(_GENERAL_ENDINGS)
        or any(stem_ in words for words in (known.pale_words, known.synonyms, known.directions))
    )


def reworded(stem_: str) -> frozenset[str]:
    """Give the stems that say in plain words, or in those of papers, what a stem says."""
    return _rewordings().get(stem_, frozenset())


@lru_cache(maxsize=16_384)
def sayings(stem_: str) -> frozenset[str]:
    """Give the stems by which a text may say what a stem says, its own first of all."""
    return frozenset({stem_, *reworded(stem_)}).union(
        *(_members()[group] for group in english().synonyms.get(stem_, ()))
    )


@lru_cache(maxsize=1)
def _members() -> Mapping[int, frozenset[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for stem_, groups in english().synonyms.items():
        for group in groups:
            found[group].add(stem_)
    return {group: frozenset(stems) for group, stems in found.items()}


@lru_cache(maxsize=1)
def _rewordings() -> Mapping[str, frozenset[str]]:
    return {
        _american(phrase[0]): frozenset(_american(other[0]) for other in others if len(other) == 1)
        for phrase, others in plain_words().alternatives.items()
        if len(phrase) == 1
    }


def _american(word: str) -> str:
    for british, american in _BRITISH:
        word = british.sub(american, word)
    return word


@lru_cache(maxsize=1)
def _analyser() -> Any:
    return analyser()


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


def _opposites() -> dict[str, list[tuple[str, Direction]]]:
    """Give the words with opposites by their stems, each with the second word of a phrase, or an empty one."""
    found: defaultdict[str, dict[tuple[str, Direction], None]] = defaultdict(dict)
    for entry in load("directions.yaml"):
        for side, sign in (("up", 1), ("down", -1)):
            for word in entry[side].split():
                first, _, second = word.partition("_")
                found[stem(first)][second, Direction(entry["name"], sign)] = None
    return {first: list(pairs) for first, pairs in found.items()}
