"""Reads a PDF through PDFium."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium

from corpus.errors import OriginError
from ingest.parsers.pdf.glyphs import GlyphReader
from ingest.parsers.pdf.page import Page, PdfFile
from ingest.parsers.pdf.view import Drawn, View

_LARGEST_FILE = 300_000_000
_MOST_PAGES = 3_000
_MOST_GLYPHS = 15_000_000
_MOST_GLYPHS_A_PAGE = 150_000

_PACKET = re.compile(rb"<x:xmpmeta\b.{0,200000}?</x:xmpmeta>", re.DOTALL)
_INFORMATION = ("Title", "Author", "Subject", "Keywords", "CreationDate")
_HEADER_WITHIN = 1024
_END_WITHIN = 2048


def read_pdf(data: bytes) -> PdfFile:
    """Read all pages of a file.

    Args:
        data: The file's bytes.

    Raises:
        OriginError: It is no PDF, is cut off, damaged, locked with a password, or larger than any article.
    """
    _check_ends(data)
    with _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise OriginError("the PDF has no pages that can be read; download the file again")
        if count > _MOST_PAGES:
            raise OriginError(
                f"the PDF has {count:,} pages, more than the {_MOST_PAGES:,} that are read; split it"
            )
        pages: list[Page] = []
        glyphs = 0
        for index in range(count):
            page, on_page = _read_page(document, index)
            glyphs += on_page
            if glyphs > _MOST_GLYPHS:
                raise OriginError(
                    f"the PDF has more than {_MOST_GLYPHS:,} characters by page {index + 1}; split it"
                )
            pages.append(page)
        information = {key: _information(document, key) for key in _INFORMATION}
    return PdfFile(tuple(pages), information, tuple(_PACKET.findall(data)))


def _check_ends(data: bytes) -> None:
    """Refuse what PDFium would try to mend: of a file that was cut off it gives what it finds, and says nothing."""
    if not data.strip(b"\0 \t\r\n"):
        raise OriginError("the file is empty; download it again")
    if len(data) > _LARGEST_FILE:
        raise OriginError(
            f"the PDF has {len(data) // 1_000_000} MB, more than the {_LARGEST_FILE // 1_000_000} that are read"
        )
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise OriginError("the file is no PDF, whatever its name says (it does not begin with %PDF-)")
    if b"%%EOF" not in data.rstrip(b"\0 \t\r\n")[-_END_WITHIN:]:
        raise OriginError("the PDF is cut off: its end is missing; download the file again")


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.FPDF_DOCUMENT]:
    pdfium.FPDF_InitLibrary()
    try:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            raise OriginError(_reason(pdfium.FPDF_GetLastError()))
        try:
            yield document
        finally:
            pdfium.FPDF_CloseDocument(document)
    finally:
        pdfium.FPDF_DestroyLibrary()


def _reason(code: int) -> str:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return "the PDF is locked with a password; save a copy without one and add that"
    if code == pdfium.FPDF_ERR_SECURITY:
        return "the PDF is encrypted in a way that cannot be read; print it to a new PDF and add that"
    return "the PDF is damaged and cannot be opened; download the file again"


def _information(document: pdfium.FPDF_DOCUMENT, key: str) -> str:
    length = pdfium.FPDF_GetMetaText(document, key.encode(), None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_GetMetaText(document, key.encode(), buffer, length)
    return buffer.raw.decode("utf-16-le", errors="ignore").strip("\0 ")


def _read_page(document: pdfium.FPDF_DOCUMENT, index: int) -> tuple[Page, int]:
    """Give a page and how many glyphs it has, those included that are not shown."""
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        raise OriginError(f"page {index + 1} of the PDF is damaged; download the file again")
    try:
        text = pdfium.FPDFText_LoadPage(handle)
        if not text:
            raise OriginError(f"the text of page {index + 1} cannot be read; download the file again")
        try:
            return _read_loaded(handle, text, index + 1)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _read_loaded(handle: pdfium.FPDF_PAGE, text: pdfium.FPDF_TEXTPAGE, number: int) -> tuple[Page, int]:
    glyphs = pdfium.FPDFText_CountChars(text)
    if glyphs > _MOST_GLYPHS_A_PAGE:
        raise OriginError(
            f"page {number} of the PDF holds {glyphs:,} characters, more than any page that people read"
            f" (at most {_MOST_GLYPHS_A_PAGE:,}); check where the file comes from"
        )
    view = View(handle)
    drawn = Drawn(handle, view)
    reader = GlyphReader(text, view, drawn.painted)
    segments = reader.segments(glyphs)
    is_recognised = not segments and bool(reader.hidden) and drawn.has_picture
    page = Page(
        number=number,
        width=view.width,
        height=view.height,
        segments=tuple(reader.hidden if is_recognised else segments),
        rules=tuple(drawn.rules),
        unreadable=reader.unreadable,
        is_recognised=is_recognised,
        turned=reader.turned,
    )
    return page, glyphs
