"""Every letter of an article is in its text, once: counted by a walk that shares nothing with the parser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from lxml import etree

from corpus.document import Document
from corpus.works import Relation
from tests.ingest.parsers.jats_articles import PLOS, article_from, assert_whole

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
LONG_ENOUGH = 30


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
            self.left_out[LEFT_OUT[name]] += len(letters(words_in(child)))
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


def table_rows(document: Document) -> Iterator[list[str]]:
    for table in document.tables:
        cells = table.span.of(document.text).replace("\n", "\t").split("\t")
        yield [words for cell in cells if (words := letters(cell))]


def assert_covered(data: bytes, document: Document) -> Counter[str]:
    """Every stretch is in the text, none more often than in the XML; give how many letters went where."""
    root, walk = walked(data)
    text = letters(document.text)
    everything = "|".join(walk.stretches)
    stated = letters("".join(map(words_in, statements(root))))
    counted: Counter[str] = Counter(walk.left_out)
    for stretch in walk.stretches:
        assert stretch in text, stretch
        counted["in the text"] += len(stretch)
        if len(stretch) >= LONG_ENOUGH:
            expected = everything.count(stretch)
            assert expected <= text.count(stretch) <= expected + stated.count(stretch), stretch
    assert list(table_rows(document)) == [cells for cells in cells_of_tables(root) if cells]
    return counted


@pytest.mark.skipif(not PLOS.is_dir(), reason=f"the PLOS articles are not at {PLOS}")
def test_ninety_articles_of_plos_lose_no_letter_and_read_none_twice() -> None:
    files = sorted(PLOS.glob("*.xml"))
    counted: Counter[str] = Counter()
    documents = []
    for file in files:
        data = file.read_bytes()
        document = article_from(data)
        counted += assert_covered(data, document)
        assert_whole(document)
        record = document.record
        assert record.title and record.year and record.doi and record.container_title, file.name
        assert len(document.references) == data.count(b"</ref>"), file.name
        assert record.issn and document.licence.name, file.name
        documents.append(document)
    assert len(documents) == len({document.id for document in documents}) == 90
    assert counted["in the text"] > 3_000_000
    assert counted.keys() == {
        "in the text",
        "references, which are records",
        "identifiers of figures and tables",
    }
    assert sum(bool(document.reference_marks) for document in documents) >= 80
    assert sum(document.retracted for document in documents) == 0
    assert (
        sum(document.related[0].relation is Relation.RETRACTS for document in documents if document.related)
        == 3
    )


def test_the_count_notices_what_is_lost_doubled_or_moved_to_another_cell() -> None:
    words = "Cells that were counted in every well of the plate grew for a week."
    data = (
        f"<article><front><article-meta/></front><body><p>{words}</p>"
        "<table><tr><td>12</td><td>3</td></tr></table></body></article>"
    ).encode()
    document = article_from(data)
    assert assert_covered(data, document)["in the text"] == len(letters(words)) + 3
    for text in (document.text.replace("grew", ""), f"{document.text}\n{words}"):
        with pytest.raises(AssertionError):
            assert_covered(data, replace(document, text=text))
    with pytest.raises(AssertionError):
        assert_covered(data, replace(document, text=document.text.replace("12\t3", "1\t23")))
