"""Reads which way a sentence says that something goes: killing "was lower", "rose", "was as good as before"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from assistant.verification.text.language import alike, english
from assistant.verification.text.parsing import Parsed, parse
from assistant.verification.text.reading import Token

# The classes of opposites that say how much or how well; "activates" and "approved" are another matter.
_GRADING = frozenset({"amount", "quality", "strength"})
# "killed as well as fresh cells", "did not differ from", "were unaffected".
_UNCHANGED = re.compile(
    r"\b(?:(?:just |about |at least )?as (?:well|good|effective(?:ly)?|efficient(?:ly)?|strong(?:ly)?|potent(?:ly)?"
    r"|long|much|often|high) (?:as|after|when|once|following)|(?:just|about|equally) as \w+"
    r"|(?:did|does|do) not (?:\w+ )?(?:differ|change|decline|decrease|lose)|unaffected|unchanged|unimpaired|intact"
    r"|(?:were|was|is|are) (?:alike|similar|comparable|the same|preserved|maintained|retained|kept)|matched"
    r"|without (?:any )?(?:loss|losing)|no (?:loss|decline|decrease|reduction))\b",
    re.IGNORECASE,
)
# A finding about some of them only: "frozen cells that did keep moving".
_RESTRICTED = re.compile(
    r"\b(?:that|which|who)\s+(?:did|do|does|had|have|remain\w*|still|survived)\b|\bonly\b|\bthose\b"
)
# Forms that do not end in "ed", and comparatives that can stand after "was".
_CHANGED = frozenset(
    "rose fell grew cut cuts lost reduce raises lowers reduces increases decreases improves worsens impairs enhances "
    "boosts raise lower increase decrease improve worsen impair enhance boost".split()
)
_COMPARATIVES = frozenset("higher lower better worse stronger weaker greater smaller larger".split())
_BEING = frozenset("is are was were be been being became become looked remained".split())
_LONGEST_OBJECT = 4
_SHORTEST_OUTCOME = 4
_COMPARED = frozenset(
    "rate ratio level levels amount share number effect fresh normal other control untreated".split()
)
_BOUNDS = frozenset(
    "in on at of with to for from after among by than as between against within during through and or".split()
)


class Way(IntEnum):
    """Which way something goes."""

    DOWN = -1
    UNCHANGED = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that a sentence says goes some way.

    Attributes:
        outcomes: Stems of the words that name what goes.
        causes: Stems of the other content words of its clause, names aside.
        way: Which way, denials reckoned in.
        start: Where the words that say so begin.
        end: Where they end.
    """

    outcomes: tuple[str, ...]
    causes: frozenset[str]
    way: Way
    start: int
    end: int

    def shares(self, other: Effect) -> str | None:
        """Give the outcome that both speak of, by its stem here."""
        return next(
            (mine for mine in self.outcomes if any(alike(mine, theirs) for theirs in other.outcomes)), None
        )


@lru_cache(maxsize=4096)
def effects(text: str) -> tuple[Effect, ...]:
    """Read the effects of a sentence, in order; one about a part of them only has none."""
    if is_restricted(text):
        return ()
    parsed = parse(text)
    return tuple(sorted((*_unchanged(parsed), *_turned(parsed)), key=lambda effect: effect.start))


def is_restricted(text: str) -> bool:
    """Tell whether a sentence says what it says of some only: "frozen cells that did keep moving"."""
    return _RESTRICTED.search(text) is not None


def _unchanged(parsed: Parsed) -> Iterator[Effect]:
    for match in _UNCHANGED.finditer(parsed.reading.text):
        inside = [i for i, t in enumerate(parsed.reading.tokens) if match.start() <= t.start < match.end()]
        if not inside:
            continue
        # "killed as well as": the verb is the outcome; "killing was unaffected": the subject is.
        words = match.group().lower()
        if " as" in words:
            outcomes = _telling(parsed, range(max(0, inside[0] - 2), inside[0]))
        elif words.startswith(("without", "no ")):
            outcomes = _object(parsed, inside[-1])
        else:
            outcomes = ()
        outcomes = outcomes or _subject(parsed, inside[0])
        if outcomes:
            yield Effect(
                outcomes, _causes(parsed, inside[0], outcomes), Way.UNCHANGED, match.start(), match.end()
            )


