"""The canonical text of a PDF: its parts as sections and blocks, each page marked where it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.document import BlockKind, Page, SectionRole, Span
from corpus.works import Reference
from ingest.canonical import Canonical, CanonicalText, Piece
from ingest.parsers.marks import pieces_of, plain_mark_spans
from ingest.parsers.pdf.headings import Levels
from ingest.parsers.pdf.lines import Line
from ingest.parsers.pdf.measures import role_of
from ingest.parsers.pdf.page import Rule
from ingest.parsers.pdf.parts import Part, PartKind, is_table_label
from ingest.parsers.pdf.references import targets_of
from ingest.parsers.pdf.repairs import LineEnds, spaced_letters_joined
from ingest.parsers.pdf.tables import as_pieces, rows_of_table

_KINDS = {
    PartKind.PARAGRAPH: BlockKind.PARAGRAPH,
    PartKind.LIST_ITEM: BlockKind.LIST_ITEM,
    PartKind.CAPTION: BlockKind.CAPTION,
    PartKind.NOTE: BlockKind.NOTE,
}
_NUMBERS = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")
# "cm2", "10−6": an exponent belongs to what it is raised from.
_UNIT_BEFORE = re.compile(r"(?:[\d)]|\b(?:[kcmµnd]?m|s|h|kg|mol|min|sec)|[=×·±<>/])\s*\Z")


class TextWriter:
    """Writes parts into a canonical text."""

    def __init__(
        self,
        line_ends: LineEnds,
        rules: Mapping[int, Sequence[Rule]],
        references: Sequence[Reference],
        raised_marks: bool,
    ) -> None:
        """Begin a text.

        Args:
            line_ends: Joins lines.
            rules: The horizontal rules of each page.
            references: What marks point to.
            raised_marks: Whether the document's reference marks are raised numbers.
        """
        self._canonical = CanonicalText()
        self._line_ends = line_ends
        self._rules = rules
        self._references = references
        self._raised_marks = raised_marks
        self._page: int | None = None
        self._levels: list[int] = []
        self._caption: Span | None = None

    def write(self, parts: Sequence[Part], levels: Levels) -> Canonical:
        """Write all parts and give the text."""
        for part in parts:
            if part.kind is PartKind.HEADING:
                self._open(part, levels.of(part))
            elif part.kind is PartKind.TABLE:
                self._table(part)
            else:
                self._block(part)
        canonical = self._canonical.finish()
        return replace(canonical, pages=_once(canonical))

    def _open(self, part: Part, level: int) -> None:
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
            self._canonical.close_section()
        self._levels.append(level)
        pieces = self.pieces(part.lines)
        text = "".join(piece.text for piece in pieces)
        if (whole := spaced_letters_joined(text)) != text:
            pieces = [Piece(whole)]
        # A heading without text under it is not written: the block behind it says the page once more.
        pieces[0] = pieces[0]._replace(page=part.first.page)
        self._canonical.open_section(pieces, role_of(part.text) or SectionRole.BODY)

    def _block(self, part: Part) -> None:
        pieces = self.pieces(part.lines, self._page)
        self._page = part.last.page
        self._canonical.add_block(pieces, _KINDS[part.kind])
        is_label = part.kind is PartKind.CAPTION and is_table_label(part.text)
        self._caption = self._canonical.last_block if is_label else None

    def _table(self, part: Part) -> None:
        rows = rows_of_table(part.lines, self._rules.get(part.first.page, ()))
        if rows:
            page = None if part.first.page == self._page else part.first.page
            self._page = part.first.page
            self._canonical.add_table([as_pieces(rows[0], page), *rows[1:]], self._caption)
        self._caption = None

    def pieces(self, lines: Sequence[Line], page: int | None = None) -> list[Piece]:
        """Give lines as one text, marks apart, each page marked that begins in it.

        Args:
            lines: In order.
            page: The page that is already open; with None, the first line's page is marked.
        """
        pieces: list[Piece] = []
        joint = ""
        for index, line in enumerate(lines):
            number = line.page if line.page != page else None
            page = line.page
            following = lines[index + 1].text if index + 1 < len(lines) else None
            own = self._line_pieces(line, number)
            if joint and own:
                pieces.append(Piece(joint))
            joint = ""
            if following is not None and own:
                end, joint = self._line_ends.join(own[-1].text, following)
                own[-1] = own[-1]._replace(text=end)
            pieces += own
        return [
            piece._replace(targets=targets_of(piece.text, self._references))
            if piece.is_reference_mark
            else piece
            for piece in _marked(pieces)
        ]

    def _line_pieces(self, line: Line, page: int | None) -> list[Piece]:
        """Give a line's words, raised reference numbers apart."""
        pieces: list[Piece] = []
        for run in line.runs:
            before = "".join(piece.text for piece in pieces[-2:])
            is_mark = (
                self._raised_marks
                and line.is_raised(run)
                and bool(before.strip())
                and _NUMBERS.fullmatch(run.text.strip(" ,")) is not None
                and not _UNIT_BEFORE.search(before)
            )
            if pieces and pieces[-1].is_reference_mark == is_mark:
                pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + run.text)
            else:
                pieces.append(Piece(run.text, is_mark))
        if pieces and page is not None:
            pieces[0] = pieces[0]._replace(page=page)
        return pieces


def has_raised_marks(lines: Sequence[Line], has_references: bool) -> bool:
    """Tell whether raised numbers are reference marks here; where marks stand in brackets, they are not.

    Args:
        lines: Of the whole document.
        has_references: Whether there is a list that marks could point to.
    """
    raised = sum(
        bool(_NUMBERS.fullmatch(run.text.strip(" ,")))
        and line.is_raised(run)
        and not _UNIT_BEFORE.search(line.runs[index - 1].text)
        for line in lines
        for index, run in enumerate(line.runs)
        if index
    )
    bracketed = sum(len(plain_mark_spans(line.text)) for line in lines)
    return has_references and raised > max(2, bracketed)


def _marked(pieces: Sequence[Piece]) -> list[Piece]:
    """Cut out "[12]" from stretches of text: marks may go over the ends of lines, but not over pages."""
    result: list[Piece] = []
    stretch: list[Piece] = []
    for piece in [*pieces, None]:
        if stretch and (piece is None or piece.is_reference_mark or piece.page is not None):
            text = "".join(part.text for part in stretch)
            cut = pieces_of(text, plain_mark_spans(text)) or [Piece(text)]
            cut[0] = cut[0]._replace(page=stretch[0].page)
            result += cut
            stretch = []
        if piece is None:
            break
        if piece.is_reference_mark:
            result.append(piece)
        else:
            stretch.append(piece)
    return result


def _once(canonical: Canonical) -> tuple[Page, ...]:
    """Give the pages without those that the text was already on."""
    pages = canonical.pages
    return tuple(
        page for index, page in enumerate(pages) if not index or pages[index - 1].number != page.number
    )
