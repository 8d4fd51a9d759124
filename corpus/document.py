"""What a document is: one canonical text, and everything else as spans of it. Plain data, no I/O."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from corpus.record import Record
from corpus.works import Reference, RelatedWork


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points in a document's canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that no text can have."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start} and {self.end}")

    def __len__(self) -> int:
        """Give the length in code points."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Slice the span's words out of `text`."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, offset: int) -> Span:
        """Give the same range, `offset` code points further on."""
        return Span(self.start + offset, self.end + offset)


class SourceType(StrEnum):
    """What kind of source speaks; a reader weighs a trial and a web article differently."""

    CLINICAL_TRIAL = "clinical-trial"
    RESEARCH = "research"
    REVIEW = "review"
    CASE_REPORT = "case-report"
    GUIDELINE = "guideline"
    REGULATORY = "regulatory"
    ECONOMIC_MODEL = "economic-model"
    PREPRINT = "preprint"
    EDITORIAL = "editorial"
    CORRECTION = "correction"
    WEB = "web"
    OTHER = "other"


class Fidelity(StrEnum):
    """How much of the origin the text holds."""

    FULL_TEXT = "full-text"
    ABSTRACT = "abstract"
    DIGEST = "digest"


class BlockKind(StrEnum):
    """What a block is in the layout: sentences never cross blocks, passages never mix captions with prose."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTATION = "quotation"
    CAPTION = "caption"
    TABLE_ROW = "table-row"
    NOTE = "note"


class SectionRole(StrEnum):
    """What a section is for; thanks and grants are no findings."""

    BODY = "body"
    ABSTRACT = "abstract"
    BOX = "box"
    APPENDIX = "appendix"
    NOTES = "notes"
    ACKNOWLEDGEMENTS = "acknowledgements"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled span of a document.

    Attributes:
        span: The whole section, its heading and its subsections included.
        path: The headings from the outermost section down to this one; never empty.
        heading_span: Where the heading stands in the text; None if it is not in the text.
        role: What it is for.
    """

    span: Span
    path: tuple[str, ...]
    heading_span: Span | None = None
    role: SectionRole = SectionRole.BODY

    @property
    def heading(self) -> str:
        """The section's own heading."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, caption, table row or note: the text between headings, in reading order.

    Attributes:
        span: The block's text.
        kind: What it is in the layout.
        section: Index of the innermost section that holds it; None before the first heading.
        read_at: For a digest, the host of the page on which the statement was read.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    section: int | None = None
    read_at: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows in the text: a line each, a tab between cells, an empty cell where one spans several.

    Attributes:
        span: All rows, those of the header included; each is a block of its own.
        header: The rows that name the columns, if it has any.
        caption: Its label and caption, a block or several that stand apart.
    """

    span: Span
    header: Span | None = None
    caption: Span | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page of the origin begins in the text.

    Attributes:
        start: Offset of its first word.
        number: Counted from 1, as a viewer of the file counts.
    """

    start: int
    number: int


@dataclass(frozen=True, slots=True)
class ReferenceLink:
    """Words of the text that point to entries of the reference list, by their indexes."""

    span: Span
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what the document says it stands for.

    Attributes:
        short: As written.
        long: As written.
        span: The definition, from the first word of one form to the last of the other; None if only the title has it.
    """

    short: str
    long: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what terms the origin's text may be used, as far as it is known."""

    name: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Document:
    """One origin's canonical text with its bibliographic record.

    Attributes:
        id: Stable identity (design: "Identity").
        text: The canonical text; every other position is an offset into it.
        record: The bibliographic record, with CSL-JSON names.
        sections: In order of their start; nested ones follow the one that holds them.
        blocks: In order, disjoint; with the headings they cover all of the text but white space.
        reference_marks: The paper's own citation marks ("[12]"), shown in quotes, left out of statements.
        references: Its reference list.
        reference_links: Where the text points to `references`, in order; also from words that are no marks.
        tables: In order of their rows.
        pages: In order, for an origin that has pages.
        abbreviations: What it defines, each once, in order; those of its title alone at the end.
        related: Works that retract, correct, precede or comment on it, or the other way round.
        commercial: Whether a commercial interest speaks.
        note: A limit of the record that a reader should know.
    """

    id: str
    text: str
    record: Record
    source_type: SourceType = SourceType.OTHER
    fidelity: Fidelity = Fidelity.FULL_TEXT
    commercial: bool = False
    retracted: bool = False
    licence: Licence = Licence()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    reference_marks: tuple[Span, ...] = ()
    references: tuple[Reference, ...] = ()
    reference_links: tuple[ReferenceLink, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    related: tuple[RelatedWork, ...] = ()
    note: str | None = None

    @cached_property
    def text_sha256(self) -> str:
        """Hash of the canonical text: a saved answer knows by it whether its source has changed."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def block_at(self, offset: int) -> Block | None:
        """Give the block that holds a position; None inside a heading or white space."""
        index = bisect_right(self._block_starts, offset) - 1
        if index < 0 or offset >= self.blocks[index].span.end:
            return None
        return self.blocks[index]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    def page_at(self, offset: int) -> int | None:
        """Give the number of the page that a position is on; None for an origin without pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[index].number if index >= 0 else None

    def table_at(self, offset: int) -> Table | None:
        """Give the table whose rows hold a position."""
        index = bisect_right(self.tables, offset, key=lambda table: table.span.start) - 1
        return self.tables[index] if index >= 0 and offset < self.tables[index].span.end else None

    def references_in(self, span: Span) -> tuple[Reference, ...]:
        """Give the works that a stretch of the text cites, each once, in the order in which it does."""
        first = bisect_left(self.reference_links, span.start, key=lambda link: link.span.end)
        targets: dict[int, None] = {}
        for link in self.reference_links[first:]:
            if link.span.start >= span.end:
                break
            targets.update(dict.fromkeys(link.targets))
        return tuple(self.references[target] for target in targets)

    def path_of(self, section: int | None) -> tuple[str, ...]:
        """Give the heading path of a section index, empty for text before the first heading."""
        return () if section is None else self.sections[section].path


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: a span inside one section, no longer than the embedding model reads.

    Attributes:
        document_id: The document it belongs to.
        span: Its place in the document's text.
        path: Heading path of its section.
        sentences: The units of quotation, in order, inside `span`.
    """

    document_id: str
    span: Span
    path: tuple[str, ...]
    sentences: tuple[Span, ...]

    @property
    def id(self) -> str:
        """The passage's identity, readable and stable: where it stands in which document."""
        return f"{self.document_id}@{self.span.start}-{self.span.end}"


def without_marks(text: str, span: Span, marks: Sequence[Span]) -> str:
    """Give the words of `span` without the reference marks inside it, as a statement shows them.

    Args:
        text: The canonical text.
        span: What to show.
        marks: Reference marks of the document, sorted and disjoint.

    Returns:
        The words, with the white space that a removed mark leaves behind closed up; words stay apart.
    """
    kept, position = "", span.start
    # A mark that reaches into the span from before starts before it: at most the one that precedes.
    first = max(0, bisect_left(marks, span.start, key=_start) - 1)
    last = bisect_left(marks, span.end, key=_start)
    for mark in marks[first:last]:
        if mark.overlaps(span):
            kept = _joined(kept, text[position : max(position, mark.start)]).rstrip()
            position = max(position, min(mark.end, span.end))
    return _joined(kept, text[position : span.end]).strip()


def _start(span: Span) -> int:
    return span.start


def _joined(before: str, after: str) -> str:
    """Put together what a mark has parted: "cells [12]are" is not "cellsare"."""
    return f"{before} {after}" if before[-1:].isalnum() and after[:1].isalnum() else before + after
