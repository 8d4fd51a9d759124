"""Composes an answer from the sources' own sentences, word for word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from assistant.answer import Kind, Verdict
from assistant.asked import fits, tells_how
from assistant.composing.draft import Draft, DraftRow, DraftStatement
from assistant.evidence import Evidence, mentions, shares_words
from assistant.question import Question
from assistant.verification import verify
from assistant.words import names, negated, numbers
from corpus.document import SourceType

# How many statements an answer of a kind has at the most.
LENGTHS = {
    Kind.DEFINITION: 4,
    Kind.YES_NO: 6,
    Kind.QUANTITY: 6,
    Kind.CAUSE: 5,
    Kind.LIST: 8,
    Kind.OPEN: 7,
    Kind.OTHER: 6,
    Kind.COMPARISON: 5,
}
STATEMENTS_A_DOCUMENT = 2
# Fewer statements than this are filled up from the documents that have more to say.
FEW = 4
# A statement this much less similar to the question than the best one is about something else,
SIMILARITY_RANGE = 0.75
# unless it has nearly as many of the question's words as the best one.
COVERAGE_RANGE = 0.85
LEAST_SIMILARITY_RANGE = 0.5
SCORE_RANGE = 0.6
COMMERCIAL_LEAD = 0.85
COMPARING_BONUS = 1.4
MANNER_BONUS = 1.35
FIGURE_BONUS = 1.3
OPENING_BONUS = 1.15
BEING_BONUS = 1.3
SAME_WORDS = 0.6
SAME_VECTOR = 0.93
OVERALL = "Overall"

_READING_ORDER = {
    SourceType.CLINICAL_TRIAL: 0,
    SourceType.GUIDELINE: 0,
    SourceType.REGULATORY: 0,
    SourceType.REVIEW: 1,
    SourceType.RESEARCH: 1,
    SourceType.ECONOMIC_MODEL: 1,
    SourceType.CASE_REPORT: 2,
    SourceType.PREPRINT: 2,
}
_READING_ORDER_OTHERS = 3
_READING_ORDER_COMMERCIAL = 4


def compose(question: Question, evidence: Sequence[Evidence]) -> Draft:
    """Choose the sentences that answer a question.

    Args:
        question: The question.
        evidence: Scored sentences, best first.

    Returns:
        A direct answer first, then what else the sources say, grouped by document, commercial sources last.
    """
    fitting = [e for e in evidence if fits(question, e.text)]
    if question.kind is Kind.DEFINITION and question.subjects:
        fitting = _defining(fitting, question.subjects[0])
    if question.kind is Kind.OPEN:
        fitting = _weighed(fitting, lambda e: MANNER_BONUS if tells_how(question, e.text) else 1.0)
    if question.kind is Kind.QUANTITY:
        fitting = _weighed(fitting, lambda e: FIGURE_BONUS if numbers(e.text) else 1.0)
    return Draft(tuple(_in_reading_order(_chosen(fitting, LENGTHS[question.kind]))))


def _defining(evidence: Sequence[Evidence], term: str) -> list[Evidence]:
    """Put sentences first that say what something is: those it is the subject of, above all with a verb of being."""
    name = rf"(?<![\w-]){re.escape(term)}s?(?![\w-])"
    opening = re.compile(rf"\W*(?:(?:an?|the)\s+)?(?:[\w-]+\s+){{0,2}}?\(?{name}", re.IGNORECASE)
    being = re.compile(
        rf"\({name}\)|{name}(?:\s*\([^)]{{0,60}}\))?\s+(?:is|are|was|were)\s+(?:an?|the|one|defined|known|made|derived)\b"
        rf"|{name}\s*(?:\(|,\s+(?:an?|the)\b|refers?\b|means?\b|denotes?\b|consists?\b|builds?\b)",
        re.IGNORECASE,
    )

    def bonus(found: Evidence) -> float:
        text = found.main.of(found.document.text)
        return (OPENING_BONUS if opening.match(text) else 1.0) * (BEING_BONUS if being.search(text) else 1.0)

    return _weighed(evidence, bonus)


def _weighed(evidence: Sequence[Evidence], weight: Callable[[Evidence], float]) -> list[Evidence]:
    weighed = [replace(found, score=found.score * weight(found)) for found in evidence]
    return sorted(weighed, key=lambda found: -found.score)


def compose_comparison(question: Question, evidence: Sequence[Sequence[Evidence]]) -> Draft:
    """Put what the sources say of each subject side by side.

    Args:
        question: The question, with its subjects.
        evidence: For each subject, scored sentences, best first.

    Returns:
        A table of one row; a sentence about two subjects stands in both columns, one about the other in none.
    """
    statements: list[DraftStatement] = []
    cells: list[tuple[int, ...]] = []
    for subject, found in zip(question.subjects, evidence, strict=True):
        others = [other for other in question.subjects if other != subject]
        documents: dict[str, bool] = {}
        about = [e for e in found if _is_about(e, subject, others, documents)]
        about = _central(about) if question.aspect else _comparing(about, others)
        cell = []
        for statement in _in_reading_order(_chosen(about, LENGTHS[Kind.COMPARISON], a_document=1)):
            index = next(
                (i for i, known in enumerate(statements) if known.text == statement.text), len(statements)
            )
            if index == len(statements):
                statements.append(statement)
            cell.append(index)
        cells.append(tuple(cell))
    aspect = question.aspect or OVERALL
    row = DraftRow(aspect[:1].upper() + aspect[1:], tuple(cells))
    return Draft(tuple(statements), question.subjects, (row,))


def _is_about(evidence: Evidence, subject: str, others: Sequence[str], documents: dict[str, bool]) -> bool:
    """Tell whether a sentence speaks of a subject: by its own words or, where they name none, by its surroundings.

    Args:
        evidence: The sentence.
        subject: Whether it speaks of this,
        others: and not of these instead.
        documents: What is known already of whole documents, by id; filled as needed, since reading one takes long.
    """
    named = names(evidence.text, subject)
    if named or any(names(evidence.text, other) for other in others):
        return named
    if mentions(evidence, subject):
        return not any(mentions(evidence, other) for other in others)
    document = evidence.document
    if document.id not in documents:
        alone = names(document.text, subject) and not any(names(document.text, other) for other in others)
        documents[document.id] = alone
    return documents[document.id]


def _comparing(evidence: Sequence[Evidence], others: Sequence[str]) -> list[Evidence]:
    """Put sentences first that set the subject against another: no aspect was named, and they name one."""
    return _weighed(
        evidence, lambda e: COMPARING_BONUS if any(names(e.text, other) for other in others) else 1.0
    )


def _central(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Order what speaks to an aspect by how much it is what the sources say of it.

    An aspect is one or two words, to which a sentence that merely has the word is nearest. What most of the sentences
    that have it, or stand under it as a heading, are near to is what there is to say (centroid, Radev et al. 2004).
    """
    if not evidence:
        return []
    fullest = max(e.coverage for e in evidence)
    if not fullest:
        return []
    speaking = [e for e in evidence if e.coverage >= COVERAGE_RANGE * fullest]
    centre = np.mean([e.vector for e in speaking], axis=0)
    centre /= np.linalg.norm(centre)
    central = [
        replace(e, similarity=float(e.vector @ centre), score=float(e.vector @ centre)) for e in speaking
    ]
    return sorted(central, key=lambda e: -e.score)


