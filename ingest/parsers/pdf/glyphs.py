"""Gathers the glyphs of a page into runs and segments: what is shown, upright, and on the page."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2.raw as pdfium

from ingest.parsers.pdf.page import SPACE, Run, Segment
from ingest.parsers.pdf.view import Colour, View

# Gaps in sizes of the type. From the first on, a line falls into segments, to be put together again inside its
# column; glyphs of one line may stand back by the second (stacked indices), or off its baseline by the third.
_GAP = 0.75
_BACK = 0.9
_OFF_BASELINE = 0.62
_SMALLEST_TYPE = 1.5
_HYPHENS = (0x02, 0xFFFE)
_UNREADABLE = "\ufffd"
_BOLD_FLAG, _ITALIC_FLAG = 1 << 18, 1 << 6
# Old typesetting draws "ü" as a dieresis and a letter over it.
_ACCENTS = dict(
    zip(
        "`´ˆ˜¨¯˘˙˚¸˛ˇ˝",
        "\u0300\u0301\u0302\u0303\u0308\u0304\u0306\u0307\u030a\u0327\u0328\u030c\u030b",
        strict=True,
    )
)


class _Face(NamedTuple):
    """What all glyphs of a text object share."""

    font: int
    size: float
    bold: bool
    italic: bool
    upright: bool
    hidden: bool
    white: bool


class _Glyph(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    face: _Face


class GlyphReader:
    """Reads the glyphs of one page."""

    def __init__(
        self,
        text: pdfium.FPDF_TEXTPAGE,
        view: View,
        painted: Sequence[tuple[float, float, float, float]],
    ) -> None:
        """Prepare to read.

        Args:
            text: PDFium's text of the page.
            view: How the page is shown.
            painted: Areas on which white letters can be seen.
        """
        self.unreadable = 0
        self.hidden: list[Segment] = []
        self._text = text
        self._view = view
        self._painted = painted
        self._turned: list[str] = []
        self._faces: dict[int, _Face] = {}
        self._unmapped: dict[tuple[int, int], bool] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._colour = Colour()

    def segments(self, count: int) -> list[Segment]:
        """Give the segments that are shown; those of invisible type are kept in `hidden`."""
        shown, hidden = _Gathering(), _Gathering()
        for glyph in self._glyphs(count):
            if isinstance(glyph, str):
                shown.space = hidden.space = True
            else:
                (hidden if glyph.face.hidden else shown).add(glyph)
        self.hidden = hidden.finish()
        return shown.finish()

    @property
    def turned(self) -> str:
        """The letters that are not upright, in the order in which the file draws them, without spaces."""
        return "".join(self._turned)

    def _glyphs(self, count: int) -> Iterator[_Glyph | str]:
        """Give the glyphs in the order in which the file draws them, a space as a string."""
        get_unicode, text = pdfium.FPDFText_GetUnicode, self._text
        for index in range(count):
            code = get_unicode(text, index)
            if code in (0x20, 0xA0, 0x09, 0x0A, 0x0D):
                # PDFium puts spaces of its own between words; the gap says the same more exactly.
                if not pdfium.FPDFText_IsGenerated(text, index):
                    yield " "
                continue
            glyph = self._glyph(index, code)
            if glyph:
                yield glyph

    def _glyph(self, index: int, code: int) -> _Glyph | None:
        handle = pdfium.FPDFText_GetTextObject(self._text, index)
        pointer = ctypes.addressof(handle.contents) if handle else 0
        face = self._faces.get(pointer)
        if face is None:
            face = self._faces[pointer] = self._face(index, handle)
        if not face.upright:
            self._turned.append(chr(code))
        if not face.upright or face.size < _SMALLEST_TYPE:
            return None
        pdfium.FPDFText_GetLooseCharBox(self._text, index, ctypes.byref(self._box))
        pdfium.FPDFText_GetCharOrigin(self._text, index, ctypes.byref(self._x), ctypes.byref(self._y))
        place = self._view.place
        first, second = place(self._box.left, self._box.bottom), place(self._box.right, self._box.top)
        left, right = min(first[0], second[0]), max(first[0], second[0])
        base = place(self._x.value, self._y.value)[1]
        if not self._is_seen((left + right) / 2, base, face):
            return None
        return _Glyph(self._letter(index, code, face), left, right, base, face)

    def _face(self, index: int, handle: pdfium.FPDF_PAGEOBJECT) -> _Face:
        # Browsers draw every glyph as an object of its own: this is called as often as there are letters.
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, index, ctypes.byref(matrix))
        across, down = self._view.direction(matrix.a, matrix.b)
        size = pdfium.FPDFText_GetFontSize(self._text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        font = pdfium.FPDFTextObj_GetFont(handle) if handle else None
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self._fonts:
            self._fonts[address] = _weight(font) if font else (False, False)
        bold, italic = self._fonts[address]
        return _Face(
            font=address,
            size=round(size, 1),
            bold=bold,
            italic=italic,
            upright=across > 0 and abs(down) < 0.05 * across,
            hidden=bool(handle) and pdfium.FPDFTextObj_GetTextRenderMode(handle) in (3, 7),
            white=self._colour.is_white(pdfium.FPDFText_GetFillColor, self._text, index),
        )

    def _is_seen(self, x: float, base: float, face: _Face) -> bool:
        if not (0 <= x <= self._view.width and 0 <= base <= self._view.height):
            return False
        y = base - 0.3 * face.size
        return not face.white or any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self._painted)

    def _letter(self, index: int, code: int, face: _Face) -> str:
        """Give what a glyph says. PDFium gives the font's own number where the letter is not known."""
        if code in _HYPHENS:
            return "-"
        key = (face.font, code)
        unmapped = self._unmapped.get(key)
        if unmapped is None:
            letter_unknown = pdfium.FPDFText_HasUnicodeMapError(self._text, index) == 1
            unmapped = letter_unknown or unicodedata.category(chr(code)) in ("Cc", "Co", "Cn")
            self._unmapped[key] = unmapped
        if unmapped:
            self.unreadable += 1
            return _UNREADABLE
        letter = chr(code)
        return unicodedata.normalize("NFKC", letter) if "ﬀ" <= letter <= "ﬆ" else letter


