"""What composing asks of a language model; `assistant.models` has them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol

from assistant.models.budget import Budget
from assistant.models.calls import Speech
from assistant.models.providers.access import Turn


class Speaker(Protocol):
    """A language model."""

    @property
    def label(self) -> str:
        """What readers call it."""
        ...

    @property
    def context(self) -> int:
        """How many tokens it reads and writes together."""
        ...

    def ready(self, stop: threading.Event) -> bool:
        """Wait until it can be asked; not if `stop` is set meanwhile. Raises `ModelError`."""
        ...

    def tokens_in(self, text: str) -> int:
        """Count the tokens of a text."""
        ...

    def prompt_tokens(self, turns: Sequence[Turn]) -> int:
        """Count the tokens of a whole prompt."""
        ...

    def speak(
        self,
        turns: Sequence[Turn],
        *,
        longest: int,
        stop: threading.Event,
        temperature: float = 0.0,
        budget: Budget | None = None,
    ) -> Speech:
        """Ask it; reading the text raises `ModelError`."""
        ...
