"""The running text of JATS: inline markup, superscripts, formulas and links to references, as one string."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from corpus.document import Span
from ingest.canonical import Piece, fold
from ingest.parsers.jats.formula import MATH, OMISSION, all_text, formula_text
from ingest.parsers.jats.references import ReferenceList, citation_text
from ingest.parsers.marks import Link, linked_pieces

LEFT_OUT = frozenset(
    (
        "alt-text",
        "alt-title",
        "bio",
        "def",
        "graphic",
        "index-term",
        "index-term-range-end",
        "kwd-group",
        "long-desc",
        "object-id",
        "permissions",
        "processing-meta",
        "ref-list",
        "response",
        "sec-meta",
        "sub-article",
    )
)
"""What is not shown in running text: pictures, references, and what only describes the rest."""

# Looked up first: most elements of a paragraph only change its type.
_STYLES = frozenset(("italic", "bold", "underline", "sc", "ext-link", "named-content", "email"))
_FOOTNOTES = frozenset(("fn", "table-fn"))
_MATHS = frozenset((f"{MATH}math", "math"))
_PICTURES = frozenset(("graphic", "inline-graphic", "inline-media", "private-char"))
_FORMULAS = frozenset(("disp-formula", "disp-formula-group", "inline-formula", "chem-struct"))
_NAME_PARTS = frozenset(("given-names", "suffix"))
_DIGIT_END = re.compile(r"\d$")
_WORD_END = re.compile(r"[^\W_]$|[)\]%]$")
_EXPONENT_BASE = re.compile(r"(?<![^\W_])\d[\d.,]*$")
_EXPONENT = re.compile(r"[+\-\u2010-\u2015\u2212]?\s?\d+(?:\.\d+)?")
# "x<sup>−1.2</sup>" would be a difference; units, charges and reference marks have no decimals.
_DECIMAL_EXPONENT = re.compile(r"[+\-\u2010-\u2015\u2212]?\s?\d*\.\d+")

# Elements that are not shown as the text in them.
_WRITTEN: dict[str, Callable[[etree._Element], str]] = {
    **dict.fromkeys((*_MATHS, "tex-math"), formula_text),
    **dict.fromkeys(("inline-graphic", "private-char"), lambda picture: formula_text(picture) or OMISSION),
    **dict.fromkeys(("break", "tab", "hr"), lambda _: " "),
    **dict.fromkeys(("element-citation", "nlm-citation"), citation_text),
}

Interrupt = Callable[[etree._Element], bool]
"""Is shown each child first; says whether it has seen to it, as what does not belong to the running text."""


class RunningText:
    """The text of a paragraph while it is collected from its elements."""

    def __init__(
        self, references: ReferenceList | None = None, interrupt: Interrupt = lambda _: False
    ) -> None:
        """Start empty.

        Args:
            references: What its links may point to.
            interrupt: Is shown each element in the text first.
        """
        self._references = references or ReferenceList()
        self._interrupt = interrupt
        self._parts: list[str] = []
        self._length = 0
        self._links: list[Link] = []

    def add(self, text: str | None) -> None:
        """Go on with `text`."""
        if text:
            self._parts.append(text)
            self._length += len(text)

    def collect(self, element: etree._Element) -> None:
        """Go on with all that an element holds."""
        self.add(element.text)
        for child in element:
            if child.tag in _STYLES:
                self.collect(child)
            elif not self._interrupt(child):
                self.include(child)
            self.add(child.tail)

    def include(self, element: etree._Element) -> None:
        """Go on with an element, shown as its tag demands."""
        tag = element.tag
        if tag in _STYLES:
            self.collect(element)
        elif tag == "xref":
            self._cross_reference(element)
        elif tag == "sup":
            self._superscript(element)
        elif tag == "sub":
            self._subscript(element)
        elif tag in _FORMULAS:
            self._formula(element)
        elif tag == "alternatives":
            self._alternatives(element)
        elif tag in _WRITTEN:
            self.add(_WRITTEN[tag](element))
        elif tag not in LEFT_OUT:
            if tag in _NAME_PARTS:
                self._part_from_word()
            self.collect(element)

    def peek(self) -> str:
        """Give the text so far."""
        return "".join(self._parts)

    def take(self) -> list[Piece]:
        """Give the text so far, cut at its links and reference marks, and start afresh."""
        pieces = linked_pieces(self.peek(), self._links, self._references.numbers)
        self._parts, self._length, self._links = [], 0, []
        return pieces

    def _cross_reference(self, element: etree._Element) -> None:
        if not self._is_mark_or_reference(element):
            self.collect(element)
            return
        targets = self._targets(element)
        if not (element.text or "").strip() and element.find("sup") is not None:
            self._part_from_word()
        start, links_before = self._length, len(self._links)
        self.collect(element)
        # A link within a link, which no style sheet can show, is part of it.
        del self._links[links_before:]
        if start < self._length:
            self._links.append(Link(Span(start, self._length), targets))
        elif targets and self._links and self._links[-1].span.end == start:
            # "<xref>1</xref><xref/><xref/>–<xref>4</xref>": what a range leaves out is linked unseen.
            self._links[-1] = Link(self._links[-1].span, (*self._links[-1].targets, *targets))

    def _targets(self, link: etree._Element) -> tuple[int, ...]:
        """Give the references that a link means; some publishers give it the type "ref", or none."""
        return () if link.get("ref-type") in _FOOTNOTES else self._references.targets(link.get("rid"))

    def _is_mark_or_reference(self, link: etree._Element) -> bool:
        kind = link.get("ref-type")
        return kind == "bibr" or kind in _FOOTNOTES or bool(self._targets(link))

    def _superscript(self, element: etree._Element) -> None:
        """Keep "10<sup>7</sup>" from being read as 107, and a raised reference mark as part of its word."""
        if any(map(self._is_mark_or_reference, element.iter("xref"))):
            self._part_from_word()
        else:
            raised = all_text(element).strip()
            on_number = self._ends_in(_EXPONENT_BASE) and _EXPONENT.fullmatch(raised)
            if on_number or (self._ends_in(_WORD_END) and _DECIMAL_EXPONENT.fullmatch(raised)):
                self.add("^")
        self.collect(element)

    def _subscript(self, element: etree._Element) -> None:
        """Keep "MSP-1<sub>19</sub>" from being read as MSP-119."""
        if self._ends_in(_DIGIT_END) and all_text(element).strip()[:1].isdigit():
            self.add("_")
        self.collect(element)

    def _formula(self, element: etree._Element) -> None:
        """Show the one form of a formula that reads best; a displayed one stands apart from the words around it."""
        around = "" if element.tag == "inline-formula" else " "
        tags = {child.tag for child in element}
        unshown = frozenset[str]()
        if tags & (_MATHS | {"tex-math"}):
            unshown = _PICTURES | ({"tex-math"} if tags & _MATHS else set())
        self.add(f"{around}{element.text or ''}")
        for child in element:
            aside = " " if child.tag == "label" else ""
            self.add(aside)
            if child.tag == "graphic" and child.tag not in unshown:
                self.add(formula_text(child) or OMISSION)
            elif child.tag not in unshown and not self._interrupt(child):
                self.include(child)
            self.add(f"{aside}{child.tail or ''}")
        self.add(around)

    def _alternatives(self, element: etree._Element) -> None:
        written = next((child for child in element if child.tag not in _PICTURES), None)
        text = formula_text(element)
        if text or written is None:
            self.add(text or OMISSION)
        elif not self._interrupt(written):
            self.include(written)

    def _part_from_word(self) -> None:
        if self._ends_in(_WORD_END):
            self.add(" ")

    def _ends_in(self, pattern: re.Pattern[str]) -> bool:
        return bool(self._parts) and bool(pattern.search(self._parts[-1]))


def plain_text(element: etree._Element) -> str:
    """Give the folded text of an element such as a title, without its links to references and footnotes."""
    running = RunningText(interrupt=lambda child: child.tag in ("xref", "fn"))
    running.collect(element)
    return fold(running.peek())