def _turned(parsed: Parsed) -> Iterator[Effect]:
    same = [match.span() for match in _UNCHANGED.finditer(parsed.reading.text)]
    for turn in parsed.turns:
        graded = [direction for direction in turn.directions if direction.name in _GRADING]
        if not graded or any(start <= turn.token.start < end for start, end in same):
            continue
        outcomes = _outcomes(parsed, turn.index)
        if not outcomes:
            continue
        denied = sum(turn.index in denial.scope for denial in parsed.denials) % 2
        # Not lower is not yet higher.
        way = Way.UNCHANGED if denied else Way(graded[0].sign)
        yield Effect(outcomes, _causes(parsed, turn.index, outcomes), way, turn.token.start, turn.token.end)


def _outcomes(parsed: Parsed, index: int) -> tuple[str, ...]:
    """Find what a word of change is said of: the object of "raised", the subject of "was lower" and of "fell"."""
    tokens = parsed.reading.tokens
    token, before = tokens[index], tokens[index - 1].low if index else ""
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if token.low in _COMPARATIVES and before in _BEING:
        return _subject(parsed, index)
    if (
        not (token.low in _CHANGED or token.low.endswith("ed"))
        or following == "out"
        or _is_adjective(parsed, index)
    ):
        return ()
    if before in _BEING:
        return _subject(parsed, index)
    return _object(parsed, index) or _subject(parsed, index)


def _is_adjective(parsed: Parsed, index: int) -> bool:
    """Tell "expanded cells" and "particle-expanded cells" from "raised killing"."""
    token, text = parsed.reading.tokens[index], parsed.reading.text
    if token.low in _CHANGED:
        return False
    before = parsed.reading.tokens[index - 1].low if index else ""
    return (
        text[max(0, token.start - 1) : token.start] == "-"
        or index == 0
        or before in _BOUNDS | {"the", "a", "an"}
    )


def _object(parsed: Parsed, index: int) -> tuple[str, ...]:
    tokens = parsed.reading.tokens
    reach: list[int] = []
    for place in range(index + 1, min(len(tokens), index + 1 + 2 * _LONGEST_OBJECT)):
        if not tokens[place].is_word or (
            tokens[place].low in _BOUNDS and not (tokens[place].low == "of" and reach)
        ):
            break
        reach.append(place)
    # "raised the amount of EGFR": where no word names the outcome, a name does.
    return _telling(parsed, reach) or _telling(parsed, reach, names=True)


def _subject(parsed: Parsed, index: int) -> tuple[str, ...]:
    """Give what the clause opens with, up to the first preposition."""
    tokens = parsed.reading.tokens
    clause = [i for i in range(index) if tokens[i].clause == tokens[index].clause]
    commas = [i for i in clause if tokens[i].low == ","]
    clause = [i for i in clause if not commas or i > commas[-1]]
    opening = next((i for i in clause if tokens[i].low in _BOUNDS), index)
    return _telling(parsed, [i for i in clause if i < opening])


def _causes(parsed: Parsed, index: int, outcomes: Sequence[str]) -> frozenset[str]:
    """Give what else the clause speaks of; which way it goes brings nothing about."""
    tokens, turns = parsed.reading.tokens, {turn.index for turn in parsed.turns}
    places = [i for i in range(len(tokens)) if tokens[i].clause == tokens[index].clause and i not in turns]
    return frozenset(_telling(parsed, places)) - set(outcomes)


def _telling(parsed: Parsed, places: Sequence[int], *, names: bool = False) -> tuple[str, ...]:
    """Keep the words that can name an outcome: no pale words, and names only if asked for."""
    tokens, content = parsed.reading.tokens, set(parsed.content)
    named = [] if names else [(name.start, name.end) for name in parsed.names]
    return tuple(
        dict.fromkeys(
            tokens[i].stem
            for i in places
            if i in content
            and not any(start <= tokens[i].start < end for start, end in named)
            and _can_be_outcome(tokens[i])
        )
    )


def _can_be_outcome(token: Token) -> bool:
    pale = token.stem in english().pale_words or token.low in _COMPARED | _BEING
    return not pale and token.low.isalpha() and len(token.low) >= _SHORTEST_OUTCOME
