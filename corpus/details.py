"""What a document knows beyond its text and sections, as it stands in one column of JSON."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from corpus.document import Document, Page, ReferenceLink, Table
from corpus.works import Reference, RelatedWork


@dataclass(frozen=True, slots=True)
class Details:
    """Reference list, links into it, tables, pages and related works of a document."""

    references: tuple[Reference, ...] = ()
    reference_links: tuple[ReferenceLink, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()
    related: tuple[RelatedWork, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Details:
        """Take them out of a document."""
        return cls(
            document.references, document.reference_links, document.tables, document.pages, document.related
        )

    def to_json(self) -> str:
        """Give them as JSON, empty fields left out."""
        return _ADAPTER.dump_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, text: str) -> Details:
        """Read them back."""
        return _ADAPTER.validate_json(text)


_ADAPTER = TypeAdapter(Details)
