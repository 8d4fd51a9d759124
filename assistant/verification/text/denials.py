"""Finds what a text denies: "no", "not", "without", "failed to", each with the things in its scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.text.language import english
from assistant.verification.text.reading import Reading, Token

# They deny what follows, and these the verb and its subject.
_FORWARD = frozenset(
    "no without lack lacks lacked lacking absence failed fails fail failure nor unable incapable zero instead "
    "rather non".split()
)
_WHOLE = frozenset("not never none neither cannot nobody nothing absent missing unaffected".split())
_NEEDS = {
    "failed": "to", "fails": "to", "fail": "to", "failure": "to", "unable": "to", "absence": "of", "free": "of",
    "incapable": "of", "instead": "of", "rather": "than", "devoid": "of",
}  # fmt: skip
# "A rather than B, C" denies B alone.
_INSTEAD = frozenset({"instead", "rather"})
# "It knows of neither, and …" denies nothing that follows.
_PRONOUNS = frozenset({"neither", "none", "nothing", "nobody"})
# "not only", "no matter", "no doubt", "no. 5": they deny nothing.
_IDLE_AFTER = {
    "no": frozenset({"matter", "doubt", "."}),
    "not": frozenset({"only", "just", "merely", "least"}),
}
# They leave open whether it was so: neither a denial nor the contrary of one.
VEILING = frozenset(
    "rarely rare hardly scarcely seldom barely few little prevent prevents prevented preventing avoid avoids avoided "
    "stop stops stopped cease ceased unlikely abolish abolished eliminate eliminates eliminated overcome risk "
    "against".split()
)
# In a row, each of these denies its own: they do not cancel out.
_SERIAL = frozenset({"no", "nor", "neither", "none", "not", "never", "without"})
# Their scope is a thing, and ends with it.
_NARROW = frozenset("without lack lacks lacked lacking absence free instead rather non".split())
_PREPOSITIONS = frozenset(
    "in with by at on for from during after before to as among between through under above below within when if "
    "because although while than that which who but only".split()
)
_TRANSPARENT = frozenset("true case correct likely shown proven established known evidence proof".split())
_ENDING = _PREPOSITIONS | {"being"}
_FEWEST_ITEMS = 1


@dataclass(frozen=True, slots=True)
class Denial:
    """Something denied.

    Attributes:
        cue: Index of the denying token.
        scope: Indexes of all tokens that it reaches.
        items: What is denied, each by the indexes of its content words; "no A, B or C" has three.
    """

    cue: int
    scope: frozenset[int]
    items: tuple[tuple[int, ...], ...]


def denials(reading: Reading, numeric: frozenset[int]) -> tuple[Denial, ...]:
    """Find what a text denies.

    Args:
        reading: The text.
        numeric: Indexes of tokens inside quantities: the "no" of "no more than 30" denies nothing.
    """
    tokens = reading.tokens
    cues = [index for index in range(len(tokens)) if index not in numeric and _is_cue(tokens, index)]
    found = []
    for place, cue in enumerate(cues):
        following = [
            other for other in cues[place + 1 :] if tokens[other].low in _SERIAL or tokens[other].low == "nor"
        ]
        end = following[0] if following and tokens[cue].low in _SERIAL else len(tokens)
        forward = _forward(tokens, cue, end)
        opening = cue == 0 or not tokens[cue - 1].is_word or (cue == 1 and tokens[0].low == "with")
        if opening or tokens[cue].low in _INSTEAD:
            # "Without A, B does C": an opening phrase ends at its comma, unless it is a list.
            forward = _opening(tokens, cue, forward)
        if tokens[cue].low in _PRONOUNS and cue + 1 < len(tokens) and tokens[cue + 1].low == "of":
            forward = _after_verb(tokens, forward)
        narrow = tokens[cue].low in _NARROW
        thing = tokens[cue].low == "no"
        if thing and forward and tokens[forward[0]].low == "longer":
            # "No longer" denies the verb, as "not" does.
            forward, thing = forward[1:], False
        items = _items(tokens, forward, numeric, until_verb=narrow or thing)
        scope = (
            set(range(cue + 1, _end_of_thing(tokens, items[-1][-1]))) if narrow and items else set(forward)
        )
        if tokens[cue].low in _WHOLE or tokens[cue].low.endswith("n't"):
            subject = _subject(tokens, cue)
            scope |= {i for i in range(cue) if tokens[i].clause == tokens[cue].clause}
            if _says_little(tokens, items):
                items = _items(tokens, subject, numeric) or items
        found.append(Denial(cue, frozenset(scope), items))
    return tuple(found)


def _is_cue(tokens: Sequence[Token], index: int) -> bool:
    low = tokens[index].low
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if low == "free":
        return following in {"of", "from"}
    if low in _NEEDS:
        return following == _NEEDS[low]
    if following in _IDLE_AFTER.get(low, ()):
        return False
    if low == "no" and index + 1 == len(tokens):
        return False
    if low == "without" and [token.low for token in tokens[max(0, index - 2) : index]] == ["with", "or"]:
        return False
    return low in _FORWARD or low in _WHOLE or low.endswith("n't")


def _forward(tokens: Sequence[Token], cue: int, end: int) -> list[int]:
    """Give the tokens after a cue up to the end of its clause."""
    if tokens[cue].low == "non":
        return [cue + 1] if cue + 1 < end else []
    if cue + 1 < end and tokens[cue].low in _PRONOUNS and not tokens[cue + 1].is_word:
        return []
    clause = tokens[cue].clause
    return [index for index in range(cue + 1, end) if tokens[index].clause == clause]


def _after_verb(tokens: Sequence[Token], forward: Sequence[int]) -> list[int]:
    """Leave out of whom something is denied: "neither of the two, A and B, had seen C" denies C."""
    verbs = english().verbs
    verb = next((place for place, index in enumerate(forward) if tokens[index].low in verbs), None)
    return list(forward if verb is None else forward[verb:])


def _end_of_thing(tokens: Sequence[Token], last: int) -> int:
    """Give where a denied thing ends, its abbreviation in brackets included."""
    if last + 1 < len(tokens) and tokens[last + 1].low == "(":
        return next((i for i in range(last + 1, len(tokens)) if tokens[i].low == ")"), last) + 1
    return last + 1


def _opening(tokens: Sequence[Token], cue: int, forward: Sequence[int]) -> list[int]:
    comma = next((place for place, index in enumerate(forward) if tokens[index].low == ","), None)
    # "No A, B or C occurred" and "In X, no A, B or C occurred" are lists and no opening phrases; "With no A, …" is one.
    is_with = cue > 0 and tokens[cue - 1].low == "with"
    if comma is None or tokens[cue].low not in _NARROW | ({"no"} if is_with else set()):
        return list(forward)
    return list(forward[:comma])


def _items(
    tokens: Sequence[Token], indexes: Sequence[int], numeric: frozenset[int], *, until_verb: bool = False
) -> tuple[tuple[int, ...], ...]:
    """Cut what is denied into the members of a list, up to the first preposition or finite verb."""
    small, verbs = english().stop_words, english().verbs
    items: list[list[int]] = [[]]
    bracketed = False
    for index in indexes:
        token = tokens[index]
        if token.low in {"(", "["}:
            bracketed = True
        elif token.low in {")", "]"}:
            bracketed = False
        elif bracketed:
            continue
        elif token.low in {",", "or", "and", "nor"}:
            items.append([])
        elif token.low == "that" and all(tokens[i].low in _TRANSPARENT for item in items for i in item):
            # "It is not true that …" denies what follows.
            items = [[]]
        elif token.low in _ENDING or (token.low in verbs and (until_verb or token.low in small)):
            if any(items):
                break
        elif token.is_word and token.low not in small and index not in numeric and not token.low.isdigit():
            items[-1].append(index)
    return tuple(tuple(item) for item in items if item)


def _subject(tokens: Sequence[Token], cue: int) -> list[int]:
    """Give the tokens before a cue in its clause, up to the first preposition."""
    before = [index for index in range(cue) if tokens[index].clause == tokens[cue].clause]
    for place, index in enumerate(before):
        if tokens[index].low in _PREPOSITIONS and place > _FEWEST_ITEMS:
            return before[:place]
    return before


def _says_little(tokens: Sequence[Token], items: Sequence[Sequence[int]]) -> bool:
    """Tell whether what is denied is a verb such as "seen", which says nothing without its subject."""
    pale = english().pale_words
    return all(tokens[index].stem in pale for item in items for index in item)
