"""What requests use: tokens, and what they cost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from corpus.errors import SettingsError

_MILLION = 1_000_000
_PRICE = re.compile(r"(\d+(?:\.\d*)?|\.\d+):(\d+(?:\.\d*)?|\.\d+)")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that requests have used.

    Attributes:
        prompt_tokens: Those read.
        completion_tokens: Those written, thoughts included.
        is_estimated: Whether any of it is an estimate, as after a stop.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    is_estimated: bool = False

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: Usage) -> Usage:
        """Add what another request has used."""
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.is_estimated or other.is_estimated,
        )


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, read and written, in a currency that only the reader knows."""

    read: float
    written: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a price such as "0.25:2".

        Raises:
            SettingsError: If it is none.
        """
        match = _PRICE.fullmatch(text.strip())
        if match is None:
            raise SettingsError(
                f"The price {text!r} is not of the form IN:OUT, as in LOCCIT_LLM_PRICE=0.25:2: what a million tokens "
                "cost to read, and to write."
            )
        return cls(float(match[1]), float(match[2]))

    def of(self, usage: Usage) -> float:
        """Give what tokens cost."""
        return (usage.prompt_tokens * self.read + usage.completion_tokens * self.written) / _MILLION
