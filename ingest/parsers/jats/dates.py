"""The dates of a JATS article: when it was published, and when it was submitted and accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_EARLIEST_YEAR, _LATEST_YEAR = 1600, 2100
# Dates of other events than publication: "pmc-release" comes months later, "nihms-submitted" before.
_PUBLICATION = frozenset(
    (
        "collection",
        "electronic",
        "epreprint",
        "epub",
        "epub-ppub",
        "online",
        "ppub",
        "preprint",
        "print",
        "pub",
    )
)
_ELECTRONIC = frozenset(("electronic", "epub", "epub-ppub", "online"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")

Date = tuple[int, ...]


def read_dates(meta: etree._Element) -> dict[str, object]:
    """Read the dates that CSL-JSON has names for, and when the article was accepted, for which it has none."""
    published = [(kind, date) for kind, date in _dates(meta, "pub-date") if kind & _PUBLICATION]
    history = [
        (kind, date)
        for path in ("history/date", "pub-history/event/date")
        for kind, date in _dates(meta, path)
    ]
    found = {
        "issued": _earliest([date for _, date in published]),
        "available-date": _earliest([date for kind, date in published if kind & _ELECTRONIC]),
        "submitted": _earliest([date for kind, date in history if "received" in kind]),
        "accepted": _earliest([date for kind, date in history if "accepted" in kind]),
    }
    return {name: {"date-parts": [date]} for name, date in found.items() if date}


def _dates(meta: etree._Element, path: str) -> Iterator[tuple[set[str], Date]]:
    """Give each date that can be read, with all that it says of its kind."""
    for element in meta.iterfind(path):
        names = (element.get(name) for name in ("pub-type", "date-type", "publication-format"))
        date = _date(element)
        if date:
            yield {name for name in names if name} or {"pub"}, date


def _earliest(dates: list[Date]) -> Date:
    """Give the earliest year, with the most exact date known of that year."""
    year = min((date[0] for date in dates), default=0)
    return min((date for date in dates if date[0] == year), key=lambda date: (-len(date), date), default=())


def _date(element: etree._Element) -> Date:
    """Read a date as far as it is known."""
    year, day = _number(element.findtext("year")), _number(element.findtext("day"))
    month = _month(element.findtext("month"))
    iso = _ISO_DATE.match(element.get("iso-8601-date") or "")
    if iso and not year:
        year, month, day = (int(part or 0) for part in iso.groups())
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return ()
    if month not in range(1, 13):
        return (year,)
    return (year, month, day) if day in range(1, 32) else (year, month)


def _number(text: str | None) -> int:
    match = re.fullmatch(r"\s*(\d{1,4})\s*", text or "")
    return int(match[1]) if match else 0


def _month(text: str | None) -> int:
    name = (text or "").strip().lower()[:3]
    return _MONTHS.index(name) + 1 if name in _MONTHS else _number(text)
