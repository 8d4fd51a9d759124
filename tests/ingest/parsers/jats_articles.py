"""Builds small JATS articles for the tests of the parser, and says what must hold of every document."""

from __future__ import annotations

from pathlib import Path

from corpus.document import BlockKind, Document
from corpus.errors import OriginError
from ingest.canonical import fold
from ingest.parsers.jats import parse

PLOS = Path(__file__).parents[4] / "shared" / "papers" / "plos"
NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
META = '<article-id pub-id-type="doi">10.1/X</article-id>'


def article_from(data: bytes | str) -> Document:
    """Parse a file that holds one article."""
    (document,) = parse(data if isinstance(data, bytes) else data.encode(), "file:article-0a1b2c3d")
    assert isinstance(document, Document)
    return document


def article_or_error(data: bytes | str) -> Document | OriginError:
    """Parse a file that holds one article, or give the error that refuses it."""
    try:
        return article_from(data)
    except OriginError as error:
        return error


def article(
    body: str = "<p>T.</p>", meta: str = META, back: str = "", kind: str = "research-article"
) -> Document:
    """Parse an article made of these parts."""
    return article_from(
        f'<article {NAMESPACES} article-type="{kind}"><front><journal-meta>'
        '<journal-title-group><journal-title>Cells</journal-title></journal-title-group><issn pub-type="ppub">'
        '1234-5678</issn><issn pub-type="epub">2345-6789</issn><publisher><publisher-name>House</publisher-name>'
        f"</publisher></journal-meta><article-meta>{meta}</article-meta></front><body>{body}</body>"
        f"<back>{back}</back></article>"
    )


def blocks(document: Document, kind: BlockKind | None = None) -> list[str]:
    """Give the words of the blocks of one kind, or of all."""
    return [block.span.of(document.text) for block in document.blocks if kind in (None, block.kind)]


def links(document: Document) -> list[tuple[str, tuple[int, ...]]]:
    """Give the words that point to references, with the indexes of those."""
    return [(link.span.of(document.text), link.targets) for link in document.reference_links]


def marks(document: Document) -> list[str]:
    """Give the reference marks."""
    return [mark.of(document.text) for mark in document.reference_marks]


def reference_list(count: int) -> str:
    """Give a list of numbered references with the ids "r1" onwards."""
    entries = (
        f'<ref id="r{n}"><label>{n}.</label><mixed-citation>Work {n}.</mixed-citation></ref>'
        for n in range(1, count + 1)
    )
    return f"<ref-list>{''.join(entries)}</ref-list>"


def ref(number: int, text: str | None = None) -> str:
    """Give a link to a reference of `reference_list`."""
    return f'<xref ref-type="bibr" rid="r{number}">{number if text is None else text}</xref>'


def assert_whole(document: Document) -> None:
    """Blocks and headings cover all but white space, and every other span lies where it should."""
    spans = [block.span for block in document.blocks]
    spans += [section.heading_span for section in document.sections if section.heading_span]
    position = 0
    for span in sorted(spans):
        words = span.of(document.text)
        assert not document.text[position : span.start].strip()
        assert span.start >= position
        assert fold(words) == words.replace("\t", " ") or "\t" in words
        assert words.strip() == words != ""
        position = span.end
    assert position == len(document.text)
    for block in document.blocks:
        if block.section is not None:
            assert document.sections[block.section].span.contains(block.span)
        in_table = document.table_at(block.span.start) is not None
        assert in_table == (block.kind is BlockKind.TABLE_ROW)
    for mark in document.reference_marks:
        assert mark.of(document.text).strip() == mark.of(document.text) != ""
        assert any(span.contains(mark) for span in spans)
    for link in document.reference_links:
        assert link.targets and all(0 <= target < len(document.references) for target in link.targets)
        assert any(span.contains(link.span) for span in spans)
