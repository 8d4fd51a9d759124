"""Compares the quantities of a claim with those of a quote: the same number of the same thing, or another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.comparing.members import belongs
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.language import alike
from assistant.verification.text.quantity import (
    CONFIDENCE,
    COUNT,
    DAY,
    MONTH,
    PERCENT,
    YEAR,
    Bound,
    Quantity,
)

# Values in different units are equal if they differ by no more than this: a year has 12 months or 52 weeks.
CONVERSION = 0.03
# "About a third" and 31 % are.
ABOUT = 0.12
# An equal number is another thing's if a different one stands among the claim's words instead (-1: all of them).
ANOTHER_PLACE = -0.3
# A number stands where an equal one does if so much of what is around the two is the same.
IN_PLACE = 0.85
# Where the claim has one of the two numbers alone, what is around the other must be so much as like the claim's.
CLEARLY_TIED = 0.75
# By so much what is around a number must be more like what is around another number of the quote than an equal one.
EXCHANGED = 0.1
# Two numbers are of one thing if this much of what is around them agrees, and less if the quote has all of the claim.
SAME_THING = 0.3
SAME_THING_COVERED = 0.12
COVERED = 0.7
WHOLLY_COVERED = 0.9
_LIMITS = frozenset({Bound.AT_LEAST, Bound.AT_MOST})
_CALENDAR = frozenset({YEAR, MONTH, DAY})


class _Fit(StrEnum):
    EQUAL = "equal"
    OPEN = "open"
    OTHER = "other"


def compare_quantities(meeting: Meeting) -> Iterator[Finding]:
    """Look for each quantity of the claim in the quote.

    Equal values, units converted and roundings allowed, agree, unless another number stands in the quote where the
    claim has this one. Another value of the same thing differs; a value that is not there lacks.
    """
    yield from (finding for _, finding in compare_each(meeting))


def compare_each(meeting: Meeting) -> Iterator[tuple[Quantity, Finding]]:
    """Compare as `compare_quantities` does, and say of which quantity of the claim each finding tells."""
    claimed = meeting.claim.quantities
    percentages = {q.group for q in claimed if q.derived and _is_percentage(meeting, q)}
    for index, quantity in enumerate(claimed):
        if quantity.derived or (quantity.dimension == CONFIDENCE and not _says_confidence(meeting)):
            continue
        if quantity.group in percentages and not _has_equal(meeting, quantity):
            # "8 of 11" where the quote has 73 %.
            yield quantity, Finding(Outcome.AGREES)
            continue
        yield quantity, _found(meeting, index, quantity)


def _says_confidence(meeting: Meeting) -> bool:
    return any(other.dimension == CONFIDENCE for other in meeting.quote.quantities)


def _is_percentage(meeting: Meeting, quantity: Quantity) -> bool:
    """Tell whether the quote gives what a ratio of the claim comes to, and no such ratio itself."""
    equal = [other for other in meeting.quote.quantities if _fit(quantity, other) is _Fit.EQUAL]
    return bool(equal) and not any(other.derived for other in equal)


def _has_equal(meeting: Meeting, quantity: Quantity) -> bool:
    return any(
        _comparable(quantity, other) and _fit(quantity, other) is _Fit.EQUAL
        for other in meeting.quote.quantities
    )


def _found(meeting: Meeting, index: int, quantity: Quantity) -> Finding:
    near = meeting.claim.quantity_contexts[index]
    placed = [
        (meeting.nearness(near, around), _fit(quantity, other), other)
        for other, around in zip(meeting.quote.quantities, meeting.quote.quantity_contexts, strict=True)
        if _comparable(quantity, other)
    ]
    if quantity.bound in _LIMITS and any(other.bound is quantity.bound for _, _, other in placed):
        placed = [entry for entry in placed if entry[2].bound is quantity.bound]
    equal = [(score, other) for score, fit, other in placed if fit is _Fit.EQUAL]
    others = [
        (score, other)
        for score, fit, other in placed
        if fit is _Fit.OTHER and not other.derived and not _claimed_elsewhere(meeting, quantity, other)
    ]
    if equal:
        return _equal(meeting, quantity, equal, placed)
    if any(fit is _Fit.OPEN for _, fit, _ in placed):
        other = max(((s, o) for s, fit, o in placed if fit is _Fit.OPEN), key=lambda pair: pair[0])[1]
        return Finding(Outcome.LACKS, _says(meeting, quantity, other), (_mark(other),))
    values = len({(other.low, other.high) for _, other in others})
    same = [(score, other) for score, other in others if _same_thing(meeting, quantity, other, score, values)]
    if same:
        other = max(same, key=lambda pair: pair[0])[1]
        return Finding(Outcome.DIFFERS, _says(meeting, quantity, other), (_mark(other),))
    if _in_context(meeting, quantity) or _is_idle(quantity):
        return Finding(Outcome.AGREES)
    return Finding(Outcome.LACKS, f"The source does not give {_shown(meeting.claim.reading.text, quantity)}.")


def _equal(
    meeting: Meeting,
    quantity: Quantity,
    equal: Sequence[tuple[float, Quantity]],
    placed: Sequence[tuple[float, _Fit, Quantity]],
) -> Finding:
    """Accept an equal value, unless the quote says another in the claim's place: "A 3, B 5" is not "A 5, B 3"."""
    near = meeting.claim.quantity_contexts[meeting.claim.quantities.index(quantity)]
    best = max(equal, key=lambda pair: pair[0])[1]
    groups = {other.group for _, other in equal}
    rivals = [
        rival
        for _, fit, rival in placed
        if fit is _Fit.OTHER
        and not rival.derived
        and rival.dimension in {best.dimension, quantity.dimension}
        # Of numbers in one list, only "A and B were 3 and 5" says which is whose.
        and (rival.group < 0 or rival.group not in groups or meeting.quote.paired(rival))
        and (rival.bound is Bound.RANGE) is (quantity.bound is Bound.RANGE)
    ]
    for rival in rivals:
        if any(belongs(meeting, quantity, other, rival) for _, other in equal):
            continue
        is_rivals = all(belongs(meeting, quantity, rival, other) for _, other in equal)
        elsewhere = all(_preference(meeting, near, other, rival) < ANOTHER_PLACE for _, other in equal)
        if is_rivals or (elsewhere and _exchanged(meeting, quantity, [other for _, other in equal], rival)):
            return Finding(Outcome.DIFFERS, _says(meeting, quantity, rival), (_mark(rival),))
    return Finding(Outcome.AGREES, "", (_mark(best),))


