"""Finds under what names a library speaks of the subjects that a reader wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.comparing.aliases import names_of
from assistant.comparing.attribution import Attribution
from assistant.comparing.naming import Naming
from assistant.glossary import Glossary
from assistant.words import content_words
from corpus.catalogue import StoredPassage
from corpus.library import Library

_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
Names = tuple[tuple[str, ...], ...]


class Finder:
    """Looks subjects up in the passages that were found for them."""

    def __init__(
        self, library: Library, passages: Sequence[StoredPassage], glossary: Glossary, english: frozenset[str]
    ) -> None:
        """Look in `passages` of `library`.

        Args:
            library: Tells which words it has.
            passages: What was found for the subjects.
            glossary: What the library's abbreviations stand for.
            english: English that names nothing particular, in lower case.
        """
        self._library, self._passages = library, passages
        self._glossary, self._english = glossary, english

    def found(self, subjects: Sequence[str]) -> tuple[Names, tuple[str, ...]]:
        """Give the names by which each subject is spoken of, and the subjects of which nothing speaks.

        A subject that nothing names as it stands is looked for by the longest part of it that something names, as
        long as the library has the words that are left out: "deleting CISH" as "CISH".
        """
        names = [names_of(subject, self._glossary) for subject in subjects]
        unnamed = self._unnamed(names, subjects)
        for place in sorted(unnamed):
            for part in self._parts(subjects[place]):
                written = names_of(part, self._glossary)
                if not self._unnamed([written], [part]):
                    names[place] = written
                    unnamed.discard(place)
                    break
        return tuple(names), tuple(subjects[place] for place in sorted(unnamed))

    def _unnamed(self, names: Sequence[Sequence[str]], subjects: Sequence[str]) -> set[int]:
        """Give the subjects that no passage names, nor the title, headings or record of its document."""
        naming = Naming(names, self._english)
        attribution = Attribution(naming, subjects, self._glossary)
        waiting = {place for place in naming.subjects if _says_something(subjects[place])}
        empty = set(naming.subjects) - waiting
        for stored in self._passages:
            if not waiting:
                break
            document = self._library.document(stored.passage.document_id)
            text = "\n".join((*stored.passage.path, stored.passage.span.of(document.text)))
            waiting -= {mention.subject for mention in naming.mentions(text)}
            waiting -= {subject for subject in waiting if naming.is_composed(subject, text)}
            waiting -= attribution.titled(document)
        return waiting | empty

    def _parts(self, subject: str) -> Iterator[str]:
        """Give the runs of words in a subject that hold something particular, the longest first."""
        written = subject.split()
        for length in range(len(written) - 1, 0, -1):
            for start in range(len(written) - length + 1):
                left_out = content_words(" ".join((*written[:start], *written[start + length :])))
                part = " ".join(written[start : start + length]).strip(",;:()")
                if self._is_particular(part) and all(map(self._has, left_out)):
                    yield part

    def _is_particular(self, part: str) -> bool:
        """Tell whether a part names something: by a word that is no common English, or as a date with its year."""
        return any(
            word not in self._english and not word.isdigit() and len(word) > 1 for word in content_words(part)
        ) or bool(_YEAR.search(part))

    def _has(self, word: str) -> bool:
        fulltext = self._library.fulltext
        return all(fulltext.document_frequency(stem) for stem in fulltext.terms(word))


def _says_something(subject: str) -> bool:
    return any(len(word) > 1 for word in content_words(subject))
