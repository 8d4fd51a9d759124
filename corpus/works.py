"""Other works that a document speaks of: those it cites, and those that retract, correct or precede it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How another work stands to a document."""

    RETRACTED_BY = "retracted-by"
    RETRACTS = "retracts"
    CONCERN_RAISED_BY = "concern-raised-by"
    CORRECTED_BY = "corrected-by"
    CORRECTS = "corrects"
    PUBLISHED_AS = "published-as"
    PREPRINT_IS = "preprint-is"
    COMMENTED_BY = "commented-by"
    COMMENTS_ON = "comments-on"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class RelatedWork:
    """A work that a reader of the document should know of, with what is known to find it by."""

    relation: Relation
    title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a document's reference list: a record, never evidence.

    Attributes:
        text: The entry as printed, white space folded, without its label.
        label: The number or key it is printed with ("12", "Smith2005").
        title: Title of the cited work.
        authors: Names for display ("Smith J").
        year: Year of publication.
        container: The journal or book it is in.
        doi: Bare ("10.1371/…"), as are `pmid` and `pmcid` ("PMC123").
        pmid: PubMed's number.
        pmcid: PubMed Central's.
        url: A web address, where the entry gives one.
    """

    text: str
    label: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    container: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
