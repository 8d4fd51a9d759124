"""JATS XML as a text: sections and their roles, captions, lists, boxes, notes, in reading order."""

from __future__ import annotations

import pytest

from corpus.document import BlockKind, Fidelity, SectionRole
from tests.ingest.parsers.jats_articles import (
    META,
    article,
    article_from,
    assert_whole,
    blocks,
    reference_list,
)


def test_abstracts_come_first_and_sections_nest() -> None:
    document = article(
        "<p>Opening.</p><sec><label>1</label><title>Results</title>"
        "<sec><title>Safety</title><p>Good.</p></sec><sec><p>Untitled.</p></sec></sec>",
        meta=f"{META}<abstract><sec><title>Aim</title><p>To see.</p></sec></abstract>"
        "<abstract><title>Author Summary</title><p>We saw.</p></abstract>",
        back=f"<ack><p>We thank.</p></ack>{reference_list(1)}",
    )
    assert document.text == (
        "Abstract\n\nAim\n\nTo see.\n\nAuthor Summary\n\nWe saw.\n\nOpening.\n\n1 Results\n\n"
        "Safety\n\nGood.\n\nUntitled.\n\nAcknowledgements\n\nWe thank."
    )
    assert [section.path for section in document.sections] == [
        ("Abstract",),
        ("Abstract", "Aim"),
        ("Author Summary",),
        ("1 Results",),
        ("1 Results", "Safety"),
        ("Acknowledgements",),
    ]
    assert [block.section for block in document.blocks] == [1, 2, None, 4, 3, 5]


def test_sections_say_what_they_are_for() -> None:
    document = article(
        "<sec><title>Methods</title><sec><title>Ethics statement</title><p>Approved.</p></sec></sec>"
        "<boxed-text><sec><title>Key points</title><p>One.</p></sec></boxed-text>",
        meta=f"{META}<abstract><sec><title>Aim</title><p>To see.</p></sec></abstract>",
        back="<ack><p>We thank.</p></ack><sec><title>Funding</title><p>A grant.</p></sec>"
        "<sec sec-type='COI-statement'><title>Interests</title><p>None at all.</p></sec>"
        "<notes notes-type='data-availability'><title>Where to find data</title><p>Online.</p></notes>"
        "<app-group><app><title>Appendix A</title><p>More.</p></app></app-group>"
        "<fn-group><fn><p>A note.</p></fn></fn-group><glossary><p>NK: natural killer</p></glossary>",
    )
    assert {section.heading: section.role for section in document.sections} == {
        "Abstract": SectionRole.ABSTRACT,
        "Aim": SectionRole.ABSTRACT,
        "Methods": SectionRole.BODY,
        "Ethics statement": SectionRole.BODY,
        "Key points": SectionRole.BOX,
        "Acknowledgements": SectionRole.ACKNOWLEDGEMENTS,
        "Funding": SectionRole.ACKNOWLEDGEMENTS,
        "Interests": SectionRole.NOTES,
        "Where to find data": SectionRole.NOTES,
        "Appendix A": SectionRole.APPENDIX,
        "Footnotes": SectionRole.NOTES,
        "Glossary": SectionRole.NOTES,
    }


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("toc", "Summary"),
        ("graphical", "Graphical abstract"),
        ("author-highlights", "Highlights"),
        ("", "Abstract"),
    ],
)
def test_an_abstract_without_a_title_has_that_of_its_kind(kind: str, heading: str) -> None:
    document = article(meta=f"{META}<abstract abstract-type='{kind}'><p>Short.</p></abstract>")
    assert document.sections[0].path == (heading,)


