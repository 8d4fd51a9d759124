"""Finds statements of an answer that cannot all be right, and says in what their sources differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.answer import Difference, DifferenceKind
from assistant.composing.differing import Said, difference
from assistant.composing.draft import DraftDisagreement, DraftStatement
from assistant.composing.particulars import Words
from assistant.composing.populations import groups_in
from corpus.document import without_marks

# Sentences less alike than this speak of different things; comparing two word by word takes a millisecond.
NEAR_VECTOR = 0.5


def disagreements_of(
    statements: Sequence[DraftStatement], known: Words = frozenset()
) -> tuple[DraftDisagreement, ...]:
    """Find the pairs of statements that say different things of one thing.

    Args:
        statements: The statements of an answer, in reading order.
        known: Words of general English; the others name something particular.
    """
    return tuple(
        DraftDisagreement(about, (one, two), _differences(statements[one], statements[two]))
        for one, two in combinations(range(len(statements)), 2)
        if (about := _about(statements[one], statements[two], known)) is not None
    )


def _about(first: DraftStatement, second: DraftStatement, known: Words) -> str | None:
    documents = {evidence.document.id for evidence in first.evidence} & {
        e.document.id for e in second.evidence
    }
    if documents or float(first.evidence[0].vector @ second.evidence[0].vector) < NEAR_VECTOR:
        return None
    found = (difference(mine, theirs, known) for mine in _said(first) for theirs in _said(second))
    return next((about for about in found if about is not None), None)


def _said(statement: DraftStatement) -> Iterator[Said]:
    """Give the sentences of the source that a statement's words come from, reference marks left out."""
    evidence = statement.evidence[0]
    for sentence in evidence.sentences:
        yield Said(
            without_marks(evidence.document.text, sentence, evidence.document.reference_marks),
            evidence.document,
        )


def _differences(*statements: DraftStatement) -> tuple[Difference, ...]:
    documents = [statement.evidence[0].document for statement in statements]
    values = {
        DifferenceKind.YEAR: [str(document.record.year or "") for document in documents],
        DifferenceKind.SOURCE_TYPE: [document.source_type.value for document in documents],
        DifferenceKind.FIDELITY: [document.fidelity.value for document in documents],
        DifferenceKind.POPULATION: [_population(statement) for statement in statements],
    }
    return tuple(
        Difference(kind=kind, values=tuple(of_each))
        for kind, of_each in values.items()
        if len(set(of_each)) > 1 and all(of_each)
    )


def _population(statement: DraftStatement) -> str:
    """Give whom a statement is about, if it names one group with its number."""
    groups = [group.of(said.text) for said in _said(statement) for group in groups_in(said.text)]
    counted = [group for group in groups if " " in group]
    return counted[0] if len(counted) == 1 else ""
