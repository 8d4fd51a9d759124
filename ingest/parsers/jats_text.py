"""The canonical text of a JATS article: abstracts, body, captions and back matter, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from corpus.document import BlockKind
from ingest.canonical import Canonical, CanonicalText
from ingest.parsers.jats_formula import all_text
from ingest.parsers.jats_inline import LEFT_OUT, RunningText

# Printed by the publisher's style sheet where the XML has no title.
_DEFAULT_HEADINGS = {
    "abstract": "Abstract",
    "ack": "Acknowledgements",
    "app": "Appendix",
    "fn-group": "Footnotes",
    "glossary": "Glossary",
    "notes": "Notes",
}
_SUMMARIES = {"toc", "teaser", "short", "web-summary", "editor", "summary", "key-points", "precis"}

# Apart from the paragraph that they stand in: set after it, so that no caption cuts a sentence …
_FLOATS = frozenset(
    (
        "boxed-text",
        "chem-struct-wrap",
        "fig",
        "fig-group",
        "fn",
        "media",
        "supplementary-material",
        "table-wrap",
        "table-wrap-group",
    )
)
# … or in their place, as blocks between what comes before and after.
_BREAKS = frozenset(
    (
        "def-list",
        "disp-quote",
        "fn-group",
        "list",
        "p",
        "preformat",
        "sec",
        "speech",
        "statement",
        "verse-group",
    )
)
_SENTENCE_ENDS = (".", "?", "!", ":", ";", ".)", ".”")


def build_text(article: etree._Element) -> Canonical:
    """Build the canonical text of an article.

    Left out: the title and the rest of the record, translated abstracts, reference lists, the bodies of
    tables, and sub-articles such as reviewers' reports.
    """
    writer = _Writer()
    for abstract in article.iterfind("front/article-meta/abstract"):
        writer.block(abstract)
    for part in ("body", "floats-group", "back"):
        for element in article.iterfind(part):
            writer.blocks(element)
    return writer.canonical.finish()


class _Writer:
    """Writes elements, each as the sections and blocks that it is shown as."""

    def __init__(self) -> None:
        self.canonical = CanonicalText()
        sections = ("abstract", "ack", "app", "boxed-text", "fn-group", "glossary", "notes", "sec")
        containers = ("app-group", "disp-quote", "speech", "statement", "table-wrap-foot", "verse-group")
        self._handlers: dict[str, Callable[[etree._Element, BlockKind], None]] = {
            **dict.fromkeys(_FLOATS, self._caption),
            **dict.fromkeys(sections, self._section),
            **dict.fromkeys(containers, self.blocks),
            "list": self._list,
            "def-list": self._definitions,
            "fn": self._labelled,
        }

    def block(self, element: etree._Element, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write one element of the layout, by default as a paragraph."""
        if element.tag not in LEFT_OUT:
            self._handlers.get(str(element.tag), self._paragraph)(element, kind)

    def blocks(
        self, element: etree._Element, kind: BlockKind = BlockKind.PARAGRAPH, but: tuple[str, ...] = ()
    ) -> None:
        """Write the children of an element, except those of the tags `but`."""
        for child in element:
            if child.tag not in but:
                self.block(child, kind)

    def _section(self, element: etree._Element, kind: BlockKind) -> None:
        heading = RunningText(lambda child: child.tag == "fn")
        for path in ("label", "title", "caption/title", "subtitle"):
            for part in element.iterfind(path):
                heading.add(" ")
                heading.collect(part)
        self.canonical.open_section(heading.take() or _default_heading(element))
        for note in element.iterfind("title//fn"):
            self.block(note, kind)
        for caption in element.iterfind("caption"):
            self.blocks(caption, kind, but=("title",))
        self.blocks(element, kind, but=("label", "title", "subtitle", "caption"))
        self.canonical.close_section()

    def _paragraph(self, element: etree._Element, kind: BlockKind, lead: str = "") -> None:
        flow = _Flow(self, kind)
        flow.text.add(f"{lead} ")
        flow.text.include(element)
        flow.end()

    def _list(self, element: etree._Element, kind: BlockKind) -> None:
        item_kind = kind if kind is BlockKind.CAPTION else BlockKind.LIST_ITEM
        for child in element:
            if child.tag == "list-item":
                self._labelled(child, item_kind)
            else:
                self.block(child, kind)

    def _labelled(self, element: etree._Element, kind: BlockKind) -> None:
        """Write a list item or a footnote: its number or sign stands at the head of its first paragraph."""
        self._led(_words(element.find("label")), (child for child in element if child.tag != "label"), kind)

    def _definitions(self, element: etree._Element, kind: BlockKind) -> None:
        item_kind = kind if kind is BlockKind.CAPTION else BlockKind.LIST_ITEM
        for child in element:
            if child.tag == "def-item":
                term = " ".join(_words(part) for part in child.iterfind("term"))
                self._led(
                    term, (part for definition in child.iterfind("def") for part in definition), item_kind
                )
            else:
                self.block(child, kind)

    def _led(self, lead: str, children: Iterable[etree._Element], kind: BlockKind) -> None:
        for child in children:
            if child.tag == "p":
                self._paragraph(child, kind, lead)
            else:
                self.canonical.add_block(lead, kind)
                self.block(child, kind)
            lead = ""
        self.canonical.add_block(lead, kind)

    def _caption(self, element: etree._Element, _kind: BlockKind) -> None:
        """Write label, title and text of a figure or table: one block, unless sentences run together."""
        flow = _Flow(self, BlockKind.CAPTION)
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
        self.blocks(element, BlockKind.CAPTION, but=("label", "caption"))


class _Flow:
    """Running text on its way into the canonical text, with what interrupts it."""

    def __init__(self, writer: _Writer, kind: BlockKind) -> None:
        self.text = RunningText(self._interrupt)
        self._writer = writer
        self._kind = kind
        self._floats: list[etree._Element] = []

    def cut(self) -> None:
        """Write the text so far as a block."""
        self._writer.canonical.add_block(self.text.take(), self._kind)

    def end(self) -> None:
        """Write the rest, and after it what floats."""
        self.cut()
        for element in self._floats:
            self._writer.block(element, self._kind if element.tag == "fn" else BlockKind.PARAGRAPH)

    def _interrupt(self, child: etree._Element) -> bool:
        if child.tag in _FLOATS:
            self._floats.append(child)
        elif child.tag in _BREAKS:
            self.cut()
            self._writer.block(child, self._kind)
        else:
            return False
        return True


def _goes_on(before: str, words: str) -> bool:
    """Tell whether a caption goes on in the same block: after a full stop, or with a remark like "(PDF)"."""
    return before.endswith(_SENTENCE_ENDS) or (words.startswith("(") and words.endswith(")"))


def _default_heading(element: etree._Element) -> str:
    if element.get("abstract-type") in _SUMMARIES:
        return "Summary"
    return _DEFAULT_HEADINGS.get(str(element.tag), "")


def _words(element: etree._Element | None) -> str:
    """Give the text of a label or a term."""
    running = RunningText()
    if element is not None:
        running.collect(element)
    return running.peek()