def _exchanged(meeting: Meeting, quantity: Quantity, equal: Sequence[Quantity], rival: Quantity) -> bool:
    """Tell whether a claim's number stands where the quote has another rather than where it has an equal one.

    If the claim has that other number too, the two are placed together: each where it is, or each in the other's place.
    """
    there = dict(zip(map(id, meeting.quote.quantities), meeting.quote.quantity_contexts, strict=True))

    def placed(near: Mapping[str, float], others: Sequence[Quantity]) -> float:
        return max(meeting.likeness(near, there[id(other)]) for other in others)

    own = meeting.claim.quantity_contexts[meeting.claim.quantities.index(quantity)]
    if placed(own, equal) >= IN_PLACE:
        return False
    gain, alone = placed(own, [rival]) - placed(own, equal), True
    for mine, near in zip(meeting.claim.quantities, meeting.claim.quantity_contexts, strict=True):
        if (
            mine is not quantity
            and not mine.derived
            and _comparable(mine, rival)
            and _fit(mine, rival) is _Fit.EQUAL
        ):
            gain += placed(near, equal) - placed(near, [rival])
            alone = False
    if alone:
        ours = max(meeting.overlap(own, there[id(other)]) for other in equal)
        return meeting.overlap(own, there[id(rival)]) >= CLEARLY_TIED * ours
    return gain > EXCHANGED


def _preference(meeting: Meeting, near: Mapping[str, float], first: Quantity, second: Quantity) -> float:
    contexts = dict(zip(map(id, meeting.quote.quantities), meeting.quote.quantity_contexts, strict=True))
    return meeting.preference(near, contexts[id(first)], contexts[id(second)])


def _comparable(quantity: Quantity, other: Quantity) -> bool:
    if quantity.dimension == other.dimension:
        return not (quantity.nouns and other.nouns and quantity.dimension == COUNT) or _share_nouns(
            quantity, other
        )
    # A bare number, such as the range in "(range 1-22)", has the unit of what stands before it.
    bare = COUNT in {quantity.dimension, other.dimension} and not (quantity.nouns or other.nouns)
    return bare and _fit_raw(quantity, other) and not {quantity.dimension, other.dimension} & _CALENDAR


def _share_nouns(quantity: Quantity, other: Quantity) -> bool:
    return any(alike(first, second) for first in quantity.nouns for second in other.nouns)


def _fit_raw(quantity: Quantity, other: Quantity) -> bool:
    return (quantity.low / quantity.unit, quantity.high / quantity.unit) == (
        other.low / other.unit,
        other.high / other.unit,
    )


