"""How many tokens one answer may cost, whatever requests it is made of."""

from __future__ import annotations

import threading

from assistant.models.errors import SpendingError
from assistant.models.usage import Usage

# A model cannot say a sentence in fewer.
_FEWEST = 16


class Budget:
    """What one answer may use, shared by its requests. Safe across threads.

    Attributes:
        most: How many tokens, read and written together; None for any number.
    """

    def __init__(self, most: int | None = None) -> None:
        """Allow so many tokens, read and written together; None for any number."""
        self.most = most
        self._used = Usage()
        self._reserved = 0
        self._lock = threading.Lock()

    @property
    def used(self) -> Usage:
        """What the requests that have ended have used."""
        with self._lock:
            return self._used

    def reserve(self, prompt: int, longest: int) -> int:
        """Set aside what a request may use, or what is left of the budget.

        Args:
            prompt: How many tokens its prompt has.
            longest: How many tokens its answer may have.

        Returns:
            How many tokens its answer may have within the budget.

        Raises:
            SpendingError: If too little is left to say anything.
        """
        with self._lock:
            if self.most is not None:
                left = self.most - self._used.tokens - self._reserved
                if left < prompt + min(longest, _FEWEST):
                    raise SpendingError(
                        f"This answer's limit of {self.most} tokens is reached: {left} are left, and the next request "
                        f"needs {prompt} for its prompt alone. LOCCIT_MAX_TOKENS_PER_ANSWER raises it."
                    )
                longest = min(longest, left - prompt)
            self._reserved += prompt + longest
            return longest

    def charge(self, prompt: int, longest: int, used: Usage) -> None:
        """Replace what was set aside for a request by what it used."""
        with self._lock:
            self._reserved -= prompt + longest
            self._used += used
