"""Cutting tables and notes: what stands apart from prose, and what goes on in further passages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus.document import BlockKind, Document, Passage, Span
from corpus.embedding import header_path, passage_text
from corpus.encoder import Encoder
from corpus.record import Record
from corpus.settings import DEFAULT_EMBEDDING_MODEL, Settings
from ingest.canonical import CanonicalText, Row
from ingest.splitting import split

Rows = Sequence[tuple[str, ...]]
CELLS = st.sampled_from(("", "12.5 (3.1–20)", "complete response", "α-GalCer", "细胞" * 40, "x" * 90, "10^6"))
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return Encoder.load(DEFAULT_EMBEDDING_MODEL, settings.model_cache)


class Article:
    """A document of one section while it is written."""

    def __init__(self) -> None:
        self._canonical = CanonicalText()
        self._canonical.open_section("Results")

    def block(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Article:
        self._canonical.add_block(text, kind)
        return self

    def table(self, rows: Rows, caption: str = "") -> Article:
        self._canonical.add_block(caption, BlockKind.CAPTION)
        span = self._canonical.last_block if caption else None
        self._canonical.add_table([Row(cells, number == 0) for number, cells in enumerate(rows)], span)
        return self

    def document(self, title: str = "") -> Document:
        done = self._canonical.finish()
        return Document(
            "d",
            done.text,
            Record(title=title),
            sections=done.sections,
            blocks=done.blocks,
            tables=done.tables,
        )


def passages_in(document: Document, span: Span, encoder: Encoder) -> list[Passage]:
    return [passage for passage in split(document, encoder) if passage.span.overlaps(span)]


def texts(document: Document, encoder: Encoder) -> list[str]:
    return [passage.span.of(document.text) for passage in split(document, encoder)]


def assert_within_budget(document: Document, passage: Passage, encoder: Encoder) -> None:
    """What the model is shown, title, headings and caption included, is no more than it reads."""
    shown = passage_text(document, passage)
    header = encoder.header_tokens(shown.title, shown.path)
    assert header + len(encoder.token_starts(shown.text)) <= encoder.max_passage_tokens


def test_rows_mix_neither_with_prose_nor_with_their_caption_nor_with_another_table(encoder: Encoder) -> None:
    document = (
        Article()
        .block("We counted cells.")
        .table([("Dose", "Alive"), ("1 mg", "12")], "Table 1. Counts.")
        .table([("Day", "Dead")])
        .block("Then we stopped.")
        .document()
    )
    assert texts(document, encoder) == [
        "We counted cells.",
        "Table 1. Counts.",
        "Dose\tAlive\n1 mg\t12",
        "Day\tDead",
        "Then we stopped.",
    ]


def test_a_row_is_one_sentence_whatever_its_cells_say(encoder: Encoder) -> None:
    rows = [
        ("Group", "What was seen"),
        ("A. coli", "It grew. It died. See 2."),
        ("", "1. Nothing; e.g. no cell."),
    ]
    document = Article().table(rows).document()
    (passage,) = split(document, encoder)
    assert [sentence.of(document.text) for sentence in passage.sentences] == [
        "Group\tWhat was seen",
        "A. coli\tIt grew. It died. See 2.",
        "1. Nothing; e.g. no cell.",
    ]


def test_a_table_longer_than_the_model_reads_goes_on_in_further_passages(encoder: Encoder) -> None:
    rows = [
        ("Patient", "Response"),
        *((f"Patient {n}", f"complete response after {n} days") for n in range(90)),
    ]
    caption = "Table 2. Responses of all patients who were treated. " * 3
    document = Article().block("Before.").table(rows, caption).block("After.").document("A trial of cells")
    (table,) = document.tables
    found = passages_in(document, table.span, encoder)
    assert len(found) > 2
    sentences = [sentence.of(document.text) for passage in found for sentence in passage.sentences]
    assert sentences == ["\t".join(cells) for cells in rows]
    for passage in found:
        assert table.span.contains(passage.span)
        assert header_path(document, passage.path, passage.span.start) == ("Results", caption.strip())
        assert_within_budget(document, passage, encoder)


def test_a_row_longer_than_the_model_reads_is_cut_between_its_cells(encoder: Encoder) -> None:
    cells = tuple(f"the cells of the patient {n} grew for weeks" for n in range(60))
    document = Article().table([cells], "Table 3. One row.").document()
    found = passages_in(document, document.tables[0].span, encoder)
    parts = [passage.span.of(document.text) for passage in found]
    assert len(parts) > 1
    assert [cell for part in parts for cell in part.strip().split("\t")] == list(cells)
    for passage in found:
        assert_within_budget(document, passage, encoder)


def test_notes_share_passages_with_one_another_but_not_with_prose(encoder: Encoder) -> None:
    document = (
        Article()
        .block("We counted cells.")
        .block("* Twice.", BlockKind.NOTE)
        .block("† By eye.", BlockKind.NOTE)
        .block("Then we stopped.")
        .table([("Dose", "Alive")])
        .block("a Daily.", BlockKind.NOTE)
        .document()
    )
    assert texts(document, encoder) == [
        "We counted cells.",
        "* Twice.\n\n† By eye.",
        "Then we stopped.",
        "Dose\tAlive",
        "a Daily.",
    ]


@hypothesis_settings(max_examples=25, deadline=None)
@given(
    tables=st.lists(st.tuples(TABLES, st.sampled_from(("", "Table 1. Doses.", "Word " * 120))), max_size=3),
    notes=st.lists(st.text("ab .", max_size=20), max_size=3),
    title=st.sampled_from(("", "A trial of cells", "Word " * 100)),
)
def test_any_tables_and_notes_keep_the_rules(
    encoder: Encoder, tables: list[tuple[Rows, str]], notes: list[str], title: str
) -> None:
    article = Article().block("Before.")
    for rows, caption in tables:
        article.table(rows, caption)
        for note in notes:
            article.block(note, BlockKind.NOTE)
    document = article.block("After.").document(title)
    passages = split(document, encoder)
    for passage in passages:
        inside = [block for block in document.blocks if passage.span.overlaps(block.span)]
        assert len({block.kind for block in inside}) == 1
        assert len({document.table_at(block.span.start) for block in inside}) == 1
        assert_within_budget(document, passage, encoder)
    written = "".join(passage.span.of(document.text) for passage in passages)
    assert "".join(written.split()) == "".join(
        "".join(block.span.of(document.text).split()) for block in document.blocks
    )