def _chosen(
    evidence: Sequence[Evidence], most: int, a_document: int = STATEMENTS_A_DOCUMENT
) -> list[DraftStatement]:
    """Take the best evidence, merging what says the same, a few sentences a document at the most."""
    if not evidence:
        return []
    closest = max(e.similarity for e in evidence)
    fullest = max(e.coverage for e in evidence)
    floor = SCORE_RANGE * evidence[0].score
    near = [e for e in evidence if e.score >= floor and _is_close(e, closest, fullest)]
    chosen = _spread(near, most, a_document)
    if len(chosen) < FEW and a_document < most:
        # One document knows nearly all there is: let it speak.
        chosen = _spread(near, most, most)
    return chosen


def _spread(evidence: Sequence[Evidence], most: int, a_document: int) -> list[DraftStatement]:
    """Turn evidence into statements, a few a document at the most, merging what says the same."""
    chosen: list[DraftStatement] = []
    documents: Counter[str] = Counter()
    for found in evidence:
        index = next((i for i, known in enumerate(chosen) if _repeats(found, known)), None)
        if index is not None:
            chosen[index] = _merged(chosen[index], found)
        elif len(chosen) < most and documents[found.document.id] < a_document:
            chosen.append(DraftStatement(found.text, (found,)))
            documents[found.document.id] += 1
    return chosen


def _is_close(found: Evidence, closest: float, fullest: float) -> bool:
    """Tell whether a sentence is about as near to the question as the nearest, in meaning or in words."""
    if found.similarity >= SIMILARITY_RANGE * closest:
        return True
    return found.coverage >= COVERAGE_RANGE * fullest and found.similarity >= LEAST_SIMILARITY_RANGE * closest


def _repeats(found: Evidence, statement: DraftStatement) -> bool:
    """Tell whether a sentence says again what a statement says: same words or meaning, same numbers, same negation."""
    first = statement.evidence[0]
    if _overlaps(found, first):
        return True
    if numbers(found.text) != numbers(statement.text) or negated(found.text) != negated(statement.text):
        return False
    same_vector = float(found.vector @ first.vector) >= SAME_VECTOR
    return same_vector or shares_words(found.text, statement.text) >= SAME_WORDS


def _overlaps(one: Evidence, other: Evidence) -> bool:
    if one.document.id != other.document.id:
        return False
    return any(span.overlaps(spoken) for span in one.sentences for spoken in other.sentences)


def _merged(statement: DraftStatement, found: Evidence) -> DraftStatement:
    """Let a statement cite further evidence if those words support it by themselves."""
    if any(_overlaps(found, known) for known in statement.evidence):
        return statement
    if verify(statement.text, [found.text]) is not Verdict.SUPPORTED:
        return statement
    return replace(statement, evidence=(*statement.evidence, found))


def _in_reading_order(statements: Sequence[DraftStatement]) -> list[DraftStatement]:
    """Lead with the statement that answers best; keep a document's statements together."""
    if not statements:
        return []
    lead = max(statements, key=_leading_score)
    first_of_document: dict[str, int] = {}
    for position, statement in enumerate(statements):
        first_of_document.setdefault(statement.evidence[0].document.id, position)

    def place(statement: DraftStatement) -> tuple[bool, int, int, int]:
        first = statement.evidence[0]
        same_as_lead = first.document.id == lead.evidence[0].document.id
        return (
            not same_as_lead,
            _reading_order(first) if not same_as_lead else 0,
            first_of_document[first.document.id],
            0 if statement is lead else first.main.start + 1,
        )

    return sorted(statements, key=place)


def _leading_score(statement: DraftStatement) -> float:
    """Let a commercial source lead only where it is well ahead of all others."""
    first = statement.evidence[0]
    return first.score * (COMMERCIAL_LEAD if first.document.commercial else 1.0)


def _reading_order(evidence: Evidence) -> int:
    if evidence.document.commercial:
        return _READING_ORDER_COMMERCIAL
    return _READING_ORDER.get(evidence.document.source_type, _READING_ORDER_OTHERS)
