"""Reads the figures of a sentence: the number with its unit, what it is a figure of, in whom, and at what time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.composing.naming import named_after, named_before
from assistant.composing.populations import PEOPLE, population_in
from assistant.verification.text.language import stem
from assistant.verification.text.parsing import Parsed, parse
from assistant.verification.text.quantity import COUNT, MONTH, PERCENT, YEAR, Bound, Quantity
from corpus.document import Span

_TIME = "time"
_LABELS = frozenset(
    "grade stage type level figure table arm cohort group cycle regimen line class tier version step generation "
    "factor order score category".split()
)
_NO_FIGURES = frozenset({"p", "hr", "or", "rr", "phase", YEAR, MONTH})
# Numbers from here on are groups in one list: "69% and 94%".
_LISTED = 1000
# "at day 30", "within 8 weeks of", "at a median follow-up of 13.3 months": when something was measured.
_WHEN = re.compile(
    r"\b(?:at|after|within|by|during|until|over|on|following|from|in(?: the)? (?:first|last))\s+"
    r"(?:(?:a|an|the|about|median|mean|longest|follow-?up|first|last|end|of|least)\s+)*$",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"-(?:day|week|month|year)\b|(?:one|\d+) (?:day|week|month|year)s? (?:after|later)\b", re.IGNORECASE
)
# "as of April 2022", "by December 2022": a year beside "et al." or a paper is no time of measuring.
_DATED = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# What stands in brackets to say how sure a figure is: "(95% CI 66.8-78.0)", "(range 1-36)", "(n = 9, p = 0.36)".
_ASIDE = re.compile(
    r"\b(?:CI|range|IQR|SD|SE|SEM|HR|OR|RR|[nNp]\s*[=<>≤≥]|ratio|interval|interquartile)\b|[=<>]"
)
_PARTING = re.compile(r"[;,:](?=\s)|\b(?:and|while|whereas|but|against|versus)\b", re.IGNORECASE)
_SPLIT = re.compile(r";|,\s+(?:and|but|while|whereas)\b|\band\s+the\b")
_STOPPING = re.compile(r"[;,:](?=\s)|\.(?=\s|$)|\(")
_BETWEEN_EQUALS = re.compile(r"\s*(?:[\w-]+\s+){0,3}\(\s*")
_PLUS_MINUS = re.compile(r"\s*±\s*")
_ANAPHORIC = re.compile(r"\bof\s+(?:those|these)\b", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(rf"\s{_DATED.pattern}", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s")
_RATE = re.compile(
    r"\s(?:per|a)\s(?:kg|m2|m²|ml|mL|day|week|month|year|dose|person|patient)\b|\s(?:each|a dose)\b"
)

_LIGHT = frozenset(
    map(
        stem,
        (
            "reach achieve attain show have had get give gave given use used receive occur affect see note report "
            "record grade higher worse above rate"
        ).split(),
    )
)
_EMPTY = frozenset(map(stem, "median mean average overall total".split()))
_ABBREVIATED = re.compile(r"\s?\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure where it stands in a sentence; all spans are ranges of that sentence.

    Attributes:
        quantity: What it comes to.
        part: For "8 of 11" the 8, else None.
        whole: For "8 of 11" the 11; None also for "seven of those eight", whose whole is not all that were measured.
        number: The number with its unit, "at least" and an equal in brackets included.
        unit: What it is counted in, inside `number`.
        measured: What it is a figure of.
        population: In whom it was measured.
        labels: Grades and the like that narrow what is measured: dimension, low, high, bound.
        times: When it was measured, in days, or the month of a year.
        clause: The stretch of the sentence that is about this figure.
        in_sentence: Whether the figure is one of several of its sentence.
    """

    quantity: Quantity
    part: float | None
    whole: float | None
    number: Span
    unit: Span | None
    measured: Span | None
    population: Span | None
    labels: frozenset[tuple[str, float, float, str]]
    times: frozenset[str]
    clause: Span


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Reading, ...]:
    """Read the figures of a sentence, in order; times, grades, years, intervals and list numbers are none.

    Args:
        text: A sentence; blank out what is no part of its words, such as reference marks.
    """
    parsed = parse(text)
    found = list(_combined(text, [q for q in parsed.quantities if _is_figure(text, q)]))
    clauses = _clauses(text, [figure.number for figure in found])
    return tuple(_described(parsed, figure, clause) for figure, clause in zip(found, clauses, strict=True))


