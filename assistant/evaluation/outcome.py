"""What became of a question: the answer as it was judged. Plain data, from which every figure is counted."""

from __future__ import annotations

from typing import Literal

from assistant.answer import Kind, Verdict
from assistant.evaluation.data import Data
from assistant.evaluation.questions import PosedQuestion


class JudgedQuote(Data):
    """Quoted words, and whether they stand in the document exactly where the answer says."""

    text: str
    exact: bool


class JudgedCitation(Data):
    """A citation mark: one statement's use of one citation.

    Attributes:
        number: The citation's number; `document_id` is None if the answer has no such citation.
        quotes: The words that this statement quotes from it.
        admitted: Whether its document may be cited for the required facts.
        facts: The required facts, as patterns, that its own quotes hold.
        also: Whether its own quotes hold something else that is to the point.
    """

    number: int
    document_id: str | None
    title: str | None
    quotes: tuple[JudgedQuote, ...]
    admitted: bool
    facts: tuple[str, ...]
    also: bool

    @property
    def exact(self) -> bool:
        """Whether all that it quotes stands in its document."""
        return bool(self.quotes) and all(quote.exact for quote in self.quotes)


class JudgedStatement(Data):
    """A statement of the answer.

    Attributes:
        facts: The required facts, as patterns, that its text or its quotes give.
        repeats: The id of an earlier statement that says nearly the same.
    """

    id: str
    text: str
    verdict: Verdict
    citations: tuple[JudgedCitation, ...]
    facts: tuple[str, ...]
    repeats: str | None

    @property
    def upheld(self) -> bool:
        """Whether it is supported by at least one citation with exact quotes."""
        return self.verdict is Verdict.SUPPORTED and any(citation.exact for citation in self.citations)


class JudgedCells(Data):
    """What an answer's table says of one subject.

    Attributes:
        subject: As the question set names it.
        column: As the table names it; None if it has no such column.
        statements: Ids of the statements in the column, once for each cell that they stand in.
        missed: Required facts, as patterns, that no quote in the column holds.
        wrong: Those of `statements` that are about another subject only.
    """

    subject: str
    column: str | None
    statements: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


class Outcome(Data):
    """A question, the answer it got, and the judgement.

    Attributes:
        posed: The question with what was expected.
        understood: What kind of question it was taken for.
        standalone_question: How it was read with its history.
        answer: The answer's Markdown.
        reason: Why there is no answer.
        missing_terms: Terms that the answer says the library never mentions.
        missed: Required facts, as patterns, that no quote from an admitted document holds; `cells` have their own.
        corrected: Whether a false premise was declined with a cited correction.
        score: The share of facts and cells that are right; for an unanswerable question, whether it was declined.
        milliseconds: The time that the answer says it took.
        wall_milliseconds: The time until it was there.
    """

    posed: PosedQuestion
    understood: Kind
    standalone_question: str
    composer: Literal["extractive", "generative"]
    abstained: bool
    reason: str | None
    missing_terms: tuple[str, ...]
    answer: str
    statements: tuple[JudgedStatement, ...]
    cells: tuple[JudgedCells, ...]
    missed: tuple[str, ...]
    corrected: bool
    score: float
    milliseconds: float
    wall_milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the answer holds all that was wanted, or was rightly declined."""
        return self.score == 1
