"""What Europe PMC's search says of one work: its JSON, of result type "core" or "lite", as typed data."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

_Item = TypeVar("_Item")
_MOST_DIGITS = 9


def _unwrapped(value: object) -> object:
    """Take a list out of the object around it: {"author": […]}; "a; b", as "lite" has it, is a list too."""
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values()))
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return [value] if isinstance(value, dict) else value or ()


def _number(value: object) -> object:
    """Read a number, and anything else as none: a year of "n.d." is no reason to lose the work."""
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


_Number = Annotated[int | None, BeforeValidator(_number)]
_Listed = Annotated[tuple[_Item, ...], BeforeValidator(_unwrapped)]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        coerce_numbers_to_str=True,
    )


class AuthorId(_Part):
    """A number that names a person for good."""

    type: str = ""
    value: str = ""


class Author(_Part):
    """A person, or a body with a collective name."""

    full_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    initials: str | None = None
    collective_name: str | None = None
    author_id: AuthorId | None = None


class Journal(_Part):
    """A journal."""

    title: str | None = None
    issn: str | None = None
    essn: str | None = None


class JournalInfo(_Part):
    """Where and when a journal printed the work."""

    issue: str | None = None
    volume: str | None = None
    year_of_publication: _Number = None
    month_of_publication: _Number = None
    journal: Journal = Journal()


class Book(_Part):
    """The book or report that the work is, or is in; of a preprint, its server."""

    publisher: str | None = None
    year_of_publication: _Number = None


class Grant(_Part):
    """Money for the work."""

    grant_id: str | None = None
    agency: str | None = None


class Comment(_Part):
    """Another work that speaks of this one, or the other way round: "Retraction in", "Erratum for"."""

    id: str | None = None
    source: str | None = None
    reference: str | None = None
    type: str = ""


class Result(_Part):
    """One work. What only "core" says is empty in a "lite" result."""

    id: str
    source: str
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    full_text_ids: _Listed[str] = Field(default=(), alias="fullTextIdList")
    title: str = ""
    author_string: str = ""
    authors: _Listed[Author] = Field(default=(), alias="authorList")
    journal_info: JournalInfo = JournalInfo()
    journal_title: str | None = None
    journal_volume: str | None = None
    journal_issue: str | None = Field(default=None, alias="issue")
    journal_issn: str | None = None
    pages: str | None = Field(default=None, alias="pageInfo")
    year: _Number = Field(default=None, alias="pubYear")
    first_publication_date: str | None = None
    publication_types: _Listed[str] = Field(
        default=(), validation_alias=AliasChoices("pubTypeList", "pubType")
    )
    abstract: str = Field(default="", alias="abstractText")
    keywords: _Listed[str] = Field(default=(), alias="keywordList")
    grants: _Listed[Grant] = Field(default=(), alias="grantsList")
    comments: _Listed[Comment] = Field(default=(), alias="commentCorrectionList")
    book: Book = Field(default=Book(), alias="bookOrReportDetails")
    licence: str | None = Field(default=None, alias="license")
    is_open_access: bool = False
    in_europepmc: bool = Field(default=False, alias="inEPMC")
    version_number: _Number = None

    @property
    def full_text_id(self) -> str | None:
        """By what the service gives the full text: only of open access, and only of what it holds."""
        if not self.is_open_access:
            return None
        return next(iter(self.full_text_ids), self.pmcid if self.in_europepmc else None)
