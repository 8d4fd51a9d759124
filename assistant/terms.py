"""The names and uncommon words of a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Kind
from assistant.commonness import known_words
from assistant.question import Question
from assistant.words import STOP_WORDS, words
from corpus.library import Library

# On the Zipf scale of wordfreq: "receptor" is common, "pancreatic" is not; "inhibit" is known, "trogocytosis" is not.
COMMON = 3.7
KNOWN = 3.0
_NAME_INSIDE = re.compile(r"(?<=[\w,;]\s)[A-Z][\w-]+")
_HYPHEN = "[-\u2010-\u2015]"
# "CAR-NK", "CAR T", "KarMMa-3", "FT596": a family, by two capitals or more, and the member that is meant.
_MEMBER = re.compile(
    rf"\b(?:(?=[a-z]*[A-Z][a-z]*[A-Z])([A-Za-z]{{2,12}}){_HYPHEN}([A-Z]{{1,3}}|\d{{1,4}})"
    r"|([A-Z]{2,12})\s([A-Z]{1,3}|\d{1,4})|([A-Z]{2,12})(\d{1,4}))(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Member:
    """A name that is one of a family: "CAR-NK" beside "CAR-T", "NKX019" beside "NKX101"."""

    family: str
    member: str

    @property
    def is_numbered(self) -> bool:
        """Whether a number tells it from its family: a trial, a product, a molecule."""
        return self.member.isdigit()

    @property
    def name(self) -> str:
        """The name with a hyphen, as one writes it to be understood."""
        return f"{self.family}-{self.member}"

    def stands_in(self, text: str) -> bool:
        """Tell whether a text says the name, with a hyphen, a space or neither."""
        return self in members(text)

    def __eq__(self, other: object) -> bool:
        """Compare without regard to capitals."""
        return isinstance(other, Member) and self._folded == other._folded

    def __hash__(self) -> int:
        """Hash as compared."""
        return hash(self._folded)

    @property
    def _folded(self) -> tuple[str, str]:
        return self.family.lower(), self.member.lower()


def members(text: str) -> set[Member]:
    """Give the names in a text that are one of a family."""
    if text.isupper():
        return set()
    found = (Member(*(group for group in match.groups() if group)) for match in _MEMBER.finditer(text))
    return {member for member in found if member.family.lower() not in STOP_WORDS}


class Names:
    """The names in a question that are each one of a family."""

    def __init__(self, question: Question) -> None:
        """Find the names in `question`."""
        self._members = members(
            question.subjects[0] if question.kind is Kind.COMPARISON else question.standalone
        )

    def names_another(self, near: str, title: str) -> bool:
        """Tell whether a text speaks of another member of a family: of "CAR-T" where "CAR-NK" was asked about.

        The sentences decide, with their headings; the title only where they name no member at all.
        """
        families = {member.family.lower() for member in self._members}
        for text in (near, title):
            there = {member for member in members(text) if member.family.lower() in families}
            if there:
                return not there & self._members
        return False


class Particular:
    """The terms of a question that name something particular."""

    def __init__(self, question: Question, library: Library) -> None:
        """Sort the terms of `question`; the word lists are kept in the library's model cache."""
        text, cache = question.standalone, library.settings.model_cache
        common, known = known_words(cache, COMMON), known_words(cache, KNOWN)
        proper = set() if text.isupper() else set(_lowered(_NAME_INSIDE.findall(text)))
        self.names = [t for t in question.terms if t in proper or any(c.isdigit() for c in t)]
        self.unknown_words = [t for t in question.terms if t not in known]
        self.uncommon_words = [t for t in question.terms if t not in common]

    @property
    def all(self) -> list[str]:
        """Names, codes and uncommon words, each once."""
        return list(dict.fromkeys([*self.names, *self.uncommon_words]))


def _lowered(found: Iterable[str]) -> Sequence[str]:
    return [word for name in found for word in words(name)]
