"""Every letter of an article is in its text, once: counted by a walk that shares nothing with the parser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus.document import Document
from corpus.works import Relation
from tests.ingest.parsers.jats_articles import PLOS, article_from, assert_whole
from tests.ingest.parsers.jats_walking import (
    LONG_ENOUGH,
    cells_of_tables,
    coverage,
    letters,
    statements,
    walked,
    words_in,
)


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
    lost, doubled = (
        coverage(data, document.text.replace("grew", "")),
        coverage(data, f"{document.text}\n{words}"),
    )
    assert lost.found["body"] == 0 < lost.everything["body"]
    assert lost.found["tables"] == lost.everything["tables"] == 3
    assert doubled.doubled == (letters(words),)
    for text in (document.text.replace("grew", ""), f"{document.text}\n{words}"):
        with pytest.raises(AssertionError):
            assert_covered(data, replace(document, text=text))
    with pytest.raises(AssertionError):
        assert_covered(data, replace(document, text=document.text.replace("12\t3", "1\t23")))
