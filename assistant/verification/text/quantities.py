"""Reads the quantities of a text: value or range, unit, what is counted, "at least" and "about"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.verification.text.bounds import LABEL, bounded
from assistant.verification.text.dates import dates
from assistant.verification.text.language import english, stem
from assistant.verification.text.numerals import Numeral, numerals
from assistant.verification.text.quantity import (
    CONFIDENCE,
    COUNT,
    DAY,
    MONTH,
    PERCENT,
    PROPORTION,
    YEAR,
    Bound,
    Quantity,
)
from assistant.verification.text.units import Unit, unit_at

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_TIMES = frozenset("day week month year".split())
_ROMAN_LABEL = re.compile(r"\b(grade|phase|stage|type|class|factor)s?[\s-]+(I{1,3}|IV|V)\b(?![-\w])")
_SIGN = re.compile(r"\b([pP]|HR|OR|RR)(?:[- ]?value)?\s*(?:=|<|>|≤|≥|of|was|\s)\s*$")
_LIST = re.compile(r"\s*(?:,\s*(?:and|or)?|and|or|against|versus|vs\.?|,?\s*&|±)\s*", re.IGNORECASE)
_CONFIDENCE = re.compile(r"\s*(?:CI|CrI|confidence|credible)\b")
_RANGE = re.compile(r"\s*(?:[-–—−]|to|through)\s*(?:day |week |grade |month )?", re.IGNORECASE)
_BETWEEN = re.compile(r"between\s+$", re.IGNORECASE)
_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|these\s+|those\s+|all\s+|a total of\s+)*", re.IGNORECASE)
_SLASH = re.compile(r"\s?/\s?")
_NOUN = re.compile(r"[\s-]*((?:CI\b)|[^\W\d_][\w'’]*)")
_PER = re.compile(
    r"(?:\s[\w+-]+){0,4}?\s?(?:\bper\b|/)\s?(kg|m2|m²|ml|mL|l|L|kilogram|litre|liter|day|week)\b"
)
_NOUN_REACH = 4
_LATEST_YEAR = 2100
_EARLIEST_YEAR = 1800


@dataclass(frozen=True, slots=True)
class _Atom:
    """A numeral with the unit that follows it and the label that precedes it."""

    numeral: Numeral
    unit: Unit | None
    label: str
    end: int


def quantities(text: str) -> tuple[Quantity, ...]:
    """Read the quantities of a text, in order."""
    atoms = _with_units(text)
    found: list[Quantity] = [*_romans(text), *dates(text)]
    dated = [(date.start, date.end) for date in found if date.dimension in {MONTH, DAY}]
    atoms = [a for a in atoms if not any(start <= a.numeral.start < end for start, end in dated)]
    index = 0
    while index < len(atoms):
        taken, made = (
            _ratio(text, atoms, index) or _range(text, atoms, index) or (1, [_single(text, atoms, index)])
        )
        found += [replace(quantity, group=index) for quantity in made] if len(made) > 1 else made
        index += taken
    found.sort(key=lambda quantity: quantity.start)
    return tuple(_grouped(text, found))


def _with_units(text: str) -> list[_Atom]:
    """Attach units and labels; in a list or a range the last unit is that of all."""
    atoms: list[_Atom] = []
    for numeral in numerals(text):
        unit = unit_at(text, numeral.end, money=numeral.money)
        label = LABEL.search(text[max(0, numeral.start - 24) : numeral.start])
        sign = _SIGN.search(text[max(0, numeral.start - 12) : numeral.start])
        name = (
            label[1].lower() if label and unit is None else sign[1].lower() if sign and unit is None else ""
        )
        atoms.append(_Atom(numeral, unit, name, unit.end if unit else numeral.end))
    for index in range(len(atoms) - 2, -1, -1):
        atom, following = atoms[index], atoms[index + 1]
        between = text[atom.end : following.numeral.start]
        if not (_LIST.fullmatch(between) or _RANGE.fullmatch(between)):
            continue
        if atom.unit is None and not atom.label and not _is_year(atom):
            atoms[index] = replace(atom, unit=following.unit)
        if following.numeral.scale != 1 and atom.numeral.scale == 1 and not atom.numeral.money:
            atoms[index] = replace(atoms[index], numeral=atom.numeral.scaled(following.numeral.scale))
    for index in range(1, len(atoms)):
        before, atom = atoms[index - 1], atoms[index]
        between = text[before.end : atom.numeral.start]
        if before.label and not atom.label and atom.unit is None and _joins(between):
            atoms[index] = replace(atom, label=before.label)
    return atoms


def _joins(between: str) -> bool:
    return any(pattern.fullmatch(between) for pattern in (_LIST, _RANGE, _SLASH))


def _romans(text: str) -> Iterator[Quantity]:
    for match in _ROMAN_LABEL.finditer(text):
        value = _ROMAN[match[2].lower()]
        label = match[1].lower()
        yield Quantity(label, value, value, Bound.EXACT, 1, 0, (), match.group(), match.start(), match.end())


def _ratio(text: str, atoms: Sequence[_Atom], index: int) -> tuple[int, list[Quantity]] | None:
    """Read "8 of 11 patients" and "8/11": two counts and the percentage that they are."""
    if index + 1 >= len(atoms):
        return None
    part, whole = atoms[index], atoms[index + 1]
    between = text[part.end : whole.numeral.start]
    if between == ":" and whole.numeral.value:
        odds = part.numeral.value / whole.numeral.value
        shown = text[part.numeral.start : whole.end]
        return 2, [
            Quantity(PROPORTION, odds, odds, Bound.EXACT, 1, 9, (), shown, part.numeral.start, whole.end)
        ]
    if (
        part.unit
        or whole.unit
        or part.label
        or whole.label
        or not (0 <= part.numeral.value <= whole.numeral.value)
    ):
        return None
    slashed = _SLASH.fullmatch(between) and part.numeral.is_whole and whole.numeral.is_whole
    if not (slashed or _OF.fullmatch(between)) or _is_year(whole):
        return None
    first, second = _single(text, atoms, index), _single(text, atoms, index + 1)
    nouns = second.nouns or first.nouns
    share = 100 * part.numeral.value / whole.numeral.value if whole.numeral.value else 0.0
    shown = text[part.numeral.start : whole.end]
    reckoned = Quantity(
        PERCENT, share, share, Bound.EXACT, 1, 9, nouns, shown, part.numeral.start, whole.end, derived=True
    )
    return 2, [replace(first, nouns=nouns), replace(second, nouns=nouns), reckoned]


def _range(text: str, atoms: Sequence[_Atom], index: int) -> tuple[int, list[Quantity]] | None:
    """Read "7 to 37 weeks", "between 7 and 37 weeks" and "grade 3 or 4"."""
    if index + 1 >= len(atoms):
        return None
    first, second = atoms[index], atoms[index + 1]
    between = text[first.end : second.numeral.start]
    before = text[max(0, first.numeral.start - 10) : first.numeral.start]
    labelled = (
        first.label
        and first.label not in _TIMES
        and (_SLASH.fullmatch(between) or between.strip() in {"or", "and"})
    )
    spanned = _RANGE.fullmatch(between) or (_BETWEEN.search(before) and between.strip() == "and")
    if not (labelled or spanned) or first.numeral.value >= second.numeral.value:
        return None
    low, high = _single(text, atoms, index), _single(text, atoms, index + 1)
    if low.dimension != high.dimension:
        return None
    merged = replace(
        high, low=low.low, bound=Bound.RANGE, start=low.start, shown=text[first.numeral.start : second.end]
    )
    return 2, [merged]


def _single(text: str, atoms: Sequence[_Atom], index: int) -> Quantity:
    atom = atoms[index]
    numeral = atom.numeral
    dimension, size, nouns = _measure(text, atom)
    start, end, bound = bounded(text, numeral.start, atom.end, approximate=numeral.approximate)
    per = _PER.match(text, atom.end) if dimension == COUNT else None
    return Quantity(
        dimension,
        numeral.value * size,
        numeral.value * size,
        bound,
        size,
        numeral.decimals,
        nouns,
        text[numeral.start : atom.end],
        start,
        end,
        per=per[1] if per else "",
    )


def _measure(text: str, atom: _Atom) -> tuple[str, float, tuple[str, ...]]:
    """Give dimension, size of the unit and what is counted."""
    if atom.label in _TIMES:
        time = unit_at(f" {atom.label}", 0, money="")
        assert time is not None, "the labels of time are units of time"
        return time.dimension, time.size, ()
    if atom.label:
        return atom.label, 1, ()
    if atom.numeral.percent:
        return PERCENT, 1, ()
    if atom.numeral.multiple:
        return "times", 1, ()
    if atom.unit and atom.unit.dimension == PERCENT and _CONFIDENCE.match(text, atom.end):
        return CONFIDENCE, 1, ()
    if atom.unit:
        return atom.unit.dimension, atom.unit.size, ()
    if _is_year(atom) and _nouns(text, atom.end)[:1] != (stem("patients"),):
        return YEAR, 1, ()
    return COUNT, 1, _nouns(text, atom.end)


def _is_year(atom: _Atom) -> bool:
    numeral = atom.numeral
    return (
        numeral.is_plain
        and _EARLIEST_YEAR <= numeral.value < _LATEST_YEAR
        and atom.unit is None
        and not atom.label
    )


def _nouns(text: str, position: int) -> tuple[str, ...]:
    """Give the stems of the words that follow a number, up to the next small word or sign."""
    nouns: list[str] = []
    while len(nouns) < _NOUN_REACH and (match := _NOUN.match(text, position)):
        if match[1].lower() in english().stop_words:
            break
        nouns.append(stem(match[1].lower()))
        position = match.end()
    return tuple(nouns)


def _grouped(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Number those that stand in one list, and set calendar months apart from other numbers."""
    previous: Quantity | None = None
    for number, quantity in enumerate(found):
        current = quantity
        if (
            previous
            and not current.derived
            and current.group < 0
            and previous.dimension == current.dimension
            and _together(text[previous.end : current.start])
        ):
            current = replace(current, group=previous.group if previous.group >= 0 else 1000 + number - 1)
        elif current.group < 0 and number + 1 < len(found):
            following = found[number + 1]
            if following.dimension == current.dimension and _together(text[current.end : following.start]):
                current = replace(current, group=1000 + number)
        yield current
        previous = current


def _together(between: str) -> bool:
    return bool(_LIST.fullmatch(between)) or between.strip() == "to"
