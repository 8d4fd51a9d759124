"""Measures how far a quote says what a claim says in other words, against what other sentences on the same thing say.

Each word of a claim is set beside the word of the quote that is most like it in its vector, as BERTScore does (Zhang et
al. 2020). In sentences on one subject every word is like some other: what tells is how much more like the quote's words
a word is than those of the other sentences that were found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.verification.comparing.meeting import PALE, Meeting
from assistant.verification.meaning.vectors import Worded, cosines
from assistant.verification.text.language import english

# What a claim is taken for that has no words but the quote's: nothing of it is left to find.
NOTHING_LEFT_LIFT = 0.4
NOTHING_LEFT_LEAD = 0.15
# The cosine of a word where the quote has no word left for it.
_NOTHING = 0.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a quote stands to a claim, beside the other sentences that were found; each speaks for its saying so.

    Attributes:
        lift: How much more like a word of the quote the claim's other words are than like one of any other sentence, on
            the average over these.
        lead: The same against the best of the others, words of the quote that the claim repeats left out.
        share: Share of the claim's words that the quote has, less the largest share that any other sentence has.
        told: Share of the quote's words that the claim has.
    """

    lift: float
    lead: float
    share: float
    told: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How likenesses are read: a logistic regression of "the quote says it", and where its odds suffice for a verdict.

    Attributes:
        lift: Weight of `Likeness.lift`.
        lead: Weight of `Likeness.lead`.
        share: Weight of `Likeness.share`.
        told: Weight of `Likeness.told`.
        constant: What is added.
        supporting: Logarithm of the odds from which a quote supports a claim.
        speaking: The same for saying part of it.
    """

    lift: float
    lead: float
    share: float
    told: float
    constant: float
    supporting: float
    speaking: float

    def odds(self, found: Likeness) -> float:
        """Give the logarithm of the odds that a quote says what a claim says."""
        return (
            self.lift * found.lift
            + self.lead * found.lead
            + self.share * found.share
            + self.told * found.told
            + self.constant
        )


@dataclass(frozen=True, eq=False)
class Background:
    """How like the words of a claim are to those of the sentences that it does not cite.

    Attributes:
        weights: What each word of the claim counts.
        mean: Of each word, the mean over the sentences of its cosine to the word that is most like it.
        best: The same of the sentence in which that is highest.
        share: The largest share of the claim's words that a sentence has.
    """

    weights: NDArray[np.float64]
    mean: NDArray[np.float32]
    best: NDArray[np.float32]
    share: float


def background(claim: Worded, others: Sequence[Worded]) -> Background:
    """Measure a claim against other sentences that were found for the same question, several at least."""
    pale = english().pale_words
    weights = np.array([PALE if word.stem in pale else 1.0 for word in claim.words])
    there = np.stack([_nearest(claim, other) for other in others])
    return Background(
        weights, there.mean(axis=0), there.max(axis=0), max(_said(claim, other, weights) for other in others)
    )


def likeness(meeting: Meeting, claim: Worded, quote: Worded, beside: Background) -> Likeness:
    """Measure how far a quote says what a claim says.

    Args:
        meeting: The two texts.
        claim: The claim's words.
        quote: The quote's words.
        beside: How other sentences stand to the claim.
    """
    held = np.array([meeting.holds(word.stem) for word in claim.words])
    share = float(beside.weights @ (held >= 1.0) / beside.weights.sum()) - beside.share
    told = meeting.mirrored.coverage
    open_ = beside.weights * (held == 0.0)
    if not open_.any():
        return Likeness(NOTHING_LEFT_LIFT, NOTHING_LEFT_LEAD, share, told)
    here, left = _nearest(claim, quote), _nearest(claim, quote, _unused(meeting, quote))
    open_ /= open_.sum()
    return Likeness(float((here - beside.mean) @ open_), float((left - beside.best) @ open_), share, told)


def _said(claim: Worded, other: Worded, weights: NDArray[np.float64]) -> float:
    """Give the share of a claim's words, by weight, that a sentence has, abbreviations aside."""
    there = np.array([bool(other.parsed.reading.saying(word.stem)) for word in claim.words])
    return float(weights @ there / weights.sum())


def _nearest(claim: Worded, other: Worded, kept: NDArray[np.bool_] | None = None) -> NDArray[np.float32]:
    """Give for each word of a claim the cosine to the word of another text that is most like it."""
    found = cosines(claim, other)
    found = found if kept is None else found[:, kept]
    return found.max(axis=1) if found.shape[1] else np.full(len(claim.words), _NOTHING, np.float32)


def _unused(meeting: Meeting, quote: Worded) -> NDArray[np.bool_]:
    """Tell which words of the quote say nothing that the claim says in the same words."""
    used = {stem for there in meeting.matches.values() for stem in there} | meeting.mirrored.abbreviated
    return np.array([word.stem not in used for word in quote.words], bool)
