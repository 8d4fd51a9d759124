"""Reference lists in JATS, in the ways in which publishers write them."""

from __future__ import annotations

import pytest

from corpus.works import Reference
from tests.ingest.parsers.jats_articles import article, links

NAMES = "<name><surname>Liu</surname><given-names>E</given-names></name>"


def reference(markup: str) -> Reference:
    (found,) = article(back=f"<ref-list><ref id='r1'>{markup}</ref></ref-list>").references
    return found


def test_a_mixed_citation_is_kept_as_printed_with_its_fields() -> None:
    assert reference(
        f"<label>12.</label><mixed-citation publication-type='journal'>{NAMES}, <name><surname>Marin</surname> "
        "<given-names>D</given-names></name>, <etal>et al</etal>. <article-title>NK <italic>cells</italic>"
        "</article-title>. <source>N Engl J Med</source> <year>2020</year>;<volume>382</volume>:<fpage>545</fpage>–"
        "<lpage>553</lpage>. <comment>doi: <ext-link ext-link-type='uri' "
        "xlink:href='http://dx.doi.org/10.1056/NEJMoa1910607'>10.1056/NEJMoa1910607</ext-link></comment> "
        "<object-id pub-id-type='pmid'>32023374</object-id></mixed-citation>"
    ) == Reference(
        text="Liu E, Marin D, et al. NK cells. N Engl J Med 2020;382:545–553. doi: 10.1056/NEJMoa1910607",
        label="12.",
        title="NK cells",
        authors=("Liu E", "Marin D"),
        year=2020,
        container="N Engl J Med",
        doi="10.1056/NEJMoa1910607",
        pmid="32023374",
    )


def test_fields_are_found_within_bold_and_italic_words() -> None:
    assert reference(
        f"<mixed-citation><bold>{NAMES}</bold>. <italic><article-title>NK in H<sub>2</sub>O</article-title></italic>. "
        "<italic>In <source>Blood</source></italic> <bold><volume>3</volume></bold> (<year>2020</year>)."
        "</mixed-citation>"
    ) == Reference(
        text="Liu E. NK in H2O. In Blood 3 (2020).",
        title="NK in H2O",
        authors=("Liu E",),
        year=2020,
        container="Blood",
    )


@pytest.mark.parametrize("tag", ["element-citation", "nlm-citation", "citation"])
def test_a_citation_of_parts_is_written_out(tag: str) -> None:
    assert reference(
        f"<{tag} publication-type='journal'><person-group person-group-type='author'>{NAMES}{NAMES}</person-group>"
        "<article-title>NK cells?</article-title><source>Blood</source><year>2020</year><volume>3</volume>"
        "<issue>2</issue><fpage>5</fpage><lpage>9</lpage><pub-id pub-id-type='doi'>10.1182/b1</pub-id>"
        f"<pub-id pub-id-type='pmcid'>PMC77</pub-id></{tag}>"
    ) == Reference(
        text="Liu E, Liu E. NK cells? Blood. 2020;3(2):5-9. doi: 10.1182/b1.",
        title="NK cells?",
        authors=("Liu E", "Liu E"),
        year=2020,
        container="Blood",
        doi="10.1182/b1",
        pmcid="PMC77",
    )


def test_of_alternatives_one_is_printed_and_the_other_has_the_fields() -> None:
    found = reference(
        "<citation-alternatives><element-citation publication-type='journal'><article-title>NK</article-title>"
        "<source>Blood</source><year>2020</year></element-citation>"
        "<mixed-citation>Liu E. NK. Blood (2020).</mixed-citation></citation-alternatives>"
    )
    assert (found.text, found.title, found.container) == ("Liu E. NK. Blood (2020).", "NK", "Blood")


def test_an_entry_of_several_works_is_one_with_the_fields_of_the_first() -> None:
    found = reference(
        "<label>3</label><mixed-citation>(a) <article-title>One</article-title>, <year>2001</year>.</mixed-citation>"
        "<mixed-citation>(b) <article-title>Two</article-title>. doi:10.1234/two</mixed-citation>"
    )
    assert found.text == "(a) One, 2001. (b) Two. doi:10.1234/two"
    assert (found.title, found.year, found.doi) == ("One", 2001, None)


@pytest.mark.parametrize(
    ("markup", "title", "container"),
    [
        ("<source>A book</source>", "A book", None),
        ("<chapter-title>A chapter</chapter-title> in <source>A book</source>", "A chapter", "A book"),
        ("<source>J. Chem.</source> <volume>3</volume>", None, "J. Chem."),
        ("<data-title>Reads</data-title> <source>Dryad</source>", "Reads", "Dryad"),
    ],
)
def test_a_source_is_the_title_of_a_book_and_the_container_of_a_part(
    markup: str, title: str | None, container: str | None
) -> None:
    found = reference(f"<mixed-citation>Liu E. {markup}.</mixed-citation>")
    assert (found.title, found.container) == (title, container)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Liu E. doi:10.1000/a(b)c.", {"doi": "10.1000/a(b)c"}),
        ("Liu E (https://doi.org/10.1000/abc).", {"doi": "10.1000/abc"}),
        ("Liu E. PMID: 123456; PMC98765.", {"pmid": "123456", "pmcid": "PMC98765"}),
        ("Liu E, 2010. Pages 10.5 to 11.", {}),
        (
            '<ext-link xlink:href="https://pubmed.ncbi.nlm.nih.gov/12345/">PubMed</ext-link>',
            {"pmid": "12345"},
        ),
        ('<uri xlink:href="https://x.org/report">x.org</uri>', {"url": "https://x.org/report"}),
        ("<pub-id pub-id-type='doi'>https://doi.org/10.1000/abc</pub-id>", {"doi": "10.1000/abc"}),
        ("<ext-link xlink:href='http://dx.doi.org/10.1016%2FS1(9)2'>x</ext-link>", {"doi": "10.1016/S1(9)2"}),
    ],
)
def test_identifiers_are_found_in_fields_links_and_words(words: str, expected: dict[str, str]) -> None:
    found = reference(f"<mixed-citation>Seen. {words}</mixed-citation>")
    names = ("doi", "pmid", "pmcid", "url")
    assert {name: getattr(found, name) for name in names if getattr(found, name)} == expected


def test_groups_write_and_editors_do_not() -> None:
    found = reference(
        "<element-citation><person-group person-group-type='author'><collab>The Group</collab></person-group>"
        f"<person-group person-group-type='editor'>{NAMES}</person-group><source>Atlas</source></element-citation>"
    )
    assert found.authors == ("The Group",)
    assert found.text == "The Group, Liu E. Atlas."


def test_a_note_among_the_references_is_an_entry() -> None:
    assert reference("<label>1</label><note><p>See the appendix.</p></note>") == Reference(
        "See the appendix.", "1"
    )


def test_several_lists_are_read_as_one_and_ids_of_citations_point_to_their_entry() -> None:
    document = article(
        "<p>Known <xref ref-type='bibr' rid='c2'>[2]</xref>.</p><ref-list><ref id='r1'><mixed-citation>One."
        "</mixed-citation></ref></ref-list>",
        back="<ref-list><title>More</title><ref-list><ref id='r2'><mixed-citation id='c2'>Two.</mixed-citation></ref>"
        "</ref-list></ref-list>",
    )
    assert [found.text for found in document.references] == ["One.", "Two."]
    assert links(document) == [("[2]", (1,))]