def measured_stems(text: str, figure: Reading) -> frozenset[str]:
    """Give the stems of what a figure is of; where only a grade is said, those of what was measured before.

    Args:
        text: The sentence.
        figure: One of its readings.

    Returns:
        Without verbs such as "had" and statistics such as "median"; empty if it is unsure what the figure is of.
    """
    for reading in reversed([r for r in readings(text) if r.number.start <= figure.number.start]):
        if reading.measured is None:
            return frozenset()
        words = parse(_ABBREVIATED.sub("", reading.measured.of(text)))
        stems = {
            words.reading.tokens[i].stem
            for i in words.content
            if words.reading.tokens[i].low not in PEOPLE and words.reading.tokens[i].low.isalpha()
        }
        if telling := frozenset(stems - _LIGHT - _EMPTY):
            return telling
    return frozenset()


def is_time_point(text: str, quantity: Quantity) -> bool:
    """Tell whether a duration says when something was measured, not how long it took."""
    if quantity.dimension != _TIME:
        return False
    words = text[quantity.start : quantity.end]
    before = text[max(0, quantity.start - 60) : quantity.start]
    if quantity.bound is Bound.AT_MOST and words.lower().startswith("within"):
        return True
    labelled = re.match(r"(?:day|week|month|year)s?\s", words, re.IGNORECASE) is not None
    return (
        labelled
        or _WHEN.search(before) is not None
        or _POINT.match(text, quantity.start) is not None
        or (_POINT.search(text[quantity.start : quantity.end + 12]) is not None)
    )


def _is_figure(text: str, quantity: Quantity) -> bool:
    if quantity.dimension in _LABELS | _NO_FIGURES:
        return False
    if (quantity.start == 0 and _LIST_NUMBER.match(text)) or _DAY_OF_MONTH.match(text, quantity.end):
        return False
    if is_time_point(text, quantity) or _is_aside(text, quantity):
        return False
    # "one treatment" counts nothing that a reader would look up, and "NHL 001" is a name.
    return quantity.low >= 0 and not re.match(r"0\d|one$", quantity.shown, re.IGNORECASE)


def _is_aside(text: str, quantity: Quantity) -> bool:
    """Tell whether a number stands in brackets that say how sure or how spread a figure is."""
    opened = text.rfind("(", 0, quantity.start)
    if opened < 0 or ")" in text[opened : quantity.start]:
        return False
    closed = text.find(")", quantity.end)
    return _ASIDE.search(text[opened : closed if closed >= 0 else len(text)]) is not None


def _combined(text: str, found: Sequence[Quantity]) -> Iterator[Reading]:
    """Make one figure of "8 of 11 people (73%)", of "58 (54%)" and of "73 ± 22%"."""
    ordered = sorted(found, key=lambda quantity: (quantity.start, -quantity.end, not quantity.derived))
    position = 0
    for index, quantity in enumerate(ordered):
        if quantity.start < position:
            continue
        inside = [q for q in ordered[index:] if quantity.start <= q.start and q.end <= quantity.end]
        start, end, kept = _beginning(text, quantity), quantity.end, quantity
        counts = [q.low for q in inside if not q.derived] if quantity.derived else []
        anaphoric = _ANAPHORIC.search(text[start:end]) is not None
        following = next((q for q in ordered[index:] if q.start >= end), None)
        if following is not None:
            between = text[end : following.start]
            if _PLUS_MINUS.fullmatch(between):
                kept, end = replace(following, low=quantity.low, high=quantity.low), following.end
            elif following.dimension == PERCENT and kept.dimension in {COUNT, PERCENT}:
                closing = text[following.end : following.end + 1] == ")"
                if _BETWEEN_EQUALS.fullmatch(between) and closing:
                    counts = counts or [quantity.low]
                    kept, end = following, following.end + 1
        position = end
        span, unit = _with_unit(text, kept, Span(start, end))
        yield Reading(
            kept,
            counts[0] if counts else None,
            counts[1] if len(counts) > 1 and not anaphoric else None,
            span,
            unit,
            None,
            None,
            frozenset(),
            frozenset(),
            span,
        )


def _beginning(text: str, quantity: Quantity) -> int:
    """Leave out a label before the number that is none of it: the "grade" of "of that grade 37%"."""
    if quantity.bound is not Bound.EXACT:
        return quantity.start
    return max(quantity.start, text.find(quantity.shown, quantity.start, quantity.end))


