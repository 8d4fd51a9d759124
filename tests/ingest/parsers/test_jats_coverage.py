"""Every letter of an article is in its text, once: counted by a walk that shares nothing with the parser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree

from corpus.document import BlockKind, Document
from ingest.parsers.jats import parse

PLOS = Path(__file__).parents[4] / "shared" / "papers" / "plos"

# Each is a stretch of text of its own, wherever it stands; what is around it goes on behind it.
STRETCHES = frozenset(
    "abstract ack app app-group array attrib back body boxed-text caption chem-struct-wrap code def def-item def-list"
    " disp-quote fig fig-group floats-group fn fn-group glossary label list list-item media notes p preformat sec"
    " speaker speech statement subtitle supplementary-material table table-wrap table-wrap-foot tbody td term th thead"
    " title tr verse-group verse-line".split()
)
LEFT_OUT = {
    "ref-list": "references, which are records",
    "object-id": "identifiers of figures and tables",
    "alt-text": "descriptions of pictures",
    "long-desc": "descriptions of pictures",
    "permissions": "licences of figures",
    "tex-math": "a second form of a formula",
    "annotation": "a second form of a formula",
    "bio": "lives of authors",
    "sub-article": "other articles",
}
# Shorter ones may stand in many places, so that counting them proves nothing.
LONG_ENOUGH = 40


@dataclass
class Walk:
    """What a walk through body, abstracts and back matter meets."""

    stretches: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def enter(self, element: etree._Element) -> None:
        buffer = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, buffer)
            buffer.append(child.tail or "")
        self._end(buffer)

    def _child(self, child: etree._Element, buffer: list[str]) -> None:
        name = etree.QName(child).localname
        if name in LEFT_OUT and not (name == "tex-math" and not has_math(child.getparent())):
            self.left_out[LEFT_OUT[name]] += len(letters("".join(child.itertext(etree.Element))))
        elif name in STRETCHES:
            self._end(buffer)
            self.enter(child)
        else:
            buffer.append(child.text or "")
            for inner in child:
                if isinstance(inner.tag, str):
                    self._child(inner, buffer)
                buffer.append(inner.tail or "")

    def _end(self, buffer: list[str]) -> None:
        words = letters("".join(buffer))
        if words:
            self.stretches.append(words)
        buffer.clear()


def has_math(element: etree._Element | None) -> bool:
    return element is not None and any(etree.QName(e).localname == "math" for e in element.iter("*"))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def walked(data: bytes) -> tuple[etree._Element, Walk]:
    root = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, remove_comments=True))
    walk = Walk()
    for path in ("front/article-meta/abstract", "body", "floats-group", "back"):
        for part in root.iterfind(path):
            walk.enter(part)
    return root, walk


def cells_of_tables(root: etree._Element) -> Iterator[list[str]]:
    """The words of every table's cells, row by row, empty ones left out; tables without any are pictures."""
    for table in root.iter("table"):
        cells = [letters("".join(cell.itertext(etree.Element))) for cell in table.iter("td", "th")]
        yield [cell for cell in cells if cell]


def table_rows(document: Document) -> Iterator[list[str]]:
    for table in document.tables:
        cells = table.span.of(document.text).replace("\n", "\t").split("\t")
        yield [words for cell in cells if (words := letters(cell))]


def assert_covered(data: bytes, document: Document) -> tuple[Counter[str], list[str]]:
    """Every stretch is in the text, none more often than in the XML; give what was counted and what is missing."""
    root, walk = walked(data)
    text = letters(document.text)
    everything = "|".join(walk.stretches)
    counted: Counter[str] = Counter(walk.left_out)
    missing = []
    for stretch in walk.stretches:
        if stretch in text:
            counted["in the text"] += len(stretch)
            if len(stretch) >= LONG_ENOUGH:
                assert text.count(stretch) == everything.count(stretch), stretch
        else:
            missing.append(stretch)
            counted["missing"] += len(stretch)
    assert list(table_rows(document)) == [cells for cells in cells_of_tables(root) if cells]
    return counted, missing


def parsed(data: bytes) -> Document:
    (document,) = parse(data, "file:article-0a1b2c3d")
    assert isinstance(document, Document)
    return document
