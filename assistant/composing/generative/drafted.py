"""What came of letting a model write: a draft, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from assistant.answer import LeftOut, Written
from assistant.composing.draft import Draft
from assistant.models.usage import Usage


class Outcome(Enum):
    """How it ended."""

    WRITTEN = auto()
    # The model says that the evidence does not hold the answer.
    DECLINED = auto()
    # Nothing can be shown: the extractive answer is to be given.
    FELL_BACK = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Drafted:
    """The last event of writing.

    Attributes:
        draft: The statements that stand, in the order in which they were written, with their verdicts.
        outcome: How it ended.
        reason: Why the extractive answer is to be given; or why a written one is not all that the model had to say. A
            sentence for readers.
        left_out: What the model said and nothing bears out.
        repaired: Indices of the statements that were written anew.
        usage: Tokens used.
        first_word_ms: How long the first word took.
        tokens_per_second: How fast the model wrote.
        stopped: Whether the reader stopped it.
    """

    draft: Draft
    outcome: Outcome
    reason: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    repaired: tuple[int, ...] = ()
    usage: Usage = field(default_factory=Usage)
    first_word_ms: float | None = None
    tokens_per_second: float | None = None
    stopped: bool = False

    def written(self, model: str, cost: float | None = None) -> Written:
        """Tell it as a part of the answer.

        Args:
            model: The model's name, for readers.
            cost: What the tokens cost, where prices are set.
        """
        return Written(
            model=model,
            first_word_ms=self.first_word_ms,
            prompt_tokens=self.usage.prompt_tokens,
            completion_tokens=self.usage.completion_tokens,
            tokens_estimated=self.usage.is_estimated,
            tokens_per_second=self.tokens_per_second,
            cost=cost,
            left_out=self.left_out,
            repaired=tuple(f"s{index + 1}" for index in self.repaired),
            fell_back=self.reason if self.outcome is Outcome.FELL_BACK else None,
            broke_off=self.reason if self.outcome is Outcome.WRITTEN else None,
            stopped=self.stopped,
        )
