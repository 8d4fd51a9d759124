"""Decides by likeness where rules on words fall silent, and leaves to the rules what they object to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path

from assistant.answer import Verdict
from assistant.commonness import COMMON, familiar_stems, known_words
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.comparing.names import compare_names
from assistant.verification.judgement import Alignment, Evidence, Finding, Outcome
from assistant.verification.meaning.doubts import Words, doubts, objections
from assistant.verification.meaning.figures import exchanged, plainly, unmet
from assistant.verification.meaning.likeness import Background, Likeness, Scale, background, likeness
from assistant.verification.meaning.vectors import Worded, WordVectors
from assistant.verification.text.parsing import parse
from corpus.library import Library
from corpus.settings import DEFAULT_EMBEDDING_MODEL

# For the vectors of the default embedding model. `python -m tests.benchmarks.bench_statements --fit` fits it to 300
# paraphrases and their faults: no weight below zero, and support for 1.5 % of the faulty ones at the most, and for few
# of each kind.
SCALE = Scale(lift=6.4, lead=5.65, share=3.01, told=3.36, constant=-1.16, supporting=0.7, speaking=-0.5)
# Logarithm of the odds that suffice for what the rules support too: most of its words are the quote's.
SUFFICING = -2.0
# With fewer other sentences there is nothing to measure by.
FEWEST_OTHERS = 4
MEANT = "The source says so in other words."
UNSURE = "The source says something like this in other words."
EXCHANGED = "It cannot be told which number of the source belongs where."


@dataclass(frozen=True, slots=True)
class Opinion:
    """What meaning tells of a claim and a quote.

    Attributes:
        likeness: How near the two are.
        lacking: What forbids even a part: numbers, names, denials and degrees that the quote lacks, or has otherwise.
        doubts: What leaves open whether the quote goes as far.
    """

    likeness: Likeness
    lacking: tuple[Finding, ...]
    doubts: tuple[Finding, ...]

    @property
    def objects(self) -> bool:
        """Whether anything forbids support or leaves it open."""
        return bool(self.lacking or self.doubts)


class Meanings:
    """Opens what meaning is told by, once for a library. Safe across threads."""

    def __init__(self, vectors: WordVectors, words: Words) -> None:
        """Tell by vectors.

        Args:
            vectors: Reads words.
            words: Which words name nothing particular.
        """
        self._vectors = vectors
        self._words = words

    @classmethod
    def of(cls, library: Library) -> Meanings | None:
        """Tell by a library's embedding model; None if it is not the one that the scale was fitted to."""
        if library.encoder.manifest.model != DEFAULT_EMBEDDING_MODEL:
            return None
        return cls(WordVectors(library.encoder), words_known(library.settings.model_cache))

    def among(self, found: Iterable[str], scale: Scale = SCALE) -> Meaning:
        """Measure by the sentences that were found for one question, those that are cited among them."""
        return Meaning(self._vectors, self._words, tuple(dict.fromkeys(found)), scale)