def _fit(quantity: Quantity, other: Quantity) -> _Fit:
    """Tell whether what the quote says makes what the claim says true."""
    if quantity.dimension != other.dimension:
        return _Fit.EQUAL if _fit_raw(quantity, other) else _Fit.OPEN
    mine, theirs = quantity.bound, other.bound
    if Bound.RANGE in {mine, theirs}:
        return _fit_range(quantity, other)
    same = _close(quantity, other)
    if mine in _LIMITS and theirs in _LIMITS and mine is not theirs:
        return _Fit.OTHER
    if mine in _LIMITS:
        inside = other.low >= quantity.low if mine is Bound.AT_LEAST else other.low <= quantity.low
        if theirs is mine and not same:
            return _Fit.OPEN if inside else _Fit.OTHER
        return _Fit.EQUAL if same or inside else _Fit.OTHER
    if theirs in _LIMITS:
        inside = quantity.low >= other.low if theirs is Bound.AT_LEAST else quantity.low <= other.low
        return _Fit.EQUAL if same else _Fit.OPEN if inside else _Fit.OTHER
    return _Fit.EQUAL if same else _Fit.OTHER


def _fit_range(quantity: Quantity, other: Quantity) -> _Fit:
    if quantity.bound is other.bound:
        return (
            _Fit.EQUAL
            if _near(quantity.low, other.low, quantity, other)
            and _near(quantity.high, other.high, quantity, other)
            else _Fit.OTHER
        )
    if quantity.bound is Bound.AT_MOST:
        return _Fit.EQUAL if other.high <= quantity.high * (1 + CONVERSION) else _Fit.OTHER
    if quantity.bound is Bound.AT_LEAST:
        return _Fit.EQUAL if other.low >= quantity.low * (1 - CONVERSION) else _Fit.OTHER
    inside = quantity.low <= other.high and other.low <= quantity.high
    return _Fit.OPEN if inside else _Fit.OTHER


def _close(quantity: Quantity, other: Quantity) -> bool:
    return _near(quantity.low, other.low, quantity, other)


def _near(mine: float, theirs: float, quantity: Quantity, other: Quantity) -> bool:
    """Compare two values: exactly in one unit, a rounded one to its own decimals, loosely if "about"."""
    if Bound.ABOUT in {quantity.bound, other.bound} and quantity.dimension not in _CALENDAR:
        return abs(mine - theirs) <= ABOUT * max(abs(mine), abs(theirs))
    if quantity.unit != other.unit:
        return abs(mine - theirs) <= CONVERSION * max(abs(mine), abs(theirs))
    mine, theirs = mine / quantity.unit, theirs / other.unit
    if quantity.decimals < other.decimals and quantity.dimension != COUNT:
        return abs(mine - theirs) <= 0.5 * 10.0**-quantity.decimals + 1e-9
    if other.derived:
        return abs(mine - theirs) <= 0.5 * 10.0**-quantity.decimals + 1e-9
    if quantity.derived:
        return abs(mine - theirs) <= 0.5 * 10.0**-other.decimals + 1e-9
    return abs(mine - theirs) <= 1e-9 * max(abs(mine), abs(theirs), 1)


def _claimed_elsewhere(meeting: Meeting, quantity: Quantity, other: Quantity) -> bool:
    """Tell whether another number of the claim is the one that the quote has here."""
    return any(
        mine is not quantity and _comparable(mine, other) and _fit(mine, other) is _Fit.EQUAL
        for mine in meeting.claim.quantities
        if not mine.derived
    )


def _same_thing(meeting: Meeting, quantity: Quantity, other: Quantity, score: float, candidates: int) -> bool:
    if meeting.coverage >= WHOLLY_COVERED:
        return True
    least = SAME_THING_COVERED if meeting.coverage >= COVERED else SAME_THING
    counted = quantity.dimension == COUNT and not (quantity.nouns and other.nouns)
    return score >= least or (candidates == 1 and not counted)


def _in_context(meeting: Meeting, quantity: Quantity) -> bool:
    return any(
        quantity.dimension == other.dimension and _fit(quantity, other) is _Fit.EQUAL
        for other in meeting.context.quantities
    )


def _is_idle(quantity: Quantity) -> bool:
    """Tell whether a number is hardly one: "one" stands for "a"."""
    return quantity.shown.lower() == "one"


def _mark(quantity: Quantity) -> Mark:
    return Mark(quantity.start, quantity.end)


def _says(meeting: Meeting, quantity: Quantity, other: Quantity) -> str:
    theirs = _shown(meeting.quote.reading.text, other)
    mine = _shown(meeting.claim.reading.text, quantity)
    if other.dimension == PERCENT and other.derived:
        theirs = other.shown
    return f"The source says {theirs}, the claim {mine}."


def _shown(text: str, quantity: Quantity) -> str:
    """Write a quantity with what it counts."""
    words = text[quantity.start : quantity.end]
    following = text[quantity.end :].split()
    noun = following[0].strip(".,;:()") if quantity.nouns and following else ""
    return " ".join(filter(None, (" ".join(words.split()), noun)))
