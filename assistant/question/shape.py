"""What a question is once it has been read: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answer import Kind
from corpus.catalogue import Filter
from corpus.document import SourceType


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of spelling and what it was read as."""

    written: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """A name in a question and the other names that the library's papers give the same thing, the likeliest first.

    Attributes:
        term: As it stands in the standalone question.
        alternatives: Long forms of an abbreviation, or abbreviations of a long form.
    """

    term: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a question says of the sources it wants to be answered from.

    Attributes:
        year_from: The first year of publication that counts.
        year_to: The last.
        source_types: Kinds of sources; empty for all.
        document_ids: Documents; empty for all.
        stated: The words that say so, as they stand in the standalone question.
        unmet: Sources that the question names and the library does not have, in its words.
    """

    year_from: int | None = None
    year_to: int | None = None
    source_types: frozenset[SourceType] = frozenset()
    document_ids: frozenset[str] = frozenset()
    stated: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()

    @property
    def filter(self) -> Filter:
        """What narrows the search accordingly."""
        return Filter(self.year_from, self.source_types, self.document_ids, self.year_to)


class Reply(StrEnum):
    """What to say to words that ask the library nothing."""

    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT = "about"
    INSTRUCTION = "instruction"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as retrieval and composing read it.

    Attributes:
        text: As the reader wrote it, white space folded.
        standalone: With what it refers to in earlier questions, slips of spelling read as what was meant.
        query: The standalone question without the words that state its constraints: what is searched.
        kind: What it asks for.
        subjects: What a comparison compares, two or more, or the one thing that a definition defines; else empty.
        aspects: In what respects a comparison compares, if it says so.
        terms: Content words of `query`, in lower case.
        constraints: Which sources it wants to be answered from.
        expansions: Names in it that the library's papers also write otherwise.
        corrections: Slips of spelling that were read as words of the library.
        reply: What to say instead of searching, if it asks the library nothing.
    """

    text: str
    standalone: str
    query: str
    kind: Kind
    subjects: tuple[str, ...]
    aspects: tuple[str, ...]
    terms: tuple[str, ...]
    constraints: Constraints = field(default_factory=Constraints)
    expansions: tuple[Expansion, ...] = ()
    corrections: tuple[Correction, ...] = ()
    reply: Reply | None = None
