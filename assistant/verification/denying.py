"""Tells whether a quote denies what somebody takes for granted, who may say it in quite other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.verification.aligning import align
from assistant.verification.comparing.denials import compare_denials
from assistant.verification.comparing.directions import compare_directions
from assistant.verification.comparing.exclusions import compare_exclusions
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.comparing.names import compare_names
from assistant.verification.comparing.roles import compare_roles
from assistant.verification.judgement import Evidence, Finding, Outcome
from assistant.verification.text.parsing import parse

# Share of what is taken for granted, by weight, that a quote must speak of to deny it; more of what is itself a denial,
# which nearly every sentence on the same thing seems to contradict.
SPEAKING = 0.6
SPEAKING_OF_A_DENIAL = 0.85
# Two opposites are about one thing if so much of what stands around them agrees: the words of a question are few.
SAME_THING = 0.05


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a quote bears on what is taken for granted.

    Attributes:
        coverage: Share of it, by weight, that the quote speaks of.
        reasons: Why the quote denies it, in short sentences for the reader; none if it does not.
    """

    coverage: float
    reasons: tuple[str, ...]


def bearing(
    presumed: str,
    quote: Evidence,
    synonyms: Mapping[str, Sequence[str]] | None = None,
    *,
    outright: bool = False,
) -> Bearing:
    """Tell whether a quote denies what is taken for granted.

    Numbers are left out: those of a question are often another's, "7 of 10", "day 30 to day 100".

    Args:
        presumed: What is taken for granted, as a clause.
        quote: A sentence that speaks of the same thing.
        synonyms: Long forms by their abbreviation.
        outright: Only "not", "none" and "only" deny it; the contrary of something else does not.
    """
    meeting = Meeting(parse(presumed), parse(quote.text), parse(quote.context), None, synonyms)
    enough = SPEAKING_OF_A_DENIAL if meeting.claim.denials else SPEAKING
    if meeting.coverage < enough or any(f.outcome is Outcome.DIFFERS for f in compare_names(meeting)):
        return Bearing(meeting.coverage, ())
    reasons = tuple(f.reason for f in _findings(meeting, outright=outright) if f.outcome is Outcome.DIFFERS)
    if reasons and align(presumed, quote, None, synonyms).verdict is Verdict.SUPPORTED:
        return Bearing(meeting.coverage, ())
    return Bearing(meeting.coverage, reasons)


def _findings(meeting: Meeting, *, outright: bool) -> Iterator[Finding]:
    first = next(iter(meeting.quote.reading.tokens), None)
    # "Without A, B does C" tells of a case, and denies nothing.
    if first is None or first.low != "without":
        yield from compare_denials(meeting)
    yield from compare_exclusions(meeting)
    if not outright:
        yield from compare_directions(meeting, same_thing=SAME_THING, outright=True)
        yield from compare_roles(meeting)
