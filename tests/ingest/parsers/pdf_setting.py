"""A small typesetter: sets words in columns as a PDF, with what journals print around them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN = 60.0
GUTTER = 18.0
SIZE = 10.0
LEADING = 12.5

_SHORTEST = 7
_SYLLABLES = "ba ce di fo gu lam mer nis pol quat rin sab tev vol wes zon".split()


@cache
def ligature_font() -> str:
    """A font that reportlab brings, with ligatures and Greek letters."""
    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    return "Vera"


def words(count: int, seed: int = 0) -> list[str]:
    """Made-up words that occur once each, so that order and number can be seen; every twelfth ends a sentence."""
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        word = "".join(chance.choices(_SYLLABLES, k=chance.randint(3, 4)))
        # No part of a word is as long as a word, so that it is plain how parted words belong together.
        if _SHORTEST <= len(word) < 2 * _SHORTEST - 1:
            made[word] = None
    text = list(made)
    for place in range(11, count, 12):
        text[place] += "."
    for place in range(0, count, 12):
        text[place] = text[place].capitalize()
    text[-1] = text[-1].rstrip(".") + "."
    return text


@dataclass
class Sheets:
    """Pages that are being set. Places are measured from the upper left corner.

    Attributes:
        columns: How many there are.
        head: Printed on each page, alternating if there are two.
        foot: Printed on each page with its number.
        numbered: Whether each line has a number in the margin.
    """

    columns: int = 1
    head: tuple[str, ...] = ()
    foot: str = ""
    numbered: bool = False
    hyphenated: int = 0
    page: int = 0
    size: float = SIZE
    _column: int = 0
    _y: float = 0.0
    _line: int = 0
    _tops: float = 0.0
    _floor: float = HEIGHT - MARGIN
    _buffer: BytesIO = field(default_factory=BytesIO)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self._buffer, pagesize=A4)
        self._begin_page()

    @property
    def width(self) -> float:
        return float(WIDTH - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns

    @property
    def left(self) -> float:
        return MARGIN + self._column * (self.width + GUTTER)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        font: str = "Times-Roman",
        size: float = SIZE,
        spread: float = 0.0,
    ) -> float:
        """Print words at a place, wider apart by `spread`; give where they end."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text, wordSpace=spread)
        return x + float(pdfmetrics.stringWidth(text, font, size))

    def put_raised(self, y: float, *texts: str) -> None:
        """Print words on one line, every second of them small and raised."""
        x = MARGIN
        for place, text in enumerate(texts):
            x = self.put(text, x, y - 4 * (place % 2), size=6.0 if place % 2 else SIZE)

    def spanning(self, text: str, font: str = "Times-Roman", size: float = SIZE) -> None:
        """Set lines over the whole width, at the head of a page."""
        for line in self._broken(text.split(), WIDTH - 2 * MARGIN, font, size, 0.0):
            self.put(line, MARGIN, self._y + size, font, size)
            self._y += 1.25 * size
        self._y += 10.0
        self._tops = self._y

    def paragraph(
        self, text: list[str], indent: float = 12.0, font: str = "Times-Roman", size: float = SIZE
    ) -> None:
        """Set words in the columns, justified; long ones are parted at the ends of lines."""
        lines = self._broken(text, self.width, font, size, indent)
        for place, line in enumerate(lines):
            self._make_room(1.25 * size)
            shift = 0.0 if place else indent
            self._y += 1.25 * size
            self._number()
            gaps = line.count(" ")
            free = self.width - shift - pdfmetrics.stringWidth(line, font, size)
            spread = free / gaps if gaps and place < len(lines) - 1 else 0.0
            self.put(line, self.left + shift, self._y, font, size, spread)

    def heading(self, text: str, size: float = 13.0) -> None:
        """Set a heading in bold type, with room around it."""
        self._make_room(5 * size)
        self._y += 1.9 * size
        self._number()
        self.put(text, self.left, self._y, "Times-Bold", size)
        self._y += 0.4 * size

    def caption(self, label: str, text: list[str]) -> None:
        """Set a caption in small type, its label bold, with room around it."""
        self._make_room(60.0)
        self._y += 14.0
        lines = self._broken(text, self.width, "Times-Roman", 8.0, 60.0)
        for place, line in enumerate(lines):
            self._y += 10.0
            if not place:
                self.put(label, self.left, self._y, "Times-Bold", 8.0)
            shift = 0.0 if place else pdfmetrics.stringWidth(f"{label} ", "Times-Bold", 8.0)
            self.put(line, self.left + shift, self._y, "Times-Roman", 8.0)
        self._y += 14.0

    def footnote(self, mark: str, text: list[str]) -> None:
        """Set a note at the foot of the column, in small type behind a raised mark."""
        lines = self._broken(text, self.width - 6, "Times-Roman", 7.5, 0.0)
        self._floor -= 9.0 * len(lines) + 8.0
        for place, line in enumerate(lines):
            y = self._floor + 14.0 + 9.0 * place
            if not place:
                self.put(mark, self.left, y - 3, "Times-Roman", 5.0)
            self.put(line, self.left + 6, y, "Times-Roman", 7.5)

    def table(self, rows: list[list[str]], step: float) -> None:
        """Set a table between rules, its cells in columns so far apart."""
        self._make_room(14.0 * (len(rows) + 2))
        self._y += 4.0
        self._rule()
        for place, row in enumerate(rows):
            self._y += 11.0
            for column, cell in enumerate(row):
                self.put(cell, self.left + column * step, self._y, "Times-Roman", 8.0)
            if place in (0, len(rows) - 1):
                self._y += 3.0
                self._rule()
        self._y += 14.0

    def finish(self) -> bytes:
        """Give the file."""
        self._end_page()
        self.canvas.save()
        return self._buffer.getvalue()

    def _rule(self) -> None:
        self.canvas.line(self.left, HEIGHT - self._y, self.left + self.width, HEIGHT - self._y)

    def _number(self) -> None:
        self._line += 1
        if self.numbered:
            self.put(str(self._line), MARGIN - 30.0, self._y, "Helvetica", 7.0)

    def _make_room(self, height: float) -> None:
        if self._y + height <= self._floor:
            return
        self._column += 1
        self._floor = HEIGHT - MARGIN
        if self._column == self.columns:
            self._end_page()
            self._begin_page()
        self._y = self._tops

    def _begin_page(self) -> None:
        self.page += 1
        self._column, self._line = 0, 0
        self._y = self._tops = MARGIN
        if self.head:
            self.put(self.head[self.page % len(self.head)], MARGIN, 35.0, "Times-Italic", 9.0)
        if self.foot:
            self.put(f"{self.foot} {self.page}", WIDTH / 2, HEIGHT - 30.0, "Times-Roman", 9.0)

    def _end_page(self) -> None:
        self.canvas.showPage()

    def _broken(self, text: list[str], width: float, font: str, size: float, indent: float) -> list[str]:
        """Break words into lines, with a hyphen where half of a word still fits."""
        lines: list[str] = []
        line, room = "", width - indent
        for word in text:
            longer = f"{line} {word}".strip()
            if pdfmetrics.stringWidth(longer, font, size) <= room:
                line = longer
                continue
            half = len(word) // 2
            parted = f"{line} {word[:half]}-".strip()
            if (
                half > 1
                and "-" not in word
                and word.islower()
                and pdfmetrics.stringWidth(parted, font, size) <= room
            ):
                self.hyphenated += 1
                lines.append(parted)
                line = word[half:]
            else:
                lines.append(line)
                line = word
            room = width
        return [*lines, line]
