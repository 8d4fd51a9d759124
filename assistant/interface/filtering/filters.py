"""What a reader's filters let through, as the page sends it and as readers are told of it."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.interface.kinds import KINDS, listed
from corpus.catalogue import Filter
from corpus.document import SourceType
from corpus.errors import LoccitError, UnknownDocumentError
from corpus.library import Library

# More would be a list that nobody reads; the years and the kinds narrow large libraries better.
MOST_DOCUMENTS = 200
# A title as long as this is cut where filters are told of.
LONGEST_TITLE = 60


class NothingFitsError(LoccitError):
    """No source of the library is as a reader's filters want it."""


class UnreadableFiltersError(LoccitError):
    """What the page has sent as its filters is none."""


class Filters(BaseModel):
    """What a reader lets answer; fields that are not set narrow nothing.

    Attributes:
        year_from: The first year of publication.
        year_to: The last year of publication.
        source_types: The kinds of sources.
        documents: Ids of documents.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year_from: int | None = Field(default=None, ge=0, le=9999)
    year_to: int | None = Field(default=None, ge=0, le=9999)
    source_types: tuple[SourceType, ...] = ()
    documents: tuple[str, ...] = Field(default=(), max_length=MOST_DOCUMENTS)

    @field_validator("source_types", "documents")
    @classmethod
    def _each_once(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(given))

    @property
    def narrow(self) -> bool:
        """Whether anything is left out at all."""
        return self != Filters()

    def as_filter(self) -> Filter:
        """Give the filter of the catalogue that lets the same through."""
        return Filter(self.year_from, frozenset(self.source_types), frozenset(self.documents), self.year_to)


def read_filters(chosen: str) -> Filters:
    """Read the filters that the page sends with a question, as JSON; nothing sent is no filter.

    Raises:
        UnreadableFiltersError: If they are none.
    """
    try:
        return Filters.model_validate_json(chosen) if chosen else Filters()
    except ValidationError as error:
        raise UnreadableFiltersError("These filters cannot be used. Clear them and ask again.") from error


def searched(library: Library, filters: Filters) -> tuple[int, int]:
    """Count the documents and the passages that an answer can come from.

    Args:
        library: Holds them.
        filters: What the reader lets answer.

    Raises:
        NothingFitsError: If these are none, though the library holds some.
    """
    if not filters.narrow:
        return library.catalogue.counts()
    fitting = fitting_ids(library, filters)
    if not fitting and library.catalogue.counts()[0]:
        raise NothingFitsError(
            f"No source in the library fits your filters: {in_words(library, filters)}. Change or clear them."
        )
    passages = sum(summary.passages for summary in library.documents() if summary.document_id in fitting)
    return len(fitting), passages


def fitting_ids(library: Library, filters: Filters) -> frozenset[str]:
    """Give the ids of the documents that filters let through."""
    return frozenset(library.catalogue.document_ids(filters.as_filter()))


def in_words(library: Library, filters: Filters) -> str:
    """Say what filters let through: "reviews from 2020 on among “A title”"; empty where they let everything through."""
    kinds = listed([KINDS[kind].many for kind in filters.source_types]) if filters.source_types else ""
    years = _years(filters.year_from, filters.year_to)
    documents = _documents(filters.documents, lambda document_id: _title(library, document_id))
    of_kinds = " ".join(filter(None, (kinds or ("sources" if years else ""), years)))
    return " among ".join(filter(None, (of_kinds, documents)))


def _years(first: int | None, last: int | None) -> str:
    match first, last:
        case None, None:
            return ""
        case _, None:
            return f"from {first} on"
        case None, _:
            return f"up to {last}"
        case _ if first == last:
            return f"of {first}"
        case _:
            return f"from {first} to {last}"


def _documents(document_ids: tuple[str, ...], title_of: Callable[[str], str]) -> str:
    match document_ids:
        case ():
            return ""
        case (only,):
            return f"“{title_of(only)}”"
        case _:
            return f"{len(document_ids)} chosen sources"


def _title(library: Library, document_id: str) -> str:
    try:
        title = library.document(document_id).record.title or document_id
    except UnknownDocumentError:
        return "a source that is no longer in the library"
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rsplit(' ', 1)[0]} …"
