"""Counts one outcome's part in each figure."""

from __future__ import annotations

from typing import NamedTuple

from assistant.answer import Kind
from assistant.evaluation.outcome import JudgedCitation, Outcome
from assistant.evaluation.questions import Trap
from assistant.words import flat

LONGEST = 8
LONGEST_LIST = 12
_LISTS = frozenset({Kind.LIST, Kind.COMPARISON})


class Tally(NamedTuple):
    """One question's part in a figure: what was gained of what was possible."""

    gained: float
    possible: float


def fact_recall(outcome: Outcome) -> Tally:
    """Count required facts that were found; every question weighs the same."""
    facts = len(outcome.posed.facts)
    return Tally((facts - len(outcome.missed)) / facts, 1) if facts else Tally(0, 0)


def citation_precision(outcome: Outcome) -> Tally:
    """Count citation marks that hold what was asked for or what else is to the point."""
    citations = _answering_citations(outcome)
    return Tally(sum(bool(c.facts) or c.also for c in citations), len(citations))


def strict_precision(outcome: Outcome) -> Tally:
    """Count citation marks that hold what was asked for."""
    citations = _answering_citations(outcome)
    return Tally(sum(bool(c.facts) for c in citations), len(citations))


def attribution(outcome: Outcome) -> Tally:
    """Count citation marks that hold a fact, where their statement gives one."""
    citations = [c for statement in outcome.statements if statement.facts for c in statement.citations]
    return Tally(sum(bool(c.facts) for c in citations), len(citations))


def citation_recall(outcome: Outcome) -> Tally:
    """Count statements that a citation upholds."""
    return Tally(sum(statement.upheld for statement in outcome.statements), len(outcome.statements))


def exact_quotes(outcome: Outcome) -> Tally:
    """Count quotes that stand in their document."""
    quotes = [q for statement in outcome.statements for c in statement.citations for q in c.quotes]
    return Tally(sum(quote.exact for quote in quotes), len(quotes))


def abstention_precision(outcome: Outcome) -> Tally:
    """Count the unanswerable among the declined."""
    return Tally(outcome.abstained and outcome.posed.unanswerable is not None, outcome.abstained)


def abstention_recall(outcome: Outcome) -> Tally:
    """Count the declined among the unanswerable."""
    unanswerable = outcome.posed.unanswerable is not None
    return Tally(outcome.abstained and unanswerable, unanswerable)


def corrected_premises(outcome: Outcome) -> Tally:
    """Count false premises that were corrected."""
    return Tally(outcome.corrected, outcome.posed.unanswerable is Trap.FALSE_PREMISE)


def missing_terms(outcome: Outcome) -> Tally:
    """Count terms that were rightly named as missing."""
    told = " ".join(map(flat, outcome.missing_terms))
    return Tally(sum(flat(term) in told for term in outcome.posed.missing), len(outcome.posed.missing))


def cell_accuracy(outcome: Outcome) -> Tally:
    """Count subjects of a comparison whose cells hold all that they must."""
    wanted = [
        cells for cells, expected in zip(outcome.cells, outcome.posed.cells, strict=True) if expected.facts
    ]
    return Tally(sum(not cells.missed for cells in wanted), len(wanted))


def wrong_subject(outcome: Outcome) -> Tally:
    """Count statements in cells that belong to another subject."""
    return Tally(
        sum(len(cells.wrong) for cells in outcome.cells),
        sum(len(cells.statements) for cells in outcome.cells),
    )


def redundancy(outcome: Outcome) -> Tally:
    """Count statements that repeat an earlier one."""
    return Tally(sum(s.repeats is not None for s in outcome.statements), len(outcome.statements))


def kind(outcome: Outcome) -> Tally:
    """Count a question that was taken for what it is."""
    return Tally(outcome.understood is outcome.posed.kind, 1)


def statements(outcome: Outcome) -> Tally:
    """Count the statements of an answer."""
    return Tally(0, 0) if outcome.abstained else Tally(len(outcome.statements), 1)


def words(outcome: Outcome) -> Tally:
    """Count the words of an answer."""
    total = sum(len(statement.text.split()) for statement in outcome.statements)
    return Tally(0, 0) if outcome.abstained else Tally(total, 1)


def over_length(outcome: Outcome) -> Tally:
    """Count an answer that is longer than its kind allows."""
    longest = LONGEST_LIST if outcome.posed.kind in _LISTS else LONGEST
    return Tally(0, 0) if outcome.abstained else Tally(len(outcome.statements) > longest, 1)


def told_time(outcome: Outcome) -> Tally:
    """Give the milliseconds that the answer reports."""
    return Tally(outcome.milliseconds, 1)


def wall_time(outcome: Outcome) -> Tally:
    """Give the milliseconds until the answer was there."""
    return Tally(outcome.wall_milliseconds, 1)


def _answering_citations(outcome: Outcome) -> list[JudgedCitation]:
    """Give the citation marks on answers to answerable questions: those to others have nothing to hold."""
    if outcome.posed.unanswerable:
        return []
    return [citation for statement in outcome.statements for citation in statement.citations]