def test_what_the_front_matter_states_follows_the_text() -> None:
    document = article(
        meta=f"{META}<author-notes><corresp>Write to a@b.org</corresp>"
        "<fn fn-type='conflict'><p>One owns shares.</p></fn>"
        "<fn fn-type='con'><p>A wrote it.</p></fn><fn fn-type='equal'><p>Equal.</p></fn>"
        "<fn><p>The group is listed online.</p></fn></author-notes>"
        "<funding-group><funding-statement>Paid by the Fund.</funding-statement></funding-group>"
        "<custom-meta-group><custom-meta><meta-name>Data Availability</meta-name><meta-value>Online.</meta-value>"
        "</custom-meta></custom-meta-group>"
    )
    assert document.text == (
        "T.\n\nFunding\n\nPaid by the Fund.\n\nCompeting interests\n\nOne owns shares.\n\nAuthor contributions\n\n"
        "A wrote it.\n\nAuthor notes\n\nThe group is listed online.\n\nData availability\n\nOnline."
    )
    roles = [section.role for section in document.sections]
    assert roles == [SectionRole.ACKNOWLEDGEMENTS, *[SectionRole.NOTES] * 4]
    assert blocks(document, BlockKind.NOTE) == [
        "One owns shares.",
        "A wrote it.",
        "The group is listed online.",
    ]


def test_a_statement_that_the_back_matter_repeats_is_read_once() -> None:
    words = "This work was paid by the Fund for Cells, grant 12."
    document = article(
        meta=f"{META}<funding-group><funding-statement>{words}</funding-statement></funding-group>",
        back=f"<sec><title>Funding</title><p>{words}</p></sec>",
    )
    assert document.text.count("the Fund") == 1


def test_an_abstract_alone_is_marked_as_such() -> None:
    meta = f"{META}<abstract><p>Short.</p></abstract>"
    assert article("", meta=meta).fidelity is Fidelity.ABSTRACT
    assert article(meta=meta).fidelity is Fidelity.FULL_TEXT


def test_a_figure_inside_a_paragraph_does_not_cut_its_sentence() -> None:
    document = article(
        "<p>The cells <fig><label>Figure 1</label><caption><title>Cells</title>"
        "<p>They kill.</p><p>(TIF)</p></caption><graphic/></fig> killed.<fn><p>Slowly.</p></fn></p>"
    )
    assert blocks(document) == ["The cells killed.", "Figure 1 Cells", "They kill. (TIF)", "Slowly."]
    assert blocks(document, BlockKind.CAPTION) == ["Figure 1 Cells", "They kill. (TIF)"]
    assert blocks(document, BlockKind.NOTE) == ["Slowly."]


@pytest.mark.parametrize("tag", ["fig", "supplementary-material", "media", "chem-struct-wrap", "graphic"])
def test_whatever_has_a_caption_keeps_it(tag: str) -> None:
    document = article(
        f"<p>See <{tag}><label>S1</label><caption><p>Raw data.</p></caption></{tag}>below.</p>"
    )
    assert blocks(document, BlockKind.CAPTION) == ["S1 Raw data."]
    assert blocks(document, BlockKind.PARAGRAPH) == ["See below."]


def test_figures_of_a_group_and_of_the_floats_group_are_captions() -> None:
    figure = "<fig><label>{0}</label><caption><p>{0} shown.</p></caption></fig>"
    document = article(
        f"<fig-group><caption><p>Both.</p></caption>{figure.format('A')}{figure.format('B')}</fig-group>"
    )
    assert blocks(document, BlockKind.CAPTION) == ["Both.", "A A shown.", "B B shown."]


def test_a_list_inside_a_paragraph_parts_it() -> None:
    item = "<list-item>{}<p>{}</p></list-item>"
    inner = f"<list>{item.format('', 'deep')}</list>"
    document = article(
        f"<p>Before <list>{item.format('<label>1.</label>', 'one')}"
        f"<list-item><p>two</p>{inner}</list-item></list> after.</p>"
    )
    assert document.text == "Before\n\n1. one\ntwo\ndeep\n\nafter."
    assert blocks(document, BlockKind.LIST_ITEM) == ["1. one", "two", "deep"]


def test_boxes_quotations_and_abbreviations_are_text() -> None:
    document = article(
        "<p>Main <boxed-text><label>Box 1</label><caption><title>Key</title></caption>"
        "<p>In the box.</p></boxed-text>text.</p>"
        "<disp-quote><p>Said.</p><attrib>A patient</attrib></disp-quote>",
        back="<glossary><def-list><def-item><term>NK</term><def><p>natural killer</p></def></def-item>"
        "</def-list></glossary>",
    )
    assert document.text == (
        "Main text.\n\nBox 1 Key\n\nIn the box.\n\nSaid.\n\nA patient\n\nGlossary\n\nNK natural killer"
    )
    assert blocks(document, BlockKind.QUOTATION) == ["Said.", "A patient"]