def _with_unit(text: str, quantity: Quantity, span: Span) -> tuple[Span, Span | None]:
    """Take in the noun that is counted and a rate: "three infusions", "2 × 10^6 CAR T cells per kg"."""
    words = text[span.start : span.end]
    if quantity.dimension == PERCENT:
        sign = re.search(r"%|\bper\s?cent\b", words)
        return span, Span(span.start + sign.start(), span.start + sign.end()) if sign else None
    if sign := re.match(r"(?:about |nearly |some )?(?P<sign>US\$|[$€£¥])", words):
        rate = _RATE.match(text, span.end)
        return Span(span.start, rate.end() if rate else span.end), Span(
            span.start + sign.start("sign"), span.start + sign.end("sign")
        )
    end, unit = span.end, None
    if quantity.dimension == COUNT and quantity.nouns and not quantity.derived:
        noun = re.match(
            r"[\s-]*((?:[^\W\d_][\w'’+-]*[\s-]+){0,3}?(?:[^\W\d_][\w'’]*s|people|mice|children|men|women))\b",
            text[end:],
        )
        if noun and len(re.findall(r"\w+", noun[1])) <= len(quantity.nouns):
            unit, end = Span(end + noun.start(1), end + noun.end(1)), end + noun.end(1)
    elif spelt := re.search(r"[^\W\d_]+$", words):
        unit = Span(span.start + spelt.start(), span.end)
    if rate := _RATE.match(text, end):
        end = rate.end()
    return Span(span.start, end), unit


def _clauses(text: str, numbers: Sequence[Span]) -> list[Span]:
    """Give each figure its stretch of the sentence: they part at the last sign or conjunction between two figures."""
    starts, ends = [], []
    for index, number in enumerate(numbers):
        floor = numbers[index - 1].end if index else 0
        partings = [
            m for m in _PARTING.finditer(text, floor, number.start) if not _bracketed(text, m.start())
        ]
        signs = [m for m in partings if m.group() in {",", ";", ":"} or index]
        starts.append(signs[-1].end() if signs else floor)
        ceiling = numbers[index + 1].start if index + 1 < len(numbers) else len(text)
        stops = [m for m in _STOPPING.finditer(text, number.end, ceiling) if not _bracketed(text, m.start())]
        stop = next((m.start() for m in stops if m.group() != "("), ceiling)
        joints = [m for m in _PARTING.finditer(text, number.end, ceiling) if not _bracketed(text, m.start())]
        if index + 1 < len(numbers) and joints:
            stop = min(stop, joints[-1].start())
        ends.append(stop)
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]


def _bracketed(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


def _described(parsed: Parsed, figure: Reading, clause: Span) -> Reading:
    text = parsed.reading.text
    # "69% and 94%" and "seven of those eight": whose figures they are, the words beside them do not tell.
    listed = figure.quantity.group >= _LISTED
    anaphoric = _ANAPHORIC.search(figure.number.of(text)) is not None
    return replace(
        figure,
        measured=None if listed or _bracketed(text, figure.number.start) else _measured(text, figure, clause),
        population=None if anaphoric else population_in(text, figure.number, clause),
        labels=frozenset(
            (q.dimension, q.low, q.high, str(q.bound))
            for q in parsed.quantities
            if q.dimension in _LABELS
            and clause.start <= q.start < clause.end
            and not _bracketed(text, q.start)
        ),
        times=_times(parsed, figure.number, clause),
        clause=clause,
    )


def _measured(text: str, figure: Reading, clause: Span) -> Span | None:
    """Find what a figure is of; a number of things is of those things already, unless they are people."""
    number = figure.number
    things = figure.quantity.dimension == COUNT and figure.part is None
    before = text[clause.start : number.start]
    opens = re.fullmatch(r"\s*(?:(?:and|or|but|while|whereas|only|a|the|of)\s*)*", before) is not None
    if things and not (opens and figure.unit and figure.unit.of(text).lower().split()[-1] in PEOPLE):
        return None
    named = None if opens else named_before(text, clause.start, number.start)
    return named or named_after(text, number.end, clause.end, opens=opens)


def _times(parsed: Parsed, number: Span, clause: Span) -> frozenset[str]:
    """Give the times that a figure was measured at: its clause's, else those that the sentence opens with."""
    text = parsed.reading.text
    points = [(q.start, f"{q.low:g} days") for q in parsed.quantities if is_time_point(text, q)]
    points += [(match.start(), match.group().lower()) for match in _DATED.finditer(text)]
    own = [time for start, time in points if clause.start <= start < clause.end]
    before = [
        time
        for start, time in points
        if start < clause.start and not _SPLIT.search(text, start, number.start)
    ]
    return frozenset(own or before)
