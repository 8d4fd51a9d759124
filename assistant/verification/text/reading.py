"""A text as the verifier reads it: words with their places, stems and clauses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.verification.text.language import alike, english, kinds, reworded, stem

# Words, a Greek letter apart from what it stands beside, and the signs that end clauses.
_TOKEN = re.compile(r"[α-ωΑ-Ω]|(?:(?![α-ωΑ-Ω])[^\W_])+(?:['’](?:[a-z]{1,2})\b)?|[,;:.!?—–()\[\]]")
_PAST = re.compile(r"[a-z]{2,}ed")
_HARD_STOPS = frozenset(";.!?—:")
# In words, hyphens and spaces parting them.
LONGEST_NAME = 6
# A remark in brackets this short is an abbreviation or a number and parts nothing.
_SHORT_REMARK = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign.

    Attributes:
        low: In lower case.
        stem: Its stem; empty for a sign.
        start: Where it begins in the text.
        end: Where it ends.
        clause: Number of its clause.
    """

    low: str
    stem: str
    start: int
    end: int
    clause: int

    @property
    def is_word(self) -> bool:
        """Whether it is no sign."""
        return bool(self.stem)


@dataclass(frozen=True, eq=False)
class Reading:
    """A text with its tokens, in order."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words."""
        return frozenset(token.stem for token in self.tokens if token.is_word)

    def saying(self, stem_: str) -> frozenset[str]:
        """Give the stems of the text that say the same as a stem: in its form, in another, or by a synonym."""
        found = {stem_, *reworded(stem_)} & self.stems
        for kind in kinds(stem_):
            found.update(other for other in self._by_kind.get(kind, ()) if alike(stem_, other))
        return frozenset(found)

    @cached_property
    def _by_kind(self) -> Mapping[str | int, list[str]]:
        found: defaultdict[str | int, list[str]] = defaultdict(list)
        for stem_ in self.stems:
            for kind in kinds(stem_):
                found[kind].append(stem_)
        return found

    @cached_property
    def stem_line(self) -> str:
        """The stems of all words in order, with one space between, and at both ends."""
        return f" {' '.join(token.stem for token in self.tokens if token.is_word)} "

    @cached_property
    def squeezed(self) -> str:
        """The words in lower case with one space between, and at both ends."""
        return f" {' '.join(token.low for token in self.tokens if token.is_word)} "

    @cached_property
    def joined(self) -> frozenset[str]:
        """Every one to six neighbouring words written as one: "PD-L1" and "PD L1" are "pdl1"."""
        words = [token.low.removesuffix("'s") for token in self.tokens if token.is_word]
        wholes = (
            "".join(words[first : first + length])
            for first in range(len(words))
            for length in range(1, LONGEST_NAME + 1)
        )
        return frozenset(form for whole in wholes for form in (whole, whole.removesuffix("s")))


@lru_cache(maxsize=16_384)
def read(text: str) -> Reading:
    """Read a text."""
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    lows = [word.lower().replace("’", "'") for word, _, _ in found]
    # A full stop inside a sentence ends an abbreviation.
    lows = [
        "·" if low == "." and not _ends_sentence(text, end) else low
        for low, (_, _, end) in zip(lows, found, strict=True)
    ]
    tokens = [
        Token(low, stem(low) if low[0].isalnum() else "", start, end, clause)
        for low, (_, start, end), clause in zip(lows, found, _clauses(lows), strict=True)
    ]
    return Reading(text, tuple(tokens))


def _ends_sentence(text: str, end: int) -> bool:
    following = text[end : end + 2]
    return not following.strip() or (following[0].isspace() and following[1:].isupper())


def _clauses(lows: Sequence[str]) -> Iterator[int]:
    """Number the clauses: a stop ends one, and so does a comma or "and" between two finite verbs."""
    openers = english().clause_openers
    clause, last = 0, -1
    remarks = _short_remarks(lows)
    for index, low in enumerate(lows):
        if index in remarks:
            yield clause
            continue
        if (
            low in _HARD_STOPS
            or low in openers
            or low in {"(", ")", "[", "]"}
            or (low in {",", "and", "or"} and _has_verb(lows[last + 1 : index]) and _goes_on(lows, index))
        ):
            clause, last = clause + 1, index
        yield clause


def _goes_on(lows: Sequence[str], index: int) -> bool:
    """Tell whether a verb of its own follows before the next sign or conjunction."""
    following: list[str] = []
    for low in lows[index + 1 :]:
        if (low in {",", "and", "or"} and following) or low in _HARD_STOPS:
            break
        following.append(low)
    return _has_verb(following)


def _has_verb(lows: Sequence[str]) -> bool:
    verbs = english().verbs
    return any(low in verbs or low.endswith("n't") or _PAST.fullmatch(low) for low in lows)


def _short_remarks(lows: Sequence[str]) -> frozenset[int]:
    """Give the places of brackets that hold a word or two, and of what they hold."""
    inside: set[int] = set()
    opened = None
    for index, low in enumerate(lows):
        if low in {"(", "["}:
            opened = index
        elif low in {")", "]"} and opened is not None:
            if index - opened - 1 <= _SHORT_REMARK:
                inside.update(range(opened, index + 1))
            opened = None
    return frozenset(inside)
