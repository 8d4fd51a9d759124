"""How a question was understood, and whether it was one."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.words import words


def read_as(answer: Answer) -> str | None:
    """Give the whole question that was answered where the reader's words leave some of it to the conversation.

    Spelling that was mended is told in the notes, word by word.
    """
    understood = answer.standalone_question
    return understood if len(words(understood)) > len(words(answer.question)) else None


def is_reply(answer: Answer) -> bool:
    """Tell a reply to a greeting or the like: it says what it has to say, and nothing was searched."""
    return answer.abstention is not None and answer.answer == answer.abstention.reason
