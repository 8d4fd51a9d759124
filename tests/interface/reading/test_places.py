"""The margin of the reader: which citations of an answer stand in a document, and where."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.interface.markup import Noted, marked
from assistant.interface.reading.places import Cited, margin, noted
from corpus.document import Document, Span
from corpus.record import Record
from ingest.canonical import CanonicalText

SENTENCES = ("Gulls <nest> on roofs.", "Terns dive.", "Herons wait, and wait.")


def document(*sentences: str) -> Document:
    canonical = CanonicalText()
    canonical.open_section("Birds & roofs")
    for sentence in sentences or SENTENCES:
        canonical.add_block(sentence)
    built = canonical.finish()
    return Document(
        id="birds",
        text=built.text,
        record=Record(title="Birds"),
        sections=built.sections,
        blocks=built.blocks,
        reference_marks=built.reference_marks,
    )


def span(words: str) -> tuple[int, int]:
    start = document().text.index(words)
    return start, start + len(words)


def words_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def test_citations_are_listed_in_the_order_of_the_text_with_their_section_and_words() -> None:
    cited = (Cited(number=4, spans=(span("Herons"),)), Cited(number=1, spans=(span("Gulls <nest>"),)))
    shown = margin(document(), cited, current=4)
    assert re.findall(r'data-number="(\d)"', shown) == ["1", "4"]
    assert "Birds &amp; roofs" in shown and "Gulls &lt;nest&gt;" in shown
    assert re.findall(r'data-number="(\d)" aria-current="true"', shown) == ["4"]
    assert "Cited here 2 times" in shown


def test_one_citation_alone_needs_no_list() -> None:
    assert margin(document(), (Cited(number=1, spans=(span("Terns"),)),), current=1) == ""


def test_each_number_stands_once_where_its_words_begin() -> None:
    text = document().text
    cited = noted((Cited(number=2, spans=(span("Terns dive."), span("Herons wait"))),))
    shown = marked(document(), Span(0, len(text)), [Span(*span("Herons wait"))], cited)
    assert shown.count('id="place-2"') == 1
    assert re.search(r'data-number="2"></span><span class="also" data-cites="2">Terns dive\.</span>', shown)
    assert '<mark data-cites="2">Herons wait</mark>' in shown


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(min(pair), max(pair)))


@given(spans, st.lists(spans, max_size=4), st.lists(st.tuples(spans, st.integers(1, 5)), max_size=6))
def test_whatever_is_marked_the_words_are_the_documents_own(
    window: Span, quotes: list[Span], cited: list[tuple[Span, int]]
) -> None:
    source = document(*("Terns dive & <swim>. " * 3).split(". "))
    window = Span(min(window.start, len(source.text)), min(window.end, len(source.text)))
    shown = marked(source, window, quotes, [Noted(span, number) for span, number in cited])
    assert words_of(shown) == window.of(source.text)
    in_marks = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", shown, re.DOTALL))
    asked = {place for quote in quotes for place in range(quote.start, quote.end)}
    within = "".join(source.text[place] for place in range(window.start, window.end) if place in asked)
    assert words_of(in_marks) == within
