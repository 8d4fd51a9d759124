"""Compares names and codes: the quote must have those of the claim, and not others in their place."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.language import stem
from assistant.verification.text.names import Name, has_name
from assistant.verification.text.parsing import Parsed


def compare_names(meeting: Meeting) -> Iterator[Finding]:
    """Look for each name of the claim in the quote and in what the quote stands under."""
    seen: set[str] = set()
    for name in meeting.claim.names:
        if name.key in seen:
            continue
        seen.add(name.key)
        if has_name(meeting.quote.reading, name.key) or _spelt_out(meeting, name):
            yield Finding(Outcome.AGREES)
        elif rival := _rival(meeting, name):
            yield Finding(
                Outcome.DIFFERS,
                f"The source speaks of {rival.shown}, the claim of {name.shown}.",
                (Mark(rival.start, rival.end),),
            )
        elif has_name(meeting.context.reading, name.key):
            yield Finding(Outcome.AGREES)
        else:
            yield Finding(Outcome.LACKS, f"The source does not mention {name.shown}.")


def _spelt_out(meeting: Meeting, name: Name) -> bool:
    """Tell whether the quote has the long form of an abbreviation."""
    own = stem(name.key)
    if own in meeting.abbreviated:
        return True
    if not name.shown.isupper() or not name.shown.isalpha():
        return False
    words = [token.low for token in meeting.quote.reading.tokens if token.is_word]
    letters = name.key
    return any(
        "".join(word[0] for word in words[first : first + len(letters)]) == letters
        for first in range(len(words) - len(letters) + 1)
    )


def _rival(meeting: Meeting, name: Name) -> Name | None:
    """Find a name of the quote that stands where the claim has this one: of its family, or between the same words."""
    claimed = {other.key for other in meeting.claim.names}
    short_forms = {short for short, _ in meeting.quote.abbreviations}
    rivals = [
        other
        for other in meeting.quote.names
        if other.key not in claimed
        and not has_name(meeting.claim.reading, other.key)
        and stem(other.key) not in short_forms
        and other.proper == name.proper
    ]
    for rival in rivals:
        if name.family and rival.family == name.family and not rival.key.startswith(name.key):
            return rival
    return next((rival for rival in rivals if _in_place(meeting, name, rival)), None)


def _in_place(meeting: Meeting, name: Name, rival: Name) -> bool:
    """Tell whether the words beside two names are the same; both may end their sentence."""
    mine, theirs = _beside(meeting.claim, name), _beside(meeting.quote, rival)
    before = bool(mine[0]) and mine[0] == theirs[0]
    return before and mine[1] == theirs[1]


def _beside(parsed: Parsed, name: Name) -> tuple[str, str]:
    tokens = [token for token in parsed.reading.tokens if token.is_word]
    before = [token.stem for token in tokens if token.end <= name.start]
    after = [token.stem for token in tokens if token.start >= name.end]
    return before[-1] if before else "", after[0] if after else ""
