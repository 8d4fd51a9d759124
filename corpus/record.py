"""The bibliographic record of a document, with the names of CSL-JSON (https://docs.citationstyles.org)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Name(BaseModel):
    """A person (family, given) or a body (literal)."""

    model_config = ConfigDict(frozen=True, extra="allow")

    family: str | None = None
    given: str | None = None
    literal: str | None = None

    @property
    def display(self) -> str:
        """The name as bibliographies write it: "Marin D", or the body's name."""
        if self.literal:
            return self.literal
        return " ".join(part for part in (self.family, self.given) if part)


class Issued(BaseModel):
    """A date of publication; years alone are enough."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    date_parts: tuple[tuple[int, ...], ...] = Field(default=(), alias="date-parts")


class Record(BaseModel):
    """What a reference list says of a work. Fields that CSL-JSON has and this class does not are kept as they are."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    type: str = "document"
    title: str = ""
    author: tuple[Name, ...] = ()
    container_title: str | None = Field(default=None, alias="container-title")
    issued: Issued = Issued()
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    publisher: str | None = None
    doi: str | None = Field(default=None, alias="DOI")
    pmid: str | None = Field(default=None, alias="PMID")
    pmcid: str | None = Field(default=None, alias="PMCID")
    url: str | None = Field(default=None, alias="URL")

    @property
    def year(self) -> int | None:
        """The year of publication, if known."""
        parts = self.issued.date_parts
        return parts[0][0] if parts and parts[0] else None

    @property
    def authors(self) -> list[str]:
        """The authors' names for display."""
        return [name.display for name in self.author]

    @property
    def link(self) -> str | None:
        """Where a reader finds the work: the DOI's address before any other."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return self.url or (f"https://europepmc.org/article/PMC/{self.pmcid}" if self.pmcid else None)

    def to_csl(self) -> dict[str, object]:
        """Give the record as a CSL-JSON mapping, without empty fields."""
        csl: dict[str, object] = self.model_dump(by_alias=True, exclude_none=True, mode="json")
        return {key: value for key, value in csl.items() if value not in ("", [], {}, {"date-parts": []})}
