"""Narrows a search to the sources that a question wants, and says what that leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.abstaining import Refusal
from assistant.question import Question
from corpus.catalogue import Filter
from corpus.library import Library


def narrowed(asked: Question, within: Filter | None) -> Filter:
    """Join what a question says of its sources with the filter that is set."""
    return (within or Filter()).also(asked.constraints.filter)


def lacking(asked: Question, within: Filter, library: Library) -> Refusal | None:
    """Refuse a question whose sources the library does not have.

    Args:
        asked: The question.
        within: What it and the reader's filter let through together.
        library: Where it would be searched.
    """
    constraints = asked.constraints
    if constraints.unmet:
        return Refusal(f"The library has no such source: {_quoted(constraints.unmet)}.")
    if constraints.stated and not library.catalogue.document_ids(within):
        return Refusal(f"The library has no document that fits {_quoted(constraints.stated)}.")
    return None


def mindful(refusal: Refusal | None, asked: Question) -> Refusal | None:
    """Let a refusal say that only some sources were searched."""
    if refusal is None or not asked.constraints.stated or asked.constraints.unmet:
        return refusal
    return replace(refusal, reason=f"{refusal.reason} {_searched(asked)}")


def reading_notes(asked: Question, *, answered: bool) -> Iterator[str]:
    """Say how a question was read where a reader might not expect it; the wording is fixed."""
    for correction in asked.corrections:
        yield f"“{correction.written}” was read as “{correction.read_as}”."
    if answered and asked.constraints.stated:
        yield _searched(asked)


def _searched(asked: Question) -> str:
    return f"Only documents that fit {_quoted(asked.constraints.stated)} were searched."


def _quoted(words: tuple[str, ...]) -> str:
    return " and ".join(f"“{said}”" for said in words)
