"""One reader's conversation: what was asked, what was said, and the sources of every answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal

from assistant import Assistant
from assistant.answer import Answer
from assistant.interface.answering.making import Making
from assistant.interface.answering.running import Running
from assistant.interface.chat import answer_message, error_message, making_message, question_message
from assistant.interface.conversations.kept import UNREADABLE, Kept, Turn, UnreadableTurnError
from assistant.interface.filtering.filters import Filters, NothingFitsError, read_filters, searched
from assistant.interface.filtering.telling import narrowed_to, without_them
from assistant.interface.sources import sources_panel
from assistant.streaming import Event, Finished
from corpus.errors import LoccitError
from corpus.library import Library

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """What the chat shows at one place: a question as Markdown, or what is said to it as HTML."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """An answer as the page shows it, the panel of its sources, and what is kept of both."""

    content: str
    panel: str
    kept: Kept


@dataclass
class Conversation:
    """What one page shows; each page has its own.

    Attributes:
        turns: Questions and answers, in the order in which they were answered.
        messages: What the chat shows.
        panels: The sources of every answer, as HTML.
    """

    turns: list[Kept] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    panels: list[str] = field(default_factory=list)
    _turns: int = field(default=0, init=False)
    _running: set[Running[Event | _Shown]] = field(default_factory=set, init=False)

    @classmethod
    def restored(cls, library: Library, kept: Iterable[Kept]) -> Conversation:
        """Show a conversation that was kept, over the library as it is now."""
        conversation = cls(list(kept))
        with library.snapshot():
            for number, turn in enumerate(conversation.turns, 1):
                conversation._show_again(library, turn, number)
        conversation._turns = len(conversation.turns)
        return conversation

    @property
    def questions(self) -> list[str]:
        """What was asked and answered."""
        return [turn.question for turn in self.turns]

    async def ask(
        self, assistant: Assistant, question: str, model: str, chosen: str = ""
    ) -> AsyncGenerator[None, None]:
        """Ask, with the earlier questions as history.

        It pauses as soon as the question can be shown, then whenever there may be something new to show, and ends with
        the answer. Who closes it before its end stops the answer.

        Args:
            assistant: Answers.
            question: What the reader asks.
            model: Who writes the answer, for readers.
            chosen: The filters that are on, as the page sends them.
        """
        making = Making()
        self._turns += 1
        turn, place = self._turns, len(self.messages) + 1
        self.messages += [
            Message("user", question_message(question)),
            Message("assistant", making_message(making, question, model)),
        ]
        yield
        running = Running(lambda stop: self._made(assistant, question, chosen, turn, stop))
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
            way_out = without_them(question) if isinstance(error, NothingFitsError) else ""
            self.messages[place] = Message("assistant", error_message(error) + way_out)
        except Exception:
            logger.exception("could not answer %r", question)
            failed = LoccitError("Loccit failed at this question; its terminal says how. Ask another.")
            self.messages[place] = Message("assistant", error_message(failed))
        finally:
            self._running.discard(running)

    def stop(self) -> None:
        """Stop what is being written: what was checked by then is the answer."""
        for running in self._running:
            running.stop()

    def _made(
        self, assistant: Assistant, question: str, chosen: str, turn: int, stop: threading.Event
    ) -> Iterator[Event | _Shown]:
        """Tell how the answer comes about, and at last how it is shown; in the thread that makes it."""
        library = assistant.library
        filters = read_filters(chosen)
        searched(library, filters)
        history = tuple(self.questions)
        for event in assistant.stream(question, history=history, within=filters.as_filter(), stop=stop):
            if isinstance(event, Finished):
                content, panel = _page_of(library, event.answer, filters, turn)
                kept = Kept.of(Turn(question=question, filters=filters, answer=event.answer))
                yield _Shown(content, panel, kept)
            else:
                yield event

    def _taken(self, news: list[Event | _Shown], making: Making) -> str | None:
        """Take note of what has happened; give the finished answer if it has come."""
        finished = None
        for told in news:
            if isinstance(told, _Shown):
                self.panels.append(told.panel)
                self.turns.append(told.kept)
                finished = told.content
            else:
                making.take(told)
        return finished

    def _show_again(self, library: Library, kept: Kept, number: int) -> None:
        """Show one kept turn; a question stays readable even if its answer does not."""
        try:
            turn = kept.turn(library)
            content, panel = _page_of(library, turn.answer, turn.filters, number)
            self.panels.append(panel)
        except UnreadableTurnError as error:
            content = error_message(error)
        except (LookupError, ValueError):
            # Its parts do not fit each other: somebody has changed it.
            logger.warning("a kept answer cannot be shown", exc_info=True)
            content = error_message(UnreadableTurnError(UNREADABLE))
        self.messages += [
            Message("user", question_message(kept.question)),
            Message("assistant", content),
        ]


def _page_of(library: Library, answer: Answer, filters: Filters, turn: int) -> tuple[str, str]:
    """Give an answer as the chat shows it, and the panel of its sources."""
    try:
        counts = searched(library, filters)
    except NothingFitsError:
        # What it was answered from is gone since.
        counts = 0, 0
    content = narrowed_to(library, filters) + answer_message(answer, turn, counts)
    if answer.abstention and filters.narrow:
        content += without_them(answer.standalone_question)
    return content, sources_panel(library, answer, turn)
