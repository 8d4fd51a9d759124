"""What a request may use and what it did: in the budget of the answer it is for, and in the day's ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models.asking import Asking
from assistant.models.budget import Budget
from assistant.models.naming import ModelName
from assistant.models.providers.access import Access
from assistant.models.running import in_thread
from assistant.models.spending import Reservation, Spending
from assistant.models.tokens import Estimate, prompt_tokens
from assistant.models.usage import Usage

# Characters of English that make a token, on average.
_CHARACTERS = 4


@dataclass(frozen=True, slots=True)
class Account:
    """What has been set aside for one request.

    Attributes:
        longest: How many tokens may be written for it, thoughts included.
    """

    longest: int
    _prompt: int
    _budget: Budget
    _ledger: Spending | None
    _reservation: Reservation | None

    @classmethod
    async def open(
        cls,
        name: ModelName,
        access: Access,
        turns: Sequence[str],
        longest: int,
        budget: Budget,
        ledger: Spending | None,
    ) -> Account:
        """Set aside what a request may use.

        Args:
            name: The model.
            access: The way to it, which counts tokens.
            turns: What it is told.
            longest: How many tokens the answer may have at the most.
            budget: Of the answer that the request is for.
            ledger: Of the day; None where requests cost nothing.

        Raises:
            SpendingError: If that is more than is left.
        """
        prompt = 0
        if ledger or budget.most is not None:
            # A server on this machine may be asked, which blocks.
            prompt = await in_thread(lambda: prompt_tokens(access.counter, turns))
        allowed = budget.reserve(prompt, longest + access.allowance)
        try:
            most = Usage(prompt, allowed, is_estimated=True)
            reservation = ledger.reserve(str(name), most) if ledger else None
        except BaseException:
            budget.charge(prompt, allowed, Usage())
            raise
        return cls(allowed, prompt, budget, ledger, reservation)

    def close(self, used: Usage) -> None:
        """Enter what the request used.

        Raises:
            SpendingError: If the ledger cannot be written.
        """
        self._budget.charge(self._prompt, self.longest, used)
        if self._ledger and self._reservation:
            self._ledger.settle(self._reservation, used)


def used_by(asking: Asking, turns: Sequence[str]) -> Usage:
    """Give what a request used: as the model says, or estimated where it could not say.

    Args:
        asking: The request, ended.
        turns: What the model was told.
    """
    said = asking.usage
    if said and asking.is_whole:
        return said
    if not asking.may_cost:
        return Usage()
    written = max(asking.pieces, len(asking.said) // _CHARACTERS, said.completion_tokens if said else 0)
    read = said.prompt_tokens if said and said.prompt_tokens else prompt_tokens(Estimate(), turns)
    return Usage(read, written, is_estimated=True)
