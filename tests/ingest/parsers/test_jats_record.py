"""The record of a JATS article: names, dates, identifiers, licence, who paid."""

from __future__ import annotations

import pytest

from corpus.record import Funding
from tests.ingest.parsers.jats_articles import META, article


def test_the_record_has_csl_names() -> None:
    record = article(
        meta='<article-id pub-id-type="pmc">123</article-id><article-id pub-id-type="pmid"> 9 </article-id>'
        '<article-id pub-id-type="doi">10.1/X</article-id><article-categories><subj-group><subject>Research</subject>'
        "<subj-group><subject>Immunology</subject></subj-group></subj-group></article-categories>"
        "<title-group><article-title>NK <italic>cells</italic><xref>*</xref></article-title>"
        "<subtitle>A trial</subtitle></title-group><contrib-group>"
        '<contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-009X'
        "</contrib-id><name><surname>Liu</surname> <given-names>E.</given-names><suffix>Jr</suffix></name>"
        "</contrib><contrib><collab>The Group<contrib-group><contrib><name><surname>Member</surname></name></contrib>"
        "</contrib-group></collab></contrib>"
        '<contrib contrib-type="editor"><name><surname>No</surname></name></contrib></contrib-group>'
        '<pub-date pub-type="pmc-release"><year>2001</year></pub-date>'
        '<pub-date pub-type="ppub"><month>1</month><year>2021</year></pub-date>'
        '<pub-date pub-type="epub"><day>3</day><month>Dec</month><year>2020</year></pub-date>'
        "<volume>4</volume><issue>2</issue><fpage>10</fpage><lpage>19</lpage>"
        '<history><date date-type="received"><day>1</day><month>2</month><year>2020</year></date>'
        '<date date-type="accepted" iso-8601-date="2020-11-05"/></history>'
        "<kwd-group><kwd>NK cells</kwd><kwd>lymphoma</kwd></kwd-group>"
        '<kwd-group kwd-group-type="abbreviations"><kwd>NK: natural killer</kwd></kwd-group>'
    ).record
    assert record.to_csl() == {
        "type": "article-journal",
        "title": "NK cells: A trial",
        "author": [
            {"family": "Liu", "given": "E.", "suffix": "Jr", "ORCID": "0000-0002-1825-009X"},
            {"literal": "The Group"},
        ],
        "container-title": "Cells",
        "issued": {"date-parts": [[2020, 12, 3]]},
        "available-date": {"date-parts": [[2020, 12, 3]]},
        "submitted": {"date-parts": [[2020, 2, 1]]},
        "accepted": {"date-parts": [[2020, 11, 5]]},
        "volume": "4",
        "issue": "2",
        "page": "10-19",
        "publisher": "House",
        "ISSN": "2345-6789",
        "keyword": "NK cells, lymphoma",
        "subjects": ["Research", "Immunology"],
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
    assert article(meta=meta).id == expected


@pytest.mark.parametrize(
    ("contributor", "expected"),
    [
        (
            "<name-alternatives><name><surname>Li</surname></name><name><surname>李</surname></name></name-alternatives>",
            "Li",
        ),
        ("<string-name><given-names>Ann</given-names> <surname>Berg</surname></string-name>", "Berg Ann"),
        ("<string-name>Plato</string-name>", "Plato"),
        (
            "<collab-alternatives><collab>Group A</collab><collab>Groupe A</collab></collab-alternatives>",
            "Group A",
        ),
        ("<collab>on behalf of <institution>the Group</institution>;</collab>", "on behalf of the Group"),
        ("<anonymous/>", "Anonymous"),
    ],
)
def test_authors_are_named_in_many_ways(contributor: str, expected: str) -> None:
    meta = f"{META}<contrib-group><contrib>{contributor}</contrib></contrib-group>"
    assert article(meta=meta).record.authors == [expected]


@pytest.mark.parametrize(
    "orcid",
    [
        '<contrib-id contrib-id-type="ORCID">0000-0001-2345-6789</contrib-id>',
        '<ext-link ext-link-type="uri" xlink:href="http://orcid.org/0000-0001-2345-6789">ID</ext-link>',
        '<uri content-type="orcid">0000-0001-2345-6789</uri>',
    ],
)
def test_an_orcid_is_bare_wherever_it_is_written(orcid: str) -> None:
    person = f"<contrib>{orcid}<name><surname>Li</surname></name></contrib>"
    meta = f"{META}<contrib-group>{person}</contrib-group>"
    assert article(meta=meta).record.author[0].orcid == "0000-0001-2345-6789"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ('<pub-date date-type="pub" iso-8601-date="2019-07-04"/>', (2019, 7, 4)),
        ('<pub-date publication-format="electronic"><year>2018</year></pub-date>', (2018,)),
        ("<pub-date><season>Spring</season><year>2017</year></pub-date>", (2017,)),
        ('<pub-date pub-type="epub"><day>31</day><month>99</month><year>2016</year></pub-date>', (2016,)),
        ('<pub-date pub-type="nihms-submitted"><year>2015</year></pub-date>', None),
        ('<pub-date pub-type="epub"><year>soon</year></pub-date>', None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(dates: str, expected: tuple[int, ...] | None) -> None:
    issued = article(meta=META + dates).record.issued.date_parts
    assert issued == ((expected,) if expected else ())


def test_funders_are_named_once_with_all_their_grants() -> None:
    institution = "<institution-id>10.13039/1</institution-id><institution>Fund</institution>"
    wrapped = f"<institution-wrap>{institution}</institution-wrap>"
    document = article(
        meta=f"{META}<funding-group><award-group><funding-source>{wrapped}</funding-source><award-id>A1</award-id>"
        "</award-group><award-group><funding-source>Fund</funding-source><award-id>A2</award-id></award-group>"
        "<award-group><funding-source>Trust</funding-source></award-group></funding-group>"
    )
    assert document.record.funding == (
        Funding(funder="Fund", awards=("A1", "A2")),
        Funding(funder="Trust"),
    )


def test_translated_keywords_are_left_out() -> None:
    groups = '<kwd-group xml:lang="fr"><kwd>cellules</kwd></kwd-group><kwd-group><kwd>cells</kwd></kwd-group>'
    assert article(meta=META + groups).record.keyword == "cells"


def test_an_article_without_a_doi_has_its_own_address() -> None:
    assert article(meta='<self-uri xlink:href="https://x.org/1"/>').record.url == "https://x.org/1"


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
    found = article(meta=meta).licence
    assert (found.name, found.url) == (name, url)
