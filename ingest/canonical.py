"""The one builder of canonical text: from any format, headings and blocks become spans of one folded text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.document import Block, BlockKind, Page, ReferenceLink, Section, SectionRole, Span, Table

# Soft hyphens and zero-width spaces are hints to a line breaker and split words for every search; control
# characters and lone surrogates are damage, and SQLite and UTF-8 refuse some of them. ASCII separators
# (U+001C to U+001F) and U+0085 count as white space in Python, so folding sees to those.
_DROPPED = re.compile("[\u00ad\u200b\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_WHITE_SPACE = re.compile(r"\s+")


class Piece(NamedTuple):
    """A stretch of a block's text; a reference mark is a piece of its own.

    Attributes:
        text: Its words.
        is_reference_mark: Whether a statement is shown without it.
        targets: Indexes of the entries of the reference list that it points to.
        page: Number of the page that begins with it.
    """

    text: str
    is_reference_mark: bool = False
    targets: tuple[int, ...] = ()
    page: int | None = None


Pieces = str | Sequence[Piece]


class Row(NamedTuple):
    """A row of a table: a cell that spans several columns or rows is given once, and empty in the other places."""

    cells: tuple[Pieces, ...]
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonical text and the spans that a document keeps of it."""

    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    reference_marks: tuple[Span, ...]
    reference_links: tuple[ReferenceLink, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()


def fold(text: str) -> str:
    """Give `text` with every run of white space as one space, without invisible characters, and trimmed."""
    return _fold_inside(text).strip(" ")


class CanonicalText:
    """Builds a canonical text from headings and blocks in reading order.

    Empty blocks vanish, and so do sections in which nothing was written: a heading enters the text together
    with the first block under it.
    """

    def __init__(self) -> None:
        """Start with an empty text."""
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_OpenSection] = []
        self._written: list[_OpenSection] = []
        self._blocks: list[Block] = []
        self._marks: list[Span] = []
        self._links: list[ReferenceLink] = []
        self._tables: list[Table] = []
        self._pages: list[Page] = []

    @property
    def is_empty(self) -> bool:
        """Whether no block has been written yet."""
        return not self._blocks

    @property
    def last_block(self) -> Span | None:
        """Where the block that was written last stands."""
        return self._blocks[-1].span if self._blocks else None

    def open_section(self, heading: Pieces, role: SectionRole = SectionRole.BODY) -> None:
        """Begin a section inside the one that is open.

        Args:
            heading: Its title; without one, what follows belongs to the section around it.
            role: What it is for; a section without a role of its own has that of the one around it.
        """
        inherited = self._open[-1].role if self._open and role is SectionRole.BODY else role
        self._open.append(_OpenSection(_folded(heading), inherited))

    def close_section(self) -> None:
        """End the section that was opened last."""
        self._open.pop().end = self._length

    def add_block(
        self, pieces: Pieces, kind: BlockKind = BlockKind.PARAGRAPH, read_at: str | None = None
    ) -> None:
        """Write a block into the innermost open section.

        A paragraph of nothing but reference marks says nothing by itself: it joins the block before it.

        Args:
            pieces: Its text.
            kind: What it is in the layout.
            read_at: For a digest, the host of the page on which the statement was read.
        """
        folded = _folded(pieces)
        if not folded:
            return
        self._write_headings()
        section = next((entry.index for entry in reversed(self._open) if entry.heading), None)
        previous = self._blocks[-1] if self._blocks else None
        if previous and previous.section == section and previous.span.end == self._length:
            joins = previous.kind is not BlockKind.TABLE_ROW
            if (
                joins
                and all(piece.is_reference_mark or not _has_words(piece.text) for piece in folded)
                and any(piece.is_reference_mark for piece in folded)
            ):
                span = self._write([Piece(" "), *folded])
                self._blocks[-1] = Block(
                    Span(previous.span.start, span.end), previous.kind, section, previous.read_at
                )
                return
            items = previous.kind is kind is BlockKind.LIST_ITEM
            self._separate("\n" if items else "\n\n")
        else:
            self._separate("\n\n")
        self._blocks.append(Block(self._write(folded), kind, section, read_at))

    def add_table(self, rows: Sequence[Row], caption: Span | None = None) -> None:
        """Write a table into the innermost open section: a block and a line a row, a tab between cells.

        Rows without any words vanish, and so does a table of nothing else.

        Args:
            rows: From the top.
            caption: Where its label and caption were written.
        """
        folded = [(row, [_folded(cell) for cell in row.cells]) for row in rows]
        shown = [(row, cells) for row, cells in folded if any(cells)]
        if not shown:
            return
        self._write_headings()
        section = next((entry.index for entry in reversed(self._open) if entry.heading), None)
        spans: list[Span] = []
        header: Span | None = None
        for index, (row, cells) in enumerate(shown):
            self._separate("\n" if index else "\n\n")
            spans.append(self._write_row(cells))
            self._blocks.append(Block(spans[-1], BlockKind.TABLE_ROW, section))
            if row.is_header and (header is None or header.end == spans[-2].end):
                header = Span(spans[0].start if header else spans[-1].start, spans[-1].end)
        self._tables.append(Table(Span(spans[0].start, spans[-1].end), header, caption))

    def finish(self) -> Canonical:
        """Close what is open and give the text with its spans."""
        while self._open:
            self.close_section()
        sections = tuple(
            Section(Span(entry.heading_span.start, entry.end), entry.path, entry.heading_span, entry.role)
            for entry in self._written
        )
        return Canonical(
            text="".join(self._parts),
            sections=sections,
            blocks=tuple(self._blocks),
            reference_marks=tuple(self._marks),
            reference_links=tuple(self._links),
            tables=tuple(self._tables),
            pages=tuple(self._pages),
        )

    def _write_headings(self) -> None:
        """Write the headings of the open sections that have waited for their first block."""
        path: tuple[str, ...] = ()
        for entry in self._open:
            if not entry.heading:
                continue
            path = (*path, entry.title)
            if entry.index is None:
                self._separate("\n\n")
                entry.index, entry.path = len(self._written), path
                entry.heading_span = self._write(entry.heading)
                self._written.append(entry)

    def _separate(self, separator: str) -> None:
        if self._length:
            self._append(separator)

    def _write(self, folded: Sequence[Piece]) -> Span:
        start = self._length
        for piece in folded:
            if piece.is_reference_mark or piece.targets:
                span = Span(self._length, self._length + len(piece.text))
                if piece.is_reference_mark:
                    self._marks.append(span)
                if piece.targets:
                    self._links.append(ReferenceLink(span, piece.targets))
            if piece.page is not None:
                self._pages.append(Page(self._length, piece.page))
            self._append(piece.text)
        return Span(start, self._length)

    def _write_row(self, cells: Sequence[Sequence[Piece]]) -> Span:
        """Write the cells of a row; its span begins and ends with words, the tabs around them say the column."""
        filled = [index for index, cell in enumerate(cells) if cell]
        self._append("\t" * filled[0])
        start = self._length
        for index in range(filled[0], filled[-1] + 1):
            self._append("\t" if index > filled[0] else "")
            self._write(cells[index])
        return Span(start, self._length)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


