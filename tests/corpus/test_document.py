"""Spans, blocks and what is left of a text without its reference marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, Document, Section, Span, without_marks
from corpus.record import Record
from ingest.canonical import CanonicalText, Piece

SPANS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))
WORDS = st.lists(st.text("abcé𝒳", min_size=1, max_size=5), min_size=1, max_size=6)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
def test_a_span_that_no_text_can_have_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"a span needs 0 <= start <= end, got {start} and {end}"):
        Span(start, end)


@given(SPANS, SPANS)
def test_spans_overlap_where_they_share_a_code_point(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one)
    if len(one) and len(other):
        assert one.overlaps(other) == bool(shared)
        assert one.contains(other) == (set(range(other.start, other.end)) <= set(range(one.start, one.end)))


@given(SPANS, st.integers(0, 9))
def test_a_shifted_span_reads_the_same_words(span: Span, offset: int) -> None:
    text = "".join(chr(0x1F600 + n) for n in range(50))
    assert span.shifted(offset).of("x" * offset + text) == span.of(text)
    assert len(span) == len(span.of(text))


def test_offsets_count_code_points() -> None:
    assert Span(2, 4).of("😀 𝒳y") == "𝒳y"


def test_the_block_at_a_position_is_the_one_that_holds_it() -> None:
    text = "Head\n\nOne.\n\nTwo."
    blocks = (Block(Span(6, 10), section=0), Block(Span(12, 16), section=0))
    given = Document(
        "d", text, Record(), sections=(Section(Span(0, 16), ("Head",), Span(0, 4)),), blocks=blocks
    )
    held = [given.block_at(position) for position in range(18)]
    assert held == [None] * 6 + [blocks[0]] * 4 + [None] * 2 + [blocks[1]] * 4 + [None] * 2
    assert Document("d", "", Record()).block_at(0) is None
    assert given.path_of(0) == ("Head",)
    assert given.path_of(None) == ()


def test_texts_that_differ_have_hashes_that_differ() -> None:
    assert Document("d", "a", Record()).text_sha256 != Document("d", "b", Record()).text_sha256


@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from(["", "[1]", "[2,3]", "4–6"]), st.booleans()), min_size=1, max_size=6
    )
)
def test_removing_marks_leaves_the_other_words_in_order(parts: list[tuple[list[str], str, bool]]) -> None:
    canonical = CanonicalText()
    pieces: list[Piece] = []
    for words, mark, is_spaced in parts:
        pieces.append(Piece(" " + " ".join(words)))
        if mark:
            pieces.append(Piece((" " if is_spaced else "") + mark, is_reference_mark=True))
    canonical.add_block(pieces)
    built = canonical.finish()
    left = without_marks(built.text, built.blocks[0].span, built.reference_marks)
    assert left.split() == [word for words, _, _ in parts for word in words]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("cells [1] grow", "cells grow"),
        ("cells [1], which [1].", "cells, which."),
        ("[1] Cells", "Cells"),
        ("cells [1]grow", "cells grow"),
        ("cells[1][1] grow", "cells grow"),
        ("[1]", ""),
    ],
)
def test_white_space_closes_up_behind_a_mark(text: str, left: str) -> None:
    marks = [Span(match.start(), match.end()) for match in re.finditer(r"\[1\]", text)]
    assert without_marks(text, Span(0, len(text)), marks) == left


def test_a_mark_that_reaches_out_of_the_span_takes_nothing_else_with_it() -> None:
    text = "See [12] and more."
    assert without_marks(text, Span(0, 6), [Span(4, 8)]) == "See"
    assert without_marks(text, Span(6, 18), [Span(4, 8)]) == "and more."
