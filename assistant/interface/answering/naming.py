"""Gives every answer a name, by which the page speaks of it to the server."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from assistant.answer import Answer
from assistant.interface.conversations.kept import Kept, Turn, UnreadableTurnError
from corpus.library import Library

_LETTERS = 16


def name_of(answer: Answer) -> str:
    """Name an answer by all that it says and how long it took: asked again, it has another name."""
    return sha256(answer.model_dump_json().encode()).hexdigest()[:_LETTERS]


def turn_of(library: Library, turns: Sequence[Kept], name: str) -> tuple[int, Turn] | None:
    """Find the turn of an answer by its name, and the turn's place; readers mostly speak of the newest."""
    for place in reversed(range(len(turns))):
        try:
            turn = turns[place].turn(library)
        except UnreadableTurnError:
            continue
        if name_of(turn.answer) == name:
            return place, turn
    return None
