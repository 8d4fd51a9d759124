"""What the formats have in common: a record's fields as reference lists write them."""

from __future__ import annotations

import re

from assistant.bibliography.work import Work
from corpus.record import Record

RETRACTED = "Retracted."
_PAGES = re.compile(r"\s*(\w+)\s*[-\u2010-\u2015]+\s*(\w+)\s*")
# What ends a field, a line or a link in one of the formats.
_UNSAFE = re.compile(r"[\s{}\\<>\"]|[\x00-\x1f]")


def in_one_line(text: str) -> str:
    """Fold white space, line ends among it, and leave out control characters."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())


def extra(record: Record, name: str) -> str:
    """Give a field that CSL-JSON has and the record does not name; empty if it is not there or no plain value."""
    value = (record.model_extra or {}).get(name)
    return in_one_line(str(value)) if isinstance(value, str | int | float) else ""


def pages(record: Record) -> tuple[str, str]:
    """Give the first page and the last; the last is empty for an article's number or a list of pages."""
    given = in_one_line(record.page or "")
    span = _PAGES.fullmatch(given)
    return (span[1], span[2]) if span else (given, "")


def issn(record: Record) -> list[str]:
    """Give the numbers of the journal."""
    given = record.issn or ()
    return [in_one_line(number) for number in ([given] if isinstance(given, str) else given)]


def date(record: Record) -> tuple[int, ...]:
    """Give year, month and day, as far as they are known."""
    return record.issued.date_parts[0] if record.issued.date_parts else ()


def address(work: Work) -> str:
    """Give where the work is on the web, in letters that no format takes for its own."""
    return verbatim(work.record.link or "")


def verbatim(text: str) -> str:
    """Write an identifier or an address so that it stands in any format as it is."""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text.strip())
