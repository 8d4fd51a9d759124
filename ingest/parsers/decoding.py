"""Turns the bytes of a text file into text, or says why it cannot."""

from __future__ import annotations

import codecs

from corpus.errors import OriginError

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 if the file begins with its byte order mark; make every line end a newline.

    A guess at another encoding would quietly put wrong letters into quotations, so there is none.

    Raises:
        OriginError: The bytes are neither.
    """
    encoding = "utf-16" if is_utf16(data) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = encoding.removesuffix("-sig").upper()
        raise OriginError(
            f"line {line}: the text is not {name} ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_utf16(data: bytes) -> bool:
    """Tell whether the bytes begin with the byte order mark of UTF-16."""
    return data.startswith(_UTF16_MARKS)
