"""Takes away what a page repeats around its text: running heads and feet, page numbers, notices, line numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.parsers.pdf.lines import rows_of
from ingest.parsers.pdf.page import Page, Segment

# Heads and feet stand in the outer parts of the page's height, at the same height on every page.
_OUTER = 0.13
_SAME_PLACE = 4.0
_MOST_ROWS = 4
# A notice stands in the same place of at least as many pages, which are at least so large a part of all.
_NOTICE_PAGES = 3
_NOTICE_PART = 0.6
_SHORTEST_NOTICE = 10

_NUMBER = re.compile(r"\d{1,5}")
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
_FEWEST_LINE_NUMBERS = 4
_LONG_LINE = 20


def without_margins(pages: Sequence[Page]) -> list[list[Segment]]:
    """Give the segments of each page that are its own text.

    Args:
        pages: All pages of a file: what is repeated shows only in comparison.
    """
    kept = [list(page.segments) for page in pages]
    kept = _without_line_numbers(kept)
    repeated = _repeated(pages, kept)
    notices = _notices(kept)
    result = []
    for page, segments in zip(pages, kept, strict=True):
        own = [segment for segment in segments if _place(segment) not in notices]
        dropped = {id(segment) for segment in _heads_and_feet(page, own, repeated)}
        result.append([segment for segment in own if id(segment) not in dropped])
    return result


_Key = tuple[str, int]


def _key(segment: Segment) -> str:
    """Give a segment's text without what changes from page to page."""
    return _DIGITS.sub("#", segment.text.strip().lower())


def _repeated(pages: Sequence[Page], kept: Sequence[list[Segment]]) -> dict[str, list[float]]:
    """Give the baselines at which texts stand in the outer parts of more than one page."""
    bases: dict[str, list[float]] = defaultdict(list)
    for page, segments in zip(pages, kept, strict=True):
        for segment in segments:
            if _is_outer(page, segment):
                bases[_key(segment)].append(segment.base)
    return {key: found for key, found in bases.items() if len(found) > 1}


def _is_outer(page: Page, segment: Segment) -> bool:
    return not _OUTER * page.height < segment.base < (1 - _OUTER) * page.height


def _heads_and_feet(
    page: Page, segments: Sequence[Segment], repeated: dict[str, list[float]]
) -> Iterable[Segment]:
    """Give what is peeled off from above and below, until a row has something of its own."""

    def is_repeated(segment: Segment) -> bool:
        around = repeated.get(_key(segment), ())
        return sum(abs(base - segment.base) < _SAME_PLACE for base in around) > 1

    rows = rows_of(segments)
    for outward in (rows[:_MOST_ROWS], rows[::-1][:_MOST_ROWS]):
        for row in outward:
            if not all(_is_outer(page, segment) for segment in row):
                break
            if not all(is_repeated(segment) for segment in row):
                break
            yield from row


def _place(segment: Segment) -> tuple[str, int, int]:
    return _key(segment), round(segment.base / _SAME_PLACE), round(segment.left / _SAME_PLACE)


def _notices(kept: Sequence[list[Segment]]) -> set[tuple[str, int, int]]:
    """Find watermarks and notices of download: long texts in one place of nearly all pages."""
    pages = Counter(
        place
        for segments in kept
        for place in {_place(segment) for segment in segments}
        if len(place[0]) >= _SHORTEST_NOTICE
    )
    least = max(_NOTICE_PAGES, _NOTICE_PART * len(kept))
    return {place for place, count in pages.items() if count >= least}


def _without_line_numbers(kept: Sequence[list[Segment]]) -> list[list[Segment]]:
    """Leave out the numbers in the margin of a manuscript; labels of references stand on fewer pages."""
    found = [_line_numbers(segments) for segments in kept]
    filled = sum(bool(segments) for segments in kept)
    if sum(map(bool, found)) <= filled / 2:
        return list(kept)
    return [
        [segment for segment in segments if id(segment) not in numbers]
        for segments, numbers in zip(kept, found, strict=True)
    ]


def _line_numbers(segments: Sequence[Segment]) -> set[int]:
    long = sorted(segment.left for segment in segments if len(segment.text) > _LONG_LINE)
    ends = sorted(segment.right for segment in segments if len(segment.text) > _LONG_LINE)
    if not long:
        return set()
    left, right = long[len(long) // 10], ends[-1 - len(ends) // 10]
    for side in (
        [segment for segment in segments if segment.right < left],
        [segment for segment in segments if segment.left > right],
    ):
        numbers = sorted((s for s in side if _NUMBER.fullmatch(s.text.strip())), key=lambda s: s.base)
        if len(numbers) < _FEWEST_LINE_NUMBERS:
            continue
        steps = Counter(int(b.text) - int(a.text) for a, b in pairwise(numbers))
        step, count = steps.most_common(1)[0]
        rows = len(rows_of(segments))
        # Every line has a number, or every fifth; a page's own number may stand among them.
        if step > 0 and count >= len(numbers) - 3 and len(numbers) * step > 0.6 * rows:
            return {id(segment) for segment in numbers}
    return set()
