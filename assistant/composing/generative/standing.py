"""What of an answer in the making stands: each sentence with the evidence that bears it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.composing.draft import DraftStatement
from assistant.composing.generative.holding import Judging, Support, support
from assistant.composing.generative.leaning import freed, points, speaks_of, unlabelled
from assistant.evidence import Evidence
from assistant.words import words

LEANS = "It leans on a sentence that is not there, or that speaks of something else."


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A sentence as it would stand, and how far its evidence bears it out."""

    text: str
    support: Support

    @property
    def reason(self) -> str:
        """The first reason, for the reader."""
        return self.support.reasons[0]


class Standing:
    """The sentences that stand, by their numbers in what the model writes."""

    def __init__(self, judging: Judging) -> None:
        """Check by a verifier; nothing stands yet."""
        self.statements: dict[int, DraftStatement] = {}
        self._judging = judging
        self._citations: dict[str, int] = {}

    def check(self, number: int, text: str, named: Sequence[Evidence], *, alone: bool = False) -> Checked:
        """Hold a sentence to the evidence that it names.

        Args:
            number: Its place; it may lean on the one before it, if that stands.
            text: What it says.
            named: The evidence that it names.
            alone: Whether it has to be understood without the one before it.
        """
        before = None if alone else self._before(number)
        text = unlabelled(freed(text, follows=before is not None), named)
        found = support(text, named, self._judging)
        if found.stands and points(text) and not (before and speaks_of(found.evidence, before)):
            found = Support(Verdict.NOT_FOUND, (), (LEANS,))
        return Checked(text, found)

    def hold(self, number: int, checked: Checked) -> tuple[int, ...]:
        """Let a sentence stand, and give the numbers of its citations: those of passages as they were first cited."""
        found = checked.support
        self.statements[number] = DraftStatement(checked.text, found.evidence, found.verdict)
        passages = dict.fromkeys(evidence.passage.index_id for evidence in found.evidence)
        return tuple(self._citations.setdefault(passage, len(self._citations) + 1) for passage in passages)

    def says(self, text: str) -> bool:
        """Tell whether a sentence of the same words stands."""
        return any(words(text) == words(held.text) for held in self.statements.values())

    def in_order(self) -> tuple[tuple[int, DraftStatement], ...]:
        """Give the statements in the order of the text, with their numbers."""
        return tuple(sorted(self.statements.items(), key=lambda entry: entry[0]))

    def _before(self, number: int) -> str | None:
        """Give the sentence that the one of this number may lean on: the last that does not itself lean."""
        before = self.statements.get(number - 1)
        if before is not None and points(before.text):
            return self._before(number - 1)
        return before.text if before else None
