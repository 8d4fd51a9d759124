"""What is kept of a conversation, and how the page is filled from it again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer
from assistant.interface.filtering.filters import Filters, in_words
from assistant.interface.markup import shown_in_markdown
from corpus.errors import LoccitError
from corpus.library import Library

UNREADABLE = "This answer was kept by another version of Loccit and cannot be shown. Ask again."


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


@dataclass(frozen=True, slots=True)
class Kept:
    """A turn as it is kept.

    Attributes:
        question: What was asked; empty if that cannot be read.
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
        return cls(question if isinstance(question, str) else "", json.dumps(record))

    def turn(self) -> Turn:
        """Read the turn.

        Raises:
            UnreadableTurnError: If another version has kept it, or a stranger.
        """
        try:
            return Turn.model_validate_json(self.record)
        except ValidationError as error:
            raise UnreadableTurnError(UNREADABLE) from error


def kept_turns(told: object) -> Iterator[Kept]:
    """Read the turns that a page sends back, as far as they are any."""
    turns: Any = told if isinstance(told, list) else []
    return map(Kept.read, turns)


def recorded(turns: Sequence[Kept], since: int) -> str:
    """Write, for the page to keep, the turns from number `since` on, counted from 0."""
    return f'{{"since":{since},"turns":[{",".join(turn.record for turn in turns[since:])}]}}'


def within(library: Library, filters: Filters) -> str:
    """Say below a question, as Markdown, what it was narrowed to."""
    said = in_words(library, filters)
    return f'\n\n<small class="within">Only {shown_in_markdown(said)}</small>' if said else ""
