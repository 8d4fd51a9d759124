"""Compares how far claim and quote go: "may reduce" is less than "reduces", "some" less than "all"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.language import english
from assistant.verification.text.reading import Token


def compare_reach(meeting: Meeting) -> Iterator[Finding]:
    """Tell whether the claim says more than the quote, as to certainty or to number."""
    hedges = english().hedges
    clause = _main_clause(meeting)
    hedge = next((t for t in meeting.quote.reading.tokens if t.low in hedges and t.clause == clause), None)
    if hedge and not any(token.low in hedges for token in meeting.claim.reading.tokens):
        yield Finding(
            Outcome.LACKS, f"The source only says so with a “{hedge.low}”.", (Mark(hedge.start, hedge.end),)
        )
    restriction = next(
        (t for t in meeting.quote.reading.tokens if t.low in english().restricting and t.clause == clause),
        None,
    )
    if restriction and not _restricted(meeting):
        yield Finding(
            Outcome.LACKS,
            f"The source says “{restriction.low}”.",
            (Mark(restriction.start, restriction.end),),
        )
    universal = _first(meeting.claim.reading.tokens, english().universal)
    limited = _first(meeting.quote.reading.tokens, english().limited)
    if universal and limited and not _first(meeting.quote.reading.tokens, english().universal):
        yield Finding(
            Outcome.LACKS,
            f"The source says “{limited.low}”, the claim “{universal.low}”.",
            (Mark(limited.start, limited.end),),
        )
    yield from _for_all_time(meeting)


def _for_all_time(meeting: Meeting) -> Iterator[Finding]:
    """What was not seen in a study is not thereby said never to be."""
    timeless = _first(meeting.claim.reading.tokens, english().timeless)
    if timeless and not _first(meeting.quote.reading.tokens, english().timeless):
        yield Finding(Outcome.LACKS, f"The source does not say “{timeless.low}”.")


def _restricted(meeting: Meeting) -> bool:
    """Tell whether the claim too says that it is rare, in any words."""
    rare = [
        turn for turn in meeting.claim.turns for d in turn.directions if d.name == "frequency" and d.sign < 0
    ]
    return bool(rare or meeting.claim.denials) or any(
        token.low in english().restricting for token in meeting.claim.reading.tokens
    )


def _main_clause(meeting: Meeting) -> int:
    """Give the clause of the quote that has most of the claim's words."""
    found: Counter[int] = Counter()
    said = {stem for there in meeting.matches.values() for stem in there}
    for token in meeting.quote.reading.tokens:
        if token.stem in said:
            found[token.clause] += 1
    return max(found, key=lambda clause: found[clause]) if found else -1


def _first(tokens: tuple[Token, ...], words: frozenset[str]) -> Token | None:
    return next((token for token in tokens if token.low in words), None)
