"""Compares opposites: "higher" against "lower", with what is denied and who is compared with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Outcome
from assistant.verification.text.parsing import Parsed, Turn

# Words around an opposite must agree this far for two of them to be about one thing.
SAME_THING = 0.34
SAME_THING_COVERED = 0.2
COVERED = 0.7
# A word that agrees is another thing's if its opposite stands among the claim's words instead (-1: all of them).
ANOTHER_PLACE = -0.12
# Two words stand in the same place if so much of what is around them is the same; a word of the quote is that of
# another word of the claim if it is by so much more like it.
IN_PLACE = 0.85
ANOTHERS = 0.2
EXCHANGED = 0.1
# An object stands within so many tokens of its verb.
OBJECT = 6
_THAN = frozenset({"than", "versus", "vs"})
_COMPARED = frozenset({"compared", "relative"})
_LONGEST_SIDE = 7


def compare_directions(
    meeting: Meeting, *, same_thing: float | None = None, outright: bool = False
) -> Iterator[Finding]:
    """Look for each word with an opposite in the quote: the same way or the other.

    Args:
        meeting: Claim and quote.
        same_thing: How far the words around two opposites must agree; more the less of the claim the quote has, if
            left out.
        outright: Only a quote that has nothing of the claim's way is held against it.
    """
    swapped = _sides_swapped(meeting)
    least = same_thing or (SAME_THING_COVERED if meeting.coverage >= COVERED else SAME_THING)
    for turn in meeting.claim.turns:
        found = _compared(meeting, turn, least, swapped=swapped)
        if found is not None and not (outright and _has_its_way(meeting, turn)):
            yield found


def _has_its_way(meeting: Meeting, turn: Turn) -> bool:
    signs = (_signs(meeting, turn, other) for other in meeting.quote.turns)
    return any(pair is not None and pair[0] == pair[1] for pair in signs)


def _compared(meeting: Meeting, turn: Turn, least: float, *, swapped: bool) -> Finding | None:
    near = meeting.claim.around(turn.index, turn.index, denials=False)
    agreeing: list[tuple[float, Turn]] = []
    opposing: list[tuple[float, Turn]] = []
    for other in meeting.quote.turns:
        signs = _signs(meeting, turn, other)
        if signs is None:
            continue
        mine, theirs = signs
        score = meeting.nearness(near, meeting.quote.around(other.index, other.index, denials=False))
        (agreeing if (mine == theirs) is not swapped else opposing).append((score, other))
    if not opposing:
        return (
            Finding(Outcome.AGREES, "", meeting.marks_of([o.index for _, o in agreeing[:1]]))
            if agreeing
            else None
        )
    agreeing = [(score, other) for score, other in agreeing if not _taken(meeting, turn, other)]
    if any(_likeness(meeting, turn, other) >= IN_PLACE for _, other in agreeing):
        return Finding(Outcome.AGREES)
    score, worst = max(opposing, key=lambda pair: pair[0])
    if agreeing and not _exchanged(meeting, turn, [other for _, other in agreeing], worst):
        return Finding(Outcome.AGREES)
    if any(_prefers(meeting, near, other, worst) >= ANOTHER_PLACE for _, other in agreeing):
        return Finding(Outcome.AGREES)
    if score < least:
        return Finding(Outcome.LACKS, f"The source does not say “{turn.shown}” of this.")
    return _opposed(meeting, turn, worst, swapped=swapped)


def _opposed(meeting: Meeting, turn: Turn, worst: Turn, *, swapped: bool) -> Finding:
    """Say how a word of the quote is opposed to one of the claim."""
    marks = meeting.marks_of([worst.index])
    if worst.token.stem == turn.token.stem and swapped:
        return Finding(Outcome.DIFFERS, "The source compares the two the other way round.", marks)
    if _raw(turn, worst) and _denies_another(meeting, turn):
        return Finding(Outcome.LACKS, "The source does not deny this.")
    if _raw(turn, worst):
        denier = (
            "claim denies what the source"
            if _denied(meeting.claim, turn.index)
            else "source denies what the claim"
        )
        return Finding(Outcome.DIFFERS, f"The {denier} says: “{worst.shown}”.", marks)
    return Finding(Outcome.DIFFERS, f"The source says “{worst.shown}”, the claim “{turn.shown}”.", marks)


def _taken(meeting: Meeting, turn: Turn, other: Turn) -> bool:
    """Tell whether a word of the quote stands where the claim has the same word a second time."""
    own = _likeness(meeting, turn, other)
    return any(
        mine is not turn
        and mine.token.stem == turn.token.stem
        and _likeness(meeting, mine, other) >= own + ANOTHERS
        for mine in meeting.claim.turns
    )


def _exchanged(meeting: Meeting, turn: Turn, agreeing: Sequence[Turn], worst: Turn) -> bool:
    """Tell whether a claim that has both of two opposites has each in the other's place; true if it has but one."""
    gain, alone = _likeness(meeting, turn, worst) - _nearest(meeting, turn, agreeing), True
    for mine in meeting.claim.turns:
        denied = _denied(meeting.claim, mine.index) == _denied(meeting.quote, worst.index)
        if mine is not turn and mine.token.stem == worst.token.stem and denied:
            gain += _nearest(meeting, mine, agreeing) - _likeness(meeting, mine, worst)
            alone = False
    return alone or gain > EXCHANGED


