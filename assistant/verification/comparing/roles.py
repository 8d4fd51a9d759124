"""Compares who outdoes whom: "A beats B" is the contrary of "B beats A", though all words are the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Outcome
from assistant.verification.text.language import english
from assistant.verification.text.parsing import Parsed

# What is outdone ends here: "in mice", "by far", "when frozen".
_AFTER = frozenset(
    "in by with at on for from during after before to as among between through under within when if because "
    "although while than that which who but".split()
)


@dataclass(frozen=True, slots=True)
class _Contest:
    """One thing that outdoes another: the stems of all that stands on the winner's side, and of the loser itself."""

    verb: int
    winner: frozenset[str]
    loser: frozenset[str]


def compare_roles(meeting: Meeting) -> Iterator[Finding]:
    """Tell if the quote has the winner of the claim as loser."""
    mine, theirs = _contest(meeting.claim), _contest(meeting.quote)
    if mine is None or theirs is None:
        return
    beaten = theirs.loser - theirs.winner
    if _says(meeting, mine.winner - mine.loser, beaten) and not _says(
        meeting, mine.loser - mine.winner, beaten
    ):
        marks = meeting.marks_of([theirs.verb])
        yield Finding(Outcome.DIFFERS, "The source says it the other way round.", marks)


def _says(meeting: Meeting, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(meeting.matches.get(stem, frozenset()) & theirs for stem in mine)


def _contest(parsed: Parsed) -> _Contest | None:
    """Find the first verb by which one thing outdoes another, unless it is denied."""
    tokens, known = parsed.reading.tokens, english().surpassing
    verb = next((i for i, token in enumerate(tokens) if token.low in known), None)
    if verb is None or any(verb in denial.scope for denial in parsed.denials):
        return None
    passive = verb + 1 < len(tokens) and tokens[verb + 1].low == "by"
    begin = verb + 2 if passive else verb + 1
    end = next(
        (i for i in range(begin, len(tokens)) if not tokens[i].is_word or tokens[i].low in _AFTER),
        len(tokens),
    )
    clause = tokens[verb].clause
    before = frozenset(tokens[i].stem for i in parsed.content if i < verb and tokens[i].clause == clause)
    after = frozenset(tokens[i].stem for i in parsed.content if begin <= i < end)
    if not before or not after:
        return None
    return _Contest(verb, after, before) if passive else _Contest(verb, before, after)
