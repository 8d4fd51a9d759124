"""Finds a word that stands in a sentence where its source has another, or none, and all else is the same."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.composing.generative.overstating.wording import any_of, light
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.language import english
from assistant.verification.text.parsing import Parsed
from assistant.verification.text.reading import Token

STRANGE = "The source does not say “{}”."
REPLACED = "The source says “{}”, the sentence “{}”."
# Share of a sentence's words that are the source's very words from which it is the source's own sentence: what it has
# besides is another thing.
SAME_SENTENCE = 0.75

# Whoever they are said of, these are not merely patients.
_PEOPLE = (
    (any_of("women"), any_of("woman women female* girl* mother* pregnan*")),
    (any_of("men"), any_of("man men male males boy* father*")),
    (any_of("volunteer volunteers"), any_of("volunteer* healthy donor*")),
)


def strangers(meeting: Meeting) -> Iterator[Finding]:
    """Tell which words of a sentence are not its source's, if nearly all others are."""
    claim, source = meeting.claim.reading.text, f"{meeting.context.reading.text} {meeting.quote.reading.text}"
    for people, alike in _PEOPLE:
        word = people.search(claim)
        if word and not alike.search(source):
            yield Finding(Outcome.LACKS, STRANGE.format(word.group().lower()))
    if _verbatim(meeting) < SAME_SENTENCE:
        return
    for place, index in enumerate(meeting.claim.content):
        if not _is_strange(meeting, index):
            continue
        token = meeting.claim.reading.tokens[index]
        shown = claim[token.start : token.end]
        replaced = _replaced(meeting, place)
        if replaced:
            yield Finding(
                Outcome.DIFFERS, REPLACED.format(replaced.low, shown), (Mark(replaced.start, replaced.end),)
            )
        else:
            yield Finding(Outcome.LACKS, STRANGE.format(shown))


def _is_strange(meeting: Meeting, index: int) -> bool:
    """Tell whether a source says nothing like a word of a sentence, and the word says something."""
    token = meeting.claim.reading.tokens[index]
    there = {direction for turn in meeting.quote.turns for direction in turn.directions}
    mine = {direction for turn in meeting.claim.turns if turn.index == index for direction in turn.directions}
    # Who says less than the source does not overstate it.
    is_idle = token.stem in english().pale_words or token.low in english().hedges
    is_idle = is_idle or light().fullmatch(token.low) is not None
    return not (is_idle or mine & there or meeting.holds(token.stem))


def _replaced(meeting: Meeting, place: int) -> Token | None:
    """Give the word of a source in whose place a sentence has another: between the same two words."""
    mine, theirs = _stems(meeting.claim), _stems(meeting.quote)
    before, after = mine[place], mine[place + 2]
    for index, (first, _, last) in enumerate(zip(theirs, theirs[1:], theirs[2:], strict=False)):
        token = meeting.quote.reading.tokens[meeting.quote.content[index]]
        if (first, last) == (before, after) and not meeting.mirrored.holds(token.stem):
            return token
    return None


def _stems(parsed: Parsed) -> list[str]:
    """Give the stems of the content words in order, an empty one at either end."""
    return ["", *(parsed.reading.tokens[index].stem for index in parsed.content), ""]


def _verbatim(meeting: Meeting) -> float:
    """Give the share of a sentence's words that its source has in the same form."""
    stems = meeting.claim.content_stems
    return sum(stem in meeting.quote.reading.stems for stem in stems) / len(stems) if stems else 0.0
