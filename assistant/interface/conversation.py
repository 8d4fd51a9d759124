"""One reader's conversation: what was asked, what was said, and the sources of every answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal

from assistant import Assistant
from assistant.interface.answering.making import Making
from assistant.interface.answering.running import Running
from assistant.interface.chat import answer_message, error_message, making_message, question_message
from assistant.interface.sources import sources_panel
from assistant.streaming import Event, Finished
from corpus.errors import LoccitError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """What the chat shows at one place: a question as Markdown, or what is said to it as HTML."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """An answer as the page shows it, and the panel of its sources."""

    content: str
    panel: str


@dataclass
class Conversation:
    """What one page shows; each page has its own.

    Attributes:
        questions: In the order in which they were answered.
        messages: What the chat shows.
        panels: The sources of every answer, as HTML.
    """

    questions: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    panels: list[str] = field(default_factory=list)
    _turns: int = field(default=0, init=False)
    _running: set[Running[Event | _Shown]] = field(default_factory=set, init=False)

    async def ask(self, assistant: Assistant, question: str, model: str) -> AsyncGenerator[None, None]:
        """Ask, with the earlier questions as history.

        It pauses as soon as the question can be shown, then whenever there may be something new to show, and ends with
        the answer. Who closes it before its end stops the answer.

        Args:
            assistant: Answers.
            question: What the reader asks.
            model: Who writes the answer, for readers.
        """
        making = Making()
        self._turns += 1
        turn, place = self._turns, len(self.messages) + 1
        self.messages += [
            Message("user", question_message(question)),
            Message("assistant", making_message(making, question, model)),
        ]
        yield
        running = Running(lambda stop: self._made(assistant, question, turn, stop))
        self._running.add(running)
        answered = None
        try:
            async with aclosing(running.batches()) as batches:
                async for news in batches:
                    answered = self._taken(news, making) or answered
                    content = answered or making_message(making, question, model)
                    # By its place: another question may have been asked meanwhile.
                    self.messages[place] = Message("assistant", content)
                    yield
        except LoccitError as error:
            self.messages[place] = Message("assistant", error_message(error))
        except Exception:
            logger.exception("could not answer %r", question)
            failed = LoccitError("Loccit failed at this question; its terminal says how. Ask another.")
            self.messages[place] = Message("assistant", error_message(failed))
        else:
            self.questions.append(question)
        finally:
            self._running.discard(running)

    def stop(self) -> None:
        """Stop what is being written: what was checked by then is the answer."""
        for running in self._running:
            running.stop()

    def _made(
        self, assistant: Assistant, question: str, turn: int, stop: threading.Event
    ) -> Iterator[Event | _Shown]:
        """Tell how the answer comes about, and at last how it is shown; in the thread that makes it."""
        for event in assistant.stream(question, history=tuple(self.questions), stop=stop):
            if isinstance(event, Finished):
                counts = assistant.library.catalogue.counts()
                panel = sources_panel(assistant.library, event.answer, turn)
                yield _Shown(answer_message(event.answer, turn, counts), panel)
            else:
                yield event

    def _taken(self, news: list[Event | _Shown], making: Making) -> str | None:
        """Take note of what has happened; give the finished answer if it has come."""
        finished = None
        for told in news:
            if isinstance(told, _Shown):
                self.panels.append(told.panel)
                finished = told.content
            else:
                making.take(told)
        return finished
