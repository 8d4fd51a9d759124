"""PDF: what cannot be read is refused, with what happened and what to do, in bounded time."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import OriginError
from ingest.parsers.pdf import parse
from tests.ingest.parsers.pdf_setting import Sheets, words

FALLBACK = "file:my-paper-0a1b2c3d"


def sample() -> bytes:
    sheets = Sheets()
    sheets.paragraph(words(200))
    return sheets.finish()


def encrypted(user_password: str) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user_password, ownerPassword="owner"))
    canvas.drawString(72, 700, "Cells kill other cells.")
    canvas.save()
    return buffer.getvalue()


def with_contents(contents: bytes, pages: int = 1) -> bytes:
    """A PDF by hand, whose pages all show the same contents."""
    kids = " ".join(f"{place + 5} 0 R" for place in range(pages))
    packed = zlib.compress(contents, 9)
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    bodies += [page] * pages
    file, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(file))
        file += b"%d 0 obj%b endobj\n" % (number, body)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(file + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start))


def refusal(data: bytes) -> str:
    with pytest.raises(OriginError) as caught:
        list(parse(data, FALLBACK))
    return str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_an_empty_file(data: bytes) -> None:
    assert refusal(data) == "the file is empty; download it again"


def test_a_web_page_that_was_saved_as_a_pdf() -> None:
    assert "is no PDF, whatever its name says" in refusal(b"<html>Please log in</html>")


def test_a_file_that_was_cut_off() -> None:
    data = sample()
    assert (
        refusal(data[: len(data) // 2]) == "the PDF is cut off: its end is missing; download the file again"
    )


def test_a_damaged_file() -> None:
    assert "download the file again" in refusal(b"%PDF-1.4\n" + b"\x93" * 500 + b"\n%%EOF")


def test_a_file_locked_with_a_password() -> None:
    assert (
        refusal(encrypted("secret"))
        == "the PDF is locked with a password; save a copy without one and add that"
    )


def test_a_file_that_anybody_may_open_but_not_change_is_read() -> None:
    (document,) = parse(encrypted(""), FALLBACK)
    assert document.text == "Cells kill other cells."


def test_a_scan_without_text() -> None:
    assert refusal(with_contents(b"0 0 600 800 re f", pages=3)) == (
        "the PDF has no text on its 3 pages, only pictures of it; run a text recognition (OCR) over it and add the"
        " result"
    )


def test_letters_that_are_shifted_by_a_font_without_a_table_of_letters() -> None:
    shifted = "".join(
        chr((ord(letter) - 97 + 1) % 26 + 97) if letter.isalpha() else letter for letter in _PROSE.lower()
    )
    lines = b"".join(b"(%b)' " % shifted.encode() for _ in range(12))
    assert "do not say which letters they draw" in refusal(
        with_contents(b"BT /F 9 Tf 12 TL 20 780 Td " + lines + b"ET")
    )


def test_a_page_with_more_letters_than_anybody_reads() -> None:
    bomb = b"BT /F 5 Tf 5 TL 20 780 Td " + b"(abcdefghij)' " * 60_000 + b"ET"
    assert refusal(with_contents(bomb)).startswith("page 1 of the PDF holds 719,998 characters")


def test_more_pages_than_any_book_has() -> None:
    assert "has 4,000 pages, more than the 3,000 that are read; split it" in refusal(
        with_contents(b"", pages=4_000)
    )


_PROSE = (
    "the cells were kept in the dark for two days before any of them had been counted, and those that did not live "
    "were taken out of the dish by hand"
)
