"""Decides whether the library can answer at all. Similarity cannot tell; names it has never seen can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asked import fits
from assistant.evidence import Evidence
from assistant.question import Question
from corpus.fulltext import FullText

# Below this, not even the nearest sentence is about the question (5th percentile of answerable questions: .37).
LEAST_SIMILARITY = 0.3
# A word rarer than this in general English (Zipf scale of wordfreq) names something particular.
PARTICULAR_BELOW = 4.0
_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
_NAME_INSIDE = re.compile(r"(?<=[\w,;]\s)[A-Z][\w-]+")
_REACH = 12


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer.

    Attributes:
        reason: One sentence for the reader.
        missing_terms: Terms of the question that the library never mentions.
    """

    reason: str
    missing_terms: tuple[str, ...] = ()


def refuse(question: Question, evidence: Sequence[Evidence], fulltext: FullText) -> Refusal | None:
    """Decide whether to answer.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
        fulltext: The library's words.

    Returns:
        Why there is no answer, or None if there can be one.
    """
    if not question.terms:
        return Refusal("The question names nothing to look for.")
    missing = tuple(term for term in particular_terms(question.standalone, question.terms) if _unseen(term, fulltext))
    if missing:
        listed = ", ".join(f"“{term}”" for term in missing)
        return Refusal(f"Nothing in the library mentions {listed}.", missing)
    if not evidence or max(e.similarity for e in evidence) < LEAST_SIMILARITY:
        return Refusal("Nothing in the library is about this.")
    years = set(_YEAR.findall(question.standalone))
    if years and not any(years <= _years(e) for e in evidence[:_REACH]):
        return Refusal(f"Nothing that the library says about this mentions {', '.join(sorted(years))}.")
    if not any(fits(question, e.text) for e in evidence[:_REACH]):
        return Refusal("What the library says about this gives no such figure.")
    return None


def particular_terms(text: str, terms: Sequence[str]) -> list[str]:
    """Give the terms that name something particular: a name inside the sentence, a code, or a rare word."""
    from wordfreq import zipf_frequency

    named = {match.group().lower() for match in _NAME_INSIDE.finditer(text)}
    return [
        term
        for term in terms
        if term in named or any(c.isdigit() for c in term) or zipf_frequency(term, "en") < PARTICULAR_BELOW
    ]


def _unseen(term: str, fulltext: FullText) -> bool:
    stems = fulltext.terms(term)
    return bool(stems) and not any(fulltext.document_frequency(stem) for stem in stems)


def _years(evidence: Evidence) -> set[str]:
    years = set(_YEAR.findall(evidence.context))
    year = evidence.document.record.year
    return years | {str(year)} if year else years
