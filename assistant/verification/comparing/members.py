"""Tells numbers of a list apart by what only their own member says: "fever in 60 % of patients, and rash in 37 %".

A later member leaves out what the first has said. A claim that says it in full, "37 % of patients had a rash", is more
like the first member, and still speaks of the later one.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.text.parsing import Parsed
from assistant.verification.text.quantity import Quantity

# The stronger one of two signs between numbers parts them.
_PARTING = {";": 3, ",": 2} | dict.fromkeys(
    "and or but while whereas against versus vs than compared".split(), 1
)
# Share of what only a member says that the claim must say.
OWN_WORDS = 0.66
# By so much the claim must say more of it than of what only the other member says, if that is not the fuller one.
CLEARLY_MORE = 0.3
# Tokens between a number and its interval: "(95 % CI", "of 256 evaluable patients in AB (".
CLOSE = 12


def belongs(meeting: Meeting, quantity: Quantity, equal: Quantity, rival: Quantity) -> bool:
    """Tell whether a claim's number is the equal one of the quote, and not a rival, by what stands in their members.

    Args:
        meeting: The claim and the quote.
        quantity: A number of the claim.
        equal: The same number in the quote.
        rival: Another number of the quote.
    """
    own, other = _member(meeting.quote, equal), _member(meeting.quote, rival)
    if own == other:
        return False
    return _has_its_words(meeting, quantity, own, other) or _has_its_numbers(meeting, quantity, own, other)


def _has_its_words(meeting: Meeting, quantity: Quantity, own: range, other: range) -> bool:
    """Tell whether the claim says what only the number's own member says.

    It may say what another member says too, if that is the fuller one, from which the words of both are.
    """
    mine, theirs = _stems(meeting.quote, own), _stems(meeting.quote, other)
    said = {
        there
        for stem in _stems(meeting.claim, _member(meeting.claim, quantity))
        for there in meeting.matches.get(stem, ())
    }
    share = _share_said(meeting, mine, theirs, said)
    is_elliptic = len(mine) < len(theirs)
    return share >= OWN_WORDS and (
        is_elliptic or share - _share_said(meeting, theirs, mine, said) >= CLEARLY_MORE
    )


def _share_said(meeting: Meeting, of: Set[str], besides: Set[str], said: Set[str]) -> float:
    """Give the share of what one member says and another does not that is said; 0 if that is nothing."""
    only = {stem for stem in of if not meeting.quote.reading.saying(stem) & besides}
    return len(only & said) / len(only) if only else 0.0


def _has_its_numbers(meeting: Meeting, quantity: Quantity, own: range, other: range) -> bool:
    """Tell whether a number and one in brackets behind it stand together in claim and quote, and not with the rival."""
    beside = [
        found
        for found in _within(meeting.claim, _member(meeting.claim, quantity))
        if not found.derived
        and _are_bracketed(meeting.claim, *sorted((found, quantity), key=lambda q: q.start))
    ]
    here = {_value(found) for found in _within(meeting.quote, own)}
    there = {_value(found) for found in _within(meeting.quote, other)}
    return any(_value(found) in here - there for found in beside)


def _are_bracketed(parsed: Parsed, first: Quantity, second: Quantity) -> bool:
    """Tell whether a number stands in brackets close behind another: "73 % (95 % CI 67-78)"."""
    between = [token for token in parsed.reading.tokens if first.end <= token.start < second.start]
    opened = [token.low for token in between].count("(")
    return opened == 1 and all(token.low != ")" for token in between) and len(between) <= CLOSE


def _member(parsed: Parsed, quantity: Quantity) -> range:
    """Give the tokens of the member of a list in which a number stands."""
    tokens = parsed.reading.tokens
    cuts = _cuts(parsed)
    start = max((cut for cut in cuts if tokens[cut].start < quantity.start), default=-1) + 1
    end = min((cut for cut in cuts if tokens[cut].start >= quantity.end), default=len(tokens))
    return range(start, end)


def _cuts(parsed: Parsed) -> list[int]:
    """Give the tokens that part each number from the next, where anything does."""
    found = [quantity for quantity in parsed.quantities if not quantity.derived]
    cuts = []
    for before, after in pairwise(found):
        between = _between(parsed, before.end, after.start)
        if between:
            cuts.append(max(between, key=lambda i: (_PARTING[parsed.reading.tokens[i].low], i)))
    return cuts


def _between(parsed: Parsed, start: int, end: int) -> list[int]:
    """Give the parting tokens of a stretch that stand in no brackets."""
    depth, found = 0, []
    for index, token in enumerate(parsed.reading.tokens):
        if token.low in {"(", "["}:
            depth += 1
        elif token.low in {")", "]"}:
            depth -= 1
        elif not depth and start <= token.start < end and token.low in _PARTING:
            found.append(index)
    return found


def _stems(parsed: Parsed, member: range) -> set[str]:
    return {parsed.reading.tokens[index].stem for index in parsed.content if index in member}


def _within(parsed: Parsed, member: range) -> Sequence[Quantity]:
    tokens = parsed.reading.tokens
    if not member:
        return ()
    start, end = tokens[member[0]].start, tokens[member[-1]].end
    return [found for found in parsed.quantities if start <= found.start < end]


def _value(quantity: Quantity) -> tuple[str, float, float]:
    return quantity.dimension, quantity.low, quantity.high
