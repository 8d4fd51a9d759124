"""What a quantity is: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

COUNT = "count"
PERCENT = "percent"
YEAR = "calendar year"
MONTH = "calendar month"
DAY = "day of the month"
CONFIDENCE = "confidence"
PROPORTION = "proportion"


class Bound(StrEnum):
    """How a quantity is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something.

    Attributes:
        dimension: What is measured: "count", "percent", "time", "mass/area", "grade", "calendar year" …
        low: The value, or the lower end of a range, in the dimension's base unit.
        high: The upper end; equal to `low` unless a range.
        bound: How it is meant.
        unit: The unit's size, so that values of one unit compare exactly.
        decimals: How many it was written with; a claim may be rounded.
        nouns: Stems of what is counted.
        shown: The words of the text.
        start: Where they begin, "at least" included.
        end: Where they end, the unit included.
        group: Numbers those that stand in one list or ratio.
        derived: Whether it was reckoned: the percentage of "8 of 11".
        per: What it is a rate of, as written: "kg".
    """

    dimension: str
    low: float
    high: float
    bound: Bound
    unit: float
    decimals: int
    nouns: tuple[str, ...]
    shown: str
    start: int
    end: int
    group: int = -1
    derived: bool = False
    per: str = ""
