"""Decides whether the library can answer at all. Similarity cannot tell; names it has never seen can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.apart import ACRONYM, is_code, said_apart, written_as
from assistant.asked import fits
from assistant.commonness import VERY_COMMON, familiar_stems, is_compared, is_compound, is_slip, known_words
from assistant.concepts import Concept, Concepts
from assistant.counting import counts_it
from assistant.evidence import Evidence
from assistant.premises import denial
from assistant.question import Question
from assistant.terms import Member, members
from assistant.thesaurus import plain_words
from assistant.words import STOP_WORDS, singular
from corpus.fulltext import indexed_stems, stems
from corpus.library import Library

# Below both, not even the nearest sentence is about the question.
LEAST_SIMILARITY = 0.3
LEAST_COVERAGE = 0.3
# This far away, not even a name that the library knows brings a question near, if other words of it are strange.
FAR_SIMILARITY = 0.25
FAR_UNSAID = 2
# Where the library says fewer of the question's words than not, the nearest sentence must be nearer than this.
UNSAID_SHARE = 0.5
STRANGE_SIMILARITY = 0.4
# Within how many sentences, best first, the answer must be.
REACH = 12
# A sentence that merely has the year of a question, and little else of it, is no answer.
DATED_COVERAGE = 0.4
FORM_REACH = 8
_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
_WORD = re.compile(r"[^\W_]+")
# "In diabetes?": what a question ends with, after a preposition, is what it is about, however common the word; but
# "for free" and "for comment" are not.
_LAST = re.compile(r"\b(?:in|with|during|against|among|(for))\s+([a-z]+)\W*$")
_MEASURES = frozenset(
    "days detail dollars euros figures general humans months numbers patients people percent pounds practice total"
    " weeks years".split()
)
# Who did what nobody in the library is said to have done is not known.
_WHO = re.compile(r"who\b", re.IGNORECASE)
# The noun that "which" and "what" ask for, as far as its place tells it.
_ASKING_AFTER = (
    r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|of|in|on|for|from|to|with|at|by"
)
_THING = re.compile(
    r"(?:which|what)\s+(?:(?:is|was|are|were)\s+the\s+(?:[\w-]+\s+){0,2}?([\w-]+)(?=\s+(?:of|in|for|at|after)\b)"
    r"|(?!is|was|are|were|about|do|does|did|would|made|happen)(?:[\w-]+\s+){0,2}?([\w-]+)"
    rf"(?=\s+(?:{_ASKING_AFTER})\b)"
    # "Which vector carried …", but not "what holds infused cells back".
    r"|(?<=which\s)(?:[\w-]+\s+){0,2}?([\w-]+)(?=\s+\w+ed\b))",
    re.IGNORECASE,
)
# What has a form of its own is found by that, not by its name.
_FORMS = frozenset(
    stem
    for word in (
        "share percentage proportion portion fraction part rate ratio number people patients type kind sort".split()
    )
    for stem in stems(word)
)
# "Sensitise", "reprogrammed": rare words that are built like plain ones.
_DERIVED = re.compile(r"(?:is|iz)(?:e|ed|es|ing)$|(?:ed|ing|ly|ness|able)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer.

    Attributes:
        reason: One sentence for the reader.
        missing_terms: Terms of the question that the library never mentions.
        correction: The sentence that denies what the question takes for granted.
    """

    reason: str
    missing_terms: tuple[str, ...] = ()
    correction: Evidence | None = None


def refuse(
    question: Question, evidence: Sequence[Evidence], concepts: Concepts, library: Library
) -> Refusal | None:
    """Decide whether to answer.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
        concepts: What the question speaks of.
        library: Where it was searched.

    Returns:
        Why there is no answer, or None if there can be one.
    """
    if not concepts.all and not question.constraints.document_ids:
        return Refusal("The question names nothing to look for.")
    familiar = familiar_stems(library.settings.model_cache)
    missing = _missing(question, evidence, concepts, library, familiar)
    if missing:
        listed = ", ".join(f"“{term}”" for term in missing)
        return Refusal(f"Nothing in the library mentions {listed}.", missing)
    if not evidence or _is_elsewhere(question, evidence, concepts, familiar, library.settings.model_cache):
        return Refusal("Nothing in the library is about this.")
    years = set(_YEAR.findall(question.query))
    dated = [e for e in evidence[:REACH] if e.coverage >= DATED_COVERAGE]
    if years and not any(years <= _years(e, question) for e in dated):
        return Refusal(f"Nothing that the library says about this mentions {', '.join(sorted(years))}.")
    unnamed = _WHO.match(question.query) and not all(concept.is_said for concept in concepts.all)
    unnamed = unnamed or _lacks_the_thing(question, evidence, concepts)
    unnamed = unnamed or not counts_it(question, [e.text for e in evidence[:REACH]])
    if unnamed or not _has_the_form(question, evidence, concepts, familiar):
        return Refusal("What the library says about this does not give what is asked for.")
    apart = said_apart(question, evidence, concepts, library, familiar)
    if apart:
        return Refusal(apart)
    denied = denial(question, evidence)
    return (
        Refusal("A source denies what the question takes for granted.", correction=denied) if denied else None
    )


