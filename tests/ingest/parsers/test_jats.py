"""JATS XML: small articles of our own for each rule, and ninety real ones for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import BlockKind, Document, Fidelity, SourceType, without_marks
from corpus.errors import OriginError
from ingest.canonical import fold
from ingest.parsers import parser_for

PLOS = Path(__file__).parents[4] / "shared" / "papers" / "plos"

NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
META = '<article-id pub-id-type="doi">10.1/X</article-id>'


def parse_bytes(data: bytes) -> Document:
    parser = parser_for("article.xml")
    assert parser is not None
    (document,) = parser(data, "file:article-0a1b2c3d")
    assert isinstance(document, Document)
    return document


def parse(
    body: str = "<p>T.</p>", meta: str = META, back: str = "", kind: str = "research-article"
) -> Document:
    return parse_bytes(
        f'<article {NAMESPACES} article-type="{kind}"><front><journal-meta>'
        "<journal-title-group><journal-title>Cells</journal-title></journal-title-group><publisher><publisher-name>House</publisher-name></publisher>"
        f"</journal-meta><article-meta>{meta}</article-meta></front><body>{body}</body><back>{back}</back></article>"
        "".encode()
    )


def titled(title: str, kind: str = "research-article", subject: str = "") -> Document:
    categories = (
        f"<article-categories><subj-group><subject>{subject}</subject></subj-group></article-categories>"
    )
    group = f"<title-group><article-title>{title}</article-title></title-group>"
    return parse(meta=f"{categories}{group}", kind=kind)


def blocks(document: Document, kind: BlockKind | None = None) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if kind in (None, block.kind)]


def marks(text: str) -> list[str]:
    document = parse(f"<p>{text}</p>")
    return [mark.of(document.text) for mark in document.reference_marks]


def ref(text: str) -> str:
    return f'<xref ref-type="bibr" rid="r">{text}</xref>'


def test_the_record_has_csl_names() -> None:
    record = parse(
        meta='<article-id pub-id-type="pmc">123</article-id><article-id pub-id-type="pmid"> 9 </article-id>'
        '<article-id pub-id-type="doi">10.1/X</article-id>'
        "<title-group><article-title>NK <italic>cells</italic><xref>*</xref></article-title>"
        "<subtitle>A trial</subtitle></title-group><contrib-group>"
        '<contrib contrib-type="author"><name><surname>Liu</surname> <given-names>E.</given-names></name>'
        "</contrib>"
        "<contrib><collab>The Group</collab></contrib>"
        '<contrib contrib-type="editor"><name><surname>No</surname></name></contrib></contrib-group>'
        '<pub-date pub-type="pmc-release"><year>2001</year></pub-date>'
        '<pub-date pub-type="ppub"><month>1</month><year>2021</year></pub-date>'
        '<pub-date pub-type="epub"><day>3</day><month>Dec</month><year>2020</year></pub-date>'
        "<volume>4</volume><issue>2</issue><fpage>10</fpage><lpage>19</lpage>"
    ).record
    assert record.to_csl() == {
        "type": "article-journal",
        "title": "NK cells: A trial",
        "author": [{"family": "Liu", "given": "E."}, {"literal": "The Group"}],
        "container-title": "Cells",
        "issued": {"date-parts": [[2020, 12, 3]]},
        "volume": "4",
        "issue": "2",
        "page": "10-19",
        "publisher": "House",
        "DOI": "10.1/X",
        "PMID": "9",
        "PMCID": "PMC123",
    }


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        ({"doi": "10.1/X", "pmcid": "PMC7", "pmid": "9"}, "pmcid:PMC7"),
        ({"doi": "10.1/X", "pmid": "9"}, "doi:10.1/x"),
        ({"pmid": "9"}, "pmid:9"),
        ({}, "file:article-0a1b2c3d"),
    ],
)
def test_identity_prefers_the_pmcid_then_the_doi_then_the_pmid(
    identifiers: dict[str, str], expected: str
) -> None:
    meta = "".join(
        f'<article-id pub-id-type="{kind}">{value}</article-id>' for kind, value in identifiers.items()
    )
    assert parse(meta=meta).id == expected


@pytest.mark.parametrize(
    ("licence", "name", "url"),
    [
        ("under the terms of the Creative Commons Attribution License, which", "CC BY", None),
        (
            "the Creative Commons Attribution-NonCommercial-NoDerivs 3.0 Unported License",
            "CC BY-NC-ND 3.0",
            None,
        ),
        ("Creative Commons Attribution 4.0 International License (CC BY 4.0)", "CC BY 4.0", None),
        ("under a CC-BY-NC licence", "CC BY-NC", None),
        (
            'under <ext-link xlink:href="http://creativecommons.org/licenses/by-sa/4.0/">terms</ext-link>',
            "CC BY-SA 4.0",
            "http://creativecommons.org/licenses/by-sa/4.0/",
        ),
        ("the Creative Commons CC0 public domain dedication", "CC0", None),
        ("This is in the public domain.", "public domain", None),
        ("All rights reserved. " + "x" * 300, "All rights reserved. " + "x" * 179, None),
    ],
)
def test_the_licence_is_read_from_its_address_or_its_words(licence: str, name: str, url: str | None) -> None:
    meta = f"<permissions><license><license-p>{licence}</license-p></license></permissions>"
    found = parse(meta=meta).licence
    assert (found.name, found.url) == (name, url)


@pytest.mark.parametrize(
    ("kind", "subject", "title", "expected"),
    [
        ("research-article", "Research Article", "Cells", SourceType.RESEARCH),
        ("research-article", "Review", "Cells", SourceType.REVIEW),
        ("research-article", "Research Article", "Cells: A Systematic Review", SourceType.REVIEW),
        ("research-article", "Clinical Trial", "Cells", SourceType.CLINICAL_TRIAL),
        ("research-article", "", "CAR-NK in lymphoma: a phase 1/2 trial", SourceType.CLINICAL_TRIAL),
        ("research-article", "", "A randomised controlled trial of cells", SourceType.CLINICAL_TRIAL),
        ("research-article", "", "Protocol of a randomised controlled trial", SourceType.RESEARCH),
        ("research-article", "", "A meta-analysis of controlled trials", SourceType.REVIEW),
        ("research-article", "Essay", "Cells", SourceType.EDITORIAL),
        ("review-article", "", "Cells", SourceType.REVIEW),
        ("case-report", "", "Cells", SourceType.CASE_REPORT),
        ("letter", "", "A randomised controlled trial", SourceType.EDITORIAL),
        ("retraction", "Retraction", "Retraction: Cells", SourceType.CORRECTION),
        ("other", "Practice guidelines", "Cells", SourceType.GUIDELINE),
        ("other", "", "Cells", SourceType.OTHER),
    ],
)
def test_the_source_type_shows_in_type_subject_and_title(
    kind: str, subject: str, title: str, expected: SourceType
) -> None:
    assert titled(title, kind, subject).source_type is expected


def test_a_retracted_article_is_told_from_the_notice() -> None:
    assert titled("Cells", kind="retracted-article").retracted
    assert titled("RETRACTED: Cells").retracted
    link = '<related-article related-article-type="retraction-forward" xlink:href="10.1/Y"/>'
    assert parse(meta=META + link).retracted
    notice = parse(meta=META + link.replace("retraction-forward", "retracted-article"), kind="retraction")
    assert not notice.retracted


def test_abstracts_come_first_and_sections_nest() -> None:
    document = parse(
        "<p>Opening.</p><sec><label>1</label><title>Results</title>"
        "<sec><title>Safety</title><p>Good.</p></sec><sec><p>Untitled.</p></sec></sec>",
        meta=f"{META}<abstract><sec><title>Aim</title><p>To see.</p></sec></abstract>"
        "<abstract><title>Author Summary</title><p>We saw.</p></abstract>",
        back="<ack><p>We thank.</p></ack><ref-list><ref><mixed-citation>X</mixed-citation></ref></ref-list>",
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


def test_an_abstract_alone_is_marked_as_such() -> None:
    meta = f"{META}<abstract><p>Short.</p></abstract>"
    assert parse("", meta=meta).fidelity is Fidelity.ABSTRACT
    assert parse(meta=meta).fidelity is Fidelity.FULL_TEXT


def test_a_figure_inside_a_paragraph_does_not_cut_its_sentence() -> None:
    document = parse(
        "<p>The cells <fig><label>Figure 1</label><caption><title>Cells</title>"
        "<p>They kill.</p><p>(TIF)</p></caption><graphic/></fig> killed.<fn><p>Slowly.</p></fn></p>"
    )
    assert blocks(document) == ["The cells killed.", "Figure 1 Cells", "They kill. (TIF)", "Slowly."]
    assert blocks(document, BlockKind.CAPTION) == ["Figure 1 Cells", "They kill. (TIF)"]


def test_tables_keep_caption_and_foot_but_not_their_body() -> None:
    document = parse(
        "<table-wrap><label>Table 1</label><caption><title>Doses.</title><p>In mg.</p></caption>"
        "<table><tr><td>5</td></tr></table><table-wrap-foot><fn><label>a</label><p>Daily.</p></fn></table-wrap-foot></table-wrap>"
    )
    assert blocks(document, BlockKind.CAPTION) == ["Table 1 Doses. In mg.", "a Daily."]
    assert blocks(document, BlockKind.PARAGRAPH) == []


def test_a_list_inside_a_paragraph_parts_it() -> None:
    item = "<list-item>{}<p>{}</p></list-item>"
    inner = f"<list>{item.format('', 'deep')}</list>"
    document = parse(
        f"<p>Before <list>{item.format('<label>1.</label>', 'one')}"
        f"<list-item><p>two</p>{inner}</list-item></list> after.</p>"
    )
    assert document.text == "Before\n\n1. one\ntwo\ndeep\n\nafter."
    assert blocks(document, BlockKind.LIST_ITEM) == ["1. one", "two", "deep"]


def test_boxes_quotations_and_abbreviations_are_text() -> None:
    document = parse(
        "<p>Main <boxed-text><label>Box 1</label><caption><title>Key</title></caption>"
        "<p>In the box.</p></boxed-text>text.</p>"
        "<disp-quote><p>Said.</p><attrib>A patient</attrib></disp-quote>",
        back="<glossary><def-list><def-item><term>NK</term><def><p>natural killer</p></def></def-item>"
        "</def-list></glossary>",
    )
    assert document.text == (
        "Main text.\n\nBox 1 Key\n\nIn the box.\n\nSaid.\n\nA patient\n\nGlossary\n\nNK natural killer"
    )


def test_an_exponent_is_not_read_as_digits_of_its_base() -> None:
    document = parse(
        "<p>10<sup>7</sup> CD19<sup>+</sup>, 2×10<sup>−3</sup>, p27<sup>Kip1</sup>, "
        "H<sub>2</sub>O, cm<sup>2</sup></p>"
    )
    assert document.text == "10^7 CD19+, 2×10^−3, p27Kip1, H2O, cm2"


def test_formulas_stand_in_place() -> None:
    fraction = "<mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac>"
    power = "<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup>"
    document = parse(
        f"<p>If <inline-formula><alternatives><tex-math>$x$</tex-math><mml:math>{power}<mml:mo>=</mml:mo>"
        f"{fraction}</mml:math></alternatives></inline-formula> or "
        "<inline-formula><tex-math>\\begin{document}$$a$$\\end{document}</tex-math></inline-formula> then"
        "<disp-formula><graphic><alt-text>E = mc2</alt-text></graphic><label>(1)</label>"
        "</disp-formula>holds.</p>"
    )
    assert document.text == "If x^2=1/2 or a then E = mc2 (1) holds."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"known [{ref('12')}].", ["[12]"]),
        (f"known {ref('[12]')}–{ref('[15]')}, and", ["[12]–[15]"]),
        (f"known [{ref('3')},{ref('4')}] and ({ref('12')}, {ref('13')})", ["[3,4]", "(12, 13)"]),
        (f"known ({ref('Smith et al., 2005')}; {ref('Liu 2006')}).", ["(Smith et al., 2005; Liu 2006)"]),
        (f"Smith et al. {ref('[5]')} showed", ["[5]"]),
        (f"as {ref('Smith (2005)')} and, in {ref('2006')}, {ref('Liu')} showed", []),
        (f"Smith et al. ({ref('2005')}) showed", ["(2005)"]),
        (
            f"cells<sup>{ref('1')},{ref('2')}</sup> and T<xref ref-type='bibr'><sup>3</sup></xref>",
            ["1,2", "3"],
        ),
        (f"known (see also {ref('[5]')}) and (in mice {ref('[6]')})", ["(see also [5])", "[6]"]),
        (f"half (27.9M {ref('[20]')}).", ["[20]"]),
        ("cited without a link [8], in the range [0,1]", ["[8]"]),
    ],
)
def test_reference_marks_take_their_brackets_but_no_words(text: str, expected: list[str]) -> None:
    assert marks(text) == expected


def test_long_lists_of_references_without_a_closing_bracket_take_no_time() -> None:
    assert len(marks("(" + ", ".join([ref("Smith and Jones, 2005"), ref("12")] * 500) + " showed")) == 500


def test_a_raised_mark_does_not_become_part_of_its_word() -> None:
    document = parse(f"<p>Given to 12<sup>{ref('5')}</sup> patients.<sup>{ref('6')}</sup></p>")
    assert document.text == "Given to 12 5 patients.6"
    assert (
        without_marks(document.text, document.blocks[0].span, document.reference_marks)
        == "Given to 12 patients."
    )


def test_named_characters_are_read_without_the_dtd() -> None:
    document = parse_bytes(
        b'<!DOCTYPE article SYSTEM "x.dtd"><article><body><p>5 &micro;m</p></body></article>'
    )
    assert document.text == "5 µm"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"^line 1: the XML is not well formed"),
        (b"<article>\n<body><p>T.", r"^line 2: the XML is not well formed"),
        (b"<article><body><p>\xff\xfe</p></body></article>", r"^line 1: the XML is not well formed"),
        (b'<?xml version="1.0" encoding="nonsense"?><article/>', r"^line 1: the XML is not well formed"),
        (b"<html><body/></html>", r"the XML is <html>, not a JATS <article>"),
        (b"<article><body><p> </p></body></article>", r"has no text"),
        (b"<article/>", r"has no text"),
        (b"<article><body>" + b"<sec>" * 5000 + b"<p>T.</p>", r"not well formed|nested too deeply"),
        (
            b"<article><body>" + b"<sec>" * 240 + b"<p>T.</p>" + b"</sec>" * 239 + b"</body></article>",
            r"not well formed",
        ),
    ],
)
def test_a_bad_file_is_refused_with_place_and_reason(data: bytes, message: str) -> None:
    with pytest.raises(OriginError, match=message):
        parse_bytes(data)


def test_an_entity_bomb_and_an_outside_entity_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    for declared, used in (
        (f'<!ENTITY l0 "lol">{bomb}', "l8"),
        (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "x"),
    ):
        data = f"<!DOCTYPE article [{declared}]><article><body><p>&{used};</p></body></article>"
        with pytest.raises(OriginError, match=f"entity &{used};, which is not resolved|amplification"):
            parse_bytes(data.encode())


WORDS = st.text(st.sampled_from("ab .,1[]()\n\u00a0é"), min_size=1, max_size=8)
INLINE = st.recursive(
    WORDS,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["italic", "sup", "sub", 'xref ref-type="bibr"', "p", "named-content"]),
        st.lists(inner, max_size=3).map("".join),
    ).map(lambda xml: xml.replace('</xref ref-type="bibr">', "</xref>")),
    max_leaves=8,
)
LAYOUT = st.recursive(
    st.lists(INLINE, min_size=1, max_size=3).map(lambda parts: f"<p>{''.join(parts)}</p>"),
    lambda inner: st.builds(
        lambda wrapper, parts: wrapper.format("".join(parts)),
        st.sampled_from(
            [
                "<sec><title>T</title>{}</sec>",
                "<sec>{}</sec>",
                "<p>before {} after</p>",
                "<list><list-item>{}</list-item></list>",
                "<fig><label>F</label><caption>{}</caption></fig>",
                "<boxed-text>{}</boxed-text>",
                "<fn>{}</fn>",
            ]
        ),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


def assert_whole(document: Document) -> None:
    """Blocks and headings cover all but white space, and every other span lies where it should."""
    spans = [block.span for block in document.blocks]
    spans += [section.heading_span for section in document.sections if section.heading_span]
    position = 0
    for span in sorted(spans):
        assert not document.text[position : span.start].strip()
        assert span.start >= position
        assert fold(span.of(document.text)) == span.of(document.text) != ""
        position = span.end
    assert position == len(document.text)
    for block in document.blocks:
        if block.section is not None:
            assert document.sections[block.section].span.contains(block.span)
    for mark in document.reference_marks:
        assert mark.of(document.text).strip() == mark.of(document.text) != ""
        assert any(span.contains(mark) for span in spans)


@given(st.lists(LAYOUT, min_size=1, max_size=3))
def test_no_letter_is_lost_or_read_twice_in_any_layout(parts: list[str]) -> None:
    body = "".join(parts)
    try:
        document = parse(body)
    except OriginError as error:
        if "has no text" not in str(error):
            raise
        return
    assert_whole(document)
    assert document.text.count("é") == body.count("é")


@pytest.mark.skipif(not PLOS.is_dir(), reason=f"the PLOS articles are not at {PLOS}")
def test_ninety_articles_of_plos_parse_and_hold_together() -> None:
    files = sorted(PLOS.glob("*.xml"))
    documents = [parse_bytes(file.read_bytes()) for file in files]
    assert len(documents) == 90
    assert len({document.id for document in documents}) == 90
    for file, document in zip(files, documents, strict=True):
        assert_whole(document)
        assert document.record.title and document.record.year and document.record.doi, file.name
        assert document.record.container_title and document.licence.name, file.name
    assert sum(bool(document.reference_marks) for document in documents) >= 80
