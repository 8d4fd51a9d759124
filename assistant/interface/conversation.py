"""One reader's conversation: what was asked, what was said, and the sources of every answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant import Assistant
from assistant.interface.chat import PENDING, answer_message, error_message, question_message
from assistant.interface.sources import sources_panel
from corpus.errors import LoccitError

logger = logging.getLogger(__name__)


@dataclass
class Conversation:
    """What one page shows; each page has its own.

    Attributes:
        questions: In the order in which they were asked, and answered.
        messages: What the chat shows, as Gradio's chatbot takes it.
        panels: The sources of every answer, as HTML.
    """

    questions: list[str] = field(default_factory=list)
    messages: list[dict[str, str]] = field(default_factory=list)
    panels: list[str] = field(default_factory=list)

    def ask(self, assistant: Assistant, question: str) -> Iterator[None]:
        """Ask, with the earlier questions as history; pauses once the question can be shown, ends with the answer."""
        self._say("user", question_message(question))
        self._say("assistant", PENDING)
        pending = len(self.messages) - 1
        yield
        try:
            message = self._answered(assistant, question)
        except LoccitError as error:
            message = error_message(error)
        except Exception:
            logger.exception("could not answer %r", question)
            message = error_message(
                LoccitError("Loccit failed at this question; its terminal says how. Ask another.")
            )
        # By its place: another question may have been asked meanwhile.
        self.messages[pending] = {"role": "assistant", "content": message}

    def _answered(self, assistant: Assistant, question: str) -> str:
        answer = assistant.ask(question, history=self.questions)
        turn = len(self.panels) + 1
        self.panels.append(sources_panel(assistant.library, answer, turn))
        self.questions.append(question)
        return answer_message(answer, turn, assistant.library.catalogue.counts())

    def _say(self, role: str, content: str) -> None:
        self.messages.append({"role": role, "content": content})
