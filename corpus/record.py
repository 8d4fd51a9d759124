"""The bibliographic record of a document, with the names of CSL-JSON (https://docs.citationstyles.org)."""

from __future__ import annotations

from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field


class Name(BaseModel):
    """A person (family, given, and what goes with them; a bare ORCID "0000-0002-…") or a body (literal)."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    particle: str | None = Field(default=None, alias="non-dropping-particle")
    dropping_particle: str | None = Field(default=None, alias="dropping-particle")
    literal: str | None = None
    orcid: str | None = Field(default=None, alias="ORCID")

    @property
    def display(self) -> str:
        """The name as bibliographies write it: "Marin D", "van der Berg A", "Anderson LD Jr", or the body's name."""
        if self.literal:
            return self.literal
        parts = (self.dropping_particle, self.particle, self.family, self.given, self.suffix)
        return " ".join(part for part in parts if part)


class Issued(BaseModel):
    """A date of publication; years alone are enough."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    date_parts: tuple[tuple[int, ...], ...] = Field(default=(), alias="date-parts")


class Funding(BaseModel):
    """Who paid for a work, and the numbers of the grants."""

    model_config = ConfigDict(frozen=True, extra="allow")

    funder: str
    awards: tuple[str, ...] = ()


class Record(BaseModel):
    """What a reference list says of a work. Fields that CSL-JSON has and this class does not are kept as they are.

    `keyword` is CSL-JSON's: keywords in one line, with commas. `subjects` (the publisher's headings) and `funding` are
    ours: CSL-JSON has no names for them.
    """

    # CSL-JSON has volumes, issues and pages as numbers too.
    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True, coerce_numbers_to_str=True)

    type: str = "document"
    title: str = ""
    author: tuple[Name, ...] = ()
    container_title: str | None = Field(default=None, alias="container-title")
    issued: Issued = Issued()
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    publisher: str | None = None
    issn: str | tuple[str, ...] | None = Field(default=None, alias="ISSN")
    keyword: str | None = None
    subjects: tuple[str, ...] = ()
    funding: tuple[Funding, ...] = ()
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
        """Where a reader finds the work: the DOI's address before any other. Only ever an address of the web."""
        if self.doi:
            return f"https://doi.org/{quote(self.doi, safe='/:;().,_-')}"
        if self.url and self.url.lower().startswith(("https://", "http://")):
            return self.url
        if self.pmcid:
            return f"https://europepmc.org/article/PMC/{quote(self.pmcid)}"
        return f"https://europepmc.org/article/MED/{quote(self.pmid)}" if self.pmid else None

    def to_csl(self) -> dict[str, object]:
        """Give the record as a CSL-JSON mapping, without empty fields."""
        csl: dict[str, object] = self.model_dump(by_alias=True, exclude_none=True, mode="json")
        return {key: value for key, value in csl.items() if value not in ("", [], {}, {"date-parts": []})}