def _weight(font: pdfium.FPDF_FONT) -> tuple[bool, bool]:
    """Tell by its flags and its name whether a font is bold, and whether it leans; its stated weight means nothing."""
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("utf-8", errors="replace").lower()
    flags = max(0, pdfium.FPDFFont_GetFlags(font))
    return (
        bool(flags & _BOLD_FLAG) or any(word in name for word in ("bold", "black", "heavy", "-bd")),
        bool(flags & _ITALIC_FLAG) or any(word in name for word in ("italic", "oblique", "-it")),
    )


class _Gathering:
    """Glyphs on their way into segments."""

    def __init__(self) -> None:
        self.space = False
        self._segments: list[Segment] = []
        self._runs: list[Run] = []
        self._letters: list[str] = []
        self._first: _Glyph | None = None
        self._last: _Glyph | None = None

    def add(self, glyph: _Glyph) -> None:
        """Take the next glyph."""
        last = self._last
        if last is None or not _continues(last, glyph):
            self._end_segment()
        elif _is_accented(last, glyph):
            self._letters[-1] = unicodedata.normalize("NFC", glyph.text + _ACCENTS[last.text])
            self._last = glyph._replace(left=min(last.left, glyph.left))
            return
        else:
            size = max(last.face.size, glyph.face.size)
            spaced = self.space or glyph.left - last.right > SPACE * size
            if not _same_type(last, glyph):
                self._end_run(" " if spaced else "")
            elif spaced:
                self._letters.append(" ")
        if self._first is None:
            self._first = glyph
        self._letters.append(glyph.text)
        self._last = glyph
        self.space = False

    def finish(self) -> list[Segment]:
        """Give what was gathered."""
        self._end_segment()
        return self._segments

    def _end_run(self, ending: str = "") -> None:
        if self._first and self._last:
            face = self._first.face
            text = "".join(self._letters) + ending
            self._runs.append(
                Run(
                    text,
                    self._first.left,
                    self._last.right,
                    self._first.base,
                    face.size,
                    face.bold,
                    face.italic,
                )
            )
        self._letters, self._first = [], None

    def _end_segment(self) -> None:
        self._end_run()
        if self._runs:
            self._segments.append(Segment(tuple(self._runs)))
        self._runs, self._last, self.space = [], None, False


def _continues(last: _Glyph, glyph: _Glyph) -> bool:
    """Tell whether a glyph goes on in the segment of the one before it."""
    # PDFium gives the letters of a ligature one by one, each in the place of the whole.
    if (glyph.left, glyph.right, glyph.base) == (last.left, last.right, last.base):
        return True
    size = max(last.face.size, glyph.face.size)
    gap = glyph.left - last.right
    back = _BACK if glyph.base != last.base or last.text in _ACCENTS else 0.5
    return abs(glyph.base - last.base) < _OFF_BASELINE * size and -back * size < gap < _GAP * size


def _same_type(last: _Glyph, glyph: _Glyph) -> bool:
    return (
        abs(glyph.base - last.base) < 0.05 * glyph.face.size
        and glyph.face.size == last.face.size
        and glyph.face.bold == last.face.bold
        and glyph.face.italic == last.face.italic
    )


def _is_accented(last: _Glyph, glyph: _Glyph) -> bool:
    overlap = min(last.right, glyph.right) - max(last.left, glyph.left)
    return last.text in _ACCENTS and glyph.text.isalpha() and overlap > 0.5 * (last.right - last.left)
