"""Cuts the lines of a document into its parts: headings, paragraphs, captions, notes, items of lists, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from ingest.parsers.pdf.lines import Line
from ingest.parsers.pdf.measures import Measures
from ingest.parsers.pdf.tables import find_tables


class PartKind(Enum):
    """What a part is in the layout."""

    HEADING = auto()
    PARAGRAPH = auto()
    LIST_ITEM = auto()
    CAPTION = auto()
    NOTE = auto()
    TABLE = auto()


# They stand where there was room for them: a paragraph goes on behind them.
FLOATS = frozenset((PartKind.CAPTION, PartKind.NOTE, PartKind.TABLE))


@dataclass(slots=True)
class Part:
    """Lines that belong together."""

    kind: PartKind
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, as far as a decision needs them: hyphens at line ends are not repaired."""
        return " ".join(line.text for line in self.lines)

    @property
    def first(self) -> Line:
        """The line that it begins with."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line that it ends with."""
        return self.lines[-1]


_LABEL = (
    r"(?:(?:Supplementa(?:ry|l)|Supporting|Extended Data|Online|Appendix|Web) )?"
    r"(?:Fig(?:ure|\.)?|FIG(?:URE|\.)?|Tab(?:le|\.)|TABLE|Scheme|Box|Chart|Plate|Video|Movie|Algorithm|Exhibit)"
    r"s?\s?(?:[A-Z]{0,2}[.-]?\d{1,3}(?:\.\d{1,2})?|[IVX]{1,5})[A-Za-z]?"
)
_CAPTION = re.compile(
    rf"(?:{_LABEL}|S\d{{1,2}} (?:Fig|Table|Text|File|Appendix|Video|Dataset))\s*(?:[.:|–—]|$)"
)
_CAPTION_LOOSE = re.compile(rf"{_LABEL}\s+\(?[A-Z]")
_TABLE_LABEL = re.compile(r"(?:\w+ ){0,2}(?:tab\.|table|box|chart|exhibit)\b|S\d+ table\b", re.IGNORECASE)
_BULLET = re.compile(r"[•●▪◦‣■□▶➢➤–—*·]\s+\S")
_ENUMERATED = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.)\s+\S")
_NOTE_MARK = re.compile(r"(?:[*†‡§¶#‖]{1,3}|\d{1,2}|[a-z])(?=\s|[A-Z])")
_TERMINAL = re.compile(r"[.?!:;][\"”’')\]\d,–-]*\s*\Z")
_SENTENCE_END = re.compile(r"[.?!][\"”’')\]]*(?:\s?\[\d[\d,–\s-]*\])?[\d,–]*\s*\Z")


def is_caption_start(text: str) -> bool:
    """Tell a figure's or a table's label, and what sets it off from the words behind it."""
    return _CAPTION.match(text) is not None


def is_table_label(text: str) -> bool:
    """Tell a table's caption from a figure's."""
    return _TABLE_LABEL.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether a text may end a paragraph."""
    return _TERMINAL.search(text) is not None


def parts_of(lines: Sequence[Line], measures: Measures) -> list[Part]:
    """Cut lines in reading order into parts; those of one paragraph are put together over columns and pages."""
    return _put_together(_chunks(lines, measures), measures)


def _chunks(lines: Sequence[Line], measures: Measures) -> list[Part]:
    chunks: list[Part] = []
    tables = find_tables(lines)
    end = -1
    for place, line in enumerate(lines):
        if place in tables:
            end = tables[place]
            chunks.append(Part(PartKind.TABLE, list(lines[place:end])))
        if place < end:
            continue
        following = lines[place + 1] if place + 1 < len(lines) else None
        if chunks and place > end and not _begins(chunks[-1], line, following, measures):
            chunks[-1].lines.append(line)
        else:
            chunks.append(Part(_kind(line, chunks[-1] if chunks else None, measures), [line]))
    for chunk in chunks:
        if chunk.kind is PartKind.PARAGRAPH and measures.is_heading(chunk.lines):
            chunk.kind = PartKind.HEADING
    return chunks


def _kind(line: Line, before: Part | None, measures: Measures) -> PartKind:
    if is_caption_start(line.text) or (_CAPTION_LOOSE.match(line.text) and _is_set_off(line, measures)):
        return PartKind.CAPTION
    if _is_note(line, measures):
        return PartKind.NOTE
    in_list = before is not None and before.kind is PartKind.LIST_ITEM
    if _BULLET.match(line.text) or (_ENUMERATED.match(line.text) and (in_list or not line.bold)):
        return PartKind.LIST_ITEM
    return PartKind.PARAGRAPH


def _is_set_off(line: Line, measures: Measures) -> bool:
    return line.runs[0].bold or line.size < 0.95 * measures.size


def _is_note(line: Line, measures: Measures) -> bool:
    """Tell a footnote: smaller type, a mark before it, and nothing of the text's own size below it."""
    if line.size > 0.93 * measures.size or line.base < measures.end_of_text(line):
        return False
    return bool(_NOTE_MARK.match(line.text)) or line.is_raised(line.runs[0])


