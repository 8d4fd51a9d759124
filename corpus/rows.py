"""What the catalogue stores and gives, and how it stands in rows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from corpus.details import Details
from corpus.document import Document, Fidelity, Passage, Section, SectionRole, SourceType, Span
from corpus.quantising import pack_vectors, unpack_vectors
from corpus.record import Record
from corpus.runtimes.runtime import Vectors

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with its vectors, ready to be stored."""

    passage: Passage
    vector: Vectors
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document came from.

    Attributes:
        location: The origin, as a reader would name it; None for a document that a program made.
        address: Where on the web it was fetched.
        original: Name of the copy that is kept beside the library.
    """

    location: str | None = None
    address: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document with everything that is derived from it, ready to be stored."""

    document: Document
    passages: tuple[IndexedPassage, ...]
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class IngestedOrigin:
    """An origin that was read whole.

    Attributes:
        location: Its name.
        version: Fingerprint of its bytes and of the pipeline that read them.
        documents: Ids of the documents that stand for what it gave.
    """

    location: str
    version: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a reader has asked for, which may stand for many origins: a list of references, a folder, a query.

    Attributes:
        name: The same whenever the same list or query is asked for, with whatever options.
        asked: All that is needed to ask again, as the one who lists it has written it.
    """

    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be ingested, and why.

    Attributes:
        location: What it is.
        reason: Why, and what to do.
        listing: What it was met in; None where that is not known.
    """

    location: str
    reason: str
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as retrieval reads it: with unit sentence vectors, shape `(sentences, dimension)`."""

    index_id: str
    passage: Passage
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of the list of documents."""

    document_id: str
    title: str
    year: int | None
    source_type: SourceType
    fidelity: Fidelity
    commercial: bool
    retracted: bool
    passages: int


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document without its text: all that a list or a search for papers shows."""

    document_id: str
    version: str
    record: Record
    source_type: SourceType
    fidelity: Fidelity
    commercial: bool
    retracted: bool
    licence: str | None
    note: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows a question: unset fields do not.

    Attributes:
        year_from: The first year of publication that passes.
        source_types: The kinds of sources that pass.
        document_ids: The documents that pass.
        year_to: The last year of publication that passes.
        nothing: Whether nothing passes at all: what two filters let through may have nothing in common.
    """

    year_from: int | None = None
    source_types: frozenset[SourceType] = frozenset()
    document_ids: frozenset[str] = frozenset()
    year_to: int | None = None
    nothing: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out at all."""
        return self != Filter()

    def also(self, other: Filter) -> Filter:
        """Let through what both let through."""
        from_years = [year for year in (self.year_from, other.year_from) if year is not None]
        to_years = [year for year in (self.year_to, other.year_to) if year is not None]
        types = _both(self.source_types, other.source_types)
        documents = _both(self.document_ids, other.document_ids)
        return Filter(
            max(from_years, default=None),
            types or frozenset(),
            documents or frozenset(),
            min(to_years, default=None),
            nothing=self.nothing or other.nothing or types is None or documents is None,
        )


def _both(one: frozenset[Choice], other: frozenset[Choice]) -> frozenset[Choice] | None:
    """Give what two sets have in common, an empty one standing for everything; None if that is nothing."""
    if not one or not other:
        return one or other
    return one & other or None


def document_version(document: Document, pipeline: str) -> str:
    """Fingerprint a document and the pipeline that cuts and embeds it: equal versions need no work."""
    parts = (
        pipeline,
        document.id,
        document.text,
        json.dumps(document.record.to_csl(), sort_keys=True),
        document.source_type,
        document.fidelity,
        document.commercial,
        document.retracted,
        document.licence,
        document.sections,
        document.blocks,
        document.reference_marks,
        Details.of(document),
        document.note,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def index_id(passage: Passage, version: str) -> str:
    """Name a passage in the indexes: a changed document's passages never share a name with the old ones."""
    return f"{passage.id}#{version}"


def document_row(indexed: IndexedDocument, version: str) -> tuple[str | int | None, ...]:
    """Give the columns of `documents` after `key`, in the schema's order."""
    document, provenance = indexed.document, indexed.provenance
    return (
        document.id,
        version,
        document.text,
        document.record.title,
        document.record.year,
        document.record.model_dump_json(by_alias=True),
        document.source_type,
        document.fidelity,
        document.commercial,
        document.retracted,
        document.licence.name,
        document.licence.url,
        document.note,
        document.text_sha256,
        Details.of(document).to_json(),
        provenance.location,
        provenance.address,
        provenance.original,
    )


def section_row(section: Section) -> tuple[int, int, str, int | None, int | None, str]:
    """Give the columns of `sections` after `ordinal`."""
    heading = section.heading_span
    path = json.dumps(section.path, ensure_ascii=False)
    start, stop = (heading.start, heading.end) if heading else (None, None)
    return section.span.start, section.span.end, path, start, stop, section.role


def section_of(
    start: int, stop: int, path: str, heading_start: int | None, heading_stop: int | None, role: str
) -> Section:
    """Read a section from its row."""
    heading = None if heading_start is None or heading_stop is None else Span(heading_start, heading_stop)
    return Section(Span(start, stop), tuple(json.loads(path)), heading, SectionRole(role))


def passage_row(indexed: IndexedPassage, version: str) -> tuple[str, int, int, str, bytes, bytes]:
    """Give the columns of `passages` after `document`."""
    passage = indexed.passage
    spans = np.array([(s.start, s.end) for s in passage.sentences], dtype="<u4")
    path = json.dumps(passage.path, ensure_ascii=False)
    vectors = pack_vectors(indexed.sentence_vectors)
    return index_id(passage, version), passage.span.start, passage.span.end, path, spans.tobytes(), vectors


def passage_of(
    document_id: str, name: str, start: int, stop: int, path: str, sentences: bytes, vectors: bytes
) -> StoredPassage:
    """Read a passage from its row and its document's id."""
    pairs = np.frombuffer(sentences, dtype="<u4").reshape(-1, 2).tolist()
    spans = tuple(Span(a, b) for a, b in pairs)
    passage = Passage(document_id, Span(start, stop), tuple(json.loads(path)), spans)
    return StoredPassage(name, passage, unpack_vectors(vectors, len(spans)))
