"""Finds where a sentence gives a source's figure as another kind of figure: exact, a mean, of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.quantity import Bound, Quantity
from assistant.words import numbers

BOUNDED = "The source says “{}”."
NO_MEAN = "The source gives a median, not a mean."
NO_MEDIAN = "The source gives a mean, not a median."
MEDIAN = "The source says that this is the median."
PER = "The source says “per {}”."

_LIMITS = frozenset({Bound.AT_LEAST, Bound.AT_MOST})
_ABOVE = re.compile(
    r"more than|over|above|greater than|higher than|longer than|exceed|beyond|>(?!=)"
    r"|in excess",
    re.IGNORECASE,
)
_NOT_ABOVE = re.compile(r"\b(?:no|not|never|n['’]t)\b", re.IGNORECASE)
_BELOW = re.compile(
    r"less than|fewer than|under|below|shorter than|lower than|<(?!=)|almost|nearly", re.IGNORECASE
)
_MEDIAN = re.compile(r"\bmedians?\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:mean|average[sd]?)\b", re.IGNORECASE)
_MIDDLE = re.compile(
    r"\b(?:medians?|half|halves|typical\w*|middle|midpoint|average[sd]?|usual\w*|50\s?%|most|around"
    r"|about|roughly)\b",
    re.IGNORECASE,
)
# A sentence with one of these says in some way that a figure is a limit.
_LIMITING = re.compile(
    r"\b(?:least|less|fewer|more|most|beyond|over|above|under|below|up|upwards|within|inside|until|by"
    r"|max\w*|min\w*|exceed\w*|never|severe"
    r"|worse|first|as \w+ as|longer|shorter|limit\w*|ranges?|ranged|between|reach\w*|nearly|almost|even"
    r"|high\w*|low\w*|top\w*|peak\w*|\d+ ?plus"
    r"|cap\w*|older|younger|upper|lower|before|earlier|after|later|past|greater|smaller|larger)\b|[<>≤≥]"
    r"|\d\+",
    re.IGNORECASE,
)
_IDLE = re.compile(r"\A\s*within\b", re.IGNORECASE)
_LEADING = re.compile(
    r"\b(by|to|within|after)(?: about| approximately| around| roughly| nearly)?\s*\Z", re.IGNORECASE
)
_LEADING_INSIDE = re.compile(r"(within)\b", re.IGNORECASE)
_CONTRARY = (("by", "to"), ("to", "by"), ("within", "after"), ("after", "within"))
_NEAR_MEDIAN = 60
# How far what a source says of one number is from what it says of another.
_NUMBER = re.compile(r"[^\d(;]*?(?P<figure>\d+(?:[.,·]\d+)*)")


def figures(meeting: Meeting) -> Iterator[Finding]:
    """Tell whether a sentence leaves out, or changes, what kind of figure a source gives."""
    yield from _bounds(meeting)
    yield from _changes(meeting)
    yield from _middles(meeting)
    yield from _rates(meeting)


def _bounds(meeting: Meeting) -> Iterator[Finding]:
    """A limit is no figure, and a figure no limit that it does not pass."""
    for mine in meeting.claim.quantities:
        equal = [theirs for theirs in meeting.quote.quantities if _same(mine, theirs)]
        if mine.derived or mine.bound is Bound.RANGE or not equal:
            continue
        shown = meeting.claim.reading.text[mine.start : mine.end]
        if mine.bound not in _LIMITS:
            wrong = not _LIMITING.search(meeting.claim.reading.text) and all(
                theirs.bound in _LIMITS and not _reads(meeting, theirs, _IDLE) for theirs in equal
            )
        elif meeting.claim.denials or _MEDIAN.search(meeting.quote.reading.text):
            # Half of all lie above a median.
            wrong = False
        elif _ABOVE.search(shown) and not _NOT_ABOVE.search(shown):
            wrong = all(
                theirs.bound is not Bound.AT_LEAST and not _reads(meeting, theirs, _IDLE) for theirs in equal
            )
        elif _BELOW.search(shown) and not _NOT_ABOVE.search(shown):
            wrong = all(
                theirs.bound is not Bound.AT_MOST and not _reads(meeting, theirs, _BELOW) for theirs in equal
            )
        else:
            wrong = False
        if wrong:
            theirs = equal[0]
            words = meeting.quote.reading.text[theirs.start : theirs.end]
            yield Finding(
                Outcome.LACKS, BOUNDED.format(" ".join(words.split())), (Mark(theirs.start, theirs.end),)
            )


def _same(mine: Quantity, theirs: Quantity) -> bool:
    return (mine.dimension, mine.low, mine.high) == (
        theirs.dimension,
        theirs.low,
        theirs.high,
    ) and not theirs.derived


def _reads(meeting: Meeting, quantity: Quantity, words: re.Pattern[str]) -> bool:
    return words.search(meeting.quote.reading.text[quantity.start : quantity.end]) is not None


def _changes(meeting: Meeting) -> Iterator[Finding]:
    """What falls by a number does not fall to it, and what is over within a time is not over after it."""
    for mine in meeting.claim.quantities:
        equal = [theirs for theirs in meeting.quote.quantities if _same(mine, theirs)]
        here = _led_by(meeting.claim.reading.text, mine)
        there = {_led_by(meeting.quote.reading.text, theirs) for theirs in equal}
        for one, other in _CONTRARY:
            if here == one and other in there and one not in there:
                words = meeting.quote.reading.text[equal[0].start : equal[0].end]
                yield Finding(
                    Outcome.DIFFERS, BOUNDED.format(words if other in words else f"{other} {words}")
                )


def _led_by(text: str, quantity: Quantity) -> str:
    """Give the word that leads to a number: "by", "to", "within", "after"."""
    led = _LEADING.search(text[: quantity.start]) or _LEADING_INSIDE.match(text, quantity.start)
    return led[1].lower() if led else ""


def _middles(meeting: Meeting) -> Iterator[Finding]:
    claim, quote = meeting.claim.reading.text, meeting.quote.reading.text
    median, mean = _MEDIAN.search(quote), _MEAN.search(quote)
    if median and not mean and re.search(r"\bmean\b", claim, re.IGNORECASE) and not _MEDIAN.search(claim):
        yield Finding(Outcome.DIFFERS, NO_MEAN, (Mark(*median.span()),))
        return
    if mean and not median and _MEDIAN.search(claim):
        yield Finding(Outcome.DIFFERS, NO_MEDIAN, (Mark(*mean.span()),))
        return
    if median and not _MIDDLE.search(claim):
        figure = _NUMBER.match(quote, median.end(), median.end() + _NEAR_MEDIAN)
        if figure and numbers(figure["figure"]) & numbers(claim):
            yield Finding(Outcome.LACKS, MEDIAN, (Mark(*median.span()),))


def _rates(meeting: Meeting) -> Iterator[Finding]:
    """What is said per kilogram or per day is no whole amount."""
    for mine in meeting.claim.quantities:
        alike = [
            t for t in meeting.quote.quantities if _same_number(mine, t) and (t.per or "/" in t.dimension)
        ]
        others = [
            t for t in meeting.quote.quantities if _same_number(mine, t) and not (t.per or "/" in t.dimension)
        ]
        if alike and not others and not (mine.per or "/" in mine.dimension):
            per = alike[0].per or alike[0].dimension.partition("/")[2]
            if not re.search(
                r"\b(?:per|each|every)\b|/|kilo|weight|daily|weekly|monthly|yearly|hourly",
                meeting.claim.reading.text,
            ):
                yield Finding(Outcome.LACKS, PER.format(per), (Mark(alike[0].start, alike[0].end),))


def _same_number(mine: Quantity, theirs: Quantity) -> bool:
    return (
        mine.low / mine.unit == theirs.low / theirs.unit
        and mine.high / mine.unit == theirs.high / theirs.unit
    )
