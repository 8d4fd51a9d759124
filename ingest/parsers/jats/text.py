"""The canonical text of a JATS article: abstracts, body, captions, tables and back matter, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from corpus.document import BlockKind, Span
from ingest.canonical import Canonical, CanonicalText, Pieces
from ingest.parsers.jats.flow import FLOATS, Flow, has_caption, running_text
from ingest.parsers.jats.formula import all_text
from ingest.parsers.jats.front import FrontNote, front_notes
from ingest.parsers.jats.inline import LEFT_OUT, RunningText
from ingest.parsers.jats.references import ReferenceList
from ingest.parsers.jats.sections import default_heading, section_role
from ingest.parsers.jats.table import is_table, table_rows

_SECTIONS = ("abstract", "ack", "app", "boxed-text", "fn-group", "glossary", "notes", "sec")
_CONTAINERS = (
    "answer-set",
    "app-group",
    "explanation",
    "floats-wrap",
    "question-wrap",
    "question-wrap-group",
)
_LED = ("answer", "fn", "list-item", "option", "question", "speech", "statement")
_HEADINGS = ("label", "title", "subtitle")
_LEADS = ("label", "title", "speaker")
# Lists within these keep their kind: a footnote's list is still a footnote.
_LASTING = (BlockKind.CAPTION, BlockKind.NOTE, BlockKind.QUOTATION)
_SENTENCE_ENDS = (".", "?", "!", ":", ";", ".)", ".”")


def build_text(article: etree._Element, references: ReferenceList) -> Canonical:
    """Build the canonical text of an article.

    Left out: the title and the rest of the record, translated abstracts, reference lists, pictures, and
    sub-articles. Those are works of their own, by other authors (reports of reviewers, replies) or in another language.
    """
    writer = _Writer(references)
    for abstract in article.iterfind("front/article-meta/abstract"):
        writer.block(abstract)
    for notes in article.iterfind("front/notes"):
        writer.block(notes)
    for part in ("body", "floats-group", "back"):
        for element in article.iterfind(part):
            writer.blocks(element)
    for note in front_notes(article):
        writer.front_note(note)
    return writer.canonical.finish()


class _Writer:
    """Writes elements, each as the sections and blocks that it is shown as."""

    def __init__(self, references: ReferenceList) -> None:
        self.canonical = CanonicalText()
        self.references = references
        self._handlers: dict[str, Callable[[etree._Element, BlockKind], None]] = {
            **dict.fromkeys(FLOATS, self._caption),
            **dict.fromkeys(_SECTIONS, self._section),
            **dict.fromkeys(_CONTAINERS, self.blocks),
            **dict.fromkeys(_LED, self._labelled),
            "alternatives": self._alternatives,
            "array": self._table,
            "def-list": self._definitions,
            "disp-quote": self._quotation,
            "fn": self._note,
            "graphic": self._caption,
            "list": self._list,
            "table": self._table,
            "table-wrap": self._captioned_table,
            "table-wrap-foot": self._note_group,
            "verse-group": self._verse,
        }

    def block(self, element: etree._Element, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write one element of the layout, by default as a paragraph."""
        tag = str(element.tag)
        if tag in LEFT_OUT and not has_caption(element):
            return
        handler = self._handlers.get(tag)
        if handler is None:
            handler = self._table if is_table(element) else self._paragraph
        handler(element, kind)

    def blocks(
        self, element: etree._Element, kind: BlockKind = BlockKind.PARAGRAPH, but: tuple[str, ...] = ()
    ) -> None:
        """Write the children of an element, except those of the tags `but`."""
        for child in element:
            if child.tag not in but:
                self.block(child, kind)

    def front_note(self, note: FrontNote) -> None:
        """Write a section of what the front matter states about the article."""
        self.canonical.open_section(note.heading, note.role)
        for element in note.elements:
            self.block(element, note.kind)
        self.canonical.close_section()

    def _section(self, element: etree._Element, kind: BlockKind) -> None:
        heading = RunningText(self.references, lambda child: child.tag == "fn")
        inside: list[etree._Element] = []
        notes: list[etree._Element] = []
        for child in element:
            if child.tag not in (*_HEADINGS, "caption"):
                inside.append(child)
                continue
            for part in child if child.tag == "caption" else [child]:
                if part.tag in _HEADINGS:
                    heading.add(" ")
                    heading.collect(part)
                    notes.extend(part.iter("fn"))
                else:
                    inside.append(part)
        words = heading.peek().strip()
        role = section_role(element, words)
        self.canonical.open_section(heading.take() if words else default_heading(element), role)
        kind = BlockKind.NOTE if element.tag == "fn-group" else kind
        for child in (*notes, *inside):
            self.block(child, kind)
        self.canonical.close_section()

    def _paragraph(self, element: etree._Element, kind: BlockKind) -> None:
        self._led_paragraph(element, kind, "")

    def _led_paragraph(self, element: etree._Element, kind: BlockKind, lead: str) -> None:
        flow = Flow(self, kind)
        flow.text.add(f"{lead} ")
        flow.text.include(element)
        flow.end()

    def _list(self, element: etree._Element, kind: BlockKind) -> None:
        item_kind = kind if kind in _LASTING else BlockKind.LIST_ITEM
        for child in element:
            self.block(child, item_kind if child.tag == "list-item" else kind)

    def _labelled(self, element: etree._Element, kind: BlockKind) -> None:
        """Write a list item, a footnote, a theorem: number, sign or speaker stand before its first paragraph."""
        lead = " ".join(filter(None, (running_text(element.find(tag)) for tag in _LEADS)))
        if element.tag == "option" and kind not in _LASTING:
            kind = BlockKind.LIST_ITEM
        self._led(lead, (child for child in element if child.tag not in _LEADS), kind)

    def _note(self, element: etree._Element, _kind: BlockKind) -> None:
        self._labelled(element, BlockKind.NOTE)

    def _note_group(self, element: etree._Element, _kind: BlockKind) -> None:
        self.blocks(element, BlockKind.NOTE)

    def _quotation(self, element: etree._Element, _kind: BlockKind) -> None:
        self.blocks(element, BlockKind.QUOTATION)

    def _verse(self, element: etree._Element, _kind: BlockKind) -> None:
        """Write a stanza as one block: its lines are parts of sentences."""
        flow = Flow(self, BlockKind.QUOTATION)
        for line in element:
            if line.tag == "verse-group":
                flow.cut()
                self._verse(line, BlockKind.QUOTATION)
            else:
                flow.text.add(" ")
                flow.text.include(line)
        flow.end()

    def _definitions(self, element: etree._Element, kind: BlockKind) -> None:
        item_kind = kind if kind in _LASTING else BlockKind.LIST_ITEM
        for child in element:
            if child.tag == "def-item":
                term = " ".join(running_text(part) for part in child.iterfind("term"))
                self._led(
                    term, (part for definition in child.iterfind("def") for part in definition), item_kind
                )
            else:
                self.block(child, kind)

    def _led(self, lead: str, children: Iterable[etree._Element], kind: BlockKind) -> None:
        for child in children:
            if child.tag == "p":
                self._led_paragraph(child, kind, lead)
            else:
                self.canonical.add_block(lead, kind)
                self.block(child, kind)
            lead = ""
        self.canonical.add_block(lead, kind)

    def _caption(self, element: etree._Element, _kind: BlockKind) -> None:
        self._write_caption(element)
        self.blocks(element, BlockKind.CAPTION, but=("label", "caption"))

    def _write_caption(self, element: etree._Element) -> Span | None:
        """Write label, title and text of a figure or table: one block, unless sentences run together."""
        flow = Flow(self, BlockKind.CAPTION)
        for label in element.iterfind("label"):
            flow.text.collect(label)
        after_label = True
        for part in (child for caption in element.iterfind("caption") for child in caption):
            if part.tag not in ("title", "subtitle", "p"):
                flow.cut()
                self.block(part, BlockKind.CAPTION)
                continue
            words = all_text(part).strip()
            if not (after_label or _goes_on(flow.text.peek().rstrip(), words)):
                flow.cut()
            after_label = after_label and not words
            flow.text.add(" ")
            flow.text.include(part)
        flow.end()
        return flow.written

    def _captioned_table(self, element: etree._Element, _kind: BlockKind) -> None:
        caption = self._write_caption(element)
        for child in element:
            if child.tag == "alternatives":
                child = next(filter(is_table, child), child)  # noqa: PLW2901
            if is_table(child):
                self._write_table(child, caption)
            elif child.tag not in ("label", "caption"):
                self.block(child, BlockKind.NOTE)

    def _table(self, element: etree._Element, _kind: BlockKind) -> None:
        self._write_table(element, None)

    def _write_table(self, element: etree._Element, caption: Span | None) -> None:
        """Write the rows of a table, and after it what its cells cannot hold: footnotes and figures."""
        floats: list[etree._Element] = []

        def cell_text(cell: etree._Element) -> Pieces:
            text = cell.text or ""
            if not len(cell) and "[" not in text:
                return text
            flow = Flow(self, BlockKind.TABLE_ROW, in_cell=True)
            flow.text.collect(cell)
            floats.extend(flow.floats)
            return flow.text.take()

        self.canonical.add_table(table_rows(element, cell_text), caption)
        for floating in floats:
            self.block(floating)

    def _alternatives(self, element: etree._Element, kind: BlockKind) -> None:
        """Write the one of several forms that has words: a table before its picture."""
        tables = [child for child in element if is_table(child)]
        layouts = [
            child
            for child in element
            if child.tag in self._handlers and (child.tag != "graphic" or has_caption(child))
        ]
        if tables or layouts:
            self.block((tables or layouts)[0], kind)
        elif all_text(element).strip():
            self._paragraph(element, kind)


def _goes_on(before: str, words: str) -> bool:
    """Tell whether a caption goes on in the same block: after a full stop, or with a remark like "(PDF)"."""
    return before.endswith(_SENTENCE_ENDS) or (words.startswith("(") and words.endswith(")"))
