"""The language model that answers are written with: the one door to any of them."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Sequence
from concurrent.futures import CancelledError
from typing import Self

from assistant.models.asking import Request
from assistant.models.budget import Budget
from assistant.models.calls import Call, Speech
from assistant.models.errors import ModelError
from assistant.models.naming import ModelName
from assistant.models.process import Process
from assistant.models.providers import require
from assistant.models.providers.access import Access, Ending, Facts, Turn
from assistant.models.spending import Spending
from assistant.models.tokens import prompt_tokens
from assistant.models.usage import Usage
from corpus.settings import Settings

__all__ = ["Budget", "Ending", "LanguageModel", "Speech", "Turn", "Usage"]

# Tokens of context where neither a setting nor the model says.
USUAL_CONTEXT = 4_096
_NOBODY = "nobody says how many; LOCCIT_LLM_CONTEXT sets it"


class LanguageModel:
    """A language model, asked by many at once and answering them in order. Safe across threads and forks.

    Attributes:
        name: What it is and where it runs.
        spending: The ledger of what it costs.
    """

    def __init__(self, name: ModelName, settings: Settings) -> None:
        """Make ready to ask; nothing is imported, loaded or sent before the first question.

        Raises:
            SettingsError: If a limit is set without a price, or the price is none.
        """
        self.name = name
        self.spending = Spending.of(settings)
        self._settings = settings
        self._lock = threading.Lock()
        self._process: Process | None = None
        _open_models.add(self)

    @classmethod
    def open(cls, settings: Settings) -> Self | None:
        """Give the model that is set; None if none is.

        Raises:
            UnknownModelError: If what is set names no model.
            ModelExtraMissingError: If its packages are not installed.
            ModelKeyMissingError: If it needs a key and the environment has none.
            SettingsError: If a limit is set without a price, or the price is none.
        """
        name = ModelName.parse(settings.llm)
        if name is None:
            return None
        require(name)
        return cls(name, settings)

    @property
    def label(self) -> str:
        """What readers see: "gpt-5-mini (OpenAI)"."""
        return self.name.label

    @property
    def is_local(self) -> bool:
        """Whether no request leaves this machine, as far as is known."""
        facts = self._process.facts if self._process else None
        return self.name.is_local and not (facts and facts.is_forwarded)

    @property
    def context(self) -> int:
        """How many tokens it reads and writes together. Its server is asked for it the first time."""
        return self.facts.context or USUAL_CONTEXT

    @property
    def facts(self) -> Facts:
        """What is known of it; where its server does not tell now, what is set or usual. Asks the first time."""
        try:
            facts = self.introduction()
        except ModelError:
            # Who asks it meets the same, and is told.
            facts = Facts()
        if self._settings.llm_context:
            return Facts(self._settings.llm_context, "LOCCIT_LLM_CONTEXT says so", facts.is_forwarded)
        return facts if facts.context else Facts(USUAL_CONTEXT, _NOBODY, facts.is_forwarded)

    def introduction(self) -> Facts:
        """Ask what is known of the model, where that was not asked before.

        Raises:
            ModelError: If it cannot be used, or does not tell.
        """
        here = self._here
        return here.facts or here.running.result(here.introduced())

    def prepare(self) -> None:
        """Begin to import and load what the first question would wait for; what fails then fails there, and is told."""
        here = self._here
        here.running.start(here.ready(), lambda: None)

    def ready(self, stop: threading.Event) -> bool:
        """Wait until the model can be asked: imported, loaded, its context known if its server tells.

        Args:
            stop: Ends the wait within 100 ms when it is set; the model is then made ready for the next.

        Returns:
            Whether it is ready; not if it was stopped.

        Raises:
            ModelError: If the model cannot be used.
        """
        here = self._here
        try:
            here.running.result(here.ready(), stop)
        except CancelledError:
            return False
        return True

    def tokens_in(self, text: str) -> int:
        """Count the tokens of a text, or estimate them from above.

        Raises:
            ModelError: If the model cannot be used.
        """
        return self._access().counter.count(text)

    @property
    def counting(self) -> str:
        """How it is known how many tokens a text has, for readers.

        Raises:
            ModelError: If the model cannot be used.
        """
        return self._access().counter.way

    def prompt_tokens(self, turns: Sequence[Turn]) -> int:
        """Count the tokens of a whole prompt, from above: what a model's form of a chat adds is not known exactly.

        Raises:
            ModelError: If the model cannot be used.
        """
        return prompt_tokens(self._access().counter, [turn.text for turn in turns])

    def cost(self, usage: Usage) -> float | None:
        """Give what tokens cost, in the currency of the set price; None without one."""
        return self.spending.price.of(usage) if self.spending.price else None

    def speak(
        self,
        turns: Sequence[Turn],
        *,
        longest: int,
        stop: threading.Event,
        temperature: float = 0.0,
        budget: Budget | None = None,
    ) -> Speech:
        """Ask the model. It is asked when its turn comes: first come, first served.

        Args:
            turns: What it is told.
            longest: How many tokens its answer may have.
            stop: Ends the text within 100 ms when it is set, whatever the model does.
            temperature: 0 for the likeliest words.
            budget: What the answer that this is part of may use; the answer is cut to what is left.

        Returns:
            The text in pieces. Reading it raises the kinds of `ModelError`; what came before has been given.
        """
        call, here = Call(), self._here
        request = Request(tuple(turns), longest, temperature)
        cancel = here.running.start(here.work(request, call, budget or Budget()), call.give_up)
        return Speech(call, cancel, stop)

    def close(self) -> None:
        """Stop all that is asked, and close connections. What is asked afterwards begins anew."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.close()

    @property
    def _here(self) -> Process:
        with self._lock:
            if self._process is None:
                self._process = Process(self.name, self._settings, self.spending)
            return self._process

    def _access(self) -> Access:
        here = self._here
        return here.access or here.running.result(here.opened())

    def _forget_parent(self) -> None:
        """Begin anew in a child: its parent's threads and connections are not its own, and may not be closed."""
        _inherited.append(self._process)
        self._lock, self._process = threading.Lock(), None


# Forked children find here what they must begin anew.
_open_models: weakref.WeakSet[LanguageModel] = weakref.WeakSet()
# To free what is a parent's would close its connections and wait for its threads.
_inherited: list[object] = []


def _begin_anew_in_child() -> None:
    for model in _open_models:
        model._forget_parent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew_in_child)
