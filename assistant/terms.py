"""The names in a question that are each one of a family, as products and trials are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import Kind
from assistant.question import Question
from assistant.words import STOP_WORDS

# On the Zipf scale of wordfreq: "inhibit" is known, "trogocytosis" is not.
KNOWN = 3.0
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


@lru_cache(maxsize=20_000)
def members(text: str) -> frozenset[Member]:
    """Give the names in a text that are one of a family."""
    if text.isupper():
        return frozenset()
    found = (Member(*(group for group in match.groups() if group)) for match in _MEMBER.finditer(text))
    return frozenset(member for member in found if member.family.lower() not in STOP_WORDS)


class Names:
    """The names in a question that are each one of a family."""

    def __init__(self, question: Question) -> None:
        """Find the names in `question`."""
        self._members = members(
            question.subjects[0] if question.kind is Kind.COMPARISON else question.standalone
        )

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._members)

    def all_numbered_in(self, text: str) -> bool:
        """Tell whether a text says every name that a number tells from its family, a product or a trial."""
        return {member for member in self._members if member.is_numbered} <= members(text)

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
