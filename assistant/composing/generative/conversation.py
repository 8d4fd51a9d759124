"""All that one answer asks of a model: what came of it, what it used, how fast it was."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Sequence

from assistant.composing.generative.speaker import Speaker
from assistant.models.budget import Budget
from assistant.models.errors import ModelError
from assistant.models.providers.access import Ending, Turn
from assistant.models.usage import Usage

# A short answer is over after so many characters, whatever the model still says.
_LONGEST_SHORT = 2000


class Conversation:
    """Requests of one answer, one after the other; once one has failed or the reader has stopped, no more is asked.

    Attributes:
        usage: Tokens used so far.
        failure: What went wrong.
        ending: Why the last text ended.
        first_word_ms: How long the first text that was listened to took to begin.
        tokens_per_second: How fast it was written.
    """

    def __init__(self, model: Speaker, stop: threading.Event, budget: Budget | None = None) -> None:
        """Ask `model` until `stop` is set."""
        self.usage = Usage()
        self.failure: ModelError | None = None
        self.ending: Ending | None = None
        self.first_word_ms: float | None = None
        self.tokens_per_second: float | None = None
        self._model = model
        self._stop = stop
        self._budget = budget

    @property
    def is_stopped(self) -> bool:
        """Whether the reader has stopped it."""
        return self._stop.is_set()

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be asked."""
        return self.is_stopped or self.failure is not None

    def begin(self) -> bool:
        """Wait until the model can be asked, and tell whether it can."""
        if self.is_over:
            return False
        try:
            return self._model.ready(self._stop)
        except ModelError as error:
            self.failure = error
            return False

    def listen(self, turns: Sequence[Turn], longest: int, *, timed: bool = True) -> Generator[str]:
        """Ask, and give the text as it comes; it ends early where it fails, is stopped, or nobody listens any more.

        Args:
            turns: What the model is told.
            longest: How many tokens its answer may have.
            timed: Whether a reader waits for its first word.
        """
        if self.is_over:
            return
        begun = time.perf_counter()
        with self._model.speak(turns, longest=longest, stop=self._stop, budget=self._budget) as speech:
            try:
                for piece in speech:
                    if timed and self.first_word_ms is None:
                        self.first_word_ms = round((time.perf_counter() - begun) * 1000, 1)
                    yield piece
            except ModelError as error:
                self.failure = error
            finally:
                speech.close()
                self.ending = speech.ending
                self.usage += speech.usage
                if timed and self.tokens_per_second is None:
                    self.tokens_per_second = speech.tokens_per_second

    def ask(self, turns: Sequence[Turn], longest: int) -> str | None:
        """Ask for a short text; None if there is none, or not all of it."""
        said = ""
        for piece in self.listen(turns, longest, timed=False):
            said += piece
            if len(said) > _LONGEST_SHORT:
                break
        return None if self.is_over else said
