"""The running text of JATS: inline markup, superscripts, formulas and links to references, as one string."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from lxml import etree

from corpus.document import Span
from corpus.errors import OriginError
from ingest.canonical import Piece, fold
from ingest.parsers.jats_formula import MATH, all_text, formula_text
from ingest.parsers.marks import mark_spans, pieces_of

LEFT_OUT = frozenset(
    (
        "alt-text",
        "alternatives",
        "bio",
        "def",
        "graphic",
        "index-term",
        "index-term-range-end",
        "kwd-group",
        "long-desc",
        "object-id",
        "oasis:table",
        "permissions",
        "private-char",
        "processing-meta",
        "ref-list",
        "response",
        "sec-meta",
        "sub-article",
        "table",
    )
)
"""What is not shown in running text: pictures, table bodies, references, and what only describes the rest."""

_REFERENCES = frozenset(("bibr", "fn", "table-fn"))
_FORMULAS = frozenset(("alternatives", "inline-graphic", "tex-math", f"{MATH}math"))
_WORD_END = re.compile(r"[^\W_]$|[)\]%]$")
_EXPONENT_BASE = re.compile(r"(?<![^\W_])\d[\d.,]*$")
_EXPONENT = re.compile(r"[+\-\u2010-\u2015\u2212]?\s?\d+(?:\.\d+)?")

Interrupt = Callable[[etree._Element], bool]
"""Is shown each child first; says whether it has seen to it, as what does not belong to the running text."""


class RunningText:
    """The text of a paragraph while it is collected from its elements."""

    def __init__(self, interrupt: Interrupt = lambda _: False) -> None:
        """Start empty."""
        self._interrupt = interrupt
        self._parts: list[str] = []
        self._length = 0
        self._links: list[Span] = []

    def add(self, text: str | None) -> None:
        """Go on with `text`."""
        if text:
            self._parts.append(text)
            self._length += len(text)

    def collect(self, element: etree._Element) -> None:
        """Go on with all that an element holds."""
        self.add(element.text)
        for child in element:
            if not self._interrupt(child):
                self.include(child)
            self.add(child.tail)

    def include(self, element: etree._Element) -> None:
        """Go on with an element, shown as its tag demands."""
        tag = element.tag
        if not isinstance(tag, str):
            self.add(_entity(element))
        elif tag == "xref" and element.get("ref-type") in _REFERENCES:
            self._reference(element)
        elif tag == "sup":
            self._superscript(element)
        elif tag in _FORMULAS:
            self.add(formula_text(element))
        elif tag in ("disp-formula", "disp-formula-group"):
            self._displayed(element)
        elif tag in ("break", "tab", "hr"):
            self.add(" ")
        elif tag not in LEFT_OUT:
            self.collect(element)

    def peek(self) -> str:
        """Give the text so far."""
        return "".join(self._parts)

    def take(self) -> list[Piece]:
        """Give the text so far, cut at its reference marks, and start afresh."""
        text = self.peek()
        pieces = pieces_of(text, mark_spans(text, self._links))
        self._parts, self._length, self._links = [], 0, []
        return pieces

    def _reference(self, element: etree._Element) -> None:
        if not (element.text or "").strip() and element.find("sup") is not None:
            self._part_from_word()
        start = self._length
        self.collect(element)
        if start < self._length:
            self._links.append(Span(start, self._length))

    def _superscript(self, element: etree._Element) -> None:
        """Keep "10<sup>7</sup>" from being read as 107, and a raised reference mark as part of its word."""
        linked = any(link.get("ref-type") in _REFERENCES for link in element.iter("xref"))
        if linked:
            self._part_from_word()
        elif self._ends_in(_EXPONENT_BASE) and _EXPONENT.fullmatch(all_text(element).strip()):
            self.add("^")
        self.collect(element)

    def _displayed(self, element: etree._Element) -> None:
        self.add(f" {element.text or ''}")
        for child in element:
            if child.tag == "graphic":
                self.add(formula_text(child))
            else:
                self.add(" " if child.tag == "label" else "")
                self.include(child)
            self.add(child.tail)
        self.add(" ")

    def _part_from_word(self) -> None:
        if self._ends_in(_WORD_END):
            self.add(" ")

    def _ends_in(self, pattern: re.Pattern[str]) -> bool:
        return bool(self._parts) and bool(pattern.search(self._parts[-1]))


def plain_text(element: etree._Element) -> str:
    """Give the folded text of an element such as a title, without its links to references and footnotes."""
    running = RunningText(lambda child: child.tag in ("xref", "fn"))
    running.collect(element)
    return fold(running.peek())


def _entity(element: etree._Element) -> str:
    """Give the character that a named entity stands for; only HTML's are known, as the DTD is not read."""
    reference = element.text or ""
    character = html.unescape(reference)
    if character == reference:
        raise OriginError(
            f"the XML leans on the entity {reference}, which is not resolved; write its text in its place"
        )
    return character