def _is_elsewhere(
    question: Question,
    evidence: Sequence[Evidence],
    concepts: Concepts,
    familiar: frozenset[str],
    cache: Path,
) -> bool:
    """Tell whether a question is about something else than the library: it names nothing particular that is there."""
    if question.constraints.document_ids:
        return False
    nearest = max(e.similarity for e in evidence)
    fullest = max(e.coverage for e in evidence[:REACH])
    unsaid = sum(not concept.is_said for concept in concepts.all)
    if not fullest and nearest < STRANGE_SIMILARITY:
        return True
    if nearest < FAR_SIMILARITY and unsaid >= FAR_UNSAID:
        return True
    said = (concept for concept in concepts.all if concept.is_said)
    if any(_particular(c, question.query, familiar, cache) for c in said):
        return False
    if nearest < LEAST_SIMILARITY and fullest < LEAST_COVERAGE:
        return True
    return unsaid >= UNSAID_SHARE * len(concepts.all) and nearest < STRANGE_SIMILARITY


def _has_the_form(
    question: Question, evidence: Sequence[Evidence], concepts: Concepts, familiar: frozenset[str]
) -> bool:
    """Tell whether what is asked for, a price, a time, a share, is given where all names of the question are."""
    names = [c for c in concepts.all if c.is_said and _is_named(c, familiar)]
    texts = {id(e): f" {' '.join(indexed_stems(e.context))} " for e in evidence[:REACH]} if names else {}
    speaking = [e for e in evidence[: len(texts)] if all(name.is_in(texts[id(e)]) for name in names)]
    return any(fits(question, e.text) for e in (speaking or evidence[:FORM_REACH]))


def _is_named(concept: Concept, familiar: frozenset[str]) -> bool:
    """Tell whether a concept is a name: a code, a word that is no common English, or a phrase that begins with one."""
    return is_code(concept.phrase[0]) or concept.phrase[0] not in familiar


def _lacks_the_thing(question: Question, evidence: Sequence[Evidence], concepts: Concepts) -> bool:
    """Tell whether what a question asks for, "which vector", "what is the age", is said only of other things."""
    if question.constraints.document_ids:
        return False
    match = _THING.match(question.query)
    thing = stems(match[1] or match[2] or match[3]) if match else []
    asked = [
        c for c in concepts.all if c.is_said and thing and thing[-1] in c.phrase and not _FORMS & {*c.phrase}
    ]
    texts = [f" {' '.join(indexed_stems(e.context))} " for e in evidence[:REACH]] if asked else []
    return bool(asked) and not any(concept.is_in(text) for concept in asked for text in texts)


def _missing(
    question: Question,
    evidence: Sequence[Evidence],
    concepts: Concepts,
    library: Library,
    familiar: frozenset[str],
) -> tuple[str, ...]:
    """Give the particular terms of a question that the library never says, by any name.

    "ZUMA-7" is missing where only "ZUMA-1" is said: a number that tells a name from its family is part of it.
    """
    numbered = [member for member in members(question.query) if member.is_numbered]
    absent = [
        written
        for concept in concepts.all
        if not concept.is_said
        and (written := _particular(concept, question.query, familiar, library.settings.model_cache))
        and not _is_said_of_one(written, library)
    ]
    absent += [member.name for member in numbered if not _is_spoken_of(member, evidence, library)]
    return tuple(dict.fromkeys(absent))


def _is_said_of_one(written: str, library: Library) -> bool:
    """Tell whether the library has the singular of an abbreviation: "QALY" for "QALYs"."""
    one = singular(written)
    return one != written and all(library.fulltext.document_frequency(stem) for stem in stems(one))


def _is_spoken_of(member: Member, evidence: Sequence[Evidence], library: Library) -> bool:
    """Tell whether a name is said anywhere in one piece, or with a space in what was found."""
    joined = stems(f"{member.family}{member.member}")
    if all(library.fulltext.document_frequency(stem) for stem in joined):
        return True
    return any(member.stands_in(e.context) for e in evidence)


def _particular(concept: Concept, text: str, familiar: frozenset[str], cache: Path) -> str | None:
    """Give a concept as it is written in a text if it names something particular: by its form, or since it is rare."""
    if concept.phrase in plain_words().particular:
        return written_as(concept.phrase, text)
    if len(concept.phrase) > 1:
        return None
    shouted = text.isupper()
    last = _LAST.search(text)
    for match in _WORD.finditer(text):
        word = match.group()
        if tuple(stems(word)) != concept.phrase or word.lower() in STOP_WORDS:
            continue
        if is_code(word) or (ACRONYM.search(word) and not shouted):
            return word
        if word[0].isupper() and match.start() and not shouted and text[match.start() - 2] not in ".?!:":
            return word
        plain = _DERIVED.search(word) or is_slip(word, cache) or is_compared(word.lower(), cache)
        plain = plain or is_compound(word.lower(), cache)
        if concept.phrase[0] not in familiar and not plain:
            return word
        if last and match.start() == last.start(2) and word not in _MEASURES:
            return None if last[1] and word in known_words(cache, VERY_COMMON) else word
    return None


def _years(evidence: Evidence, question: Question) -> set[str]:
    """Give the years that a sentence speaks of, and the year of its paper if the question names an author of it."""
    years = set(_YEAR.findall(evidence.text))
    record = evidence.document.record
    asked_by_author = any(name.family and name.family.lower() in question.terms for name in record.author)
    return years | {str(record.year)} if asked_by_author else years
