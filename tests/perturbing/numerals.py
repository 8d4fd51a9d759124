"""Numbers in running text: where they stand, what they are worth, and how else they can be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
# "Phase 2", "grade 3" and "Table 1" name things; "at least 5" is still true of 6.
_NAMING = "phase|phases|grade|type|table|stage|figure|fig|section|class|version|et al|number|no|chapter|study"
_BOUNDING = (
    "least|most|than|over|above|below|under|about|approximately|within|nearly|almost|maximum of|minimum of|up to|"
    "as long as|around|exceed|exceeding|exceeded|between|beyond"
)
_DIGITS = re.compile(
    r"(?<![\w.,^/×<>=≤≥±~∼−-])(?<![×<>=≤≥±~∼] )(?!0\d)\d+(?:,\d{3})*(?:\.\d+)?(?![\w^/°']|[.,]\d|-\w)"
)
_NAMED = re.compile(rf"\b(?:{_NAMING})\.?,? \(?(?:\d+(?:\.\d+)? (?:or|and|to) )?$", re.IGNORECASE)
# "Alexa 647" is a name, "April 2022" a date.
_NAME = re.compile(
    r"(?<!^)(?!January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?<![\w-])[A-Z][\w-]{2,} \(?$"
)
_BOUNDED = re.compile(rf"\b(?:{_BOUNDING}) (?:an? )?\$?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number of a text: where it stands, its value, and whether it is written in letters."""

    start: int
    end: int
    value: Decimal
    in_letters: bool

    @property
    def decimals(self) -> int:
        """How many digits follow its point."""
        exponent = self.value.as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0

    def written(self, value: Decimal) -> str:
        """Write another value in the same way."""
        if self.in_letters and value == value.to_integral_value():
            return in_letters(int(value))
        return f"{value:,f}" if value >= 10_000 else f"{value:f}"


def numerals(text: str) -> list[Numeral]:
    """Find the numbers that count or measure, in order; names of things, citations and bounds are none."""
    found = [*_in_digits(text), *_in_letters(text)]
    return sorted((n for n in found if not _excluded(text, n)), key=lambda numeral: numeral.start)


def in_letters(value: int) -> str:
    """Write a whole number in words where it is below one hundred, otherwise in digits."""
    if value < len(SMALL):
        return SMALL[value]
    if value < 100:
        tens, units = TENS[value // 10 - 2], value % 10
        return f"{tens}-{SMALL[units]}" if units else tens
    return str(value)


LETTERS = {in_letters(value): value for value in range(2, 100)}
WORD = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(LETTERS, key=len, reverse=True))})(?![\w-])", re.IGNORECASE
)


def _in_digits(text: str) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(text):
        yield Numeral(match.start(), match.end(), Decimal(match[0].replace(",", "")), in_letters=False)


def _in_letters(text: str) -> Iterator[Numeral]:
    for match in WORD.finditer(text):
        if re.match(r" (?:of|or|to|thirds|fifths|[a-z]+s of)\b", text[match.end() :]) is None:
            value = Decimal(LETTERS[match[0].lower()])
            yield Numeral(match.start(), match.end(), value, in_letters=True)


def _excluded(text: str, numeral: Numeral) -> bool:
    before, after = text[: numeral.start], text[numeral.end :]
    return (
        _NAMED.search(before) is not None
        or _NAME.search(before) is not None
        or _BOUNDED.search(before) is not None
        or after.startswith(
            ("% CI", "% confidence", " percent CI", "-", "–", " or more", " or fewer", " or less")
        )
        or re.match(r"%?\s?(?:or|and) (?:above|higher|more|older|worse|over)\b", after) is not None
        or before.endswith(("-", "–"))
        or (before.endswith("(") and after.startswith(")"))
    )