def _nearest(meeting: Meeting, turn: Turn, others: Sequence[Turn]) -> float:
    return max(_likeness(meeting, turn, other) for other in others)


def _likeness(meeting: Meeting, turn: Turn, other: Turn) -> float:
    return meeting.likeness(
        meeting.claim.around(turn.index, turn.index, denials=False),
        meeting.quote.around(other.index, other.index, denials=False),
    )


def _prefers(meeting: Meeting, near: Mapping[str, float], other: Turn, worst: Turn) -> float:
    """Tell which of two words the claim means; in "A raises B and lowers C" the subject is that of both."""
    first = min(other.index, worst.index)
    before = {token.stem for token in meeting.quote.reading.tokens[:first]}
    after = {token.stem for token in meeting.quote.reading.tokens[first:]}
    around = [
        {
            stem: weight
            for stem, weight in meeting.quote.around(
                turn.index, turn.index, denials=False, farthest=OBJECT
            ).items()
            if stem in after or stem not in before
        }
        for turn in (other, worst)
    ]
    return meeting.preference(near, around[0], around[1])


def _raw(turn: Turn, other: Turn) -> bool:
    """Tell whether two words point the same way before anything is denied."""
    return bool(set(turn.directions) & set(other.directions))


def _denies_another(meeting: Meeting, turn: Turn) -> bool:
    """Tell whether what the claim denies is another thing: "without earlier exposure" beside "earlier surgery"."""
    tokens = meeting.claim.reading.tokens
    items = [item for denial in meeting.claim.denials for item in denial.items if turn.index in item]
    others = [tokens[index].stem for item in items for index in item if index != turn.index]
    return bool(others) and not any(meeting.matches.get(stem_) for stem_ in others)


def _signs(meeting: Meeting, turn: Turn, other: Turn) -> tuple[int, int] | None:
    """Give which way the two point, denials reckoned in; None if they are no opposites of one kind."""
    theirs = {direction.name: direction.sign for direction in other.directions}
    shared = [
        (direction.sign, theirs[direction.name]) for direction in turn.directions if direction.name in theirs
    ]
    if not shared:
        return None
    mine_denied = _denied(meeting.claim, turn.index)
    their_denied = _denied(meeting.quote, other.index)
    # Of a word with several meanings the one in which the two agree is meant.
    mine, their = next((pair for pair in shared if pair[0] == pair[1]), shared[0])
    if mine_denied != their_denied and mine == their and not _in_items(meeting, turn, other):
        return mine, their
    return mine * (-1 if mine_denied else 1), their * (-1 if their_denied else 1)


def _in_items(meeting: Meeting, turn: Turn, other: Turn) -> bool:
    """Tell whether one of the two stands in what is denied, and not merely beside it."""
    return any(turn.index in item for denial in meeting.claim.denials for item in denial.items) or any(
        other.index in item for denial in meeting.quote.denials for item in denial.items
    )


def _denied(parsed: Parsed, index: int) -> bool:
    return sum(index in denial.scope for denial in parsed.denials) % 2 == 1


def _sides_swapped(meeting: Meeting) -> bool:
    """Tell whether the claim compares B with A where the quote compares A with B."""
    mine, theirs = _sides(meeting.claim), _sides(meeting.quote)
    if mine is None or theirs is None:
        return False

    def shared(first: Mapping[str, float], second: Mapping[str, float]) -> float:
        return sum(
            min(weight, max((second.get(o, 0.0) for o in meeting.matches.get(stem, ())), default=0.0))
            for stem, weight in first.items()
        )

    straight = shared(mine[1], theirs[1])
    crossed = shared(mine[0], theirs[1]) + shared(mine[1], theirs[0])
    return crossed > straight


def _sides(parsed: Parsed) -> tuple[Mapping[str, float], Mapping[str, float]] | None:
    """Give the words that only one side of a comparison has: what is compared, and with what."""
    tokens = parsed.reading.tokens
    for index, token in enumerate(tokens):
        pair = index + 1 < len(tokens) and token.low in _COMPARED and tokens[index + 1].low in {"to", "with"}
        if not (token.low in _THAN or pair) or index in parsed.numeric:
            continue
        begin = index + (2 if pair else 1)
        right: list[int] = []
        for position in range(begin, min(len(tokens), begin + _LONGEST_SIDE)):
            if not tokens[position].is_word:
                break
            right.append(position)
        left = [i for i in parsed.content if i < index] or [
            i for i in parsed.content if i > max(right, default=index)
        ]
        # "safer" in "A is safer than B" belongs to neither.
        before = [turn for turn in parsed.turns if turn.index < index]
        degrees = [turn for turn in before if turn.token.low.endswith("er")] or before
        head = degrees[-1].index if degrees else -1
        lefts = {tokens[i].stem for i in left if i != head}
        rights = {tokens[i].stem for i in right if i in set(parsed.content)}
        if lefts - rights and rights - lefts:
            return dict.fromkeys(lefts - rights, 1.0), dict.fromkeys(rights - lefts, 1.0)
    return None
