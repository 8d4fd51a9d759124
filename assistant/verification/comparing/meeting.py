"""A claim beside a quote: which of its words the quote has, in whatever form, and how near two places stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from assistant.verification.judgement import Mark
from assistant.verification.text.language import english, stem
from assistant.verification.text.parsing import DENIED, Parsed, parse
from assistant.verification.text.reading import Token

# Share of its weight that a word has which nearly every paper says.
PALE = 0.35
# A word of the title or a heading holds for each sentence below it, though less than the sentence's own.
IN_CONTEXT = 0.75
# A name says more than a word.
NAMED = 1.5
# Weight from which a word is so rare that a claim with it says something that a quote without it does not.
VERY_RARE = 1.5
# A word tells two places apart if it is nearer to one by this share.
TELLING = 0.25

Weight = Callable[[str], float]


@dataclass(frozen=True, eq=False)
class Meeting:
    """A claim beside a quote.

    Attributes:
        claim: The claim.
        quote: The quote.
        context: What the quote stands under: title, headings, the sentence before.
        weight: How much a stem says: rare ones more.
        synonyms: Long forms by their abbreviation.
    """

    claim: Parsed
    quote: Parsed
    context: Parsed
    weight: Weight | None = None
    synonyms: Mapping[str, Sequence[str]] | None = None

    @cached_property
    def matches(self) -> Mapping[str, frozenset[str]]:
        """The quote's stems that say the same as each content stem of the claim."""
        return {stem_: self.quote.reading.saying(stem_) for stem_ in self.claim.content_stems}

    @cached_property
    def restated(self) -> frozenset[str]:
        """The claim's stems that the quote says in a phrase: "leads to" for "causes"."""
        said = self.quote.reading.stem_line
        return frozenset(
            stem_
            for phrase, others in self.claim.phrases
            if any(f" {other} " in said for other in others)
            for stem_ in phrase
        )

    @cached_property
    def abbreviated(self) -> frozenset[str]:
        """The claim's stems that the quote says by an abbreviation, or the other way round."""
        found: set[str] = set()
        claim, quote = self.claim.reading.stems, self.quote.reading.stems
        for short, long in self._abbreviations:
            if short in quote and long <= claim:
                found |= long
            if short in claim and long <= quote:
                found.add(short)
        return frozenset(found)

    @cached_property
    def _abbreviations(self) -> tuple[tuple[str, frozenset[str]], ...]:
        found = [pair for text in (self.quote, self.context) for pair in text.abbreviations]
        # What the source calls by a short form is not for the claim to say.
        known = {short for short, _ in found}
        found += [pair for pair in self.claim.abbreviations if pair[0] not in known]
        for short, longs in (self.synonyms or {}).items():
            found += [(stem(short.lower()), frozenset(map(stem, long.lower().split()))) for long in longs]
        return tuple(found)

    def holds(self, stem_: str) -> float:
        """Tell how far the quote says a stem of the claim: 1 in its words, less in its context, 0 not at all."""
        if self.matches.get(stem_) or stem_ in self.abbreviated or stem_ in self.restated:
            return 1.0
        return IN_CONTEXT if self.context.reading.saying(stem_) else 0.0

    def weigh(self, stem_: str) -> float:
        """Give the weight of a stem of the claim."""
        stem_ = stem_.removeprefix(DENIED)
        pale = PALE if stem_ in english().pale_words else 1.0
        named = 1.0 if stem_.isalpha() or not _has_digit(stem_) else NAMED
        return pale * named * (self.weight(stem_) if self.weight else 1.0)

    @cached_property
    def coverage(self) -> float:
        """Share of the claim's content words that the quote has, by weight."""
        total = covered = 0.0
        for stem_ in self.claim.content_stems:
            weight = self.weigh(stem_)
            total += weight
            covered += weight * self.holds(stem_)
        return covered / total if total else 0.0

    @cached_property
    def said_of_names(self) -> Mapping[int, float]:
        """How far the quote says each content word of the claim that is neither part of a name nor pale.

        A word with an opposite is there if its class is: nothing else says "inhibits".
        """
        pale, tokens = english().pale_words, self.claim.reading.tokens
        named = {i for i, t in enumerate(tokens) if any(n.start <= t.start < n.end for n in self.claim.names)}
        turns = {turn.index: turn.directions for turn in self.claim.turns}
        there = {direction.name for turn in self.quote.turns for direction in turn.directions}
        return {
            index: max(
                self.holds(tokens[index].stem), float(any(d.name in there for d in turns.get(index, ())))
            )
            for index in self.claim.content
            if index not in named and tokens[index].stem not in pale
        }

    @cached_property
    def predication(self) -> float:
        """Share of what the claim says of its names that the quote says, by weight; 1 if it says nothing."""
        tokens = self.claim.reading.tokens
        weights = {index: self.weigh(tokens[index].stem) for index in self.said_of_names}
        total = sum(weights.values())
        return sum(weights[i] * held for i, held in self.said_of_names.items()) / total if total else 1.0

    @cached_property
    def unmet(self) -> bool:
        """Whether the quote lacks a word on which the claim turns: one with an opposite, or one that is very rare."""
        tokens = self.claim.reading.tokens
        turns = {turn.index for turn in self.claim.turns}
        synonyms = english().synonyms
        return any(
            not held
            and (index in turns or (self._rare(tokens[index].stem) and tokens[index].stem not in synonyms))
            for index, held in self.said_of_names.items()
        )

    def _rare(self, stem_: str) -> bool:
        return self.weight is not None and self.weight(stem_) >= VERY_RARE

    def nearness(self, claim_near: Mapping[str, float], quote_near: Mapping[str, float]) -> float:
        """Tell how far what stands around a place of the claim stands around a place of the quote, 0 to 1.

        Only words that the quote has anywhere count: nearness chooses between places of one quote.
        """
        total = shared = 0.0
        for stem_, weight in claim_near.items():
            if self._there(stem_):
                total += weight * self.weigh(stem_)
                shared += min(weight, self._heard(stem_, quote_near)) * self.weigh(stem_)
        return shared / total if total else 0.5

    def likeness(self, claim_near: Mapping[str, float], quote_near: Mapping[str, float]) -> float:
        """Tell how alike a place of the claim and one of the quote are: 1 if all words stand as near to both."""
        shared = total = 0.0
        for stem_, weight in claim_near.items():
            if self._there(stem_):
                heard = self._heard(stem_, quote_near)
                shared += min(weight, heard) * self.weigh(stem_)
                total += max(weight, heard) * self.weigh(stem_)
        return shared / total if total else 0.0

    def overlap(self, claim_near: Mapping[str, float], quote_near: Mapping[str, float]) -> float:
        """Tell how alike two places are, words that only one of the texts has reckoned in."""
        shared = total = 0.0
        for stem_, weight in claim_near.items():
            heard = self._heard(stem_, quote_near)
            shared += min(weight, heard)
            total += max(weight, heard)
        said = {other for there in self.matches.values() for other in there}
        total += sum(weight for key, weight in quote_near.items() if key.removeprefix(DENIED) not in said)
        return shared / total if total else 0.0

    def preference(
        self, claim_near: Mapping[str, float], first: Mapping[str, float], second: Mapping[str, float]
    ) -> float:
        """Tell which of two places of the quote is the claim's, by the words that tell them apart.

        Returns:
            From -1, wholly the second, to 1, wholly the first.
        """
        balance = total = 0.0
        for stem_, weight in claim_near.items():
            if not self._there(stem_):
                continue
            one, two = self._heard(stem_, first), self._heard(stem_, second)
            heaviest = max(one, two)
            if abs(one - two) > TELLING * heaviest:
                said = sqrt(weight) * self.weigh(stem_)
                balance += said * (one - two)
                total += said * heaviest
        return balance / total if total else 0.0

    def _there(self, key: str) -> frozenset[str]:
        return self.matches.get(key.removeprefix(DENIED), frozenset())

    def _heard(self, key: str, near: Mapping[str, float]) -> float:
        """Give how near a stem of the claim is to a place of the quote, denied as there."""
        sign = DENIED if key.startswith(DENIED) else ""
        return max((near.get(f"{sign}{other}", 0.0) for other in self._there(key)), default=0.0)

    def aligned(self, token: Token) -> list[int]:
        """Give the indexes of the quote's tokens that say the same as a token of the claim."""
        there = self.matches.get(token.stem, frozenset())
        return (
            [i for i, other in enumerate(self.quote.reading.tokens) if other.stem in there] if there else []
        )

    @cached_property
    def mirrored(self) -> Meeting:
        """The same with the quote as claim."""
        return Meeting(self.quote, self.claim, parse(""), self.weight, self.synonyms)

    def marks_of(self, indexes: Sequence[int]) -> tuple[Mark, ...]:
        """Give the places of tokens of the quote."""
        tokens = self.quote.reading.tokens
        return tuple(Mark(tokens[i].start, tokens[i].end) for i in indexes)


def _has_digit(stem_: str) -> bool:
    return any(character.isdigit() for character in stem_)
