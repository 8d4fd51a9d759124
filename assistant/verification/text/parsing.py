"""A text with everything that the rules compare: its content words, quantities, denials, opposites and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.thesaurus import plain_words
from assistant.verification.text.abbreviations import abbreviations
from assistant.verification.text.denials import Denial, denials
from assistant.verification.text.language import Direction, english
from assistant.verification.text.names import Name, names
from assistant.verification.text.quantities import quantities
from assistant.verification.text.quantity import Quantity
from assistant.verification.text.reading import Reading, Token, read

# How far a word is heard: at this distance it counts half.
HALVING_DISTANCE = 3.0
FARTHEST = 12
# A word counts less beyond another number, comma or conjunction.
BEYOND = 0.4
# Marks a stem that is denied: "without rituximab" is no place of rituximab.
DENIED = "¬"
# "less safe" is the opposite of "safer".
_LESSENING = frozenset({"less", "least"})
_DEGREES = _LESSENING | {"more", "most"}
# "Smith and colleagues", "Smith and his team", "Smith's group": what "et al." says.
_COMPANY = re.compile(
    r"(?<=[a-z])(?:\s(?:and|&)\s(?:(?:his|her|their|the)\s)?|['’]s\s)"
    r"(?:research\s|study\s)?(?:colleagues|co-?workers|collaborators|co-?authors|associates|team|group|others)\b"
)
_PAIR = 2
# The "out" of "leave … out" stands within so many tokens.
_SECOND_WORD = 4
_LONGEST_MEMBER = 3
_PARTING = frozenset({",", ";", "and", "but", "while", "whereas", "against", "versus", "(", ")"})


@dataclass(frozen=True, slots=True)
class Turn:
    """A word that has an opposite: "higher", "inhibits", "leave … out".

    Attributes:
        index: Where it stands.
        token: It, or the first of two.
        directions: Which way it points, in each of its meanings.
        second: The second of two, in lower case.
    """

    index: int
    token: Token
    directions: tuple[Direction, ...]
    second: str = ""

    @property
    def shown(self) -> str:
        """It as a reason shows it."""
        return f"{self.token.low} … {self.second}" if self.second else self.token.low


@dataclass(frozen=True, eq=False)
class Parsed:
    """A text, read and taken apart."""

    reading: Reading

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities, in order."""
        return quantities(self.reading.text)

    @cached_property
    def content(self) -> tuple[int, ...]:
        """Indexes of the tokens that say what the text is about: no small words, no numbers."""
        small, numeric = english().stop_words, self.numeric
        cues = {denial.cue for denial in self.denials}
        return tuple(
            index
            for index, token in enumerate(self.reading.tokens)
            if token.is_word
            and index not in numeric
            and index not in cues
            and index not in self._company
            and not token.low.isdigit()
            and (token.low not in small or self._is_capital(index))
        )

    @cached_property
    def _company(self) -> frozenset[int]:
        """Indexes of the tokens that stand for "et al."."""
        spans = [match.span() for match in _COMPANY.finditer(self.reading.text)]
        return frozenset(
            index
            for index, token in enumerate(self.reading.tokens)
            if any(start <= token.start < end for start, end in spans)
        )

    def _is_capital(self, index: int) -> bool:
        """Tell whether a small word is a name after all: "drug A", not "A drug"."""
        token = self.reading.tokens[index]
        return (
            index > 0
            and self.reading.text[token.start : token.end].isupper()
            and not self.reading.text.isupper()
        )

    @cached_property
    def content_stems(self) -> tuple[str, ...]:
        """Stems of the content words, each once, in order."""
        return tuple(dict.fromkeys(self.reading.tokens[index].stem for index in self.content))

    @cached_property
    def phrases(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """The phrases that a paper may say otherwise, as stems, each with what it may say in several words."""
        return tuple(
            (phrase, others)
            for _, phrase in plain_words().phrases_in([t.stem for t in self.reading.tokens if t.is_word])
            if (
                others := tuple(
                    " ".join(other)
                    for other in plain_words().alternatives[phrase]
                    if len(other) > 1 or len(phrase) > 1
                )
            )
        )

    @cached_property
    def denials(self) -> tuple[Denial, ...]:
        """What the text denies."""
        return denials(self.reading, self.numeric)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The words with opposites, those of "at least" and "more than 30" left out."""
        known, numeric, tokens = english().directions, self.numeric, self.reading.tokens
        found = []
        for index, token in enumerate(tokens):
            following = tokens[index + 1].stem if index + 1 < len(tokens) else ""
            second, directions = self._phrasal(index)
            directions = directions or known.get(token.stem, ())
            if not directions or index in numeric or (token.low in _DEGREES and following in known):
                continue
            if token.low == "most" and following == "of":
                continue
            lessened = index > 0 and tokens[index - 1].low in _LESSENING
            turned = tuple(d.turned() if lessened else d for d in directions)
            found.append(Turn(index, token, turned, second))
        return tuple(found)

    def _phrasal(self, index: int) -> tuple[str, tuple[Direction, ...]]:
        """Give the second word of a phrase that a token begins, "leave allogeneic products out", and its directions."""
        token = self.reading.tokens[index]
        pairs = english().phrasal.get(token.stem, ())
        near = self.reading.tokens[index + 1 : index + 1 + _SECOND_WORD] if pairs else ()
        for other in near:
            found = tuple(d for second, d in pairs if second == other.low and other.clause == token.clause)
            if found:
                return other.low, found
        return "", ()

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names and codes; the "Celsius" of a temperature is none."""
        spans = [(quantity.start, quantity.end) for quantity in self.quantities]
        return tuple(
            name
            for name in names(self.reading)
            if not (name.proper and any(start <= name.start < end for start, end in spans))
        )

    @cached_property
    def abbreviations(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The stem of each short form with the stems of its long form."""
        return tuple(abbreviations(self.reading.text))

    @cached_property
    def numeric(self) -> frozenset[int]:
        """Tokens that are part of a quantity."""
        spans = [(quantity.start, quantity.end) for quantity in self.quantities]
        return frozenset(
            index
            for index, token in enumerate(self.reading.tokens)
            if any(start <= token.start < end for start, end in spans)
        )

    def around(
        self, first: int, last: int, *, denials: bool = True, farthest: int = FARTHEST
    ) -> Mapping[str, float]:
        """Give the content words around tokens, the nearer the heavier.

        Args:
            first: Index of the first token.
            last: Index of the last one; both are left out.
            denials: Whether denied words are marked as such.
            farthest: How many tokens away the farthest word stands.
        """
        return _around(self, first, last, denials, farthest)

    @cached_property
    def denied(self) -> frozenset[int]:
        """Indexes of the content words that are denied."""
        return frozenset(index for denial in self.denials for item in denial.items for index in item)

    @cached_property
    def content_set(self) -> frozenset[int]:
        """Indexes of the content words."""
        return frozenset(self.content)

    @cached_property
    def quantity_contexts(self) -> tuple[Mapping[str, float], ...]:
        """The words around each quantity."""
        return tuple(self._around_quantity(quantity) for quantity in self.quantities)

    def _around_quantity(self, quantity: Quantity) -> Mapping[str, float]:
        near = self._beside(quantity)
        # "69% and 94% with X, against 5% and 48% with Y": the second pair is of the same two things.
        own = self.paired(quantity) or self._inherited(quantity)
        if not own:
            return near
        other = next(q for q in self._pair(quantity) if q != quantity)
        anothers = self.paired(other) or self._inherited(other)
        return {stem: weight for stem, weight in near.items() if stem not in anothers} | dict(own)

    def _beside(self, quantity: Quantity) -> Mapping[str, float]:
        tokens = self.reading.tokens
        # What stands around a pair is around both of its numbers.
        pair = [q for q in self._pair(quantity) if self.paired(q) or self._inherited(q)] or [quantity]
        start, end = min(q.start for q in pair), max(q.end for q in pair)
        inside = [i for i, t in enumerate(tokens) if start <= t.start < end and t.is_word]
        return self.around(inside[0], inside[-1]) if inside else {}

    def paired(self, quantity: Quantity) -> Mapping[str, float]:
        """Pair "A and B were 3 and 5": the first number belongs to A, the second to B.

        Returns:
            The words of the quantity's own member; empty if it is not in such a list.
        """
        listed = self._pair(quantity)
        if not listed:
            return {}
        tokens = self.reading.tokens
        begin = next((i for i, t in enumerate(tokens) if t.start >= listed[0].start), len(tokens))
        joint = next(
            (i for i in range(begin - 1, max(-1, begin - FARTHEST), -1) if tokens[i].low == "and"), None
        )
        if joint is None or any(i in self.numeric for i in range(joint, begin)):
            return {}
        second = [i for i in range(joint + 1, begin) if i in self.content_set]
        if quantity != listed[0]:
            return dict.fromkeys((tokens[i].stem for i in second), 1.0)
        first = [i for i in range(max(0, joint - _LONGEST_MEMBER), joint) if i in self.content_set]
        # In "progression-free and overall survival" the last word belongs to both.
        return dict.fromkeys((tokens[i].stem for i in [*first, *second[-1:]]), 1.0) if first else {}

    def _pair(self, quantity: Quantity) -> list[Quantity]:
        listed = [q for q in self.quantities if q.group >= 0 and q.group == quantity.group and not q.derived]
        return listed if len(listed) == _PAIR and listed[0].dimension == listed[1].dimension else []

    def _inherited(self, quantity: Quantity) -> Mapping[str, float]:
        own = self._pair(quantity)
        if not own:
            return {}
        for earlier in self.quantities:
            if earlier == own[0]:
                return {}
            other = self._pair(earlier)
            if other and other[0].dimension == quantity.dimension:
                return self.paired(other[own.index(quantity)])
        return {}


@lru_cache(maxsize=16_384)
def _around(parsed: Parsed, first: int, last: int, denials: bool, farthest: int) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    denied = parsed.denied if denials else frozenset()
    for steps in (range(first - 1, max(-1, first - farthest), -1), range(last + 1, last + farthest)):
        reach, number = 1.0, False
        for distance, index in enumerate(steps, start=1):
            if index >= len(parsed.reading.tokens):
                break
            token = parsed.reading.tokens[index]
            if token.low in _PARTING or index in parsed.numeric:
                # "73 percent" is one number, in however many words.
                reach *= 1.0 if number and index in parsed.numeric else BEYOND
            elif index in parsed.content_set:
                weight = reach / (1 + (distance - 1) / HALVING_DISTANCE)
                key = f"{DENIED}{token.stem}" if index in denied else token.stem
                weights[key] = max(weights.get(key, 0.0), weight)
            number = index in parsed.numeric
    return weights


@lru_cache(maxsize=16_384)
def parse(text: str) -> Parsed:
    """Take a text apart."""
    return Parsed(read(text))
