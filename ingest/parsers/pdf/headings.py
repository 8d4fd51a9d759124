"""How deep each heading stands: by the depth of its number, else by its type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.parsers.pdf.measures import number_of, role_of
from ingest.parsers.pdf.parts import Part


class _Style(NamedTuple):
    """A typeface as headings rank it, the most prominent last."""

    size: float
    bold: bool
    capitals: bool
    upright: bool


class Levels:
    """The levels of a document's headings, counted from 1."""

    def __init__(self, headings: Sequence[Part]) -> None:
        """Rank the styles that occur.

        Args:
            headings: All of them.
        """
        styles = sorted({_style(part) for part in headings}, reverse=True)
        self._ranks = {style: rank for rank, style in enumerate(styles, start=1)}
        self._depths: dict[_Style, int] = {}
        for part in headings:
            if depth := _depth(part):
                self._depths[_style(part)] = min(depth, self._depths.get(_style(part), depth))
        # "Introduction" and its like are never inside another section: nothing in their type is.
        known = [self._ranks[_style(part)] for part in headings if role_of(part.text) is not None]
        self._top = max(set(known), key=known.count) if known else 1

    def of(self, part: Part) -> int:
        """Give a heading's level."""
        style = _style(part)
        depth = _depth(part) or self._depths.get(style)
        return depth if depth and self._depths else max(1, self._ranks[style] - self._top + 1)


def _style(part: Part) -> _Style:
    size = round(2 * part.first.size) / 2
    return _Style(size, all(line.bold for line in part.lines), part.text.isupper(), not part.first.italic)


def _depth(part: Part) -> int | None:
    number = number_of(part.text)
    return number.count(".") + 1 if number and number[0].isdigit() else None
