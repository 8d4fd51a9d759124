"""Points at the words in which a claim and a quote that speaks against it differ, one kind of difference at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import DivergenceKind
from assistant.verification import Evidence, Mark
from assistant.verification.comparing.denials import compare_denials
from assistant.verification.comparing.directions import compare_directions
from assistant.verification.comparing.exclusions import compare_exclusions
from assistant.verification.comparing.meeting import Meeting, Weight
from assistant.verification.comparing.names import compare_names
from assistant.verification.comparing.places import compare_places
from assistant.verification.comparing.quantities import compare_each
from assistant.verification.comparing.roles import compare_roles
from assistant.verification.judgement import Finding, Outcome
from assistant.verification.text.parsing import Parsed, parse

_Comparing = Callable[[Meeting], Iterator[Finding]]
# What has only the words of one text to show, is found in the other from its side.
_COMPARED: tuple[tuple[DivergenceKind, tuple[_Comparing, ...]], ...] = (
    (DivergenceKind.NEGATION, (compare_denials, compare_exclusions)),
    (DivergenceKind.DIRECTION, (compare_directions, compare_roles)),
    (DivergenceKind.NAME, (compare_names, compare_places)),
)


@dataclass(frozen=True, slots=True)
class Diverging:
    """Words of a claim, and those of a quote that stand against them.

    Attributes:
        kind: In what they differ.
        claim: Ranges of the claim's characters; empty where nothing in it is to blame, as where it leaves a "not" out.
        quote: Ranges of the quote's characters, as it was read.
    """

    kind: DivergenceKind
    claim: tuple[Mark, ...]
    quote: tuple[Mark, ...]


def diverging(
    claim: str, quote: Evidence, weight: Weight | None, synonyms: Mapping[str, Sequence[str]] | None
) -> Iterator[Diverging]:
    """Compare a claim and a quote by the rules of the verifier, from either side.

    Args:
        claim: What is said.
        quote: What speaks against it.
        weight: As for `judge`.
        synonyms: As for `judge`.
    """
    meeting = Meeting(parse(claim), parse(quote.text), parse(quote.context), weight, synonyms)
    yield from _numbers(meeting)
    for kind, comparing in _COMPARED:
        there = _marks(finding for compare in comparing for finding in compare(meeting))
        if there:
            here = _marks(finding for compare in comparing for finding in compare(meeting.mirrored))
            found = Diverging(kind, here, there)
            yield _denied(meeting, found) if kind is DivergenceKind.DIRECTION else found


def _numbers(meeting: Meeting) -> Iterator[Diverging]:
    """Set each number of the claim against the one that stands in its place.

    Of two that stand against the same one, that which the quote does not have at all is it.
    """
    there = {(other.low, other.high) for other in meeting.quote.quantities}
    differing = [pair for pair in compare_each(meeting) if pair[1].outcome is Outcome.DIFFERS]
    against: dict[tuple[Mark, ...], Mark] = {}
    for quantity, finding in sorted(differing, key=lambda pair: (pair[0].low, pair[0].high) in there):
        against.setdefault(finding.marks, Mark(quantity.start, quantity.end))
    for theirs, mine in sorted(against.items(), key=lambda pair: pair[1]):
        yield Diverging(DivergenceKind.NUMBER, (mine,), theirs)


def _denied(meeting: Meeting, found: Diverging) -> Diverging:
    """Point at the "not" of a word that only one of the two denies."""
    mine, theirs = _cues(meeting.claim, found.claim), _cues(meeting.quote, found.quote)
    if bool(mine) is bool(theirs):
        return found
    claim, quote = ({*found.claim, *mine}, {*found.quote, *theirs})
    return Diverging(DivergenceKind.NEGATION, tuple(sorted(claim)), tuple(sorted(quote)))


def _cues(parsed: Parsed, marks: Sequence[Mark]) -> list[Mark]:
    """Give the words that deny what is marked."""
    tokens = parsed.reading.tokens
    places = {place for place, token in enumerate(tokens) if any(mark.start == token.start for mark in marks)}
    cues = [tokens[denial.cue] for denial in parsed.denials if denial.scope & places]
    return [Mark(cue.start, cue.end) for cue in cues]


def _marks(findings: Iterator[Finding]) -> tuple[Mark, ...]:
    return tuple(
        sorted({mark for finding in findings if finding.outcome is Outcome.DIFFERS for mark in finding.marks})
    )
