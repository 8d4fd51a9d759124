"""How a question was understood, and whether it was one."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.words import words


def read_as(question: str, standalone: str) -> str | None:
    """Give the whole question that is answered where the reader's words leave some of it to the conversation.

    Spelling that was mended is told in the notes, word by word.
    """
    return standalone if len(words(standalone)) > len(words(question)) else None


def is_reply(answer: Answer) -> bool:
    """Tell a reply to a greeting or the like: it says what it has to say, and nothing was searched."""
    return answer.abstention is not None and answer.answer == answer.abstention.reason
