"""Writes an answer for use elsewhere: whole as Markdown, or what it cites for a reference manager."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation
from assistant.bibliography import Format, references, works_cited
from assistant.bibliography.plain import in_markdown
from assistant.citing import escaped
from assistant.interface.answering.written import notice, origin

if TYPE_CHECKING:
    from corpus.library import Library

LONGEST_NAME = 60


class Export(StrEnum):
    """What an answer can be exported as."""

    MARKDOWN = "markdown"
    BIBTEX = Format.BIBTEX
    RIS = Format.RIS
    CSL_JSON = Format.CSL_JSON


@dataclass(frozen=True, slots=True)
class File:
    """A file for a reader.

    Attributes:
        name: How it is called.
        media_type: What it is.
        text: What it holds.
    """

    name: str
    media_type: str
    text: str


def exported(library: Library, answer: Answer, wanted: Export) -> File:
    """Write an answer as a file named after its question.

    Args:
        library: Knows the records of what is cited.
        answer: The answer.
        wanted: As what.
    """
    if wanted is Export.MARKDOWN:
        return File(file_name(answer.question, ".md"), "text/markdown", as_markdown(answer))
    form = Format(wanted.value)
    with library.snapshot():
        text = references(works_cited(library, answer.citations), form)
    return File(file_name(answer.question, form.suffix), form.media_type, text)


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
