"""Reads the months and days of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.verification.text.quantity import DAY, MONTH, Bound, Quantity

_MONTHS = "january february march april may june july august september october november december".split()
_CALENDAR = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s)?\b(?P<month>{'|'.join(month.capitalize() for month in _MONTHS)})\b"
    r"(?:\s(?P<day_after>\d{1,2})(?:st|nd|rd|th)?\b,?)?(?P<year>,?\s(?:of\s)?\d{4}\b)?"
)


def dates(text: str) -> Iterator[Quantity]:
    """Read the month and the day of dates; "May" and "March" are months beside a number only."""
    for match in _CALENDAR.finditer(text):
        day = "day" if match["day"] else "day_after"
        if not (match["day"] or match["day_after"] or match["year"]):
            continue
        if match[day]:
            value = float(match[day])
            yield Quantity(
                DAY, value, value, Bound.EXACT, 1, 0, (), match[day], match.start(day), match.end(day)
            )
        month = float(_MONTHS.index(match["month"].lower()) + 1)
        start, end = match.span("month")
        yield Quantity(MONTH, month, month, Bound.EXACT, 1, 0, (), match["month"], start, end)
