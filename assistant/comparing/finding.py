"""Finds under what names a library speaks of the subjects that a reader wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.comparing.aliases import names_of, told_by
from assistant.comparing.attribution import Attribution
from assistant.comparing.naming import Description, Name, Naming
from assistant.glossary import Glossary
from assistant.thesaurus import plain_words
from assistant.words import content_words
from corpus.catalogue import StoredPassage
from corpus.fulltext import stems
from corpus.library import Library

_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
# "mRNA", "CISH", "CD38": a name by its form, however common.
_NAMED = re.compile(r"\w*[A-Z]\w*[A-Z]\w*|[^\W\d_]+-?\d+\w*")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_OTHERS = re.compile(r"(?:all\s+)?(?:the\s+)?(?:others?|rest|remaining)\b", re.IGNORECASE)
# Said in no more than this share of the passages, a word tells one thing from others.
_TELLING_SHARE = 0.1
# Within so many characters "with the favourable units, against 5% with the other units" sets both apart.
_APART = 120
_NEAR = 40
Names = tuple[tuple[Name, ...], ...]


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
        long as the words that are left out are ordinary: "deleting CISH" as "CISH". Failing that, it is told by
        another name, or by its rarest word: "editing the receptor out" by "edited".
        """
        names: list[tuple[Name, ...]] = [
            (*names_of(subject, self._glossary), *told_by(subject, particular=True)) for subject in subjects
        ]
        unnamed = self._unnamed(names, subjects)
        for place in sorted(unnamed):
            for written in self._otherwise(place, subjects):
                if written not in names and not self._unnamed([written], [subjects[place]]):
                    names[place] = written
                    unnamed.discard(place)
                    break
        return tuple(names), tuple(subjects[place] for place in sorted(unnamed))

    def _otherwise(self, place: int, subjects: Sequence[str]) -> Iterator[tuple[Name, ...]]:
        """Give other ways to tell a subject: by its part, by another name of it, by its rarest word."""
        subject = subjects[place]
        others = [other for at, other in enumerate(subjects) if at != place]
        for part in self._parts(subject):
            # "NK" tells no other cells from NK-92: what is left must still be this subject's alone.
            if not any(_pieces(part) <= _pieces(other) for other in others):
                yield names_of(part, self._glossary)
        for written in _rewritten(subject):
            yield names_of(written, self._glossary)
        # Other names of a strange word, such as "bispecifics", may well mean other things.
        if all(map(self._is_ordinary, content_words(subject))):
            yield told_by(subject, particular=False)
        if _OTHERS.match(subject):
            yield tuple(
                Description((stem, "other"), _APART) for stem in self._telling(others[0], [subject])[:1]
            )
        elif len(subject.split()) > 1:
            named = [stem for name in _NAMED.findall(subject) for stem in stems(name)][:1]
            for stem in self._telling(subject, others)[:1]:
                # A plain word tells nothing of a name by itself: not all that is derived is "derived NK".
                yield (Description(tuple(dict.fromkeys((stem, *named))), _NEAR if named else 3),)

    def _telling(self, subject: str, others: Sequence[str]) -> list[str]:
        """Give the stems of plain words that tell a subject from others, the rarest first; none if any is strange."""
        if not all(self._is_ordinary(word) for word in content_words(subject)):
            return []
        fulltext = self._library.fulltext
        elsewhere = {stem for other in others for stem in fulltext.terms(other)}
        own = {stem for word in content_words(subject) for stem in fulltext.terms(word)} - elsewhere
        frequency = {stem: fulltext.document_frequency(stem) for stem in sorted(own)}
        most = max(1.0, _TELLING_SHARE * self._library.catalogue.counts()[1])
        return sorted(
            (stem for stem, said in frequency.items() if 0 < said <= most), key=frequency.__getitem__
        )

    def _unnamed(self, names: Sequence[Sequence[Name]], subjects: Sequence[str]) -> set[int]:
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
                if self._is_particular(part) and all(map(self._is_ordinary, left_out)):
                    yield part

    def _is_particular(self, part: str) -> bool:
        """Tell whether a part names something: by its form, by a word that is no common English, or as a date."""
        if _NAMED.search(part) or _YEAR.search(part):
            return True
        return any(
            word not in self._english and not word.isdigit() and len(word) > 1 for word in content_words(part)
        )

    def _is_ordinary(self, word: str) -> bool:
        """Tell a word that the library has, or that names nothing: a disease it never mentions may not be left out."""
        stems = tuple(self._library.fulltext.terms(word))
        if all(self._library.fulltext.document_frequency(stem) for stem in stems):
            return True
        return word in self._english and stems not in plain_words().particular


def _rewritten(subject: str) -> Iterator[str]:
    """Give a subject with a part of it under another name: "ips derived NK" as "ipsc derived NK"."""
    words, other_names = subject.split(), plain_words()
    for place, phrase in other_names.phrases_in(
        [stem for word in words for stem in (stems(word) or [""])[:1]]
    ):
        for other in other_names.alternatives[phrase]:
            yield " ".join((*words[:place], *other, *words[place + len(phrase) :]))


def _pieces(name: str) -> frozenset[str]:
    """Give the runs of letters and of digits in a name."""
    return frozenset(piece.lower() for piece in _PIECE.findall(name))


def _says_something(subject: str) -> bool:
    return any(len(word) > 1 for word in content_words(subject))
