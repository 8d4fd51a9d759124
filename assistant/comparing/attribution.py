"""Tells whom a sentence is about: by its own words or, where they name nobody, by what it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparing.aliases import long_form
from assistant.comparing.naming import Naming
from assistant.glossary import Glossary
from assistant.words import leans, words
from corpus.document import Block, Document, Passage, Span

# A sentence without a name speaks of what was named before only if it points there, or to those who took part.
POINTING_WORDS = 12
_POINTING = re.compile(
    r"\b(?:it|its|they|their|them|these|this|those|such|both)\b"
    r"|\b(?:the|our|all)\s+(?:\w+\s+)?(?:cells?|therap(?:y|ies)|treatments?|products?|trial|study|drugs?|group|cohort)\b"
    r"|\b(?:patients?|participants?|recipients?|infusions?|responders?|we)\b",
    re.IGNORECASE,
)
_TURNING = re.compile(
    r"(?:in|by) contrast|conversely|on the other hand|however|instead|on the contrary|in comparison|unlike|whereas",
    re.IGNORECASE,
)
# Sections that speak of others' work: what a paper is about is not what each of their sentences is about.
_OF_OTHERS = re.compile(
    r"introduction|background|discussion|related work|review of|literature", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class About:
    """Whom a sentence is about.

    Attributes:
        subjects: Places of the subjects.
        named: Whether its own words name them.
    """

    subjects: frozenset[int]
    named: bool


NOBODY = About(frozenset(), named=False)


class Attribution:
    """Whom the sentences of a library are about, for one set of subjects."""

    def __init__(self, naming: Naming, subjects: Sequence[str], glossary: Glossary) -> None:
        """Attribute sentences.

        Args:
            naming: Finds the subjects in a text.
            subjects: As the reader wrote them; one that is an author and a year is what that author's paper is about.
            glossary: Tells where a document means something else by an abbreviated subject.
        """
        self._naming = naming
        self._glossary = glossary
        self._longs = [long_form(subject, glossary) for subject in subjects]
        self._subjects = tuple(subjects)
        self._documents: dict[str, frozenset[int]] = {}
        self._asked = [frozenset(words(subject)) for subject in subjects]

    def about(self, document: Document, path: Sequence[str], sentences: Sequence[Span], main: Span) -> About:
        """Tell whom a sentence is about.

        Args:
            document: It stands in.
            path: Headings that it stands under.
            sentences: The sentence with the neighbours that it is shown with.
            main: The sentence itself.
        """
        about = self._about(document, path, sentences, main)
        misread = self._misread(document) if about.subjects else frozenset()
        return About(about.subjects - misread, about.named) if misread else about

    def is_possible(self, document: Document, passage: Passage) -> bool:
        """Tell whether any sentence of a passage can be about a subject: quick, since most cannot."""
        text = passage.span.of(document.text)
        if self._naming.mentions("\n".join((*passage.path, text))) or self._whole(document):
            return True
        return any(self._naming.is_composed(subject, text) for subject in self._naming.subjects)

    def titled(self, document: Document) -> frozenset[int]:
        """Give the subjects that a document's record names, by title or by author and year."""
        record = document.record
        authors = {word for name in record.author for word in words(name.family or "")}
        written = {
            subject
            for subject, asked in enumerate(self._asked)
            if record.year and str(record.year) in asked and asked & authors
        }
        return self._naming.named(record.title) | written

    def _misread(self, document: Document) -> frozenset[int]:
        """Give the subjects whose abbreviation stands for something else in a document."""
        return frozenset(
            place
            for place, long in enumerate(self._longs)
            if long and self._glossary.means_otherwise(document.id, self._subjects[place], long)
        )

    def _about(self, document: Document, path: Sequence[str], sentences: Sequence[Span], main: Span) -> About:
        text = main.of(document.text)
        named, speaks_of_others = self._naming.read(text)
        if named:
            return About(named, named=True)
        if speaks_of_others or _TURNING.match(text):
            return NOBODY
        shown = " ".join(sentence.of(document.text) for sentence in sentences)
        named = self._naming.named(shown)
        if named:
            return About(named, named=True) if len(named) == 1 else NOBODY
        return self._by_surroundings(document, path, shown, main)

    def _by_surroundings(self, document: Document, path: Sequence[str], text: str, main: Span) -> About:
        implied = self._naming.implied(text)
        if not (implied or leans(text) or _POINTING.search(" ".join(text.split()[:POINTING_WORDS]))):
            return NOBODY
        around = self._before(document, main)
        around = around if around is not None else self._above(path)
        if around is None and not any(_OF_OTHERS.search(heading) for heading in path):
            around = self._whole(document)
        if around is None or len(around) != 1 or (implied and not around & implied):
            return NOBODY
        return About(around, named=False)

    def _before(self, document: Document, main: Span) -> frozenset[int] | None:
        """Give whom the nearest words before it in its paragraph name; nobody where they name a rival."""
        block = document.block_at(main.start)
        if block is None:
            return None
        for sentence in reversed(_sentences_before(document, block, main)):
            named, speaks_of_others = self._naming.read(sentence)
            if named or speaks_of_others:
                return named
        return None

    def _above(self, path: Sequence[str]) -> frozenset[int] | None:
        for heading in reversed(path):
            named, speaks_of_others = self._naming.read(heading)
            if named or speaks_of_others:
                return named
        return None

    def _whole(self, document: Document) -> frozenset[int]:
        """Give whom a whole document is about, by its record: what it merely often names, it need not be about."""
        if document.id not in self._documents:
            self._documents[document.id] = self.titled(document)
        return self._documents[document.id]


def _sentences_before(document: Document, block: Block, main: Span) -> list[str]:
    """Cut what stands before a sentence in its paragraph, roughly: names are looked for, nothing is quoted."""
    return re.split(r"(?<=[.;!?])\s+", document.text[block.span.start : main.start])
