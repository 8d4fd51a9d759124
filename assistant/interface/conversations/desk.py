"""The conversations of readers who have signed in: on the server, each reader's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.interface.conversations.kept import MOST_TURNS
from corpus.folding import folded
from corpus.readers import ConversationName, Readers

LONGEST_NAME = 200
Identity = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NAME)]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Search(_Shape):
    """Which conversations a reader looks for: those that hold all words."""

    words: str = ""


class One(_Shape):
    """One conversation."""

    id: Identity


class Renamed(One):
    """A conversation's other name."""

    name: Name


class ToKeep(Renamed):
    """A conversation to keep, in place of what was kept of it before; its turns are read when they are shown again."""

    turns: tuple[dict[str, Any], ...] = Field(max_length=MOST_TURNS)


class Listed(_Shape):
    """A reader's conversations, the newest first."""

    conversations: tuple[ConversationName, ...]


class Opened(_Shape):
    """What was kept of a conversation; no turns where there is none."""

    name: str
    turns: list[Any] | None


class ConversationDesk:
    """Keeps, lists and forgets conversations for one signed-in reader at a time; nobody sees another's."""

    def __init__(self, readers: Readers) -> None:
        """Keep them in the database of what readers write."""
        self._readers = readers

    def listed(self, reader: str, search: Search) -> Listed:
        """List a reader's conversations."""
        every = self._readers.conversations(reader)
        wanted = folded(search.words).split()
        return Listed(
            conversations=tuple(one for one in every if not wanted or self._holds(reader, one, wanted))
        )

    def one(self, reader: str, asked: One) -> Opened:
        """Give what was kept of a conversation."""
        content = self._readers.conversation(reader, asked.id)
        names = {one.id: one.name for one in self._readers.conversations(reader)} if content else {}
        return Opened(name=names.get(asked.id, ""), turns=json.loads(content) if content else None)

    def keep(self, reader: str, given: ToKeep) -> None:
        """Keep a conversation.

        Raises:
            LibraryError: If it is too long, or the disk is full or refuses.
        """
        content = json.dumps(given.turns, ensure_ascii=False)
        self._readers.keep_conversation(reader, given.id, given.name, content)

    def rename(self, reader: str, given: Renamed) -> None:
        """Give a conversation another name."""
        self._readers.name_conversation(reader, given.id, given.name)

    def forget(self, reader: str, asked: One) -> None:
        """Forget a conversation."""
        self._readers.forget_conversation(reader, asked.id)

    def forget_all(self, reader: str) -> None:
        """Forget all of a reader's conversations."""
        self._readers.forget_conversations(reader)

    def _holds(self, reader: str, one: ConversationName, wanted: list[str]) -> bool:
        said = folded("\n".join((one.name, *_said(self._readers.conversation(reader, one.id)))))
        return all(word in said for word in wanted)


def _said(content: str | None) -> Iterator[str]:
    """Give the questions and the answers: what a reader remembers of a conversation."""
    for turn in json.loads(content or "[]"):
        answer = turn.get("answer")
        yield str(turn.get("question", ""))
        yield str(answer.get("answer", "")) if isinstance(answer, dict) else ""
