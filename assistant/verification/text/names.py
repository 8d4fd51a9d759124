"""Finds names and codes in a text ("CD19", "CAR-NK", "Marin"), and tells whether another text has them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.verification.text.language import english
from assistant.verification.text.reading import Reading
from assistant.verification.text.units import is_unit

# Two capitals, or a letter beside a digit, anywhere in a word joined by hyphens.
_CODE = re.compile(
    r"(?<![\w-])(?=[\w./-]*(?:[A-Z][\w-]*[A-Z]|[A-Za-zα-ω]-?\d|\d[A-Z]))[A-Za-z0-9α-ω][\wα-ω]*(?:[-./][\wα-ω]+)*"
)
_PROPER = re.compile(r"(?<=[a-z,;)] )[A-Z][a-z]{2,}(?:[A-Z][a-z]+)?(?![\w])")
_NUMBER_ONLY = re.compile(r"(?:\d+[-–.,/]?)*(?:\d+|[a-z]{1,6})")
_TAIL = re.compile(r"-(?:[a-z]{3,})(?:-[a-z]+)*$")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_LEAST_FAMILY = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: `key` is how it is compared, hyphens, capitals and plural aside."""

    shown: str
    key: str
    start: int
    end: int
    proper: bool = False

    @property
    def family(self) -> tuple[str, ...]:
        """What it shares with its rivals: "CD19" and "CD33" the letters, "CAR-NK" and "CAR-T" the first part."""
        letters = re.match(r"([a-zα-ω]{2,})(\d+\w*)$", self.key)
        if letters:
            return (letters[1],)
        parts = [part.lower() for part in re.split(r"[-/ ]", self.shown) if part]
        return (parts[0],) if len(parts) > 1 and len(parts[0]) >= _LEAST_FAMILY else ()


def names(reading: Reading) -> tuple[Name, ...]:
    """Find the names of a text, in order."""
    text = reading.text
    found: list[Name] = []
    if text.isupper():
        return ()
    for match in _CODE.finditer(text):
        shown = _TAIL.sub("", match.group()).rstrip("-./")
        if _NUMBER_ONLY.fullmatch(shown) or not any(c.isalpha() for c in shown) or _is_measure(shown):
            continue
        found.append(Name(shown, key_of(shown), match.start(), match.start() + len(shown)))
    taken = [(name.start, name.end) for name in found]
    for match in _PROPER.finditer(text):
        inside = any(start <= match.start() < end for start, end in taken)
        ordinary = match.group().lower() in english().stop_words or match.group().lower() in _MONTHS
        if not inside and not ordinary:
            found.append(Name(match.group(), key_of(match.group()), match.start(), match.end(), proper=True))
    return tuple(sorted(found, key=lambda name: name.start))


def _is_measure(shown: str) -> bool:
    """Tell whether it is a number with its unit: "24-h", "10mg", "3-D" aside."""
    measured = re.fullmatch(r"\d[\d.,]*[-–]?[a-zµ%°]{1,5}(?:/[a-z]+\d?)?", shown) is not None
    return measured or is_unit(shown) or shown in {"CI", "SD", "IQR"}


def key_of(name: str) -> str:
    """Give how a name is compared: lower case, only letters and digits, without the plural's s."""
    plain = "".join(part for part in re.findall(r"[^\W_]+", name))
    if len(plain) > _LEAST_FAMILY and plain[-1] == "s" and plain[-2].isupper():
        plain = plain[:-1]
    return plain.lower()


def has_name(reading: Reading, key: str) -> bool:
    """Tell whether a text says a name, written with or without spaces and hyphens."""
    return key in reading.joined
