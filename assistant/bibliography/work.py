"""A work as a reference list needs it, and the name that it goes by there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from assistant.answer import Citation
from assistant.words import content_words
from corpus.document import Document, SourceType
from corpus.errors import UnknownDocumentError
from corpus.library import Library
from corpus.record import Issued, Name, Record

_NO_LETTER = re.compile("[^a-z]+")
# Letters that Unicode does not take apart.
_SPELT = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Work:
    """A work that is referred to.

    Attributes:
        document_id: The library's name for it.
        record: Its bibliographic record.
        source_type: What kind of source it is.
        retracted: Whether it was retracted.
    """

    document_id: str
    record: Record
    source_type: SourceType
    retracted: bool


def work_of(document: Document) -> Work:
    """Give a document as a work."""
    return Work(document.id, document.record, document.source_type, document.retracted)


def work_cited(citation: Citation) -> Work:
    """Give a cited work by what the citation itself says of it: its document may be gone."""
    record = Record(
        type="webpage" if citation.source_type is SourceType.WEB else "article-journal",
        title=citation.title,
        # Which part of a name is the family's is no longer known.
        author=tuple(Name(literal=name) for name in citation.authors),
        container_title=citation.container_title,
        issued=Issued(date_parts=((citation.year,),) if citation.year else ()),
        doi=citation.doi,
        url=citation.url,
    )
    return Work(citation.document_id, record, citation.source_type, citation.retracted)


def works_cited(library: Library, citations: Iterable[Citation]) -> list[Work]:
    """Give the cited works, each once, in the order of their first number, with their records from the library."""
    first = {citation.document_id: citation for citation in reversed(list(citations))}
    return [_found(library, citation) for citation in reversed(first.values())]


def named(works: Sequence[Work]) -> Iterator[tuple[str, Work]]:
    """Name each work as reference lists do, by author, year and the first word of its title; no two alike."""
    given: set[str] = set()
    for work in works:
        name = _key(work.record)
        key = next(key for key in _numbered(name) if key not in given)
        given.add(key)
        yield key, work


def _found(library: Library, citation: Citation) -> Work:
    try:
        return work_of(library.document(citation.document_id))
    except UnknownDocumentError:
        return work_cited(citation)


def _key(record: Record) -> str:
    first = next(iter(record.author), None)
    name = _letters((first.family or first.literal or first.given or "") if first else "")
    words = map(_letters, content_words(record.title))
    word = next((word for word in words if word), "")
    return f"{name or _letters(record.container_title or '') or 'anon'}{record.year or ''}{word}"


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPELT))
    return _NO_LETTER.sub("", plain)


def _numbered(name: str) -> Iterator[str]:
    """Give a name, then the same with a letter behind it, then with two."""
    yield name
    yield from (f"{name}-{letter}" for letter in ascii_lowercase)
    yield from (f"{name}-{one}{other}" for one in ascii_lowercase for other in ascii_lowercase)
    number = 1
    while True:
        yield f"{name}-{number}"
        number += 1
