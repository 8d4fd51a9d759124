"""What is known of a PDF's page: runs of type where they stand, gathered into segments, and the rules between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# A raised or lowered run is smaller or stands off the baseline by this much of the type's size.
_SHIFT = 0.12
_SMALLER = 0.95
_CAPITALS = 0.75


class Run(NamedTuple):
    """Glyphs of one typeface on one baseline. Places are in points from the page's upper left corner.

    Attributes:
        text: What they say, with the spaces between them.
        left: Where they begin.
        right: Where they end.
        base: Their baseline; it grows downwards.
        size: Of the type.
        bold: Whether the typeface is bold.
        italic: Whether it leans.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Runs that follow each other on a line without a wide gap: a line of a column, or a cell of a table."""

    runs: tuple[Run, ...]
    left: float = field(init=False)
    right: float = field(init=False)
    base: float = field(init=False)
    size: float = field(init=False)
    text: str = field(init=False)
    top: float = field(init=False)

    def __post_init__(self) -> None:
        """Take place and size from the runs; raised signs do not decide about the baseline."""
        main = max(self.runs, key=lambda run: (run.size, len(run.text)))
        values = {
            "left": min(run.left for run in self.runs),
            "right": max(run.right for run in self.runs),
            "base": main.base,
            "size": main.size,
            "text": joined(self.runs),
            # The height of capitals, near enough.
            "top": main.base - _CAPITALS * main.size,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def width(self) -> float:
        """From its left to its right."""
        return self.right - self.left

    @property
    def bold(self) -> bool:
        """Whether all of its letters are bold."""
        return all(run.bold for run in self.runs if any(map(str.isalnum, run.text)))

    @property
    def italic(self) -> bool:
        """Whether all of its letters lean."""
        return all(run.italic for run in self.runs if any(map(str.isalnum, run.text)))

    def is_raised(self, run: Run) -> bool:
        """Tell a superscript from the type around it."""
        return run.size < _SMALLER * self.size and run.base < self.base - _SHIFT * self.size

    def beside(self, other: Segment) -> bool:
        """Tell whether the two stand on one line: a small raised sign does so with what it is raised from."""
        shared = min(self.base, other.base) - max(self.top, other.top)
        return shared > 0.5 * _CAPITALS * min(self.size, other.size)


class Rule(NamedTuple):
    """A horizontal line drawn on the page."""

    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is shown.

    Attributes:
        number: Counted from 1.
        width: In points.
        height: In points.
        segments: In the order in which the file draws them.
        rules: Horizontal lines, as tables and footnotes have them.
        unreadable: How many glyphs have no known letter.
        is_recognised: Whether the text is an invisible layer over a scanned picture.
        turned: What is printed upwards or downwards, such as arXiv's stamp; no part of the text.
    """

    number: int
    width: float
    height: float
    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...] = ()
    unreadable: int = 0
    is_recognised: bool = False
    turned: str = ""


@dataclass(frozen=True, slots=True)
class PdfFile:
    """All that is read from a file.

    Attributes:
        pages: In order.
        information: The file's own entries "Title", "Author", "Subject", "Keywords" and "CreationDate".
        packets: XMP, as it stands in the file; pictures may bring packets of their own.
    """

    pages: tuple[Page, ...]
    information: dict[str, str]
    packets: tuple[bytes, ...] = ()


def joined(runs: tuple[Run, ...]) -> str:
    """Give the text of runs in order, with a space where they stand apart."""
    parts: list[str] = []
    previous: Run | None = None
    for run in runs:
        if previous and is_apart(previous, run):
            parts.append(" ")
        parts.append(run.text)
        previous = run
    return "".join(parts)


def is_apart(before: Run, after: Run) -> bool:
    """Tell whether white space parts two runs that do not bring any themselves."""
    if before.text[-1:].isspace() or after.text[:1].isspace():
        return False
    return after.left - before.right > SPACE * max(before.size, after.size)


SPACE = 0.17
"""From this gap on, in sizes of the type, two glyphs belong to different words."""
