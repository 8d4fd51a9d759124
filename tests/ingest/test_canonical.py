"""The builder of canonical text: what it folds, what it leaves out, and that its spans hold."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import BlockKind
from ingest.canonical import Canonical, CanonicalText, Piece, fold

TEXTS = st.text(st.sampled_from("ab .\n\t\u00a0\u2028\u200b\u00ad\x00é😀"), max_size=12) | st.text(
    max_size=12
)
PIECES = st.lists(st.builds(Piece, TEXTS, st.booleans()), max_size=4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), TEXTS | PIECES),
        st.tuples(st.just("close"), st.none()),
        st.tuples(st.sampled_from(list(BlockKind)), TEXTS | PIECES),
    ),
    max_size=14,
)


def words(pieces: str | list[Piece]) -> str:
    text = pieces if isinstance(pieces, str) else "".join(piece.text for piece in pieces)
    return re.sub(r"\s", "", fold(text))


def built(*blocks: str | list[Piece], kind: BlockKind = BlockKind.PARAGRAPH) -> Canonical:
    canonical = CanonicalText()
    for block in blocks:
        canonical.add_block(block, kind)
    return canonical.finish()


def assert_covered(canonical: Canonical) -> None:
    """Blocks and headings cover all but white space, in order; each lies in the section it names."""
    headings = [section.heading_span for section in canonical.sections if section.heading_span]
    spans = sorted([*headings, *(block.span for block in canonical.blocks)])
    position = 0
    for span in spans:
        assert span.start >= position
        assert canonical.text[position : span.start].strip() == ""
        assert span.of(canonical.text) == fold(span.of(canonical.text)) != ""
        position = span.end
    assert position == len(canonical.text)
    assert [block.span for block in canonical.blocks] == sorted(block.span for block in canonical.blocks)
    assert [s.span.start for s in canonical.sections] == sorted(s.span.start for s in canonical.sections)
    assert list(canonical.reference_marks) == sorted(canonical.reference_marks)
    for block in canonical.blocks:
        around = [n for n, section in enumerate(canonical.sections) if section.span.contains(block.span)]
        innermost = max(around, key=lambda n: len(canonical.sections[n].path), default=None)
        assert block.section == innermost
    for mark in canonical.reference_marks:
        assert mark.of(canonical.text).strip() == mark.of(canonical.text) != ""
        assert any(span.contains(mark) for span in spans)


@given(STEPS)
def test_every_span_holds_whatever_is_built(steps: list[tuple[object, str | list[Piece] | None]]) -> None:
    canonical = CanonicalText()
    expected, depth = "", 0
    for step, content in steps:
        if step == "open" and content is not None:
            canonical.open_section(content)
            depth += 1
        elif step == "close" and depth:
            canonical.close_section()
            depth -= 1
        elif isinstance(step, BlockKind) and content is not None:
            canonical.add_block(content, step)
            expected += words(content)
    result = canonical.finish()
    assert_covered(result)
    assert re.sub(r"\s", "", "".join(block.span.of(result.text) for block in result.blocks)) == expected
    for section in result.sections:
        assert section.path
        assert any(section.span.contains(block.span) for block in result.blocks)


@given(PIECES)
def test_pieces_read_like_their_text_folded_in_one(pieces: list[Piece]) -> None:
    assert built(pieces).text == fold("".join(piece.text for piece in pieces))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_white_space_is_folded_and_nothing_else_is_changed() -> None:
    assert built(" CAR\u00a0T\u2009cells\n\tﬁnd  Å ＮＫ ").text == "CAR T cells ﬁnd Å ＮＫ"


def test_invisible_characters_vanish() -> None:
    assert built("\ufeffim\u00admuno\u200btherapy\x00 \x07works").text == "immunotherapy works"


def test_lone_surrogates_vanish_so_that_the_text_can_be_stored() -> None:
    assert built("a\ud800b").text.encode() == b"ab"


def test_paragraphs_stand_apart_and_list_items_on_lines() -> None:
    canonical = CanonicalText()
    canonical.add_block("Before.")
    canonical.add_block("one", BlockKind.LIST_ITEM)
    canonical.add_block("two", BlockKind.LIST_ITEM)
    canonical.add_block("After.")
    assert canonical.finish().text == "Before.\n\none\ntwo\n\nAfter."


def test_sections_nest_and_span_their_subsections() -> None:
    canonical = CanonicalText()
    canonical.open_section("Results")
    canonical.open_section("Safety")
    canonical.add_block("No harm.")
    canonical.close_section()
    canonical.add_block("All told.")
    result = canonical.finish()
    assert result.text == "Results\n\nSafety\n\nNo harm.\n\nAll told."
    assert [section.path for section in result.sections] == [("Results",), ("Results", "Safety")]
    assert [section.span.of(result.text) for section in result.sections] == [
        result.text,
        "Safety\n\nNo harm.",
    ]
    assert [block.section for block in result.blocks] == [1, 0]


def test_a_section_without_a_title_belongs_to_the_one_around_it() -> None:
    canonical = CanonicalText()
    canonical.open_section("Methods")
    canonical.open_section(" ")
    canonical.add_block("We counted.")
    result = canonical.finish()
    assert [section.path for section in result.sections] == [("Methods",)]
    assert result.blocks[0].section == 0


def test_empty_sections_and_blocks_vanish() -> None:
    canonical = CanonicalText()
    canonical.open_section("Empty")
    canonical.add_block(" \u200b\n")
    canonical.close_section()
    canonical.add_block("Text.")
    assert canonical.finish().text == "Text."
    assert canonical.finish().sections == ()


def test_marks_are_trimmed_and_their_spaces_stay_outside() -> None:
    result = built([Piece("shown"), Piece(" [1] ", True), Piece(" twice")])
    assert result.text == "shown [1] twice"
    assert [mark.of(result.text) for mark in result.reference_marks] == ["[1]"]


def test_a_paragraph_of_marks_alone_joins_the_one_before() -> None:
    result = built("As is known.", [Piece("[1]", True), Piece(", "), Piece("[2]", True)])
    assert [block.span.of(result.text) for block in result.blocks] == ["As is known. [1], [2]"]


def test_paths_leave_out_the_reference_marks_of_headings() -> None:
    canonical = CanonicalText()
    canonical.open_section([Piece("The model "), Piece("[7]", True)])
    canonical.add_block("It fits.")
    result = canonical.finish()
    assert result.text == "The model [7]\n\nIt fits."
    assert result.sections[0].path == ("The model",)


def test_a_digest_remembers_where_its_statement_was_read() -> None:
    canonical = CanonicalText()
    canonical.add_block("Two of nine responded.", read_at="example.org")
    assert canonical.finish().blocks[0].read_at == "example.org"