@pytest.mark.parametrize(
    ("markup", "kind", "expected"),
    [
        ("<speech><speaker>Ann</speaker><p>Why?</p></speech>", BlockKind.PARAGRAPH, ["Ann Why?"]),
        (
            "<verse-group><verse-line>Cells of day,</verse-line><verse-line>cells of night.</verse-line></verse-group>",
            BlockKind.QUOTATION,
            ["Cells of day, cells of night."],
        ),
        (
            "<statement><label>Theorem 1</label><title>(Growth).</title><p>It grows.</p></statement>",
            BlockKind.PARAGRAPH,
            ["Theorem 1 (Growth). It grows."],
        ),
        ("<preformat>a = 1\n  b = 2</preformat>", BlockKind.PARAGRAPH, ["a = 1 b = 2"]),
        ("<code>x &lt;- 1</code>", BlockKind.PARAGRAPH, ["x <- 1"]),
        (
            "<question-wrap><question><label>Q1</label><p>Which?</p><option><p>This.</p></option></question>"
            "<answer><p>That.</p></answer></question-wrap>",
            BlockKind.PARAGRAPH,
            ["Q1 Which?", "That."],
        ),
        ("<alternatives><graphic/><preformat>abc</preformat></alternatives>", BlockKind.PARAGRAPH, ["abc"]),
        (
            "<p>A <chem-struct><label>1</label> C6H6</chem-struct> ring.</p>",
            BlockKind.PARAGRAPH,
            ["A 1 C6H6 ring."],
        ),
        ("<unheard-of><p>Kept.</p></unheard-of>", BlockKind.PARAGRAPH, ["Kept."]),
    ],
)
def test_rarer_elements_are_text_too(markup: str, kind: BlockKind, expected: list[str]) -> None:
    document = article(markup)
    assert blocks(document, kind) == expected
    assert_whole(document)


def test_footnotes_are_notes_with_their_sign() -> None:
    document = article(
        "<p>Text<xref ref-type='fn' rid='n'>*</xref>.</p>",
        back="<fn-group><title>Notes</title><fn id='n'><label>*</label><p>One.</p><p>Two.</p>"
        "<list><list-item><p>Three.</p></list-item></list></fn></fn-group>",
    )
    assert blocks(document, BlockKind.NOTE) == ["* One.", "Two.", "Three."]
    assert document.sections[-1].path == ("Notes",)


def test_bare_words_where_paragraphs_belong_are_not_lost() -> None:
    document = article(
        "<sec><title>Aim</title>We <italic>saw</italic> cells<xref>*</xref>. <p>They grew.</p> Then<fig>"
        "<caption>A cell.</caption></fig> rest.</sec><list><list-item>one</list-item></list>",
        meta=f"{META}<abstract>Short and <bold>bare</bold>.</abstract>",
        back="<fn-group><fn><label>1</label>A note.</fn></fn-group>",
    )
    assert document.text == (
        "Abstract\n\nShort and bare.\n\nAim\n\nWe saw cells*.\n\nThey grew.\n\nThen\n\nA cell.\n\nrest.\n\none\n\n"
        "Footnotes\n\n1 A note."
    )


def test_other_works_in_the_file_are_left_out_of_the_text_and_named() -> None:
    stub = (
        "<front-stub><article-id pub-id-type='doi'>10.1234/x.{0}</article-id><title-group><article-title>{1}"
        "</article-title></title-group></front-stub><body><p>Left out.</p></body>"
    )
    data = (
        "<article><front><article-meta/></front><body><p>T.</p></body>"
        f"<sub-article article-type='reply'>{stub.format(1, 'A reply')}</sub-article>"
        f"<sub-article article-type='translation'>{stub.format(2, 'Une traduction')}</sub-article>"
        f"<response response-type='reply'>{stub.format(3, 'An answer')}</response></article>"
    )
    document = article_from(data)
    assert document.text == "T."
    assert [(work.relation.value, work.title, work.doi) for work in document.related] == [
        ("commented-by", "A reply", "10.1234/x.1"),
        ("related", "Une traduction", "10.1234/x.2"),
        ("commented-by", "An answer", "10.1234/x.3"),
    ]
