"""Running text on its way into the canonical text: what stands apart from a paragraph, and what parts it."""

from __future__ import annotations

import re
from typing import Protocol

from lxml import etree

from corpus.document import BlockKind, Span
from ingest.canonical import CanonicalText
from ingest.parsers.jats.formula import OMISSION
from ingest.parsers.jats.inline import RunningText
from ingest.parsers.jats.references import ReferenceList
from ingest.parsers.jats.table import is_table

FLOATS = frozenset(
    (
        "boxed-text",
        "chem-struct-wrap",
        "chem-struct-wrapper",
        "fig",
        "fig-group",
        "fn",
        "media",
        "supplementary-material",
        "table-wrap",
        "table-wrap-group",
    )
)
"""Stand apart from the paragraph that they are in and are set after it, so that no caption cuts a sentence."""

# In their place in a paragraph, as blocks between what comes before and after.
_BREAKS = frozenset(
    (
        "answer",
        "answer-set",
        "array",
        "code",
        "def-list",
        "disp-quote",
        "explanation",
        "fn-group",
        "list",
        "option",
        "p",
        "preformat",
        "question",
        "question-wrap",
        "question-wrap-group",
        "sec",
        "speech",
        "statement",
        "table",
        "verse-group",
    )
)
# In a cell, whatever is on a line of its own.
_LINES = frozenset(
    (
        "attrib",
        "def",
        "def-item",
        "label",
        "list-item",
        "row",
        "td",
        "term",
        "th",
        "title",
        "tr",
        "verse-line",
    )
)
# A displayed formula that is a picture, with its number, says nothing where no words are around it.
_NOTHING_SAID = re.compile(rf"(?:[\s.,;]|{re.escape(OMISSION)}|\([\w.]{{1,6}}\))*")


class Layout(Protocol):
    """Writes elements into a canonical text."""

    canonical: CanonicalText
    references: ReferenceList

    def block(self, element: etree._Element, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write one element."""


class Flow:
    """A paragraph, a caption or a cell while it is collected."""

    def __init__(self, layout: Layout, kind: BlockKind, in_cell: bool = False) -> None:
        """Start empty.

        Args:
            layout: Where what interrupts the text is written.
            kind: What the text's blocks are.
            in_cell: Whether paragraphs and lists do not part the text, as a cell is one line.
        """
        self.text = RunningText(layout.references, self._interrupt)
        self.floats: list[etree._Element] = []
        self.written: Span | None = None
        self._layout = layout
        self._kind = kind
        self._in_cell = in_cell

    def cut(self) -> None:
        """Write the text so far as a block."""
        words = self.text.peek()
        pieces = self.text.take()
        if OMISSION in words and _NOTHING_SAID.fullmatch(words):
            return
        before = self._layout.canonical.last_block
        self._layout.canonical.add_block(pieces, self._kind)
        block = self._layout.canonical.last_block
        if block and block != before:
            self.written = Span(self.written.start if self.written else block.start, block.end)

    def end(self) -> None:
        """Write the rest, and after it what floats."""
        self.cut()
        for element in self.floats:
            self._layout.block(element)

    def _interrupt(self, child: etree._Element) -> bool:
        tag = child.tag
        if tag in FLOATS or (tag == "graphic" and has_caption(child)):
            self.floats.append(child)
            return True
        parts = tag in _BREAKS or ("}" in tag and is_table(child))
        if self._in_cell and (parts or tag in _LINES):
            self.text.add(" ")
            self.text.collect(child)
            self.text.add(" ")
        elif parts:
            self.cut()
            self._layout.block(child, self._kind)
        else:
            return False
        return True


def has_caption(element: etree._Element) -> bool:
    """Tell a picture that stands for a figure of its own from one inside a figure."""
    return element.tag == "graphic" and element.find("caption") is not None


def running_text(element: etree._Element | None) -> str:
    """Give the text of a label, a term or a speaker."""
    running = RunningText()
    if element is not None:
        running.collect(element)
    return running.peek().strip()
