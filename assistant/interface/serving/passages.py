"""Reads a place of a document for other programs: its words, what stands around them, and whose they are."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict

from corpus.document import Document, Fidelity, SourceType, Span
from corpus.errors import LoccitError
from corpus.library import Library

MOST_AROUND = 5000
_NAMED = re.compile(r"(.+)@(\d{1,9})-(\d{1,9})", re.DOTALL)


class PlaceError(LoccitError):
    """A place that is in no document."""


class Place(BaseModel):
    """A span of a document, with its source.

    Attributes:
        passage_id: The place's name: document, start and end.
        start: Where it begins in the document's text, in code points.
        end: Where it ends.
        text: The words, exactly.
        before: What stands before them.
        after: What stands after them.
        text_sha256: Hash of the document's whole text.
        section: Headings from the outermost in.
        page: The page of a PDF.
        link: Opens the place in Loccit's page: to be put behind that page's address.
    """

    model_config = ConfigDict(frozen=True)

    document_id: str
    passage_id: str
    start: int
    end: int
    text: str
    before: str
    after: str
    text_sha256: str
    title: str
    authors: tuple[str, ...]
    container_title: str | None
    year: int | None
    source_type: SourceType
    fidelity: Fidelity
    commercial: bool
    retracted: bool
    section: tuple[str, ...]
    page: int | None
    doi: str | None
    url: str | None
    licence: str | None
    note: str | None
    link: str


def read_place(library: Library, passage_id: str, around: int = 0) -> Place:
    """Read what stands at a place.

    Args:
        library: Holds the document.
        passage_id: `DOCUMENT@START-END`, a passage's name or any other span's.
        around: How many characters before and after it.

    Raises:
        PlaceError: If it names no place, or none of the document's text.
        UnknownDocumentError: If the library has no such document.
    """
    named = _NAMED.fullmatch(passage_id)
    if named is None:
        raise PlaceError(f"{passage_id!r} names no passage. Name it DOCUMENT@START-END, as `search` does.")
    with library.snapshot():
        document = library.document(named[1])
        start, end = int(named[2]), int(named[3])
        if not start < end <= len(document.text):
            raise PlaceError(
                f"{document.id} has {len(document.text)} characters: nothing stands from {start} to {end}. "
                "`search` names passages that there are."
            )
        return _place(library, document, Span(start, end), around)


def _place(library: Library, document: Document, span: Span, around: int) -> Place:
    record = document.record
    headings = (
        stored.passage.path
        for stored in library.passages_of(document.id)
        if stored.passage.span.start <= span.start < stored.passage.span.end
    )
    return Place(
        document_id=document.id,
        passage_id=f"{document.id}@{span.start}-{span.end}",
        start=span.start,
        end=span.end,
        text=span.of(document.text),
        before=document.text[max(0, span.start - around) : span.start],
        after=document.text[span.end : span.end + around],
        text_sha256=document.text_sha256,
        title=record.title,
        authors=tuple(record.authors),
        container_title=record.container_title,
        year=record.year,
        source_type=document.source_type,
        fidelity=document.fidelity,
        commercial=document.commercial,
        retracted=document.retracted,
        section=next(headings, ()),
        page=document.page_at(span.start),
        doi=record.doi,
        url=record.link,
        licence=document.licence.name,
        note=document.note,
        link="?" + urlencode({"doc": document.id, "span": f"{span.start}-{span.end}"}),
    )
