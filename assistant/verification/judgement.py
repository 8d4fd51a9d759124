"""What a judgement is: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Verdict


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with what is known of it.

    Attributes:
        text: The cited words.
        context: What they stand under: title, headings, the sentence before.
        similarity: Cosine to the claim; None if not reckoned.
    """

    text: str
    context: str = ""
    similarity: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Deciding words of a quote: a range of its characters."""

    start: int
    end: int


class Outcome(StrEnum):
    """What one comparison of a claim with a quote has shown."""

    AGREES = "agrees"
    LACKS = "lacks"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison: what came out, why in words for the reader, and which words of the quote show it."""

    outcome: Outcome
    reason: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """How one quote stands to the claim.

    Attributes:
        verdict: What this quote alone says of the claim.
        score: How near the two are, from 0 to 1; compares within one claim.
        reasons: Short sentences for the reader.
        marks: The deciding words of the quote, in order, disjoint.
        vetoed: Whether a number or a name of the claim is missing or another.
        renamed: Whether a name of the claim is another.
    """

    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    vetoed: bool = False
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What quotes say of a claim.

    Attributes:
        verdict: The verdict.
        reasons: Short sentences for the reader.
        deciding: Indexes of the quotes that decided, the strongest first; empty if nothing was found.
        alignments: How each quote stands to the claim, in the order of the quotes.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    deciding: tuple[int, ...]
    alignments: tuple[Alignment, ...]
