"""JSON Lines → documents: one record a line, a bad line reported in its place while the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from corpus.document import Document
from corpus.errors import OriginError
from ingest.canonical import Canonical, CanonicalText
from ingest.parsers.decoding import decode, is_utf16
from ingest.parsers.marks import plain_pieces
from ingest.parsers.metadata import Metadata, in_one_line
from ingest.parsers.text import paragraphs


class SectionRecord(BaseModel):
    """A titled part of a record's text."""

    model_config = ConfigDict(extra="forbid")

    heading: str = ""
    text: str


class DocumentRecord(Metadata):
    """One line: metadata, and the text whole or in sections."""

    text: str = ""
    sections: tuple[SectionRecord, ...] = ()

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if self.text and self.sections:
            raise ValueError("give either text or sections, not both")
        return self

    def canonical(self) -> Canonical:
        """Build the canonical text; a blank line parts paragraphs."""
        canonical = CanonicalText()
        _add_paragraphs(canonical, self.text)
        for section in self.sections:
            canonical.open_section(section.heading)
            _add_paragraphs(canonical, section.text)
            canonical.close_section()
        return canonical.finish()


def parse(data: bytes, fallback_id: str) -> Iterator[Document | OriginError]:
    """Read one document a line; blank lines are skipped.

    Args:
        data: The file's bytes: UTF-8, or UTF-16 with a byte order mark.
        fallback_id: With the line's number, the identity of a record that has none.

    Yields:
        A document, or the error of a line that holds none.

    Raises:
        OriginError: The file holds no record at all.
    """
    if is_utf16(data):
        data = decode(data).encode()
    # Not splitlines(): JSON strings may hold U+2028 and its like as they are.
    lines = [
        (number, line)
        for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
        if line.strip()
    ]
    if not lines:
        raise OriginError("the file has no text: write one JSON object a line")
    for number, line in lines:
        yield _document(line.strip(), number, fallback_id)


def _document(line: bytes, number: int, fallback_id: str) -> Document | OriginError:
    try:
        record = DocumentRecord.model_validate_json(line)
        return record.document(record.canonical(), f"{fallback_id}-{number}")
    except ValidationError as error:
        return OriginError(f"line {number}: {in_one_line(error)}; correct the line and ingest the file again")
    except OriginError as error:
        return OriginError(f"line {number}: {error}")


def _add_paragraphs(canonical: CanonicalText, text: str) -> None:
    for paragraph in paragraphs(text.replace("\r\n", "\n")):
        canonical.add_block(plain_pieces(paragraph))
