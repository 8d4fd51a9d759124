"""Web pages: what is their article, how it reads, and what their heads say of it."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.document import BlockKind, Document, Fidelity, Licence, SectionRole, SourceType
from corpus.errors import OriginError
from ingest.parsers import parser_for

# Skeletons of real pages, with words of our own.
PAGES = Path(__file__).parent / "pages"


def parse_bytes(data: bytes, suffix: str = ".html") -> Document:
    parser = parser_for(suffix)
    assert parser is not None
    (document,) = parser(data, "file:my-page-0a1b2c3d")
    assert isinstance(document, Document)
    return document


def page(name: str) -> bytes:
    return (PAGES / f"{name}.html").read_bytes()


def parse(main: str, head: str = "") -> Document:
    return parse_bytes(
        f"<!DOCTYPE html><html><head>{head}</head><body><main>{main}</main></body></html>".encode()
    )


def meta(**content: str) -> str:
    return "".join(
        f'<meta name="{name.replace("__", ".")}" content="{value}">' for name, value in content.items()
    )


def blocks(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def marks(document: Document) -> list[str]:
    return [mark.of(document.text) for mark in document.reference_marks]


def links(document: Document) -> list[tuple[str, tuple[int, ...]]]:
    return [(link.span.of(document.text), link.targets) for link in document.reference_links]


def captions(document: Document) -> list[str | None]:
    return [table.caption.of(document.text) if table.caption else None for table in document.tables]


def test_a_publisher_s_page_gives_its_article() -> None:
    document = parse_bytes(page("publisher"))
    assert document.text == (
        "Abstract\n\nCord cells kill in vitro.\n\nMain\n\nDoses of 10^7 cells kg−1 were safe 1,3, and H2O was not "
        "(Fig. 1).\n\nKilling\n\nAll lines died 1–3.\n\nFig. 1: Lysis over time.\n\nBars show a, means.\n\n"
        "Acknowledgements\n\nWe thank donors."
    )
    assert [(section.path, section.role) for section in document.sections] == [
        (("Abstract",), SectionRole.ABSTRACT),
        (("Main",), SectionRole.BODY),
        (("Main", "Killing"), SectionRole.BODY),
        (("Acknowledgements",), SectionRole.ACKNOWLEDGEMENTS),
    ]
    assert links(document) == [("1,3", (0, 2)), ("1–3", (0, 1, 2))]
    assert [(entry.label, entry.year, entry.doi) for entry in document.references] == [
        ("1", 2001, "10.1000/a.1"),
        ("2", 1845, None),
        ("3", 2019, None),
    ]
    assert document.references[0].text == "Roe, J. Cells. Journal 1, 2–3 (2001)."
    assert (document.id, document.source_type) == ("doi:10.1038/s1-024-1", SourceType.REVIEW)
    assert document.licence == Licence("CC BY 4.0", "http://creativecommons.org/licenses/by/4.0/")
    assert document.record.to_csl() == {
        "type": "article-journal",
        "title": "Cord cells in practice",
        "author": [
            {"family": "Roe", "given": "Jane"},
            {"family": "Doe", "given": "Ann", "non-dropping-particle": "van"},
        ],
        "container-title": "Journal of Cells",
        "issued": {"date-parts": [[2024, 5]]},
        "volume": "7",
        "page": "11",
        "publisher": "House",
        "language": "En",
        "DOI": "10.1038/s1-024-1",
        "URL": "https://www.example.org/articles/s1-024-1",
    }


def test_an_archive_s_page_gives_its_article() -> None:
    document = parse_bytes(page("archive"))
    assert document.text == (
        "Abstract\n\nKillers come from blood.\n\nIntroduction\n\nThey kill early (1, 2), and late [Poe et al., 1845]. "
        "See Figure 1.\n\nFigure 1. Yields by donor.\n\nTable 1. Donors and cells.\n\nDonor\tCells (×10^9)\n"
        "\tFresh\tFrozen\nA\t3.1\t2.0 *\nSecond run\n\n* After thawing.\n\nData Sharing Statement\n\n"
        "Data are shared on request.\n\nFootnotes\n\nNone declared."
    )
    assert marks(document) == ["(1, 2)", "[Poe et al., 1845]"]
    assert blocks(document, BlockKind.CAPTION) == ["Figure 1. Yields by donor.", "Table 1. Donors and cells."]
    assert blocks(document, BlockKind.NOTE) == ["* After thawing.", "None declared."]
    assert captions(document) == ["Table 1. Donors and cells."]
    assert document.tables[0].header is not None
    assert document.tables[0].header.of(document.text) == "Donor\tCells (×10^9)\n\tFresh\tFrozen"
    assert (document.id, document.record.issued.date_parts) == ("pmcid:PMC7654321", ((2020, 12, 3),))
    assert (document.references[0].pmid, document.references[0].doi) == ("30000001", "10.1182/b.1")
    assert document.references[0].text == "Roe J. Early killing. Blood. (2019) 1:1–9. doi: 10.1182/b.1"


def test_other_publishers_pages_give_their_articles() -> None:
    plos, wiley = parse_bytes(page("open-journal")), parse_bytes(page("subscription-journal"))
    assert plos.text == (
        "Abstract\n\nYields differ.\n\nIntroduction\n\nYields rose [1,2]. Smith (1845) disagreed.\n\n"
        "Fig 1. Yield by day.\n\nMeans of three.\n\nhttps://doi.org/10.1371/journal.pone.1.g001"
    )
    assert (plos.source_type, plos.references[0].pmid) == (SourceType.RESEARCH, "11111111")
    assert wiley.text == (
        "Abstract\n\nCells cost.\n\n1 INTRODUCTION\n\nPrices rose.1, 2 In all, p<0.05.\n\n1.1 Models\n\nTwo models ran."
        "\n\none\ntwo\n\nTable 1. Prices\n\nItem\tEuro\nDose\t9\n\nNote: 2021 prices.\n\nFIGURE 1 Costs by year"
    )
    assert wiley.sections[2].path == ("1 INTRODUCTION", "1.1 Models")
    assert [entry.label for entry in wiley.references] == ["1", "2"]
    assert links(wiley) == [("1, 2", (0, 1))]
    assert captions(wiley) == ["Table 1. Prices"]


def test_a_company_s_blog_gives_its_post() -> None:
    document = parse_bytes(page("company-blog"))
    assert document.text == (
        "Natural killer (NK) cells kill without priming 1. They need nothing…\n\nHow are they made?\n\nFour steps:\n\n"
        "Collect cells\nfrom cord blood\nfrom lines\nEngineer & expand them at 37 °C\n\nThey are off the shelf.\n\n"
        "A founder\n\nA CAR, drawn by hand.\n\nCell\tSource\nNK\tCord\n\nSources compared\n\nSafety\n\n"
        "Few side effects were seen [2].\n\nratio = 5"
    )
    assert links(document) == [("1", (0,)), ("[2]", (1,))]
    assert (document.source_type, document.record.title) == (SourceType.WEB, "What are CAR-NK cells?")
    assert document.record.publisher == "Example Therapeutics Ltd"
    assert document.record.issued.date_parts == ((2023, 11, 2),)
    assert document.references[0].doi == "10.1000/xyz.(1)"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<b>b</b><i>c</i> d", "abc d"),
        ("CO<sub>2</sub> and 10<sup>−7</sup> m<sup>2</sup>", "CO2 and 10^−7 m2"),
        ("one<br>two<br><br>three", "one two\n\nthree"),
        ("caf&eacute; &lt;b&gt; &#x3b1;&nbsp;5&thinsp;%", "café <b> α 5 %"),
        ("x <span hidden>no</span><span style='display:none'>no</span><script>no()</script>y", "x y"),
        ("in<!-- no -->side", "inside"),
        ("<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math> of it", "a/2 of it"),
        (
            "<span class='katex'><math><semantics><mi>x</mi><annotation>x</annotation></semantics></math></span>",
            "x",
        ),
        ("text<div>block</div>more", "text\n\nblock\n\nmore"),
        ("<o:p>odd</o:p> <my-tag>tags</my-tag>", "odd tags"),
    ],
)
def test_a_line_reads_as_it_is_shown(markup: str, text: str) -> None:
    assert parse(f"<div>{markup}</div>").text == text


def test_notes_signs_are_marks_and_figures_links_are_not() -> None:
    document = parse('<p>So<sup><a href="#fn1">a</a></sup> it is (<a href="#f2">2</a>).</p><p id="fn1">x</p>')
    assert marks(document) == ["a"]


def test_headings_nest_by_their_levels_and_end_with_their_section() -> None:
    document = parse(
        "<section><h2>A</h2><p>a</p><h4>B</h4><p>b</p></section><p>c</p>"
        "<div><section><h2>D</h2></section><section><p>d</p></section></div>"
    )
    assert [section.path for section in document.sections] == [("A",), ("A", "B"), ("D",)]
    assert [block.section for block in document.blocks] == [0, 1, None, 2]


def test_a_cell_that_spans_is_given_once_and_a_layout_table_is_no_table() -> None:
    data = parse(
        '<table><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tr><td>1<td colspan="9999999">2</table>'
    )
    assert data.text == "a\tb\n\tc\td\n1\t2"
    layout = parse("<table><tr><td><h2>H</h2><p>x</p></td></tr></table>")
    assert (layout.text, layout.tables) == ("H\n\nx", ())


def test_clutter_is_left_out_unless_it_holds_the_article() -> None:
    text = "<p>One long story about cells.</p>"
    clutter = (
        '<div class="shareButtons">Tweet</div><div id="cookie-notice">Cookies</div>'
        '<div class="related-articles">More</div>'
        "<aside><a href='/x'>Other</a></aside><form>Name</form>"
        "<h3>Related posts</h3><ul><li><a href='/y'>Y</a></li></ul>"
    )
    assert parse(text + clutter).text == "One long story about cells."
    wrapped = f'<body><form><div class="has-sidebar sidebar">{text}</div></form></body>'
    assert parse_bytes(wrapped.encode()).text == "One long story about cells."


@pytest.mark.parametrize(
    "name", ["data-sharing", "informed-consent", "health-promotion", "multi-modal", "share"]
)
def test_a_section_is_no_clutter_because_its_heading_sounds_so(name: str) -> None:
    document = parse(f'<p>Text.</p><section id="{name}"><h2>Heading</h2><p>Short.</p></section>')
    assert document.text == "Text.\n\nHeading\n\nShort."


def test_linked_data_gives_the_record() -> None:
    document = parse(
        "<p>Text.</p>",
        '<script type="application/ld+json">[{"@type": "MedicalScholarlyArticle", "headline": "RETRACTED: Cells", '
        '"author": [{"@type": "Person", "givenName": "Jane", "familyName": "Roe"}, {"@type": "Organization", "name": '
        '"The Group"}], "datePublished": "2020-01-02T00:00Z", "isPartOf": {"@type": "PublicationIssue", "isPartOf": '
        '{"@type": "Periodical", "name": "Blood"}}, "identifier": {"@type": "PropertyValue", "value": '
        '"https://doi.org/10.1000/X"}, "articleSection": "Original Article"}]</script>'
        '<script type="application/ld+json">{broken</script>',
    )
    record = document.record
    assert (record.title, record.container_title, record.doi) == ("RETRACTED: Cells", "Blood", "10.1000/X")
    assert record.authors == ["Roe Jane", "The Group"]
    assert (document.retracted, document.source_type, document.id) == (
        True,
        SourceType.RESEARCH,
        "doi:10.1000/x",
    )


@pytest.mark.parametrize(
    ("head", "source_type"),
    [
        ("", SourceType.WEB),
        (meta(citation_journal_title="J"), SourceType.OTHER),
        (meta(citation_journal_title="J", dc__type="ReviewPaper"), SourceType.REVIEW),
        (meta(citation_journal_title="J", citation_article_type="Case Report"), SourceType.CASE_REPORT),
        (meta(citation_journal_title="bioRxiv", citation_doi="10.1101/1"), SourceType.PREPRINT),
    ],
)
def test_the_head_tells_the_source_type(head: str, source_type: SourceType) -> None:
    assert parse("<p>Text.</p>", head).source_type is source_type


def test_a_journal_s_page_with_nothing_but_the_abstract_is_one() -> None:
    head = meta(citation_journal_title="J", citation_title="T")
    assert parse("<h2>Abstract</h2><p>Short.</p>", head).fidelity is Fidelity.ABSTRACT
    assert (
        parse("<h2>Abstract</h2><p>Short.</p><h2>Methods</h2><p>m</p>", head).fidelity is Fidelity.FULL_TEXT
    )


@pytest.mark.parametrize(
    "data",
    [
        "<p>Größe – ja</p>".encode(),
        b"\xef\xbb\xbf" + "<p>Größe – ja</p>".encode(),
        "<p>Größe – ja</p>".encode("utf-16"),
        "<p>Größe – ja</p>".encode("cp1252"),
        '<meta charset="iso-8859-1"><p>Größe – ja</p>'.encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=macintosh"><p>Größe – ja</p>'.encode(
            "macintosh"
        ),
        '<meta charset="no-such"><p>Größe – ja</p>'.encode(),
    ],
)
def test_the_encoding_is_told_by_mark_declaration_or_bytes(data: bytes) -> None:
    assert parse_bytes(data).text == "Größe – ja"


def test_xhtml_is_read_as_xml() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title><script src="x"/></head>'
        '<body><p><a id="here"/>One&nbsp;&amp; two.</p></body></html>'
    )
    document = parse_bytes(page.encode(), ".xhtml")
    assert (document.text, document.record.title) == ("One & two.", "T")
    bomb = page.replace('"x.dtd">', '"x.dtd" [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>').replace(
        "One", "One &b;"
    )
    assert "aaaa" not in parse_bytes(bomb.encode(), ".xhtml").text


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("", "the page is empty"),
        ("<html><body></body></html>", "the page has no text"),
        ("<body><div id='root'></div><script>start()</script></body>", "builds its text by JavaScript"),
        ("<body><noscript>You need to enable JavaScript to run this app.</noscript></body>", "by JavaScript"),
        (
            "<title>Just a moment...</title><body><p>Verify you are human.</p></body>",
            "proof that a person reads it",
        ),
        ("<title>404 Not Found</title><body><h2>Oops</h2><p>Nothing here.</p></body>", "was not found"),
        ("<body><main><p>Subscribe to read the full article.</p></main></body>", "those who pay or sign in"),
        ("<div>" * 5000 + "deep", "nested too deeply"),
        ("<meta charset=utf-16le>\x81".encode("latin-1").decode("latin-1"), "no text|not in UTF-8"),
    ],
)
def test_a_page_without_an_article_is_refused(markup: str, message: str) -> None:
    with pytest.raises(OriginError, match=message):
        parse_bytes(markup.encode("latin-1"))


@pytest.mark.parametrize(
    "markup",
    [
        '<ol class="references"><li id=r>Roe 2001</ol><p>' + '<a href="#r">[1]</a> ' * 10_000,
        "<h2>References</h2><ul><li>2001" * 2_000,
        f"<div class='{'ad-' * 30_000}'>x</div>y",
        f"<meta name=citation_author content='{'a b ' * 30_000}'><p>y",
        "<div>" * 1500 + "<p>Deep.</p>",
        "<b>" * 1500 + "Deep.",
        "<p>x" * 20_000,
        "<table>" + "<tr><td rowspan=60000 colspan=1000>x" * 300,
        "<ul><li>" * 700 + "x",
        "<p>" + "[1] " * 20_000,
        '<ol class="references">' + "<li id=a>Roe 2001" * 5_000,
        "<div class='share'>x</div>" * 10_000 + "<p>y",
    ],
)
def test_pages_made_to_harm_are_read_in_bounded_time(markup: str) -> None:
    started = time.process_time()
    with suppress(OriginError):
        parse_bytes(markup.encode())
    assert time.process_time() - started < 10
