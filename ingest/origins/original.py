"""What every kind of origin gives: bytes with their format, and what is known of the work beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from corpus.document import Document, Fidelity, Licence, SourceType
from corpus.record import Record
from corpus.rows import Listing
from corpus.works import RelatedWork

# Publishers call most things "research-article"; those who index them look closer.
_KINDS_OF_RESEARCH = frozenset(
    (
        SourceType.CLINICAL_TRIAL,
        SourceType.REVIEW,
        SourceType.CASE_REPORT,
        SourceType.GUIDELINE,
        SourceType.EDITORIAL,
        SourceType.CORRECTION,
    )
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a service says of a work beyond the bytes that it gives.

    Attributes:
        record: Fills the fields that the document's own record leaves empty.
        source_type: Counts where the document itself does not know better than `other`, where it calls `research`
            what is a trial, a review or the like, and always for a preprint.
        licence: Counts where the document states none.
        fidelity: Counts if given.
        retracted: A work that either side calls retracted is retracted.
        related: Joins what the document itself says of other works.
    """

    record: Record = field(default_factory=Record)
    source_type: SourceType | None = None
    licence: Licence | None = None
    fidelity: Fidelity | None = None
    retracted: bool = False
    related: tuple[RelatedWork, ...] = ()

    def applied_to(self, document: Document) -> Document:
        """Give the document with what is known of it; its text, spans and identity stay."""
        own = document.record.model_dump(by_alias=True, exclude_defaults=True)
        theirs = self.record.model_dump(by_alias=True, exclude_defaults=True)
        says_more = (
            document.source_type is SourceType.OTHER
            or self.source_type is SourceType.PREPRINT
            or (document.source_type is SourceType.RESEARCH and self.source_type in _KINDS_OF_RESEARCH)
        )
        no_licence = document.licence == Licence()
        return replace(
            document,
            record=Record.model_validate({**theirs, **own}),
            source_type=self.source_type if self.source_type and says_more else document.source_type,
            licence=self.licence if self.licence and no_licence else document.licence,
            fidelity=self.fidelity or document.fidelity,
            retracted=document.retracted or self.retracted,
            related=tuple(dict.fromkeys((*document.related, *self.related))),
        )


@dataclass(frozen=True, slots=True)
class Original:
    """An origin's bytes on their way to a parser.

    Attributes:
        data: As they were read or fetched.
        suffix: The ending that tells the format (".xml"), as `ingest.parsers` knows it.
        fallback_id: Identity of the document if its own words give none.
        known: What is known beyond the bytes.
        address: Where on the web they came from; None for local files.
        keep: Whether a copy is kept beside the library: of all that was fetched or uploaded.
    """

    data: bytes
    suffix: str
    fallback_id: str
    known: Known = field(default_factory=Known)
    address: str | None = None
    keep: bool = False


class Origin(Protocol):
    """A place that documents come from. Listing origins costs little; reading one may fetch it."""

    @property
    def location(self) -> str:
        """What a reader would type to name it ("PMC123", an address, a path), so that it can be tried again."""

    @property
    def is_remote(self) -> bool:
        """Whether reading fetches it: what the library holds of a remote origin is not fetched again unasked."""

    @property
    def works(self) -> tuple[str, ...]:
        """Names of its work that are known before it is read ("doi:10.1/x"): what is held in full is not fetched."""

    def read(self) -> Original:
        """Read or fetch it.

        Raises:
            OriginError: It cannot be had; the message says why and what to do, without the location.
        """


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place that cannot even be listed, or an entry that leads nowhere, with the reason.

    Attributes:
        location: What it is.
        reason: Why, and what to do.
        breaks_off: Whether what it stands in could be listed no further.
    """

    location: str
    reason: str
    breaks_off: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a listing, all of which has been given; by its name."""

    name: str


Origins = Iterator[Origin | Unreadable]
"""Origins as they are found: one at a time, so that a folder of any size or a query of any length is never held."""
Listings = Iterator[Origin | Unreadable | Listing | Ended]
"""Origins with marks of what they are listed in: a mark holds for all that follow it, up to the next."""