class Meaning:
    """What was found for one question, as a measure for what is said of it. Safe across threads."""

    def __init__(self, vectors: WordVectors, words: Words, found: Sequence[str], scale: Scale) -> None:
        """Measure as `Meanings.among` says."""
        self._vectors = vectors
        self._words = words
        self._found = found
        self._scale = scale

    def prepare(self) -> None:
        """Read what was found, so that the first statement need not wait for it."""
        self._vectors.of(self._found)

    def judged(
        self,
        claim: str,
        evidence: Sequence[Evidence],
        alignments: Sequence[Alignment],
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> tuple[Alignment, ...]:
        """Judge anew what the rules have judged.

        Args:
            claim: What is said.
            evidence: The quotes.
            alignments: What the rules make of each.
            synonyms: Long forms by their abbreviation.
        """
        if all(map(_is_settled, alignments)):
            return tuple(alignments)
        opinions = self.opinions(claim, evidence, synonyms)
        return tuple(
            alignment if opinion is None else decided(alignment, opinion, self._scale)
            for alignment, opinion in zip(alignments, opinions, strict=True)
        )

    def opinions(
        self, claim: str, evidence: Sequence[Evidence], synonyms: Mapping[str, Sequence[str]] | None = None
    ) -> list[Opinion | None]:
        """Give what meaning tells of a claim and each quote; None where it tells nothing."""
        quotes = {quote.text for quote in evidence}
        others = [
            other for other in self._vectors.of([t for t in self._found if t not in quotes]) if other.words
        ]
        if len(others) < FEWEST_OTHERS:
            return [None] * len(evidence)
        measured: dict[str, Background] = {}
        return [self._opinion(claim, quote, others, measured, synonyms) for quote in evidence]

    def _opinion(
        self,
        claim: str,
        quote: Evidence,
        others: Sequence[Worded],
        measured: dict[str, Background],
        synonyms: Mapping[str, Sequence[str]] | None,
    ) -> Opinion | None:
        """Give what meaning tells; None of a claim that says nothing, or is too long to be read."""
        said, source = plainly(claim, quote.text), plainly(quote.text, "")
        mine, theirs = self._vectors.of([said, source])
        if not (mine.is_whole and mine.words and theirs.words):
            return None
        if said not in measured:
            measured[said] = background(mine, others)
        meeting = Meeting(mine.parsed, theirs.parsed, parse(quote.context), None, synonyms)
        swapped = [Finding(Outcome.LACKS, EXCHANGED)] if exchanged(mine, theirs) else []
        return Opinion(
            likeness(meeting, mine, theirs, measured[said]),
            (*unmet(meeting), *_names(meeting), *swapped, *objections(meeting, mine, theirs, self._words)),
            tuple(doubts(meeting)),
        )


def words_known(cache: Path) -> Words:
    """Give the English words that name nothing particular.

    Args:
        cache: A folder. The words are kept there.
    """
    return Words(familiar_stems(cache), known_words(cache, COMMON))


def _names(meeting: Meeting) -> Iterator[Finding]:
    yield from (name for name in compare_names(meeting) if name.outcome is not Outcome.AGREES)


def decided(alignment: Alignment, opinion: Opinion, scale: Scale) -> Alignment:
    """Combine the rules' verdict with what meaning tells.

    Support, other than word for word, needs both that nothing objects and that the quote is clearly the nearest of all
    that was found; less clearly for what the rules support too. What they hold for contradicted stays so.

    Args:
        alignment: What the rules make of a quote.
        opinion: What meaning tells of it.
        scale: How likenesses are read.
    """
    if _is_settled(alignment):
        return alignment
    odds = scale.odds(opinion.likeness)
    likely = max(alignment.score, 1 / (1 + exp(-odds)))
    least = min(scale.supporting, SUFFICING) if alignment.verdict is Verdict.SUPPORTED else scale.supporting
    if odds >= least and not opinion.objects:
        reasons = alignment.reasons if alignment.verdict is Verdict.SUPPORTED else (MEANT,)
        return replace(alignment, verdict=Verdict.SUPPORTED, score=likely, reasons=reasons, vetoed=False)
    reasons = tuple(dict.fromkeys(found.reason for found in (*opinion.lacking, *opinion.doubts))) or (UNSURE,)
    speaks = odds >= scale.speaking and not opinion.lacking
    if alignment.verdict is Verdict.SUPPORTED or (alignment.verdict is Verdict.NOT_FOUND and speaks):
        return replace(alignment, verdict=Verdict.PARTIAL, score=likely, reasons=reasons, vetoed=not speaks)
    if alignment.verdict is Verdict.PARTIAL and not speaks:
        return replace(alignment, reasons=reasons, vetoed=True)
    return alignment


def _is_settled(alignment: Alignment) -> bool:
    """Tell whether the claim stands in the quote word for word, or is contradicted."""
    literal = alignment.verdict is Verdict.SUPPORTED and alignment.score == 1.0 and not alignment.marks
    return literal or alignment.verdict is Verdict.CONTRADICTED
