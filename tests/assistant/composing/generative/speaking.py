"""A model that says what a test has it say, without a server; its texts come as those of any other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.answer import Kind
from assistant.composing.generative.dictation import Making
from assistant.composing.generative.drafted import Drafted
from assistant.models.budget import Budget
from assistant.models.calls import Call, End, Speech
from assistant.models.errors import ModelError
from assistant.models.providers.access import Ending, Turn
from assistant.models.usage import Usage
from assistant.question import Question
from assistant.streaming import Held, Withdrawn, Wrote
from tests.assistant.models.behaviours import evidence_in

Evidence = Mapping[str, str]
Saying = str | Callable[[Evidence], str] | ModelError | tuple[Callable[[Evidence], str], ModelError]


class Scripted:
    """Says one thing after the other, a word a piece; of the evidence that it is given, if it is told how."""

    label = "scripted"

    def __init__(self, *sayings: Saying, context: int = 4096, ending: Ending = Ending.FINISHED) -> None:
        self.context = context
        self.asked: list[str] = []
        self.longest: list[int] = []
        self.stops_after: tuple[threading.Event, int] | None = None
        self._sayings = list(sayings)
        self._ending = ending

    def ready(self, stop: threading.Event) -> bool:
        return not stop.is_set()

    def tokens_in(self, text: str) -> int:
        return len(text.split())

    def prompt_tokens(self, turns: Sequence[Turn]) -> int:
        return sum(self.tokens_in(turn.text) for turn in turns)

    def speak(
        self,
        turns: Sequence[Turn],
        *,
        longest: int,
        stop: threading.Event,
        temperature: float = 0.0,  # noqa: ARG002
        budget: Budget | None = None,  # noqa: ARG002
    ) -> Speech:
        prompt = "\n\n".join(turn.text for turn in turns)
        self.asked.append(prompt)
        self.longest.append(longest)
        text, error = _said(self._sayings.pop(0), evidence_in(prompt))
        call = Call()
        for piece in text.split(" "):
            call.say(f"{piece} ")
        usage = Usage(self.prompt_tokens(turns), self.tokens_in(text))
        call.finish(End(None if error else self._ending, usage, error))
        return Speech(call, lambda: None, stop)


def _said(saying: Saying, given: Evidence) -> tuple[str, ModelError | None]:
    if isinstance(saying, ModelError):
        return "", saying
    if isinstance(saying, tuple):
        return saying[0](given), saying[1]
    return (saying if isinstance(saying, str) else saying(given)), None


def question(text: str = "Is AB12 safe in lupus?", kind: Kind = Kind.OPEN) -> Question:
    return Question(text, text, text, kind, (), (), ())


def last(events: Iterator[Making]) -> Drafted:
    """Give what came of it all."""
    *_, drafted = events
    assert isinstance(drafted, Drafted)
    return drafted


def shown_at_the_end(events: Sequence[Making]) -> dict[int, str]:
    """Give the sentences that a reader sees who has followed all events."""
    shown: dict[int, str] = {}
    for event in events:
        match event:
            case Wrote(number, text):
                shown[number] = shown.get(number, "") + text
            case Held(number, text):
                shown[number] = text
            case Withdrawn(number):
                del shown[number]
    return shown
