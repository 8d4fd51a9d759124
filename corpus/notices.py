"""What is said of a work apart from its own text: that it was retracted, corrected or published elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.identity import identifiers
from corpus.record import Record
from corpus.works import RelatedWork, Relation

# Seen from the other side.
_REVERSED = {
    Relation.RETRACTS: Relation.RETRACTED_BY,
    Relation.CORRECTS: Relation.CORRECTED_BY,
    Relation.COMMENTS_ON: Relation.COMMENTED_BY,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know of a work, whichever copy of it the library holds.

    Attributes:
        work: An identifier of the work ("doi:10.1/x").
        retracted: Whether it is no longer to be relied on.
        related: Other works that a reader should know of.
    """

    work: str
    retracted: bool
    related: tuple[RelatedWork, ...]


def notices_of(document: Document) -> Iterator[Notice]:
    """Give what a document says of its own work and of those that it retracts or corrects."""
    if document.retracted or document.related:
        for name in identifiers(document.record):
            yield Notice(name, document.retracted, document.related)
    for other in document.related:
        if other.relation in _REVERSED:
            record = document.record
            this = RelatedWork(
                _REVERSED[other.relation], record.title or None, record.doi, record.pmid, record.pmcid
            )
            for name in identifiers(Record(doi=other.doi, pmid=other.pmid, pmcid=other.pmcid)):
                yield Notice(name, other.relation is Relation.RETRACTS, (this,))


def noticed(document: Document, notices: Iterable[Notice]) -> Document:
    """Give the document with what notices say of its work; other works' notices say nothing."""
    names = set(identifiers(document.record))
    mine = [notice for notice in notices if notice.work in names]
    related = dict.fromkeys(document.related)
    told = {(work.relation, name) for work in related for name in _names(work)}
    for work in (work for notice in mine for work in notice.related):
        if not told.intersection((work.relation, name) for name in _names(work)):
            related[work] = None
            told.update((work.relation, name) for name in _names(work))
    retracted = document.retracted or any(notice.retracted for notice in mine)
    return replace(document, retracted=retracted, related=tuple(related))


def _names(work: RelatedWork) -> tuple[str, ...]:
    record = Record(doi=work.doi, pmid=work.pmid, pmcid=work.pmcid)
    return identifiers(record) or (f"title:{work.title}", f"url:{work.url}")
