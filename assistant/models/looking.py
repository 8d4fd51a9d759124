"""How the set language model is: what it is, where it runs, whether it answers, how fast, and what it has cost."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from assistant.models.errors import ModelError
from assistant.models.naming import ModelName
from assistant.models.providers import require
from assistant.models.speaking import LanguageModel, Turn
from assistant.models.spending import Spending, Spent
from corpus.settings import Settings

# What it is asked to see whether it answers: of no reader and of no paper, and long enough to measure.
_TURNS = (Turn("user", "Count from one to ten in words, separated by commas."),)
_LONGEST = 32


@dataclass(frozen=True, slots=True)
class Measured:
    """What one short request has shown.

    Attributes:
        first_word_ms: How long the model took to its first word.
        tokens_per_second: How fast it wrote then; None where it wrote too little to tell.
    """

    first_word_ms: float
    tokens_per_second: float | None


@dataclass(frozen=True, slots=True)
class ModelState:
    """What is known of the set model.

    Attributes:
        name: As it is set.
        label: As readers see it; None where the name names no model.
        address: Where requests go; None for a file.
        address_from: The environment variable that says so, if one does.
        leaves_machine: Whether they leave this machine; None where it is not known what the model is.
        problem: Why it cannot be used; None if it answers.
        measured: What a request has shown; None without an answer.
        context: How many tokens it reads and writes; None where it cannot be asked.
        context_from: Who says so.
        tokens_counted: How tokens are counted.
        spent: What all models have used today.
    """

    name: str
    label: str | None = None
    address: str | None = None
    address_from: str | None = None
    leaves_machine: bool | None = None
    problem: str | None = None
    measured: Measured | None = None
    context: int | None = None
    context_from: str | None = None
    tokens_counted: str | None = None
    spent: Spent | None = None


def look(settings: Settings) -> ModelState | None:
    """Look at the set model, by one short request; None if none is set.

    Raises:
        SettingsError: If a limit is set without a price, or the price is none.
        SpendingError: If the record of spending cannot be read.
    """
    try:
        name = ModelName.parse(settings.llm)
    except ModelError as error:
        return ModelState(settings.llm, problem=str(error))
    if name is None:
        return None
    spending = Spending.of(settings)
    state = ModelState(
        name=str(name),
        label=name.label,
        address=str(name.address) if name.address else None,
        address_from=name.variable,
        leaves_machine=not name.is_local,
    )
    try:
        require(name)
        state = _looked(LanguageModel(name, settings), state)
    except ModelError as error:
        state = replace(state, problem=str(error))
    return replace(state, spent=spending.today())


def _looked(model: LanguageModel, state: ModelState) -> ModelState:
    try:
        # Counting asks a server once, so that it is known whether it counts.
        model.tokens_in(_TURNS[0].text)
        with model.speak(_TURNS, longest=_LONGEST, stop=threading.Event()) as speech:
            for _ in speech:
                pass
        facts = model.facts
        return replace(
            state,
            leaves_machine=not model.is_local,
            measured=Measured(round((speech.first_word_seconds or 0) * 1000, 1), speech.tokens_per_second),
            context=facts.context,
            context_from=facts.known_from,
            tokens_counted=model.counting,
        )
    finally:
        model.close()
