"""Lets a model write the cells of a comparison; where it does not, the sources' own sentences stay.

A sentence stands in the cells whose evidence it names, wherever the model wrote it.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Verdict
from assistant.composing.draft import Draft, DraftRow, DraftStatement
from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.demands import demands
from assistant.composing.generative.dictation import NOT_SHOWN, Dictation, Making
from assistant.composing.generative.drafted import Outcome
from assistant.composing.generative.holding import Judging
from assistant.composing.generative.keys import harmless
from assistant.composing.generative.prompting import Group, Prompt, tabulating
from assistant.composing.generative.reading import Sentence
from assistant.composing.generative.speaker import Speaker
from assistant.evidence import Evidence
from assistant.models.errors import ModelError
from assistant.question import Question
from assistant.verification import judge

# Tokens of a sentence in a cell.
LONGEST_CELL = 80
STAYS = "The sources' own words stay in its place."


def tabulate(
    question: Question,
    floor: Draft,
    model: Speaker,
    *,
    conversation: Conversation | None = None,
    judging: Judging = judge,
) -> Generator[Making]:
    """Let a model write the cells of a comparison.

    Only what is wholly supported takes the place of a source's own words, one evidence at a time: what else a cell
    holds stays as it is.

    Args:
        question: The question.
        floor: The comparison in the sources' own words.
        model: The model.
        conversation: Where it is asked; stopping that ends it, and the cells that are written by then stand.
        judging: The verifier.

    Returns:
        Events as they happen, `Drafted` the last; its draft is the floor where it falls back.
    """
    asked = conversation or Conversation(model, threading.Event())
    return _Tabulating(asked, judging, floor).events(question, model)


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """A cell with something in it: where it is, and its evidence."""

    heading: str
    evidence: tuple[Evidence, ...]


class _Tabulating(Dictation):
    """A comparison in the making."""

    def __init__(self, conversation: Conversation, judging: Judging, floor: Draft) -> None:
        super().__init__(conversation, judging)
        self._floor = floor
        self._cells = list(_cells_of(floor))

    def events(self, question: Question, model: Speaker) -> Generator[Making]:
        longest = LONGEST_CELL * max(1, len(self._cells))
        yield from self._written(self._prompt(question, model, longest), longest)
        outcome, reason = self._outcome()
        if outcome is not Outcome.WRITTEN:
            yield from self._withdraw_all(NOT_SHOWN)
            yield self._drafted(self._floor, Outcome.FELL_BACK, reason or STAYS)
            return
        yield self._drafted(
            _filled(self._floor, [held for _, held in self._standing.in_order()]), outcome, reason
        )

    def _prompt(self, question: Question, model: Speaker, longest: int) -> Prompt | None:
        groups = [Group(cell.heading, cell.evidence) for cell in self._cells]
        if not self._conversation.begin():
            return None
        try:
            return tabulating(question, groups, model, longest)
        except ModelError as error:
            self._conversation.failure = error
            return None

    def _judged(self, read: Sentence, named: tuple[Evidence, ...]) -> Iterator[Making]:
        """Let a sentence stand that is wholly supported by the evidence of one cell, and needs no other sentence."""
        if read.is_whole and named:
            checked = self._standing.check(read.number, read.text, named, alone=True)
            kept = checked.support.evidence
            is_in_one = any(set(kept) <= set(cell.evidence) for cell in self._cells)
            if checked.support.verdict is Verdict.SUPPORTED and is_in_one:
                yield self._hold(read.number, checked)
                return
        yield self._withdrawn(read.number, STAYS)


def _cells_of(floor: Draft) -> Iterator[_Cell]:
    for row in floor.rows:
        for subject, cell in zip(floor.subjects, row.cells, strict=True):
            evidence = tuple(found for found in _evidence_of(floor, cell) if not demands(found.text))
            if evidence:
                yield _Cell(f"{harmless(row.aspect)}, {harmless(subject)}:", evidence)


def _evidence_of(floor: Draft, cell: Sequence[int]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(found for index in cell for found in floor.statements[index].evidence))


def _filled(floor: Draft, held: Sequence[DraftStatement]) -> Draft:
    """Put sentences in the place of the statements whose evidence they name."""
    statements: dict[DraftStatement, int] = {}

    def written(cell: Sequence[int]) -> tuple[int, ...]:
        own = set(_evidence_of(floor, cell))
        sentences = [said for said in held if own.issuperset(said.evidence)]
        shown = dict.fromkeys(said for index in cell for said in _said(floor.statements[index], sentences))
        return tuple(statements.setdefault(said, len(statements)) for said in shown)

    rows = tuple(DraftRow(row.aspect, tuple(written(cell) for cell in row.cells)) for row in floor.rows)
    return replace(floor, statements=tuple(statements), rows=rows)


def _said(statement: DraftStatement, sentences: Sequence[DraftStatement]) -> Sequence[DraftStatement]:
    """Give what stands in the place of a statement: sentences that name its own evidence, or itself."""
    return [said for said in sentences if statement.evidence[0] in said.evidence] or [statement]
