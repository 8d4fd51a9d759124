"""A work that Europe PMC has found: what a reader sees of it before it is added, and what is known of it after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from corpus.document import SourceType
from corpus.identity import identifiers
from ingest.origins.original import Known
from ingest.parsers.europepmc.record import is_retracted, licence_of, record_of, related_of, source_type_of
from ingest.parsers.europepmc.result import Result
from ingest.parsers.metadata import identity


@dataclass(frozen=True, slots=True)
class Finding:
    """A work in Europe PMC.

    Attributes:
        source: The service's name for where the record comes from: "MED" (PubMed), "PMC", "PPR" (preprints).
        id: Its number there.
        known: Its record, kind, licence, whether it was retracted, and the works that speak of it.
        is_open_access: Whether its text may be read and used by anyone.
        full_text_id: By what the full text is fetched; None if there is none to fetch.
        has_abstract: Whether the abstract is known.
        version: Of a preprint, where it is known.
        data: The result as the service gave it, for the parser of abstracts.
    """

    source: str
    id: str
    known: Known
    is_open_access: bool
    full_text_id: str | None
    has_abstract: bool
    version: int | None
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Read a result of the search.

        Raises:
            ValidationError: If it is none.
        """
        result = Result.model_validate_json(data)
        return cls(
            source=result.source,
            id=result.id,
            known=Known(
                record=record_of(result),
                source_type=source_type_of(result),
                licence=licence_of(result),
                retracted=is_retracted(result),
                related=related_of(result),
            ),
            is_open_access=result.is_open_access,
            full_text_id=result.full_text_id,
            has_abstract=bool(result.abstract.strip()),
            version=result.version_number,
            data=data,
        )

    @property
    def title(self) -> str:
        """Its title."""
        return self.known.record.title

    @property
    def authors(self) -> list[str]:
        """Its authors, for display."""
        return self.known.record.authors

    @property
    def journal(self) -> str | None:
        """The journal it is in, or the server of a preprint."""
        return self.known.record.container_title or self.known.record.publisher

    @property
    def year(self) -> int | None:
        """The year in which it was first public."""
        return self.known.record.year

    @property
    def pmcid(self) -> str | None:
        """PubMed Central's number, "PMC123"."""
        return self.known.record.pmcid

    @property
    def pmid(self) -> str | None:
        """PubMed's number."""
        return self.known.record.pmid

    @property
    def doi(self) -> str | None:
        """Its DOI."""
        return self.known.record.doi

    @property
    def licence(self) -> str | None:
        """Its licence, "CC BY"; None if the service does not say."""
        return self.known.licence.name if self.known.licence else None

    @property
    def source_type(self) -> SourceType:
        """What kind of source it is."""
        return self.known.source_type or SourceType.OTHER

    @property
    def is_retracted(self) -> bool:
        """Whether it was retracted."""
        return self.known.retracted

    @property
    def has_full_text(self) -> bool:
        """Whether its full text can be added; otherwise its abstract can, if it has one."""
        return self.full_text_id is not None

    @property
    def location(self) -> str:
        """What a reader would type to ask for it."""
        if self.pmcid:
            return self.pmcid
        if self.doi:
            return f"doi:{self.doi}"
        return f"pmid:{self.pmid}" if self.pmid else self.id

    @property
    def works(self) -> tuple[str, ...]:
        """The names that registries have given it, "doi:10.1/x", by which a library knows whether it holds it."""
        return identifiers(self.known.record)

    @property
    def fallback_id(self) -> str:
        """The document's identity if the text itself gives none."""
        return identity(self.known.record, f"europepmc:{self.source}-{self.id}")


@dataclass(frozen=True, slots=True)
class Findings:
    """The first works that a query finds, and how many it finds in all."""

    total: int
    found: tuple[Finding, ...]
