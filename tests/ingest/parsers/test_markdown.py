"""Markdown, as notes and web pages are saved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import BlockKind, Document, Fidelity, SourceType
from corpus.errors import OriginError
from ingest.parsers import parser_for


def parse(text: str) -> Document:
    parser = parser_for(".MD")
    assert parser is not None
    (document,) = parser(text.encode(), "file:my-notes-0a1b2c3d")
    assert isinstance(document, Document)
    return document


def test_headings_become_nested_sections() -> None:
    document = parse("# One\n\na\n\n### Deep\n\nb\n\n## Two\n\nc\n\n# Other\n\nd")
    assert [section.path for section in document.sections] == [
        ("One",),
        ("One", "Deep"),
        ("One", "Two"),
        ("Other",),
    ]


def test_a_lone_first_level_heading_at_the_top_is_the_title() -> None:
    document = parse("# *NK* cells\n\nThey kill.\n\n## How\n\nQuickly.")
    assert document.record.title == "NK cells"
    assert document.text == "They kill.\n\nHow\n\nQuickly."


def test_without_a_title_the_file_gives_one() -> None:
    assert parse("Text.").record.title == "my notes"


def test_front_matter_gives_the_record() -> None:
    document = parse(
        "---\ntitle: A trial\nDOI: 10.1/ABC\nvolume: 3\nissued: 2020-05-01\nauthor:\n"
        "- {family: Liu, given: E}\nsource_type: clinical-trial\nfidelity: digest\ncommercial: true\n"
        "---\n# Heading\n\nText."
    )
    record = document.record
    assert (record.title, record.volume, record.issued.date_parts) == ("A trial", "3", ((2020, 5, 1),))
    assert (document.id, document.source_type) == ("doi:10.1/abc", SourceType.CLINICAL_TRIAL)
    assert (document.fidelity, document.commercial) == (Fidelity.DIGEST, True)
    assert document.text == "Heading\n\nText."


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("title: [", r"^line 3: the front matter .* is wrong"),
        ("- a list", r"the front matter .* is wrong: Input should be"),
        ("fidelity: hearsay", r"fidelity: Input should be 'full-text'"),
        ("a: &a [x]\nb: [*a, *a]", r"YAML aliases are not read"),
        ("issued: 2020-99-99", r"the front matter .* is wrong"),
        ("x: " + "[" * 5000, r"the front matter .* is wrong"),
    ],
)
def test_wrong_front_matter_is_refused(front: str, message: str) -> None:
    with pytest.raises(OriginError, match=message):
        parse(f"---\n{front}\n---\nText.")


def test_links_images_and_code_give_their_words() -> None:
    document = parse(
        'See [the *trial*](https://x.org "t") ![a scan](s.png), `x = 1` &amp; more\\\nnext<br>line.'
    )
    assert document.text == "See the trial a scan, x = 1 & more next line."


def test_raw_html_is_left_out() -> None:
    assert (
        parse("<!-- secret -->\n\nA <b>bold</b> word.\n\n<script>\nalert(1)\n</script>").text
        == "A bold word."
    )


def test_lists_become_items_and_nested_ones_too() -> None:
    document = parse("Before:\n\n- one\n  1. deep\n- two\n\nAfter.")
    assert document.text == "Before:\n\none\ndeep\ntwo\n\nAfter."
    assert [block.kind for block in document.blocks] == [
        BlockKind.PARAGRAPH,
        *[BlockKind.LIST_ITEM] * 3,
        BlockKind.PARAGRAPH,
    ]


def test_a_table_reads_row_by_row() -> None:
    assert parse("| arm | n |\n|---|---|\n| A | **5** |\n| B | 6 |").text == "arm | n\nA | 5\nB | 6"


def test_code_and_quotations_are_kept() -> None:
    assert (
        parse("```python\nx = 1\n```\n\n> Said so.\n\n    indented").text == "x = 1\n\nSaid so.\n\nindented"
    )


def test_reference_marks_are_recorded() -> None:
    document = parse("Shown [3] before [4–6] and noted[^a].")
    assert [mark.of(document.text) for mark in document.reference_marks] == ["[3]", "[4–6]", "[^a]"]


@pytest.mark.parametrize("text", ["", "---\ntitle: T\n---\n", "# Only a title", "<!-- nothing -->"])
def test_a_file_of_nothing_has_no_text(text: str) -> None:
    with pytest.raises(OriginError, match="has no text"):
        parse(text)


@given(st.text(st.sampled_from("ab #*-_`[]()!<>|\n1.&\\~"), max_size=80))
def test_anything_parses_or_has_no_text(text: str) -> None:
    try:
        document = parse(text)
    except OriginError as error:
        if "has no text" not in str(error) and "front matter" not in str(error):
            raise
        return
    covered = "".join(block.span.of(document.text) for block in document.blocks)
    headings = "".join(s.heading_span.of(document.text) for s in document.sections if s.heading_span)
    assert sorted("".join((covered + headings).split())) == sorted("".join(document.text.split()))
