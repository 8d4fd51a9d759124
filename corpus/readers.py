"""What readers write: opinions of answers and, for named readers, conversations. A database beside the catalogue.

It has nothing to do with the ingest lock: a reader's word is kept while papers are added.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from corpus.database import Database
from corpus.errors import LibraryError
from corpus.folding import folded

FILE = "readers.sqlite"
# In characters: a conversation of some hundred answers with their sources.
LONGEST_CONVERSATION = 8_000_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    answer TEXT PRIMARY KEY, opinion TEXT NOT NULL, question TEXT NOT NULL, kind TEXT NOT NULL, said TEXT NOT NULL,
    declined INTEGER NOT NULL, cited TEXT NOT NULL, wrong INTEGER, reader TEXT, given_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS conversations (
    reader TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, changed_at TEXT NOT NULL,
    PRIMARY KEY (reader, id)
) STRICT, WITHOUT ROWID;
"""


class Opinion(StrEnum):
    """What a reader thinks of an answer."""

    GOOD = "good"
    WRONG_CITATION = "wrong-citation"
    NOT_ANSWERED = "not-answered"


@dataclass(frozen=True, slots=True)
class CitedWords:
    """Words that an answer quotes, and where from.

    Attributes:
        number: The citation's number in the answer.
        document_id: The cited document.
        start: Offset of their first character in the document's text.
        end: Offset after their last.
        text: The words, as they stood there.
    """

    number: int
    document_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thinks of one answer.

    Attributes:
        answer: Names the answer; a second opinion of it takes the place of the first.
        opinion: What the reader thinks.
        question: Whole, without the conversation that it was asked in.
        kind: What it asks for.
        said: The answer's text; where it declines, its reason.
        declined: Whether it declines.
        cited: What the answer quotes.
        wrong: The number that the reader holds to be wrong; None for no particular one.
        reader: Who is signed in; None if nobody is.
        given_at: When, in UTC (ISO 8601).
    """

    answer: str
    opinion: Opinion
    question: str
    kind: str
    said: str
    declined: bool = False
    cited: tuple[CitedWords, ...] = ()
    wrong: int | None = None
    reader: str | None = None
    given_at: str = ""


@dataclass(frozen=True, slots=True)
class ConversationName:
    """A kept conversation in a list.

    Attributes:
        id: Unique among its reader's.
        name: What the reader calls it.
        changed_at: When it was last kept, in UTC (ISO 8601).
    """

    id: str
    name: str
    changed_at: str


class Readers(Database):
    """What the readers of one library have written. Safe across threads and processes; a reader sees only their own."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it is made when something is first kept."""
        super().__init__(path)
        self._making = threading.Lock()
        self._is_made = False

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open what the readers of the library in `folder` have written."""
        return cls(folder / FILE)

    def keep_feedback(self, feedback: Feedback) -> None:
        """Keep an opinion, in place of an earlier one of the same answer.

        Raises:
            LibraryError: If the disk is full or refuses.
        """
        cited = json.dumps([asdict(words) for words in feedback.cited], ensure_ascii=False)
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    feedback.answer,
                    feedback.opinion,
                    feedback.question,
                    feedback.kind,
                    feedback.said,
                    feedback.declined,
                    cited,
                    feedback.wrong,
                    feedback.reader,
                    feedback.given_at or _now(),
                ),
            )

    def forget_feedback(self, answer: str) -> None:
        """Forget the opinion of an answer, if there is one."""
        with self._writing() as connection:
            connection.execute("DELETE FROM feedback WHERE answer = ?", (answer,))

    def feedback(self, answers: Collection[str] | None = None) -> list[Feedback]:
        """List opinions, the oldest first.

        Args:
            answers: Only those of the answers with these names; None for all.
        """
        named = "" if answers is None else " WHERE answer IN (SELECT value FROM json_each(?))"
        rows = self._read(
            "SELECT answer, opinion, question, kind, said, declined, cited, wrong, reader, given_at FROM feedback"
            f"{named} ORDER BY given_at, answer",
            *([] if answers is None else [json.dumps(list(answers))]),
        )
        return [
            Feedback(
                answer,
                Opinion(opinion),
                question,
                kind,
                said,
                bool(declined),
                tuple(CitedWords(**words) for words in json.loads(cited)),
                wrong,
                reader,
                given_at,
            )
            for answer, opinion, question, kind, said, declined, cited, wrong, reader, given_at in rows
        ]

    def keep_conversation(self, reader: str, conversation_id: str, name: str, content: str) -> None:
        """Keep a conversation, in place of what was kept of it before.

        Args:
            reader: Who is signed in.
            conversation_id: Unique among this reader's.
            name: What the reader calls it.
            content: The conversation as whoever shows it writes it.

        Raises:
            LibraryError: If it is too long, or the disk is full or refuses.
        """
        if len(content) > LONGEST_CONVERSATION:
            raise LibraryError("This conversation has grown too long to be kept. Begin a new one.")
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?)",
                (reader, conversation_id, name, content, _now()),
            )

    def name_conversation(self, reader: str, conversation_id: str, name: str) -> None:
        """Give a kept conversation another name; it does not become a newer one by it."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE conversations SET name = ? WHERE reader = ? AND id = ?",
                (name, reader, conversation_id),
            )

    def conversations(self, reader: str, words: str = "") -> list[ConversationName]:
        """List a reader's conversations, the newest first.

        Args:
            reader: Who is signed in.
            words: Only those that hold all of these, in their name or in what was said.
        """
        rows = self._read(
            "SELECT id, name, changed_at, content FROM conversations WHERE reader = ?"
            " ORDER BY changed_at DESC, id",
            reader,
        )
        wanted = folded(words).split()
        return [
            ConversationName(conversation_id, name, changed_at)
            for conversation_id, name, changed_at, content in rows
            if not wanted or _holds(f"{name} {content}", wanted)
        ]

    def conversation(self, reader: str, conversation_id: str) -> str | None:
        """Give what was kept of a reader's conversation; None if there is none of that name."""
        rows = self._read(
            "SELECT content FROM conversations WHERE reader = ? AND id = ?", reader, conversation_id
        )
        return str(rows[0][0]) if rows else None

    def forget_conversation(self, reader: str, conversation_id: str) -> None:
        """Forget a reader's conversation, if there is one."""
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM conversations WHERE reader = ? AND id = ?", (reader, conversation_id)
            )

    def forget_conversations(self, reader: str) -> None:
        """Forget all of a reader's conversations."""
        with self._writing() as connection:
            connection.execute("DELETE FROM conversations WHERE reader = ?", (reader,))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self._make()
        with self.transaction():
            yield self.connection

    def _make(self) -> None:
        with self._making:
            if self._is_made:
                return
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
                for statement in _SCHEMA.split(";"):
                    self.connection.execute(statement)
            except sqlite3.DatabaseError as error:
                raise LibraryError(
                    f"What readers write cannot be kept in {self.path}: {error}. "
                    "See to its disk's free space and its rights, then try again."
                ) from error
            self._is_made = True

    def _read(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        self._make()
        rows: list[tuple[Any, ...]] = self.connection.execute(query, values).fetchall()
        return rows


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _holds(text: str, wanted: list[str]) -> bool:
    said = folded(text)
    return all(word in said for word in wanted)
