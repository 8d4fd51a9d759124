"""Decides whether the library can answer at all. Similarity cannot tell; names it has never seen can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asked import fits
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.terms import Particular, members
from assistant.words import content_words, words
from corpus.fulltext import FullText
from corpus.library import Library

# Below this, not even the nearest sentence is about the question (5th percentile of answerable questions: .37).
LEAST_SIMILARITY = 0.3
# Nor is one that has so few of the question's words, those that the library has never seen counted in.
LEAST_COVERAGE = 0.3
FULL_COVERAGE = 0.95
_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
_PLACED = re.compile(r"\b(?:in|for|with|during|against|among)\s+((?:[a-z-]+\s+)?[a-z-]+)\b")
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


def refuse(question: Question, evidence: Sequence[Evidence], library: Library) -> Refusal | None:
    """Decide whether to answer.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
        library: Where it was searched.

    Returns:
        Why there is no answer, or None if there can be one.
    """
    if not question.terms:
        return Refusal("The question names nothing to look for.")
    missing = _missing(question, evidence, library)
    if missing:
        listed = ", ".join(f"“{term}”" for term in missing)
        return Refusal(f"Nothing in the library mentions {listed}.", missing)
    if not evidence or not any(map(_is_near, evidence)):
        return Refusal("Nothing in the library is about this.")
    years = set(_YEAR.findall(question.standalone))
    if years and not any(years <= _years(e, question) for e in evidence[:_REACH]):
        return Refusal(f"Nothing that the library says about this mentions {', '.join(sorted(years))}.")
    if not any(fits(question, e.text) for e in evidence[:_REACH]):
        return Refusal("What the library says about this gives no such figure.")
    return None


def _is_near(evidence: Evidence) -> bool:
    """Tell whether a sentence is about the question: near in meaning with some of its words, or with all of them."""
    if evidence.coverage >= FULL_COVERAGE:
        return True
    return evidence.similarity >= LEAST_SIMILARITY and evidence.coverage >= LEAST_COVERAGE


def _missing(question: Question, evidence: Sequence[Evidence], library: Library) -> tuple[str, ...]:
    """Give the particular terms of a question that the library never says.

    "ZUMA-7" is missing where only "ZUMA-1" is said: a number that tells a name from its family is part of it.
    """
    numbered = [member for member in members(question.standalone) if member.is_numbered]
    inside = {word for member in members(question.standalone) for word in words(member.name)}
    inside |= {f"{member.family}{member.member}".lower() for member in numbered}
    # What stands after a preposition is what the question is about, however common the word: "in diabetes".
    asked = [*Particular(question, library).all, *content_words(" ".join(_PLACED.findall(question.text)))]
    absent = [
        _as_written(term, question.standalone)
        for term in dict.fromkeys(asked)
        if term not in inside and _unseen(term, library.fulltext)
    ]
    absent += [member.name for member in numbered if not any(member.stands_in(e.context) for e in evidence)]
    return tuple(absent)


def _as_written(term: str, text: str) -> str:
    match = re.search(rf"\b{re.escape(term)}\b", text, re.IGNORECASE)
    return match.group() if match else term


def _unseen(term: str, fulltext: FullText) -> bool:
    stems = fulltext.terms(term)
    return bool(stems) and not any(fulltext.document_frequency(stem) for stem in stems)


def _years(evidence: Evidence, question: Question) -> set[str]:
    """Give the years that a sentence speaks of, and the year of its paper if the question names an author of it."""
    years = set(_YEAR.findall(evidence.text))
    record = evidence.document.record
    asked_by_author = any(name.family and name.family.lower() in question.terms for name in record.author)
    return years | {str(record.year)} if asked_by_author else years
