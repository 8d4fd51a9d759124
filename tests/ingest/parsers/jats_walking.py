"""Walks the XML of a JATS article by itself, to count what of it is in a text: it shares nothing with the parser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

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
# What a reader would miss, by the element that it stands in; the innermost counts.
PLACES = {
    "abstract": "abstracts",
    "caption": "captions",
    "table": "tables",
    "table-wrap-foot": "tables",
    "body": "body",
    "floats-group": "body",
    "back": "back matter",
}
# Shorter ones may stand in many places, so that counting them proves nothing.
LONG_ENOUGH = 30


@dataclass(frozen=True)
class Stretch:
    """Letters and digits that nothing parts, and where they stand."""

    letters: str
    place: str


@dataclass
class Walk:
    """What a walk through body, abstracts and back matter meets."""

    met: list[Stretch] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def stretches(self) -> list[str]:
        return [stretch.letters for stretch in self.met]

    def enter(self, element: etree._Element, place: str = "") -> None:
        place = PLACES.get(etree.QName(element).localname, place)
        buffer = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, buffer, place)
            buffer.append(child.tail or "")
        self._end(buffer, place)

    def _child(self, child: etree._Element, buffer: list[str], place: str) -> None:
        name = etree.QName(child).localname
        if name in LEFT_OUT and not (name == "tex-math" and not has_math(child.getparent())):
            self.left_out[LEFT_OUT[name]] += len(letters(words_in(child)))
        elif name in STRETCHES:
            self._end(buffer, place)
            self.enter(child, place)
        else:
            buffer.append(child.text or "")
            for inner in child:
                if isinstance(inner.tag, str):
                    self._child(inner, buffer, place)
                buffer.append(inner.tail or "")

    def _end(self, buffer: list[str], place: str) -> None:
        words = letters("".join(buffer))
        if words:
            self.met.append(Stretch(words, place))
        buffer.clear()


def has_math(element: etree._Element | None) -> bool:
    return element is not None and any(etree.QName(e).localname == "math" for e in element.iter("*"))


def words_in(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext("*"))


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
        cells = [letters(words_in(cell)) for cell in table.iter("td", "th")]
        yield [cell for cell in cells if cell]


def statements(root: etree._Element) -> Iterator[etree._Element]:
    """What the front matter states of funding and the like, which the body or the back matter may say as well."""
    for path in ("author-notes", "funding-group", "custom-meta-group"):
        yield from root.iterfind(f"front/article-meta/{path}")


@dataclass(frozen=True)
class Coverage:
    """What of an article's letters and digits is in a text.

    Attributes:
        found: How many, by place.
        everything: How many there are, by place.
        doubled: Stretches that are more often in the text than in the XML.
        left_out: How many are no text of the article, by what they are.
    """

    found: Mapping[str, int]
    everything: Mapping[str, int]
    doubled: tuple[str, ...]
    left_out: Mapping[str, int]


def coverage(data: bytes, text: str) -> Coverage:
    """Count an article's letters in a text."""
    root, walk = walked(data)
    text = letters(text)
    joined = "|".join(walk.stretches)
    stated = letters("".join(map(words_in, statements(root))))
    found, everything = Counter[str](), Counter[str]()
    doubled = []
    for stretch in walk.met:
        words = stretch.letters
        everything[stretch.place] += len(words)
        found[stretch.place] += len(words) if words in text else 0
        if len(words) >= LONG_ENOUGH and text.count(words) > joined.count(words) + stated.count(words):
            doubled.append(words)
    return Coverage(found, everything, tuple(doubled), walk.left_out)
