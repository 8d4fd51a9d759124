"""Results of Europe PMC's search: abstracts, records, kinds, licences and works that speak of them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import BlockKind, Document, Fidelity, Licence, SectionRole, SourceType
from corpus.errors import OriginError
from corpus.works import RelatedWork, Relation
from ingest.canonical import fold
from ingest.parsers.europepmc import parse
from ingest.parsers.europepmc.markup import Stretch, in_one_line, stretches
from ingest.parsers.europepmc.record import licence_name, record_of, source_type_of
from ingest.parsers.europepmc.result import Result
from tests.servers.papers import Link, Paper

REAL = Path(__file__).parents[4] / "shared" / "benchmarks" / "europepmc-search-response.json"

PAPER = Paper(
    title="Gulls of the <i>Larus</i> kind",
    abstract="<h4>Aims</h4>We counted gulls.<h4>Results</h4><p>There were 10<sup>3</sup> gulls.</p><p>Few left.</p>",
    pmcid="PMC1",
    pmid="2",
    doi="10.5555/GULLS",
    authors=(("Ada", "Abel"), ("Noor", "Ito")),
)


def parsed(paper: Paper = PAPER, /, **changes: object) -> Document:
    (document,) = parse(json.dumps({**paper.core(), **changes}).encode(), "file:x")
    return document


def typed(*types: str, source: str = "MED") -> SourceType:
    return source_type_of(Result.model_validate(replace(PAPER, types=types, source=source).core()))


def test_the_abstract_is_the_text_with_its_headings_as_sections() -> None:
    document = parsed()
    assert document.text == "Aims\n\nWe counted gulls.\n\nResults\n\nThere were 10^3 gulls.\n\nFew left."
    assert [(section.heading, section.role) for section in document.sections] == [
        ("Aims", SectionRole.ABSTRACT),
        ("Results", SectionRole.ABSTRACT),
    ]
    assert [(block.span.of(document.text), block.section) for block in document.blocks] == [
        ("We counted gulls.", 0),
        ("There were 10^3 gulls.", 1),
        ("Few left.", 1),
    ]
    assert {block.kind for block in document.blocks} == {BlockKind.PARAGRAPH}
    assert document.fidelity is Fidelity.ABSTRACT


def test_an_abstract_without_headings_has_no_sections() -> None:
    document = parsed(replace(PAPER, abstract="We <b>counted</b> gulls [1]."))
    assert (document.text, document.sections) == ("We counted gulls [1].", ())


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("CO<sub>2</sub> and <i>E. coli</i>", "CO2 and E. coli"),
        ("p<0.05, n>30 and a<b", "p<0.05, n>30 and a<b"),
        ("n &lt; 5 &amp; m &gt; 6 &#177; 1 &#x3b1;", "n < 5 & m > 6 ± 1 α"),
        ("AT&T, R&D; &copy2", "AT&T, R&D; &copy2"),
        ("<jats:p>One<jats:sup>a</jats:sup></jats:p>", "Onea"),
        ("10<sup>-6</sup> M, Ca<sup>2+</sup>, 5 m<sup>2</sup>", "10^-6 M, Ca2+, 5 m2"),
        ("first<br/>second", "first second"),
    ],
)
def test_tags_vanish_and_all_else_stays(marked: str, text: str) -> None:
    assert in_one_line(marked) == text


@settings(deadline=None)
@given(st.text())
def test_a_text_without_tags_and_entities_is_what_it_was(text: str) -> None:
    plain = text.replace("<", "").replace("&", "")
    assert in_one_line(plain) == fold(plain)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["<h4>", "</h4>", "<p>", "</p>", "<i>", "</sup>", "<sup>", "<", "&lt;", "word ", "7"])
    )
)
def test_no_nesting_of_tags_loses_a_word(parts: list[str]) -> None:
    found = list(stretches("".join(parts)))
    assert all(stretch.text == fold(stretch.text) != "" for stretch in found)
    shown = "".join(stretch.text for stretch in found).replace("^", "")
    assert shown.replace(" ", "") == "".join(parts_shown(parts)).replace(" ", "")


def parts_shown(parts: list[str]) -> list[str]:
    return [part.replace("&lt;", "<") for part in parts if part in ("<", "&lt;", "word ", "7")]


def test_a_heading_ends_what_comes_before() -> None:
    assert list(stretches("a<h4>B</h4>c")) == [Stretch("a"), Stretch("B", True), Stretch("c")]


def test_the_record_has_csl_names() -> None:
    assert parsed().record.to_csl() == {
        "type": "article-journal",
        "title": "Gulls of the Larus kind",
        "author": [
            {"family": "Abel", "given": "Ada", "ORCID": "0000-0000-0000-0004"},
            {"family": "Ito", "given": "Noor", "ORCID": "0000-0000-0000-0003"},
        ],
        "container-title": "Annals of the Shore",
        "issued": {"date-parts": [[2024, 3, 4]]},
        "volume": "7",
        "issue": "2",
        "page": "11-19",
        "ISSN": "1234-5678",
        "keyword": "shore, birds",
        "funding": [{"funder": "Fund for Shore Birds", "awards": ["SB-1"]}],
        "DOI": "10.5555/GULLS",
        "PMID": "2",
        "PMCID": "PMC1",
    }
    assert parsed().id == "pmcid:PMC1"


def test_bodies_are_authors_and_names_in_short_are_read() -> None:
    bodies = {
        "author": [
            {"collectiveName": "The Gull Group"},
            {"fullName": "van der Berg AB"},
            {"fullName": "Plato"},
        ]
    }
    names = parsed(authorList=bodies).record.author
    assert [name.model_dump(exclude_none=True) for name in names] == [
        {"literal": "The Gull Group"},
        {"family": "van der Berg", "given": "AB"},
        {"literal": "Plato"},
    ]


def test_a_work_without_a_day_has_the_date_of_its_issue_or_its_year() -> None:
    assert parsed(firstPublicationDate=None).record.issued.date_parts == ((2024, 5),)
    assert parsed(firstPublicationDate=None, journalInfo={}).record.issued.date_parts == ((2024,),)


@pytest.mark.parametrize(
    ("types", "source_type"),
    [
        (("Randomized Controlled Trial", "Journal Article"), SourceType.CLINICAL_TRIAL),
        (("Clinical Trial, Phase II", "research-article"), SourceType.CLINICAL_TRIAL),
        (("Clinical Trial Protocol", "Journal Article"), SourceType.RESEARCH),
        (("Meta-Analysis", "Randomized Controlled Trial"), SourceType.REVIEW),
        (("systematic review", "review-article"), SourceType.REVIEW),
        (("Case Reports", "Journal Article"), SourceType.CASE_REPORT),
        (("Practice Guideline", "Review"), SourceType.GUIDELINE),
        (("Editorial",), SourceType.EDITORIAL),
        (("Comment", "Letter"), SourceType.EDITORIAL),
        (("Published Erratum",), SourceType.CORRECTION),
        (("Retraction of Publication",), SourceType.CORRECTION),
        (("Retracted Publication", "Journal Article"), SourceType.RESEARCH),
        (("Observational Study",), SourceType.RESEARCH),
        (("Portrait",), SourceType.OTHER),
        ((), SourceType.OTHER),
    ],
)
def test_the_kind_of_source_comes_from_the_types_of_publication(
    types: tuple[str, ...], source_type: SourceType
) -> None:
    assert typed(*types) is source_type


def test_a_preprint_is_one_whatever_it_says_and_leads_to_what_was_published() -> None:
    assert typed("Journal Article", source="PPR") is SourceType.PREPRINT
    link = Link("Preprint of", "MED", "7", "Ann Shore. 2025. doi: 10.5555/later.")
    document = parsed(replace(PAPER, source="PPR", id="PPR9", pmid=None, pmcid=None, links=(link,)))
    assert document.record.publisher == "shoreRxiv"
    assert document.record.type == "article"
    assert document.related == (
        RelatedWork(Relation.PUBLISHED_AS, "Ann Shore. 2025. doi: 10.5555/later.", "10.5555/later", "7"),
    )


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ("Retraction in", Relation.RETRACTED_BY),
        ("Retraction of", Relation.RETRACTS),
        ("Expression of concern in", Relation.CONCERN_RAISED_BY),
        ("Erratum in", Relation.CORRECTED_BY),
        ("Erratum for", Relation.CORRECTS),
        ("Comment in", Relation.COMMENTED_BY),
        ("Comment on", Relation.COMMENTS_ON),
        ("Preprint in", Relation.PREPRINT_IS),
        ("Update in", Relation.RELATED),
    ],
)
def test_relations_keep_their_direction(said: str, relation: Relation) -> None:
    (related,) = parsed(replace(PAPER, links=(Link(said, "MED", "7"),))).related
    assert (related.relation, related.pmid) == (relation, "7")


def test_related_works_are_named_by_where_they_are() -> None:
    links = (Link("Comment in", "PMC", "PMC7"), Link("Preprint in", "PPR", "PPR7"))
    in_pmc, preprint = parsed(replace(PAPER, links=links)).related
    assert (in_pmc.pmcid, preprint.url) == ("PMC7", "https://europepmc.org/article/PPR/PPR7")


def test_a_retracted_work_is_told_from_the_notice_that_retracts_it() -> None:
    assert parsed(replace(PAPER, types=("Retracted Publication",))).retracted
    assert parsed(replace(PAPER, links=(Link("Retraction in", "MED", "7"),))).retracted
    assert parsed(replace(PAPER, title="RETRACTED: Gulls")).retracted
    notice = replace(PAPER, title="Retraction: Gulls", types=("Retraction of Publication",))
    assert not parsed(replace(notice, links=(Link("Retraction of", "MED", "7"),))).retracted
    assert not parsed(replace(PAPER, links=(Link("Partial retraction in", "MED", "7"),))).retracted


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("cc by", "CC BY"),
        ("CC-BY-4.0", "CC BY"),
        ("cc_by_nc_nd", "CC BY-NC-ND"),
        ("cc by-nc 3.0", "CC BY-NC"),
        ("cc0", "CC0"),
        ("CC-0", "CC0"),
        ("cc0-1.0", "CC0"),
        ("publisher's own", "publisher's own"),
    ],
)
def test_a_licence_has_one_name(given: str, name: str) -> None:
    assert licence_name(given) == name


def test_the_licence_is_as_given_or_unknown() -> None:
    assert parsed(replace(PAPER, licence="cc by-nc")).licence == Licence("CC BY-NC")
    assert parsed(replace(PAPER, licence=None)).licence == Licence()


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"id": "1"}', b"<html>"])
def test_what_is_no_result_is_an_error(data: bytes) -> None:
    with pytest.raises(OriginError, match=r"no result of Europe PMC .*download it again"):
        list(parse(data, "file:x"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(PAPER.core())), JSON, max_size=4))
def test_a_result_with_odd_fields_is_read_or_refused(odd: dict[str, object]) -> None:
    with suppress(OriginError):
        document = parsed(**odd)
        assert all(block.span.of(document.text).strip() for block in document.blocks)


def test_a_year_that_is_none_is_no_reason_to_lose_the_work() -> None:
    odd = {"pubYear": "n.d.", "firstPublicationDate": None, "journalInfo": {"yearOfPublication": "?"}}
    assert parsed(**odd).record.year is None


def test_a_list_of_one_may_stand_without_its_brackets() -> None:
    assert parsed(authorList={"author": {"fullName": "Abel A"}}).record.authors == ["Abel A"]


def test_a_work_without_an_abstract_is_an_error() -> None:
    with pytest.raises(OriginError, match="no abstract of this work; ingest a file of its full text"):
        parsed(replace(PAPER, abstract=""))


def test_real_results_are_read() -> None:
    if not REAL.exists():
        pytest.skip("the real answer of Europe PMC is not here")
    results = [
        Result.model_validate(result) for result in json.loads(REAL.read_bytes())["resultList"]["result"]
    ]
    records = [record_of(result) for result in results]
    assert len(results) > 50
    assert all(record.title and not record.title.endswith(".") and record.year for record in records)
    assert sum(bool(record.author) for record in records) >= len(records) - 1
    assert all(name.family for record in records for name in record.author)
    assert {source_type_of(result) for result in results} >= {SourceType.PREPRINT, SourceType.CORRECTION}
    with_text = [result for result in results if result.is_open_access and result.in_europepmc]
    assert with_text and all(result.full_text_id for result in with_text)
