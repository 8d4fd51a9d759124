"""Compares what is excluded by "only": "only A and B" is the contrary of "A, B and C"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Outcome
from assistant.verification.text.language import english
from assistant.verification.text.parsing import Parsed

_ONLY = frozenset("only solely exclusively merely sole".split())
_JOINING = frozenset({",", "and", "or", "&"})
_BOTH = frozenset({"both", "all", "each", "every", "either"})
# A member of a list is so many words long at the most.
_LONGEST_MEMBER = 4


def compare_exclusions(meeting: Meeting) -> Iterator[Finding]:
    """Look for a list in the quote that has all that the claim says alone, and more."""
    named = _alone(meeting.claim)
    if not named or any(token.low in _ONLY for token in meeting.quote.reading.tokens):
        return
    said = [meeting.matches.get(meeting.claim.reading.tokens[index].stem, frozenset()) for index in named]
    for members in _lists(meeting.quote):
        stems = [{meeting.quote.reading.tokens[i].stem for i in member} for member in members]
        here = [any(words & member for member in stems) for words in said]
        further = [
            member
            for member, own in zip(members, stems, strict=True)
            if not any(words & own for words in said)
        ]
        if all(here) and further:
            shown = _shown(meeting.quote, further[0])
            yield Finding(Outcome.DIFFERS, f"The source names “{shown}” too.", meeting.marks_of(further[0]))
            return


def _alone(parsed: Parsed) -> list[int]:
    """Give the names that follow "only", up to the first word that is none: "only Kymriah and Yescarta"."""
    tokens = parsed.reading.tokens
    only = next((i for i, token in enumerate(tokens) if token.low in _ONLY), None)
    if only is None:
        return []
    named = []
    for index in range(only + 1, len(tokens)):
        token = tokens[index]
        inside = any(name.start <= token.start < name.end for name in parsed.names)
        if inside:
            named.append(index)
        elif token.low not in _JOINING:
            break
    return named


def _lists(parsed: Parsed) -> Iterator[list[Sequence[int]]]:
    """Give the lists of a text: runs of short members with commas or conjunctions between."""
    tokens, small = parsed.reading.tokens, english().stop_words
    members: list[list[int]] = [[]]
    for index, token in enumerate(tokens):
        if token.low in _JOINING:
            members.append([])
        elif token.is_word and token.low not in small and len(members[-1]) < _LONGEST_MEMBER:
            members[-1].append(index)
        elif token.low not in _BOTH:
            yield [member for member in members if member]
            members = [[]]
    yield [member for member in members if member]


def _shown(parsed: Parsed, member: Sequence[int]) -> str:
    tokens = parsed.reading.tokens
    return parsed.reading.text[tokens[member[0]].start : tokens[member[-1]].end]
