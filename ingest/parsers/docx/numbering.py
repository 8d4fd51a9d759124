"""The numbers that a word processor prints before the items of lists and before numbered headings."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from lxml import etree

from ingest.parsers.docx.package import W
from ingest.parsers.docx.styles import ListPlace

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LETTERS = 26
_LARGEST = 100_000


class _Level(NamedTuple):
    start: int
    form: str
    text: str


class Numbering:
    """Counts the items of every list in the order in which they are read."""

    def __init__(self, part: etree._Element | None) -> None:
        """Read the lists' levels from their part."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._levels: dict[str, dict[int, _Level]] = {}
        # Lists that continue each other count together: those of one abstract list.
        self._counted_as: dict[str, str] = {}
        if part is None:
            return
        abstract = {
            found.get(f"{W}abstractNumId"): _levels(found) for found in part.findall(f"{W}abstractNum")
        }
        for found in part.findall(f"{W}num"):
            number_id = found.get(f"{W}numId") or ""
            pointer = found.find(f"{W}abstractNumId")
            name = None if pointer is None else pointer.get(f"{W}val")
            overrides = found.findall(f"{W}lvlOverride")
            self._levels[number_id] = dict(abstract.get(name, {}))
            self._counted_as[number_id] = number_id if overrides else f"abstract {name}"
            for override in overrides:
                self._override(number_id, override)

    def next_label(self, place: ListPlace) -> str:
        """Give the printed number of the next item at a place; nothing for a bullet."""
        levels = self._levels.get(place.number_id, {})
        level = levels.get(place.level)
        if level is None:
            return ""
        counts = self._counts[self._counted_as[place.number_id]]
        counts[place.level] = counts.get(place.level, level.start - 1) + 1
        for deeper in [other for other in counts if other > place.level]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""

        def printed(match: re.Match[str]) -> str:
            wanted = int(match[1]) - 1
            form = levels.get(wanted, level)
            return _printed(counts.get(wanted, form.start), form.form)

        return re.sub(r"%(\d)", printed, level.text)

    def _override(self, number_id: str, override: etree._Element) -> None:
        name = override.get(f"{W}ilvl") or ""
        if not (name.isascii() and name.isdigit()):
            return
        index = int(name)
        own = _levels(override).get(index) or self._levels[number_id].get(index)
        start = _number(override, "startOverride", -1)
        if own:
            self._levels[number_id][index] = own._replace(start=start) if start >= 0 else own


def _levels(element: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in element.findall(f"{W}lvl"):
        name = level.get(f"{W}ilvl") or ""
        if name.isascii() and name.isdigit():
            form, text = (level.find(f"{W}{part}") for part in ("numFmt", "lvlText"))
            found[int(name)] = _Level(
                _number(level, "start", 1),
                "decimal" if form is None else form.get(f"{W}val") or "decimal",
                "" if text is None else text.get(f"{W}val") or "",
            )
    return found


def _number(element: etree._Element, name: str, default: int) -> int:
    found = element.find(f"{W}{name}")
    value = "" if found is None else found.get(f"{W}val") or ""
    return min(int(value), _LARGEST) if re.fullmatch(r"[0-9]{1,9}", value) else default


def _printed(count: int, form: str) -> str:
    if form in ("lowerRoman", "upperRoman"):
        roman, rest = "", min(count, 3999)
        for value, sign in _ROMAN:
            roman, rest = roman + sign * (rest // value), rest % value
        return roman.upper() if form == "upperRoman" else roman
    if form in ("lowerLetter", "upperLetter") and count > 0:
        # After "z" come "aa", "bb", "cc".
        times, letter = divmod(count - 1, _LETTERS)
        letters = chr(ord("a") + letter) * min(times + 1, 5)
        return letters.upper() if form == "upperLetter" else letters
    return f"{count:02}" if form == "decimalZero" else str(count)
