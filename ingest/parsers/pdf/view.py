"""How a page is shown, and what is drawn on it besides text: rules, pictures, areas of colour."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pypdfium2.raw as pdfium

from ingest.parsers.pdf.page import Rule

# A figure may be drawn with a million paths; tables are drawn with few.
_MOST_OBJECTS = 20_000
_THICKEST_RULE = 2.5
_SHORTEST_RULE = 30.0
# Of 255.
_CLEAR, _WHITE = 13, 250


class View:
    """How a page is shown: from the file's own coordinates to points from its upper left corner."""

    def __init__(self, handle: pdfium.FPDF_PAGE) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(handle, ctypes.byref(box))
        self._box = box
        self._turns = pdfium.FPDFPage_GetRotation(handle)
        self.width = pdfium.FPDF_GetPageWidthF(handle)
        self.height = pdfium.FPDF_GetPageHeightF(handle)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Give the place at which a point of the file is shown."""
        box = self._box
        across, down = x - box.left, box.top - y
        if self._turns == 1:
            return y - box.bottom, across
        if self._turns == 2:  # noqa: PLR2004 - quarter turns
            return box.right - x, y - box.bottom
        return (down, box.right - x) if self._turns else (across, down)

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """Give the direction in which a vector of the file is shown."""
        return ((x, -y), (y, x), (-x, y), (-y, -x))[self._turns]


class Drawn:
    """What else is on a page: rules, pictures, and areas of colour on which white text shows."""

    def __init__(self, handle: pdfium.FPDF_PAGE, view: View) -> None:
        self.rules: list[Rule] = []
        self.painted: list[tuple[float, float, float, float]] = []
        self.has_picture = False
        self._colour = Colour()
        for index in range(min(pdfium.FPDFPage_CountObjects(handle), _MOST_OBJECTS)):
            drawn = pdfium.FPDFPage_GetObject(handle, index)
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind != pdfium.FPDF_PAGEOBJ_TEXT:
                self._add(drawn, kind, view)

    def _add(self, drawn: pdfium.FPDF_PAGEOBJECT, kind: int, view: View) -> None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not pdfium.FPDFPageObj_GetBounds(
            drawn, *(ctypes.byref(edge) for edge in (left, bottom, right, top))
        ):
            return
        corners = [view.place(left.value, bottom.value), view.place(right.value, top.value)]
        (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
        self.has_picture = self.has_picture or kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_PATH and y1 - y0 < _THICKEST_RULE:
            if x1 - x0 > _SHORTEST_RULE:
                self.rules.append(Rule(x0, x1, y1))
        elif kind != pdfium.FPDF_PAGEOBJ_PATH or not self._colour.is_white(
            pdfium.FPDFPageObj_GetFillColor, drawn
        ):
            self.painted.append((x0, y0, x1, y1))


class Colour:
    """Asks PDFium for colours, in one place of memory: there may be as many questions as letters."""

    def __init__(self) -> None:
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._places = [ctypes.byref(channel) for channel in self._channels]

    def is_white(self, reader: Callable[..., int], *arguments: object) -> bool:
        """Tell whether PDFium's `reader` gives white, or a colour that lets all shine through."""
        if not reader(*arguments, *self._places):
            return False
        red, green, blue, alpha = (channel.value for channel in self._channels)
        return alpha < _CLEAR or min(red, green, blue) > _WHITE
