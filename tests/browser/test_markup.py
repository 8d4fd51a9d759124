"""What the page makes of words, without a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.interface.markup import marked, shown_in_markdown, web_address
from corpus.document import Document, Span
from corpus.record import Record


class Words(HTMLParser):
    """Collects the words of a piece of HTML, and those inside marks apart."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.all = self.quoted = ""
        self._inside = 0
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"mark", "sup", "bdi"}
        assert {name for name, _ in attrs} <= {"class", "dir", "lang"}
        self._inside += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.all += data
        self.quoted += data if self._inside else ""


TEXTS = st.text(st.sampled_from("ab <>&\"'`$[]12\n𝒢éאבجδ-"), min_size=1, max_size=60)


@given(TEXTS, st.data())
def test_marked_words_are_the_slices_and_nothing_is_lost(text: str, data: st.DataObject) -> None:
    position = st.integers(0, len(text))
    spans = [Span(*sorted((data.draw(position), data.draw(position)))) for _ in range(4)]
    window, first, second, reference = spans
    document = Document("d", text, Record(), reference_marks=(reference,))
    words = Words(marked(document, window, [first, second]))
    inside = [
        i for i in range(window.start, window.end) if any(s.start <= i < s.end for s in (first, second))
    ]
    assert words.all == window.of(text)
    assert words.quoted == "".join(text[i] for i in inside)


def test_reference_marks_are_raised_and_right_to_left_words_isolated() -> None:
    document = Document("d", "cells12 באמצעות x", Record(), reference_marks=(Span(5, 7),))
    assert marked(document, Span(0, 17), [Span(0, 7)]) == (
        '<mark>cells<sup class="reference">12</sup></mark> <bdi dir="rtl" lang="he">באמצעות</bdi> x'
    )


@given(st.text(max_size=40))
def test_nothing_in_a_question_is_markup(question: str) -> None:
    shown = re.sub(r"</?bdi[^>]*>", "", shown_in_markdown(question))
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]!#|~$:@]", shown)
    assert "<" not in shown


def test_only_the_web_is_linked() -> None:
    assert web_address(None, "javascript:alert(1)") is None
    assert web_address(None, "data:text/html,x") is None
    assert web_address(None, "https://example.org/a") == "https://example.org/a"
    assert web_address('10.1/a"b c', None) == "https://doi.org/10.1/a%22b%20c"