def _begins(chunk: Part, line: Line, following: Line | None, measures: Measures) -> bool:
    """Tell whether a line begins a part of its own."""
    last = chunk.last
    if last.page != line.page or (last.column != line.column and last.base > line.base):
        return True
    if measures.is_gap(last, line) or abs(line.size - last.size) > 0.08 * last.size:
        return True
    if is_caption_start(line.text) and _SENTENCE_END.search(last.text) and _is_set_off(line, measures):
        return True
    if chunk.kind is PartKind.CAPTION:
        return False
    if line.bold != last.bold and (len(chunk.lines) == 1 or last.bold or chunk.kind is PartKind.PARAGRAPH):
        return not (line.bold and not _ends(last))
    if chunk.kind is PartKind.NOTE:
        return _is_note(line, measures)
    if _BULLET.match(line.text) or (_ENUMERATED.match(line.text) and _ends(last)):
        return True
    return _is_new_paragraph(chunk, line, following)


def _ends(line: Line) -> bool:
    return ends_sentence(line.text)


def _is_new_paragraph(chunk: Part, line: Line, following: Line | None) -> bool:
    """Tell by an indent, or by a line before that ends a sentence and stops short."""
    last, em = chunk.last, line.size
    if chunk.kind is PartKind.LIST_ITEM:
        return line.left < chunk.first.left + 0.5 * em and _ends(last) and line.left < last.left - 0.5 * em
    indented = line.left > last.left + 0.7 * em and line.left > line.column.left + 0.7 * em
    if indented and line.left < last.left + 5 * em:
        goes_back = following is None or following.left < line.left - 0.5 * em or following.page != line.page
        if goes_back or _ends(last):
            return True
    short = last.right < last.column.right - max(0.15 * last.column.width, 2 * em)
    return short and bool(_SENTENCE_END.search(last.text)) and not line.text[:1].islower()


def _put_together(chunks: Iterable[Part], measures: Measures) -> list[Part]:
    """Let paragraphs go on behind columns, pages and what floats; that comes after them."""
    parts: list[Part] = []
    waiting: list[Part] = []
    open_part: Part | None = None
    for chunk in chunks:
        if chunk.kind in FLOATS:
            (waiting if open_part else parts).append(chunk)
            continue
        if open_part and _goes_on(open_part, chunk, measures, bool(waiting)):
            open_part.lines += chunk.lines
            continue
        parts += waiting
        waiting = []
        parts.append(chunk)
        open_part = None if chunk.kind is PartKind.HEADING else chunk
    return parts + waiting


def _goes_on(open_part: Part, chunk: Part, measures: Measures, behind_float: bool) -> bool:
    last, line = open_part.last, chunk.first
    if chunk.kind is not PartKind.PARAGRAPH or abs(line.size - last.size) > 0.05 * last.size:
        return False
    moved = line.page != last.page or line.base < last.base or line.column != last.column
    if not (moved or behind_float):
        # What a larger gap parts in one column was meant to be parted, unless it is in the middle of a sentence.
        return line.text[:1].islower() and not _ends(last)
    if not _SENTENCE_END.search(last.text):
        return not line.bold or last.bold
    return _fills_column(last) and not measures.is_indented(chunk.lines) and not behind_float


def _fills_column(line: Line) -> bool:
    return line.right > line.column.right - 0.03 * line.column.width
