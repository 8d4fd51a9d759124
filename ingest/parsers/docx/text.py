"""The canonical text of a DOCX file: headings, paragraphs, lists, tables, text boxes and notes in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from corpus.document import BlockKind
from corpus.works import Reference
from ingest.canonical import CanonicalText, Piece, Pieces, Row, fold
from ingest.parsers.docx.inline import Fields, NoteNumbers, RunningText, alternative, is_alternative, is_on
from ingest.parsers.docx.numbering import Numbering
from ingest.parsers.docx.package import Package, W
from ingest.parsers.docx.styles import Style, Styles
from ingest.parsers.printed_references import LIST_HEADING, LOOKS_CITED, reference_of, split_label

_MOST_COLUMNS = 200
_SHORTEST_REFERENCE = 6
_LEGEND = re.compile(r"(?:supplementary )?(?:fig(?:ure)?|table)s?\b", re.IGNORECASE)
_TABLE_LABEL = re.compile(r"\W*(?:supplementary )?tab(?:le)?\b", re.IGNORECASE)
_WRAPPERS = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "customXml", "sdtContent", "smartTag"))
# Not printed among the notes: the lines that part notes from text.
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class DocumentText:
    """Writes a document's parts into one canonical text.

    Attributes:
        canonical: What is written so far.
        title: The paragraph styled as the document's title, which is no part of the text.
        references: The entries under a heading like "References".
    """

    def __init__(self, package: Package) -> None:
        """Read what the parts beside the text say."""
        self.canonical = CanonicalText()
        self.title = ""
        self.references: list[Reference] = []
        self._styles = Styles(package.beside_document("styles"))
        self._numbering = Numbering(package.beside_document("numbering"))
        self._notes = {
            kind: _notes(package.beside_document(f"{kind}s"), kind) for kind in ("footnote", "endnote")
        }
        self._fields = Fields()
        self._numbers = NoteNumbers()
        self._text = RunningText(self._fields, self._numbers)
        self._levels: list[int] = []
        self._waiting_notes: list[tuple[str, str]] = []
        self._written_notes: set[tuple[str, str]] = set()
        # The paragraphs under a heading like "References", until it is known whether they are such.
        self._listed: list[tuple[list[Piece], str]] | None = None
        self._caption_is_last = False

    def write(self, body: etree._Element) -> None:
        """Write the body, and after it the endnotes."""
        self._blocks(body)
        self._end_references()
        self._write_notes("footnote", "endnote")

    def _blocks(self, container: etree._Element, kind: BlockKind | None = None) -> None:
        for child in container:
            if child.tag == f"{W}p":
                self._paragraph(child, kind)
            elif child.tag == f"{W}tbl":
                self._table(child, kind)
            elif child.tag == f"{W}sdt":
                if not _is_contents(child):
                    self._blocks(child, kind)
            elif is_alternative(child):
                chosen = alternative(child)
                if chosen is not None:
                    self._blocks(chosen, kind)
            elif child.tag in _WRAPPERS:
                self._blocks(child, kind)

    def _paragraph(self, paragraph: etree._Element, kind: BlockKind | None) -> None:
        style = self._styles.of(paragraph)
        self._text.collect(paragraph)
        properties = paragraph.find(f"{W}pPr/{W}rPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            # Its end is deleted: the next paragraph goes on in it.
            return
        boxes, self._text.text_boxes = self._text.text_boxes, []
        self._waiting_notes += self._text.notes
        self._text.notes = []
        pieces = self._text.take()
        if any(piece.text.strip() for piece in pieces) and not style.is_contents:
            self._place(pieces, style, kind)
        for box in boxes:
            self._blocks(box)
        self._write_notes("footnote")

    def _place(self, pieces: list[Piece], style: Style, kind: BlockKind | None) -> None:
        """Write a paragraph as what it is: title, heading, reference, list item or one among others."""
        words = fold("".join(piece.text for piece in pieces))
        if kind is None and style.is_title and not self.title and self.canonical.is_empty:
            self.title = words
            return
        label = self._numbering.next_label(style.place) if style.place else ""
        led = [Piece(f"{label} "), *pieces] if label else pieces
        if kind is None and style.level is not None:
            self._heading(led, style.level, words)
        elif self._listed is not None and kind is None and not _ends_references(words):
            self._listed.append((pieces, label))
        else:
            self._end_references()
            own = BlockKind.LIST_ITEM if style.place and style.kind is BlockKind.PARAGRAPH else style.kind
            self._add(led, kind or own)

    def _add(self, pieces: Pieces, kind: BlockKind) -> None:
        self.canonical.add_block(pieces, kind)
        said = pieces if isinstance(pieces, str) else "".join(piece.text for piece in pieces)
        self._caption_is_last = kind is BlockKind.CAPTION and bool(_TABLE_LABEL.match(said))

    def _end_references(self) -> None:
        """Keep what stood under "References" as records, or write it if it was prose after all."""
        listed, self._listed = self._listed or [], None
        texts = [fold("".join(piece.text for piece in pieces)) for pieces, _ in listed]
        if _are_cited(texts):
            for text, (_, label) in zip(texts, listed, strict=True):
                number, entry = split_label(text, label.strip("[]().") or None)
                self.references.append(reference_of(entry, number))
            return
        for pieces, label in listed:
            self._add([Piece(f"{label} "), *pieces] if label else pieces, BlockKind.PARAGRAPH)

    def _heading(self, pieces: list[Piece], level: int, words: str) -> None:
        self._end_references()
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
            self.canonical.close_section()
        self._levels.append(level)
        self.canonical.open_section(pieces)
        if LIST_HEADING.fullmatch(words):
            self._listed = []

    def _table(self, table: etree._Element, kind: BlockKind | None) -> None:
        self._end_references()
        rows = [row for row in _inside(table, "tr") if not _is_deleted(row)]
        cells = [list(_inside(row, "tc")) for row in rows]
        if [len(row) for row in cells] == [1]:
            # A frame around text, not a table.
            self._blocks(cells[0][0], kind)
            return
        caption = self.canonical.last_block if self._caption_is_last else None
        read = [self._row(row, elements) for row, elements in zip(rows, cells, strict=True)]
        self.canonical.add_table(read, caption)
        self._caption_is_last = False
        self._write_notes("footnote")

    def _row(self, row: etree._Element, elements: list[etree._Element]) -> Row:
        properties = row.find(f"{W}trPr")
        cells: list[Pieces] = [""] * _number(properties, "gridBefore", 0)
        for element in elements:
            own = element.find(f"{W}tcPr")
            merged = None if own is None else own.find(f"{W}vMerge")
            pieces = self._cell(element)
            covered = merged is not None and merged.get(f"{W}val") != "restart"
            cells += [[] if covered else pieces, *[""] * (_number(own, "gridSpan", 1) - 1)]
        return Row(tuple(cells), is_on(properties, "tblHeader"))

    def _cell(self, cell: etree._Element) -> list[Piece]:
        """Give the text of a cell, that of tables within it too, in one stretch."""
        pieces: list[Piece] = []
        for paragraph in _paragraphs(cell):
            text = RunningText(self._fields, self._numbers)
            text.collect(paragraph)
            style = self._styles.of(paragraph)
            label = self._numbering.next_label(style.place) if style.place and text.text.strip() else ""
            pieces += [Piece(f"{label} ") if label else Piece(""), *text.take(), Piece(" ")]
            self._waiting_notes += text.notes
            for box in text.text_boxes:
                pieces += self._cell(box)
        return pieces

    def _write_notes(self, *kinds: str) -> None:
        """Write the notes that were pointed to, each once; footnotes after their paragraph, endnotes at the end."""
        due = [note for note in self._waiting_notes if note[0] in kinds]
        self._waiting_notes = [note for note in self._waiting_notes if note[0] not in kinds]
        for kind, note_id in due:
            note = self._notes[kind].get(note_id)
            if note is None or (kind, note_id) in self._written_notes:
                continue
            self._written_notes.add((kind, note_id))
            pieces = self._cell(note)
            if any(piece.text.strip() for piece in pieces):
                self._add([Piece(f"{self._numbers.number(kind, note_id)} "), *pieces], BlockKind.NOTE)


def _are_cited(texts: list[str]) -> bool:
    """Tell a reference list from prose under a heading like "Sources"."""
    return 2 * sum(bool(LOOKS_CITED.search(text)) for text in texts) >= len(texts)


def _ends_references(words: str) -> bool:
    """Tell what manuscripts put after their references without a heading's style: legends and short headings."""
    is_short = len(words.split()) < _SHORTEST_REFERENCE and not LOOKS_CITED.search(words)
    return is_short or bool(_LEGEND.match(words))


def _notes(part: etree._Element | None, kind: str) -> Mapping[str, etree._Element]:
    found = () if part is None else part.findall(f"{W}{kind}")
    return {note.get(f"{W}id") or "": note for note in found if note.get(f"{W}type") not in _SEPARATORS}


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the rows of a table or the cells of a row, also those that controls or tracked changes wrap."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag == f"{W}sdt" or child.tag in _WRAPPERS:
            yield from _inside(child, name)


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == f"{W}p":
            yield child
        elif is_alternative(child):
            chosen = alternative(child)
            yield from () if chosen is None else _paragraphs(chosen)
        elif child.tag in _WRAPPERS or child.tag in (f"{W}sdt", f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield from _paragraphs(child)


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and (gallery.get(f"{W}val") or "").lower() == "table of contents"


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    found = None if properties is None else properties.find(f"{W}{name}")
    value = "" if found is None else found.get(f"{W}val") or ""
    return min(int(value), _MOST_COLUMNS) if re.fullmatch(r"[0-9]{1,6}", value) and int(value) else default
