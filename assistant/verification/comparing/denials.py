"""Compares what is denied: a claim and a quote must deny the same things, each for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.verification.comparing.meeting import PALE, Meeting
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.denials import VEILING, Denial
from assistant.verification.text.language import english, stem
from assistant.verification.text.parsing import Parsed
from assistant.verification.text.quantity import COUNT, PERCENT, Quantity

# Share of a denied thing's words that the other text must have to speak of it.
SPOKEN_OF = 0.6
# They count none, and the degree that they count follows within so many tokens.
_NOBODY = frozenset({"none", "no", "nobody", "neither"})
_CLOSE = 4
_PREFIXES = ("non", "un")
_SHORTEST_BASE = 4


def compare_denials(meeting: Meeting) -> Iterator[Finding]:
    """Compare each denial of either text with what the other says of the same thing."""
    for denial in meeting.claim.denials:
        yield from _claimed(meeting, denial)
    for denial in meeting.quote.denials:
        yield from _quoted(meeting, denial)
    yield from _none_counted(meeting)
    yield from _prefixed(meeting)


def _claimed(meeting: Meeting, denial: Denial) -> Iterator[Finding]:
    """What the claim denies must be denied by the quote."""
    if not denial.items:
        if not meeting.quote.denials:
            yield Finding(Outcome.LACKS, "The source does not deny this.")
        return
    spoken = [item for item in denial.items if _share_spoken(meeting, meeting.claim, item) >= SPOKEN_OF]
    if not spoken:
        yield Finding(Outcome.LACKS, "The source does not deny this.")
    for item in spoken:
        places = _places(meeting, meeting.claim, item)
        if _any_denied(meeting.quote, places):
            yield Finding(Outcome.AGREES, "", _cue_marks(meeting, places))
        elif _veiled(meeting.quote, places):
            yield Finding(Outcome.LACKS, "The source does not deny it outright.")
        elif _denied_elsewhere(meeting, places):
            yield Finding(Outcome.LACKS, "The source says it of something else.")
        elif not _turned(meeting, item):
            yield Finding(
                Outcome.DIFFERS,
                f"The claim denies what the source says: {_words(meeting.claim, item)}.",
                meeting.marks_of(places),
            )


def _quoted(meeting: Meeting, denial: Denial) -> Iterator[Finding]:
    """What the quote denies must not be said by the claim."""
    mirrored = meeting.mirrored
    for item in denial.items:
        if _share_spoken(mirrored, meeting.quote, item) < SPOKEN_OF:
            continue
        places = _places(mirrored, meeting.quote, item)
        if not places or _any_denied(meeting.claim, places):
            continue
        if _said_besides(meeting, denial, item) or _turned(mirrored, item):
            continue
        marks = meeting.marks_of([denial.cue, *item])
        if _veiled(meeting.claim, places):
            yield Finding(Outcome.LACKS, "The source denies it altogether.", marks)
        else:
            yield Finding(
                Outcome.DIFFERS, f"The source denies this: “{_span(meeting.quote, denial, item)}”.", marks
            )


def _none_counted(meeting: Meeting) -> Iterator[Finding]:
    """What the quote counts none of, "none was grade 4", must not be said by the claim."""
    for denial in meeting.quote.denials:
        if meeting.quote.reading.tokens[denial.cue].low not in _NOBODY:
            continue
        for absent in _counted(meeting.quote, denial):
            alike = [q for q in meeting.quote.quantities if _equal(q, absent)]
            said = [q for q in meeting.claim.quantities if _equal(q, absent)]
            if len(alike) == 1 and said and not meeting.claim.denials:
                cue = meeting.quote.reading.tokens[denial.cue]
                shown = meeting.quote.reading.text[cue.start : absent.end]
                marks = (Mark(cue.start, absent.end),)
                yield Finding(Outcome.DIFFERS, f"The source counts none: “{shown}”.", marks)


def _counted(parsed: Parsed, denial: Denial) -> list[Quantity]:
    """Give the degrees that a text has none of, close behind the word that says so."""
    near = parsed.reading.tokens[denial.cue : denial.cue + _CLOSE]
    return [
        q
        for q in parsed.quantities
        if q.dimension not in {COUNT, PERCENT} and any(token.start == q.start for token in near)
    ]


def _equal(first: Quantity, second: Quantity) -> bool:
    return (first.dimension, first.low, first.high) == (second.dimension, second.low, second.high)


def _share_spoken(meeting: Meeting, parsed: Parsed, item: Sequence[int]) -> float:
    """Give the share of a denied thing, by weight, that the other text has in its own words."""
    total = spoken = 0.0
    pale = english().pale_words
    for index in item:
        token = parsed.reading.tokens[index]
        weight = PALE if token.stem in pale else 1.0
        total += weight
        if meeting.matches.get(token.stem) or token.stem in meeting.abbreviated | meeting.restated:
            spoken += weight
    return spoken / total if total else 0.0


def _places(meeting: Meeting, parsed: Parsed, item: Sequence[int]) -> list[int]:
    """Give where the other text speaks of a denied thing; its weighty words alone, if it has any."""
    pale = english().pale_words
    tokens = [parsed.reading.tokens[index] for index in item]
    weighty = [token for token in tokens if token.stem not in pale] or tokens
    found = [place for token in weighty for place in meeting.aligned(token)]
    if found:
        return found
    others = enumerate(meeting.quote.reading.tokens)
    return [index for index, other in others if other.is_word and other.stem in meeting.mirrored.abbreviated]


def _any_denied(parsed: Parsed, places: Sequence[int]) -> bool:
    return any(place in denial.scope for denial in parsed.denials for place in places)


def _veiled(parsed: Parsed, places: Sequence[int]) -> bool:
    """Tell whether "rarely", "prevents" or their like stands in the same clause."""
    tokens = parsed.reading.tokens
    clauses = {tokens[place].clause for place in places}
    return any(token.low in VEILING and token.clause in clauses for token in tokens)


def _denied_elsewhere(meeting: Meeting, places: Sequence[int]) -> bool:
    """Tell whether the quote says a thing of others: "A had fever; for B the table knows of none"."""
    tokens = meeting.quote.reading.tokens
    here = {tokens[place].clause for place in places}
    named = {name for clause in here for name in _names_in(meeting, clause)}
    denying = {tokens[denial.cue].clause for denial in meeting.quote.denials} - here
    return any(_names_in(meeting, clause) - named for clause in denying)


def _turned(meeting: Meeting, item: Sequence[int]) -> bool:
    """Tell whether an opposite stands in the denied thing: "did not increase" is for the rule of directions."""
    turns = {turn.index for turn in meeting.claim.turns}
    names = {d.name for turn in meeting.claim.turns if turn.index in item for d in turn.directions}
    there = {d.name for turn in meeting.quote.turns for d in turn.directions}
    return bool(turns & set(item)) and bool(names & there)


def _said_besides(meeting: Meeting, denial: Denial, item: Sequence[int]) -> bool:
    """Tell whether the quote also says the thing outside the denial: "CRS in 42 %, but no severe CRS"."""
    tokens, pale = meeting.quote.reading.tokens, english().pale_words
    stems = {tokens[index].stem for index in item} - pale
    elsewhere = {
        tokens[index].clause
        for index in meeting.quote.content
        if tokens[index].stem in stems and not _any_denied(meeting.quote, [index])
    }
    here = _shared_words(meeting, tokens[denial.cue].clause, stems)
    named = _names_in(meeting, tokens[denial.cue].clause)
    return any(
        _shared_words(meeting, clause, stems) >= here and not named - _names_in(meeting, clause)
        for clause in elsewhere
    )


def _names_in(meeting: Meeting, clause: int) -> set[str]:
    """Give the names of the claim that a clause of the quote has: of whom it denies or says something."""
    tokens = [token for token in meeting.quote.reading.tokens if token.clause == clause and token.is_word]
    line = "".join(token.low for token in tokens)
    return {name.key for name in meeting.claim.names if name.key in line}


def _shared_words(meeting: Meeting, clause: int, apart_from: set[str]) -> int:
    """Count what the claim says of its names, in a clause of the quote."""
    tokens = meeting.claim.reading.tokens
    claimed = {tokens[index].stem for index in meeting.said_of_names}
    said = {other for stem_ in claimed for other in meeting.matches[stem_]} - apart_from
    return len({token.stem for token in meeting.quote.reading.tokens if token.clause == clause} & said)


def _prefixed(meeting: Meeting) -> Iterator[Finding]:
    """Compare "untreated" with "treated": the prefix denies."""
    mine = {t.stem: t.low for t in meeting.claim.reading.tokens if t.is_word}
    theirs = {t.stem: (i, t.low) for i, t in enumerate(meeting.quote.reading.tokens) if t.is_word}
    for low in mine.values():
        base = _base(low)
        if base and stem(base) in theirs and stem(low) not in theirs and stem(base) not in mine:
            yield Finding(
                Outcome.DIFFERS,
                f"The source says “{theirs[stem(base)][1]}”, the claim “{low}”.",
                meeting.marks_of([theirs[stem(base)][0]]),
            )
    for index, low in theirs.values():
        base = _base(low)
        if base and stem(base) in mine and stem(low) not in mine and stem(base) not in theirs:
            yield Finding(
                Outcome.DIFFERS,
                f"The source says “{low}”, the claim “{mine[stem(base)]}”.",
                meeting.marks_of([index]),
            )


def _base(low: str) -> str | None:
    for prefix in _PREFIXES:
        if low.startswith(prefix) and len(low) - len(prefix) >= _SHORTEST_BASE:
            return low.removeprefix(prefix)
    return None


def _cue_marks(meeting: Meeting, places: Sequence[int]) -> tuple[Mark, ...]:
    cues = [d.cue for d in meeting.quote.denials if d.scope & set(places)]
    return meeting.marks_of(cues[:1])


def _words(parsed: Parsed, item: Sequence[int]) -> str:
    tokens = parsed.reading.tokens
    return f"“{parsed.reading.text[tokens[item[0]].start : tokens[item[-1]].end]}”"


def _span(parsed: Parsed, denial: Denial, item: Sequence[int]) -> str:
    """Give the denying word with what it denies; of a list, the member alone."""
    tokens, text = parsed.reading.tokens, parsed.reading.text
    cue, first, last = tokens[denial.cue], tokens[item[0]], tokens[item[-1]]
    if denial.cue > item[-1]:
        return text[first.start : cue.end]
    between = text[cue.end : first.start]
    joint = between if between.isspace() else " … "
    return f"{text[cue.start : cue.end]}{joint}{text[first.start : last.end]}"
