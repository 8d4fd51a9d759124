"""Cutting documents: what a passage may be, for any document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus.document import BlockKind, Document, Passage
from corpus.encoder import Encoder
from corpus.record import Record
from corpus.settings import DEFAULT_EMBEDDING_MODEL, Settings
from ingest import splitting
from ingest.canonical import CanonicalText
from ingest.splitting import begins_with_list_mark, split

WORDS = st.sampled_from(
    "cells grow; IL-15, et al. (Fig. 2) 10.5% 😀 α-GalCer immunophenotyping The [12] x́ 細胞。 ● 2. (a) E. coli".split()
)
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=40).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=8).map(lambda words: (" ".join(words) + ". ") * 20),
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        ["x" * 300, "word " * 400, "a,b;" * 200, "●", "2.", "细胞" * 200, "\u0301" * 50, "✨" * 300]
    ),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.text("ab ", max_size=6) | st.just("A long heading of many words " * 6)),
        st.tuples(st.just("close"), st.just("")),
        st.tuples(st.sampled_from(list(BlockKind)), TEXTS),
    ),
    min_size=1,
    max_size=10,
)


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return Encoder.load(DEFAULT_EMBEDDING_MODEL, settings.model_cache)


def built(steps: list[tuple[str | BlockKind, str]], title: str = "") -> Document:
    canonical, depth = CanonicalText(), 0
    for step, text in steps:
        if isinstance(step, BlockKind):
            canonical.add_block(text, step)
        elif step == "open":
            canonical.open_section(text)
            depth += 1
        elif depth:
            canonical.close_section()
            depth -= 1
    done = canonical.finish()
    return Document("d", done.text, Record(title=title), sections=done.sections, blocks=done.blocks)


def paragraph(*texts: str) -> Document:
    return built([(BlockKind.PARAGRAPH, text) for text in texts])


def words(text: str) -> str:
    return "".join(text.split())


def assert_sound(document: Document, passages: tuple[Passage, ...], encoder: Encoder) -> None:
    position = 0
    for passage in passages:
        assert passage.span.start >= position
        position = passage.span.end
        header = encoder.header_tokens(document.record.title, passage.path)
        tokens = len(encoder.token_starts(passage.span.of(document.text)))
        assert header + tokens <= encoder.max_passage_tokens
        inside = [block for block in document.blocks if passage.span.overlaps(block.span)]
        assert len({block.section for block in inside}) == 1
        assert passage.path == document.path_of(inside[0].section)
        if any(block.kind is BlockKind.CAPTION for block in inside):
            assert len(inside) == 1
        at = passage.span.start
        for sentence in passage.sentences:
            assert len(sentence)
            assert sentence.start >= at
            at = sentence.end
            assert passage.span.contains(sentence)
            assert sum(sentence.overlaps(block.span) for block in inside) == 1
        assert at <= passage.span.end
    for block in document.blocks:
        pieces = [
            p.span.of(document.text)
            if block.span.contains(p.span)
            else _part(p, block.span.start, block.span.end, document)
            for p in passages
        ]
        assert words("".join(pieces)) == words(block.span.of(document.text))


def _part(passage: Passage, start: int, end: int, document: Document) -> str:
    return document.text[max(start, passage.span.start) : min(end, passage.span.end)]


@hypothesis_settings(max_examples=150, deadline=None)
@given(steps=STEPS, title=st.sampled_from(["", "A trial of cells", "Word " * 100]))
def test_passages_of_any_document_keep_the_rules(
    encoder: Encoder, steps: list[tuple[str | BlockKind, str]], title: str
) -> None:
    document = built(steps, title)
    passages = split(document, encoder)
    assert_sound(document, passages, encoder)
    assert passages == split(document, encoder)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 5_000,
        "x" * 100_000,
        "x" * 90 + "-" + "y" * 2_500,
        "lipopolysaccharide" * 40,
        "细胞生长" * 1_000,
        "a" * 101 + " " + "word " * 300,
        "(viii) " + "word " * 203,
        "● " + "1,2;" * 300,
    ],
)
def test_a_sentence_that_is_too_long_is_cut_and_loses_nothing(encoder: Encoder, text: str) -> None:
    document = paragraph(text)
    passages = split(document, encoder)
    assert_sound(document, passages, encoder)
    assert max(len(sentence) for passage in passages for sentence in passage.sentences) <= 2_000


def test_a_long_sentence_is_cut_at_a_clause(encoder: Encoder) -> None:
    document = paragraph(
        ("the cells grew in all of the wells that had been seeded before, " * 40).strip(", ") + "."
    )
    for passage in split(document, encoder)[:-1]:
        assert passage.span.of(document.text).endswith(",")


def test_a_very_long_text_is_cut_in_linear_time(encoder: Encoder) -> None:
    assert len(split(paragraph("word " * 60_000), encoder)) > 200


@pytest.mark.parametrize("glue", ["\n\n", " "])
def test_where_a_text_is_cut_for_the_tokenizer_shows_nowhere(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, glue: str
) -> None:
    texts = [f"Donor {n} gave 12.5 ml of immunophenotyped blood, e.g. CD4+ cells. 😀" for n in range(60)]
    document = paragraph(*glue.join(texts).split("\n\n"))
    whole = split(document, encoder)
    for stretch in (1, 7, 100):
        monkeypatch.setattr(splitting, "_STRETCH", stretch)
        assert split(document, encoder) == whole


def test_a_caption_stands_apart_and_headings_divide(encoder: Encoder) -> None:
    document = built(
        [
            ("open", "Methods"),
            (BlockKind.PARAGRAPH, "We counted cells."),
            (BlockKind.PARAGRAPH, "Twice."),
            (BlockKind.CAPTION, "Table 1. Counts."),
            (BlockKind.PARAGRAPH, "Then we stopped."),
            ("open", "Statistics"),
            (BlockKind.PARAGRAPH, "None."),
        ]
    )
    passages = split(document, encoder)
    assert [(p.path, p.span.of(document.text)) for p in passages] == [
        (("Methods",), "We counted cells.\n\nTwice."),
        (("Methods",), "Table 1. Counts."),
        (("Methods",), "Then we stopped."),
        (("Methods", "Statistics"), "None."),
    ]


@pytest.mark.parametrize(
    "mark", ["● ", "• ", "✨ ", "2. ", "12) ", "(a) ", "b. ", "iv) ", "(iv) ", "II. ", "- ", "– "]
)
def test_a_list_mark_stands_in_the_passage_but_in_no_sentence(encoder: Encoder, mark: str) -> None:
    document = built(
        [(BlockKind.LIST_ITEM, f"{mark}Cells grow."), (BlockKind.LIST_ITEM, f"{mark}Cells die.")]
    )
    (passage,) = split(document, encoder)
    assert begins_with_list_mark(f"{mark}Cells grow.")
    assert [sentence.of(document.text) for sentence in passage.sentences] == ["Cells grow.", "Cells die."]
    assert passage.span.of(document.text) == f"{mark}Cells grow.\n{mark}Cells die."


@pytest.mark.parametrize(
    "text",
    [
        "E. coli grows.",
        "C. elegans and E. coli grew.",
        "I. scapularis bites.",
        "10.5% grew.",
        "A cell grew.",
        "-80 °C was kept.",
    ],
)
def test_what_only_looks_like_a_list_mark_belongs_to_its_sentence(encoder: Encoder, text: str) -> None:
    document = paragraph(text)
    (passage,) = split(document, encoder)
    assert passage.sentences[0].start == 0
    assert not begins_with_list_mark(text)


def test_blocks_of_marks_alone_do_not_overfill_a_passage(encoder: Encoder) -> None:
    document = built([(BlockKind.LIST_ITEM, "2.")] * 400)
    assert_sound(document, split(document, encoder), encoder)


def test_passages_of_one_section_are_about_equally_long(encoder: Encoder) -> None:
    document = paragraph(*["Cells were counted in every well of the plate."] * 30)
    sizes = [len(passage.span) for passage in split(document, encoder)]
    assert len(sizes) > 1
    assert max(sizes) < 1.5 * min(sizes)


def test_a_document_without_text_has_no_passages(encoder: Encoder) -> None:
    assert split(Document("d", "", Record()), encoder) == ()
