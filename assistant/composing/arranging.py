"""Arranges chosen statements into an answer: what agrees merged, sides apart, figures and disagreements shown."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Kind, Stance
from assistant.composing.disagreements import disagreements_of
from assistant.composing.draft import Draft, DraftGroup, DraftStatement
from assistant.composing.figures import figures_for
from assistant.composing.merging import merged, repeats
from assistant.composing.particulars import Words
from assistant.composing.sides import missing_side, stances
from assistant.composing.standing import standing
from assistant.evidence import Evidence
from assistant.question import Question

# In standard deviations of the score: a commercial source leads only where it is well ahead of all others.
COMMERCIAL_LEAD = -0.5
MOST_CANDIDATES = 40
_ORDER = (Stance.FOR, Stance.AGAINST, Stance.NEITHER)


def arrange(
    question: Question,
    statements: Sequence[DraftStatement],
    known: Words = frozenset(),
    candidates: Sequence[Evidence] = (),
) -> Draft:
    """Put chosen statements in order and in relation.

    Args:
        question: What was asked.
        statements: Chosen statements, best first.
        known: Words of general English; the others name something particular, such as a drug. Without them two drugs
            are told apart only by codes and by short forms in brackets.
        candidates: Further evidence, best first, in which a side is looked for that no chosen statement takes.

    Returns:
        The statement that answers best first, then a document's statements together, commercial sources last. A yes/no
        question has what speaks for it, against it and neither apart, if any statement takes a side.
    """
    # A terse question ("irradiated before infusion, NK-92?") has no kind by which one would know it.
    two_sided = question.kind in {Kind.YES_NO, Kind.OTHER}
    chosen = _merged(statements)
    if two_sided:
        chosen += missing_side(question.standalone, chosen, candidates[:MOST_CANDIDATES])
    ordered = in_reading_order(chosen)
    groups: tuple[DraftGroup, ...] = ()
    if two_sided:
        ordered, groups = _by_sides(question.standalone, ordered)
    return Draft(
        tuple(ordered),
        groups=groups,
        figures=figures_for(question.standalone, ordered, known) if question.kind is Kind.QUANTITY else (),
        disagreements=disagreements_of(ordered, known),
    )


def in_reading_order(statements: Sequence[DraftStatement]) -> list[DraftStatement]:
    """Lead with the statement that answers best; keep a document's statements together, commercial sources last.

    Args:
        statements: Best first.
    """
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
            standing(first.document) if not same_as_lead else 0,
            first_of_document[first.document.id],
            0 if statement is lead else first.main.start + 1,
        )

    return sorted(statements, key=place)


def _leading_score(statement: DraftStatement) -> float:
    first = statement.evidence[0]
    return first.score + (COMMERCIAL_LEAD if first.document.commercial else 0.0)


def _merged(statements: Sequence[DraftStatement]) -> list[DraftStatement]:
    """Let statements that agree speak once, with all their citations."""
    kept: list[DraftStatement] = []
    for statement in statements:
        first = statement.evidence[0]
        same = next((i for i, other in enumerate(kept) if repeats(first, other.evidence[0])), None)
        if same is None:
            kept.append(statement)
            continue
        for evidence in statement.evidence:
            kept[same] = merged(kept[same], evidence)
    return kept


def _by_sides(
    question: str, statements: Sequence[DraftStatement]
) -> tuple[list[DraftStatement], tuple[DraftGroup, ...]]:
    """Set apart what speaks for and against; leave the order as it is where nothing takes a side."""
    taken = stances(question, statements)
    if set(taken) <= {Stance.NEITHER}:
        return list(statements), ()
    ordered: list[DraftStatement] = []
    groups = []
    for stance in _ORDER:
        members = [s for s, own in zip(statements, taken, strict=True) if own is stance]
        if members:
            groups.append(DraftGroup(stance, tuple(range(len(ordered), len(ordered) + len(members)))))
            ordered += members
    return ordered, tuple(groups)
