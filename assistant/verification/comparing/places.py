"""Compares words place by place: in an otherwise equal stretch, another noun is another thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Outcome
from assistant.verification.text.language import alike, is_general
from assistant.verification.text.names import has_name
from assistant.verification.text.parsing import Parsed
from assistant.verification.text.reading import Token

# So many neighbouring words are looked at on either side, and so many of them must be the same in all.
FARTHEST = 3
SAME_NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: its place among the words, and whether it says what the text is about."""

    token: Token
    shown: str
    index: int
    content: bool

    @property
    def is_code(self) -> bool:
        """Whether it is written as a name is: "NK", "CD19", "T"."""
        return self.shown.isupper() or any(c.isupper() or c.isdigit() for c in self.shown[1:])


def compare_places(meeting: Meeting) -> Iterator[Finding]:
    """Look for words of the claim in whose place the quote has others: "T cells kill" is not "NK cells kill"."""
    mine, theirs = _words(meeting.claim), _words(meeting.quote)
    after = _by_neighbour(theirs, -1)
    before = _by_neighbour(theirs, 1)
    # A name that the quote lacks altogether is for the rule of names.
    lacking = [name for name in meeting.claim.names if not has_name(meeting.quote.reading, name.key)]
    for place, word in enumerate(mine):
        if any(name.start <= word.token.start < name.end for name in lacking):
            continue
        if not word.content or (is_general(word.token.low, word.token.stem) and not word.is_code):
            continue
        near = _near(meeting, after, mine[place - 1]) if place else _near(meeting, before, *mine[1:2])
        here = [other for other in near if _same_place(mine, place, theirs, other)]
        if any(_same(meeting, word, theirs[other]) for other in here):
            continue
        for other in (theirs[i] for i in here):
            if (
                not other.content
                or _is_there(other, mine, theirs)
                or is_general(other.token.low, other.token.stem)
            ):
                continue
            named = word.is_code and other.is_code
            yield Finding(
                Outcome.DIFFERS if named else Outcome.LACKS,
                f"The source speaks of {other.shown} here, the claim of {word.shown}.",
                meeting.marks_of([other.index]),
            )
            break


def _words(parsed: Parsed) -> list[_Word]:
    text, content = parsed.reading.text, set(parsed.content)
    return [
        _Word(token, text[token.start : token.end], index, index in content)
        for index, token in enumerate(parsed.reading.tokens)
        if token.is_word
    ]


def _by_neighbour(words: Sequence[_Word], step: int) -> Mapping[str, list[int]]:
    """Give the places of words by the stem of the word beside them."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place in range(len(words)):
        if 0 <= place + step < len(words):
            found[words[place + step].token.stem].append(place)
    return found


def _near(meeting: Meeting, places: Mapping[str, list[int]], *beside: _Word) -> list[int]:
    """Give the places of the quote beside a word that says the same as a word of the claim; its beginning always."""
    stems = {s for word in beside for s in (word.token.stem, *meeting.matches.get(word.token.stem, ()))}
    return list(dict.fromkeys([0, *(place for stem_ in stems for place in places.get(stem_, ()))]))


def _same_place(mine: Sequence[_Word], place: int, theirs: Sequence[_Word], other: int) -> bool:
    """Tell whether the words on both sides are the same; a text may end on one of them."""
    left = _shared(mine[:place][::-1][:FARTHEST], theirs[:other][::-1][:FARTHEST])
    if not left and place and other:
        return False
    right = _shared(mine[place + 1 :][:FARTHEST], theirs[other + 1 :][:FARTHEST])
    if not right and place + 1 < len(mine) and other + 1 < len(theirs):
        return False
    return len(left) + len(right) >= SAME_NEIGHBOURS and any(word.content for word in (*left, *right))


def _shared(mine: Sequence[_Word], theirs: Sequence[_Word]) -> list[_Word]:
    """Give the words that are the same from the first on."""
    shared = []
    for word, other in zip(mine, theirs, strict=False):
        if word.token.low != other.token.low and not alike(word.token.stem, other.token.stem):
            break
        shared.append(word)
    return shared


def _same(meeting: Meeting, word: _Word, other: _Word) -> bool:
    said = meeting.matches.get(word.token.stem, frozenset())
    return other.token.stem in said or word.token.stem in meeting.abbreviated


def _is_there(other: _Word, mine: Sequence[_Word], theirs: Sequence[_Word]) -> bool:
    """Tell whether the claim has a word of the quote as often, if in other places."""
    stem_ = other.token.stem
    return sum(w.token.stem == stem_ for w in mine) >= sum(w.token.stem == stem_ for w in theirs)
