"""Writes an answer as Markdown, with its references and the words that it quotes from each."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.answer import Answer, Citation
from assistant.bibliography import Format
from assistant.bibliography.plain import in_markdown
from assistant.citing import escaped
from assistant.interface.answering.written import notice, origin

LONGEST_NAME = 60


class Export(StrEnum):
    """What an answer can be exported as."""

    MARKDOWN = "markdown"
    BIBTEX = Format.BIBTEX
    RIS = Format.RIS
    CSL_JSON = Format.CSL_JSON


def as_markdown(answer: Answer) -> str:
    """Write an answer with its question, its references and, under each, the words that are quoted from it.

    An answer that declines is given as its reason.
    """
    parts = [f"# {_in_one_line(answer.question)}", _said_of(answer), answer.answer]
    if answer.citations:
        parts += ["## References", "\n\n".join(map(_reference, answer.citations))]
    about = [*answer.notes, *([origin(answer)] if answer.statements else [])]
    parts += [f"*{escaped(note)}*" for note in about]
    return "\n\n".join(filter(None, parts)) + "\n"


def file_name(question: str, suffix: str) -> str:
    """Name a file after a question, in letters that every file system takes."""
    words = re.sub(r"[^\w-]+", "-", question)[:LONGEST_NAME].strip("-_")
    return f"{words or 'answer'}{suffix}"


def _said_of(answer: Answer) -> str:
    """Say before all else what a reader must know of the answer."""
    said = notice(answer)
    return f"*{escaped(said)}*" if said else ""


def _reference(citation: Citation) -> str:
    # Parted by empty lines: two quotes would become one otherwise.
    quotes = "".join(f"\n\n  > {_in_one_line(quote.text)}" for quote in citation.quotes)
    return f"- \\[{citation.number}\\] {in_markdown(citation)}{quotes}"


def _in_one_line(text: str) -> str:
    return escaped(" ".join(text.split()))
