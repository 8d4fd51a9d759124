"""The running text of a web page: inline markup, raised characters, formulas and links to references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from corpus.document import Span
from ingest.canonical import Piece
from ingest.parsers.jats.formula import formula_text
from ingest.parsers.marks import Link, linked_pieces, plain_mark_spans
from ingest.parsers.raised import before_exponent, before_mark

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that stand on lines of their own; all others, unknown ones too, run on in the line."""

_NUMBERS = re.compile(r"\d{1,4}|[\u2010-\u2015\u2212-]")
_NOTE_SIGN = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§¶#]{1,3})\s*[\])]?", re.IGNORECASE)
# A raised number after the end of a sentence or a plain word; that of "cm2" or "CD4" is something else.
_RAISED_NUMBERS = re.compile(r"\s*\d{1,3}(?:\s*[,;\u2010-\u2015-]\s*\d{1,3})*\s*")
_MARKED_WORD = re.compile(r"(?:[.,;:)\]”\"]|[a-z]{4})$")
_LONGEST_RANGE = 50


@dataclass(frozen=True, slots=True)
class Targets:
    """What a page's marks can lead to.

    Attributes:
        by_anchor: Index in the reference list, by the fragment of an address.
        by_label: The same by the printed number.
        numbers: The number that each reference is printed with.
        are_linked: Whether the text links to its references; a raised number by itself is then no mark.
    """

    by_anchor: Mapping[str, int] = field(default_factory=dict)
    by_label: Mapping[str, int] = field(default_factory=dict)
    numbers: tuple[int | None, ...] = ()
    are_linked: bool = False

    def pointed_at(self, link: etree._Element) -> int | None:
        """Give the index of the reference that an `<a>` leads to."""
        return self.by_anchor.get((link.get("href") or "").partition("#")[2])

    def numbered(self, text: str) -> tuple[int, ...]:
        """Give the indexes of the references that printed numbers name: "1, 3–5"."""
        numbers = _NUMBERS.findall(text)
        found: list[str] = []
        for place, number in enumerate(numbers):
            if number.isdigit():
                found.append(number)
            elif (
                0 < place < len(numbers) - 1 and numbers[place - 1].isdigit() and numbers[place + 1].isdigit()
            ):
                first, last = int(numbers[place - 1]), int(numbers[place + 1])
                found += map(str, range(first + 1, min(last, first + _LONGEST_RANGE)))
        indexes = (self.by_label[number] for number in found if number in self.by_label)
        return tuple(dict.fromkeys(indexes))


class RunningText:
    """The text of a block while it is collected from its elements, in the order of a walk over them."""

    def __init__(self, targets: Targets) -> None:
        """Start empty."""
        self._targets = targets
        self._parts: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._open: list[tuple[etree._Element, int, tuple[int, ...]]] = []

    def add(self, text: str | None) -> None:
        """Go on with `text`."""
        if text:
            self._parts.append(text)
            self._length += len(text)

    def open(self, element: etree._Element) -> None:
        """Begin an inline element."""
        if element.tag == "br":
            self.add(" ")
        elif element.tag == "sup":
            self._superscript(element)
        elif element.tag == "a" and not self._open and (targets := self._pointed_at(element)) is not None:
            if not (element.text or "").strip() and element.find("sup") is not None:
                self._part_from_word()
            self._open.append((element, self._length, targets))
        self.add(element.text)

    def close(self, element: etree._Element) -> None:
        """End an inline element."""
        if self._open and self._open[-1][0] is element:
            _, start, targets = self._open.pop()
            if start < self._length:
                self._links.append(Link(Span(start, self._length), targets))

    def formula(self, element: etree._Element) -> None:
        """Go on with MathML, written in one line."""
        self.add(formula_text(element))

    def collect(self, element: etree._Element) -> None:
        """Go on with all that an element holds; what would be blocks elsewhere is parted by a space."""
        self.add(element.text)
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, node in walk:
            if node is element:
                continue
            if event == "start" and node.tag == "math":
                self.formula(node)
                walk.skip_subtree()
            elif event == "start":
                self.add(" " if node.tag in BLOCKS else None)
                self.open(node)
            else:
                self.close(node)
                self.add(" " if node.tag in BLOCKS else None)
                self.add(node.tail)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def take(self) -> list[Piece]:
        """Give the text so far, cut at its reference marks and links, and start afresh."""
        text = self.text
        pieces = linked_pieces(text, self._with_plain_marks(text), self._targets.numbers)
        self._parts, self._length, self._links = [], 0, []
        self._open = [(element, 0, targets) for element, _, targets in self._open]
        return pieces

    def _with_plain_marks(self, text: str) -> list[Link]:
        """Give the links, and the marks in square brackets that are none: their numbers say what they point to."""
        links = list(self._links)
        for mark in plain_mark_spans(text):
            after = bisect_left(self._links, mark.end, key=lambda link: link.span.start)
            if not after or self._links[after - 1].span.end <= mark.start:
                links.append(Link(mark, self._targets.numbered(mark.of(text))))
        return sorted(links)

    def _pointed_at(self, link: etree._Element) -> tuple[int, ...] | None:
        """Give the references that a link leads to, none for a note's sign, None for any other link."""
        index = self._targets.pointed_at(link)
        if index is not None:
            return (index,)
        raised = any(True for _ in chain(link.iterancestors("sup"), link.iterchildren("sup")))
        is_note = raised or link.get("role") == "doc-noteref"
        inside = (link.get("href") or "").startswith("#")
        return () if is_note and inside and _NOTE_SIGN.fullmatch(_words(link).strip()) else None

    def _superscript(self, element: etree._Element) -> None:
        raised = _words(element)
        if any(self._pointed_at(link) is not None for link in element.iter("a")):
            self._part_from_word()
        elif self._is_plain_mark(raised):
            self._part_from_word()
            self._open.append((element, self._length, self._targets.numbered(raised)))
        else:
            self.add(before_exponent(self._before(), raised))

    def _is_plain_mark(self, raised: str) -> bool:
        """Tell the mark of a page that has a numbered reference list and does not link to it."""
        return (
            not self._targets.are_linked
            and not self._open
            and _RAISED_NUMBERS.fullmatch(raised) is not None
            and bool(self._targets.numbered(raised))
            and _MARKED_WORD.search(self._before()) is not None
        )

    def _part_from_word(self) -> None:
        self.add(before_mark(self._before()))

    def _before(self) -> str:
        return self._parts[-1] if self._parts else ""


def plain_text(element: etree._Element) -> str:
    """Give the text of an element and all in it, with a space wherever a block begins or ends."""
    running = RunningText(Targets())
    running.collect(element)
    return running.text


def _words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext("*"))
