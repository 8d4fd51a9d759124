"""Reads the unit that follows a number, and its size in the base unit of its dimension."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.text.language import load

_FOLLOWING = re.compile(
    r"[\s-]{0,2}(per\s?cent|%|(?:°|degrees?)\s?[CF]\b|degrees?\s(?:Celsius|centigrade|Fahrenheit)|[A-Za-zµμ]+)([23²³])?(?![\w^])"
)
_PERCENTAGE_POINTS = re.compile(r"[\s-]percentage points?")
_PER = re.compile(
    r"\s?(?:/|\bper\s)\s?(?:(?P<power>square|cubic)\s)?(?P<unit>[A-Za-zµμ]+)(?P<exponent>[23²³])?(?!\w)"
)
_POWERS = {"square": "2", "cubic": "3"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit where it stands: its dimension, its size in the base unit, and where it ends."""

    dimension: str
    size: float
    end: int


def unit_at(text: str, position: int, *, money: str) -> Unit | None:
    """Read the unit at a place, if there is one.

    Args:
        text: The text.
        position: Where the number ends.
        money: The currency that stood before the number.
    """
    if money:
        return Unit(money, 1, position)
    if points := _PERCENTAGE_POINTS.match(text, position):
        return Unit("percent", 1, points.end())
    match = _FOLLOWING.match(text, position)
    if match is None:
        return None
    known = _unit(match[1])
    if known is None:
        return None
    dimension, size = _to_power(known, match[2])
    end = match.end()
    if (per := _PER.match(text, end)) and (over := _unit(per["unit"])):
        over_dimension, over_size = _to_power(over, per["exponent"] or _POWERS.get(per["power"]))
        return Unit(f"{dimension}/{over_dimension}", size / over_size, per.end())
    return Unit(dimension, size, end)


def is_unit(written: str) -> bool:
    """Tell whether something is written as a unit over another: "mg/m2"."""
    parts = written.rstrip("23²³").split("/")
    return len(parts) > 1 and all(_unit(part) is not None for part in parts)


def _to_power(unit: tuple[str, float], exponent: str | None) -> tuple[str, float]:
    if exponent is None:
        return unit
    power = 2 if exponent in "2²" else 3
    return f"{unit[0]}^{power}", unit[1] ** power


def _unit(name: str) -> tuple[str, float] | None:
    symbols, words = _units()
    folded = " ".join(name.lower().split())
    return (
        symbols.get(re.sub(r"degrees?", "°", name).replace(" ", ""))
        or words.get(folded)
        or words.get(folded.removesuffix("s"))
    )


@lru_cache(maxsize=1)
def _units() -> tuple[dict[str, tuple[str, float]], dict[str, tuple[str, float]]]:
    symbols: dict[str, tuple[str, float]] = {}
    words: dict[str, tuple[str, float]] = {}
    for dimension, names in load("units.yaml").items():
        symbols |= {name: (dimension, float(size)) for name, size in names["symbols"].items()}
        words |= {name: (dimension, float(size)) for name, size in names["words"].items()}
    return symbols, words
