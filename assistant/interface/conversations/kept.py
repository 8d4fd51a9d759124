"""What is kept of a conversation, and how the page is filled from it again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import islice, takewhile
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer
from assistant.interface.filtering.filters import Filters
from assistant.interface.sources import unchanged
from corpus.document import Span
from corpus.errors import LoccitError
from corpus.library import Library

UNREADABLE = "What was kept of this answer cannot be read. Ask again."
UNREADABLE_QUESTION = "A question that cannot be read"
# More than anybody reads through; a page that sends more is not ours.
MOST_TURNS = 500
LONGEST_QUESTION = 8000
_KEY_LENGTH = 16


class UnreadableTurnError(LoccitError):
    """A kept turn is not what this version of Loccit keeps."""


class Turn(BaseModel):
    """A question, the filters that it was asked with, and its answer: all that the page shows is made of these.

    A saved answer holds spans and the hash of each text, so that changed sources are seen when it is shown again.
    """

    model_config = ConfigDict(frozen=True)

    question: str
    filters: Filters = Filters()
    answer: Answer


@dataclass(frozen=True)
class Kept:
    """A turn as it is kept.

    Attributes:
        question: What was asked.
        record: JSON.
    """

    question: str
    record: str

    @classmethod
    def of(cls, turn: Turn) -> Kept:
        """Write a turn as it is kept."""
        return cls(turn.question, turn.model_dump_json())

    @classmethod
    def read(cls, record: object) -> Kept:
        """Take what was kept, as it is."""
        question = record.get("question") if isinstance(record, dict) else None
        is_one = isinstance(question, str) and 0 < len(question) <= LONGEST_QUESTION
        return cls(str(question) if is_one else UNREADABLE_QUESTION, json.dumps(record))

    @cached_property
    def key(self) -> str:
        """Tells it from every other turn."""
        return sha256(self.record.encode()).hexdigest()[:_KEY_LENGTH]

    def turn(self, library: Library) -> Turn:
        """Read the turn, and hold it to the library that it is shown over.

        Raises:
            UnreadableTurnError: If another version has kept it, or somebody has changed it since.
        """
        try:
            turn = Turn.model_validate_json(self.record)
        except ValidationError as error:
            raise UnreadableTurnError(UNREADABLE) from error
        if not _is_word_for_word(library, turn.answer):
            raise UnreadableTurnError(UNREADABLE)
        return turn


def kept_turns(told: object) -> Iterator[Kept]:
    """Read the turns that a page sends back, as far as they are any."""
    turns: Any = told if isinstance(told, list) else []
    return map(Kept.read, islice(turns, MOST_TURNS))


def recorded(turns: Sequence[Kept], known: object, of: object) -> str:
    """Write, for the page to keep, the turns that it does not know.

    Args:
        turns: Of the conversation.
        known: The keys of those that the page knows, in their order; their number, if it knows no more of them.
        of: What the page calls the conversation.

    Returns:
        JSON: `of`, `since`, how many of the known turns stand, `turns`, all after them, and `keys`, of all there are.
    """
    since = known if isinstance(known, int) else _common(turns, known if isinstance(known, list) else [])
    return json.dumps(
        {
            "of": of if isinstance(of, str) else "",
            "since": since,
            "keys": [turn.key for turn in turns],
            "turns": [json.loads(turn.record) for turn in turns[max(since, 0) :]],
        }
    )


def _common(turns: Sequence[Kept], keys: Sequence[object]) -> int:
    """Count how many turns have the same keys, from the first on."""
    pairs = zip(turns, keys, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].key == pair[1], pairs))


def _is_word_for_word(library: Library, answer: Answer) -> bool:
    """Tell whether the library's documents, as far as they are the same, say what is quoted from them."""
    nearest = answer.abstention.nearest if answer.abstention else ()
    for citation in (*answer.citations, *nearest):
        document = unchanged(library, citation)
        if document is None:
            continue
        for quote in citation.quotes:
            if (
                not 0 <= quote.start <= quote.end
                or Span(quote.start, quote.end).of(document.text) != quote.text
            ):
                return False
    return True