class _OpenSection:
    """A section while its end, and at first its place in the text, are not known."""

    def __init__(self, heading: list[Piece], role: SectionRole) -> None:
        self.heading = heading
        self.role = role
        self.index: int | None = None
        self.path: tuple[str, ...] = ()
        self.heading_span = Span(0, 0)
        self.end = 0

    @property
    def title(self) -> str:
        """The heading as paths show it: without reference marks, unless it is nothing else."""
        words = fold("".join(piece.text for piece in self.heading if not piece.is_reference_mark))
        return words or "".join(piece.text for piece in self.heading)


def _folded(pieces: Pieces) -> list[Piece]:
    """Fold white space over the borders of pieces; marks come out trimmed, the spaces around them outside."""
    if isinstance(pieces, str):
        text = fold(pieces)
        return [Piece(text)] if text else []
    folded: list[Piece] = []
    waiting_space = False
    page: int | None = None
    for piece in pieces:
        inside = _fold_inside(piece.text)
        words = inside.strip(" ")
        # A page that begins with white space begins with the word after it.
        page = page if piece.page is None else piece.page
        if words:
            if folded and (waiting_space or inside[0] == " "):
                folded.append(Piece(" "))
            folded.append(Piece(words, piece.is_reference_mark, piece.targets, page))
            waiting_space = inside[-1] == " "
            page = None
        else:
            waiting_space = waiting_space or bool(inside)
    return folded


def _fold_inside(text: str) -> str:
    # Most pieces need nothing: to Python only letters, marks, signs and the plain space are printable.
    if text.isprintable() and "  " not in text:
        return text
    return _WHITE_SPACE.sub(" ", _DROPPED.sub("", text))


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
