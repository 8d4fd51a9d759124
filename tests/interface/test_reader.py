"""The reader shows a document as its paper does: tables as tables, and what a quoted passage cites."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.interface.reader import document_page, in_context
from corpus.document import BlockKind, Document, Span
from corpus.library import Library
from corpus.record import Record
from corpus.settings import Settings
from corpus.works import Reference
from ingest.canonical import CanonicalText, Piece, Row

REFERENCES = (
    Reference("Abel A. On <gulls>. 1999.", label="1", doi="10.5555/gulls"),
    Reference("Brandt B. On terns. 2001.", label="2"),
    Reference("Castro C. On herons. 2003.", label="3", url="javascript:alert(1)"),
)


def document() -> Document:
    canonical = CanonicalText()
    canonical.open_section("Results")
    canonical.add_block(
        [Piece("Gulls were seen"), Piece("[1]", is_reference_mark=True, targets=(0,)), Piece(".")]
    )
    canonical.add_block("Table 1. Counts.", BlockKind.CAPTION)
    rows = [
        Row(("", "Gulls <n>", "Terns"), is_header=True),
        Row(("Spring", "12", "")),
        Row(("", "", "7")),
    ]
    canonical.add_table(rows, canonical.last_block)
    canonical.add_block(
        [Piece("Terns came later"), Piece("[2, 3]", is_reference_mark=True, targets=(1, 2)), Piece(".")]
    )
    built = canonical.finish()
    return Document(
        id="birds",
        text=built.text,
        record=Record(title="Birds"),
        sections=built.sections,
        blocks=built.blocks,
        reference_marks=built.reference_marks,
        references=REFERENCES,
        reference_links=built.reference_links,
        tables=built.tables,
    )


def quoted(words: str) -> Span:
    start = document().text.index(words)
    return Span(start, start + len(words))


def test_a_table_is_shown_once_with_every_cell_in_its_column() -> None:
    shown = document_page(document(), [quoted("Spring\t12")])
    assert re.findall(r"<tr>(.*?)</tr>", shown) == [
        "<th></th><th>Gulls &lt;n&gt;</th><th>Terns</th>",
        "<td><mark>Spring</mark></td><td><mark>12</mark></td>",
        "<td></td><td></td><td>7</td>",
    ]
    assert shown.index("<thead>") < shown.index("<tbody>") < shown.index("Terns came later")
    assert shown.index("Table 1. Counts.") < shown.index("<table>")


def test_what_a_quoted_passage_cites_stands_behind_it_with_a_way_to_each_work() -> None:
    shown = document_page(document(), [quoted("Gulls were seen[1].")])
    cited = shown[shown.index("It cites one work") : shown.index("Table 1")]
    assert "Abel A. On &lt;gulls&gt;. 1999." in cited and "Brandt" not in cited
    assert 'href="https://doi.org/10.5555/gulls"' in cited


def test_the_whole_list_of_references_stands_at_the_end_and_leads_only_to_the_web() -> None:
    shown = document_page(document(), [])
    assert "It cites" not in shown
    whole = shown[shown.index("References of this paper (3)") :]
    assert [name in whole for name in ("Abel", "Brandt", "Castro")] == [True] * 3
    assert "javascript:" not in whole.replace("alert", "")


@pytest.mark.parametrize("sha256", [None, "another"])
def test_a_quote_of_a_changed_text_is_not_shown_and_a_place_without_a_quote_is(
    two_papers: Path, settings: Settings, sha256: str | None
) -> None:
    asked = {"document": "10.5/a b", "sha256": sha256, "spans": [[0, 8]]}
    with Library(two_papers, settings) as library:
        shown = in_context(library, asked)
    assert ("<mark>Axolotls</mark>" in shown) is (sha256 is None)
    assert ("has changed" in shown) is (sha256 is not None)


def test_beside_a_document_stand_the_other_citations_of_the_answer(
    two_papers: Path, settings: Settings
) -> None:
    cited = [{"number": 2, "spans": [[0, 23]]}, {"number": 3, "spans": [[24, 42]]}]
    asked = {"document": "10.5/a b", "spans": [[24, 42]], "number": 3, "cited": cited}
    with Library(two_papers, settings) as library:
        shown = in_context(library, asked)
    assert '<span class="also" data-cites="2">Axolotls sleep at noon.</span>' in shown
    assert '<mark data-cites="3">They wake at dusk.</mark>' in shown
    assert shown.index('<nav class="places"') < shown.index('id="reader-title"')
    assert re.findall(r'class="to-place" data-number="(\d)"', shown) == ["2", "3"]
