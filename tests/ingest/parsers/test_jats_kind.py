"""What kind of source a JATS article is, what it retracts or corrects, and whether it was retracted itself."""

from __future__ import annotations

import pytest

from corpus.document import Document, SourceType
from corpus.works import RelatedWork, Relation
from tests.ingest.parsers.jats_articles import META, article, article_from


def titled(title: str, kind: str = "research-article", subject: str = "", more: str = "") -> Document:
    categories = (
        f"<article-categories><subj-group><subject>{subject}</subject></subj-group></article-categories>"
    )
    group = f"<title-group><article-title>{title}</article-title></title-group>"
    return article(meta=f"{categories}{group}{more}", kind=kind)


def linked(kind: str) -> str:
    return f'<related-article related-article-type="{kind}" ext-link-type="doi" xlink:href="10.1234/y"/>'


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
        (
            "research-article",
            "",
            "Sleep: a secondary analysis of a randomized trial",
            SourceType.RESEARCH,
        ),
        ("research-article", "", "A meta-analysis of controlled trials", SourceType.REVIEW),
        ("research-article", "Essay", "Cells", SourceType.EDITORIAL),
        ("review-article", "", "Cells", SourceType.REVIEW),
        ("case-report", "", "Cells", SourceType.CASE_REPORT),
        ("letter", "", "A randomised controlled trial", SourceType.EDITORIAL),
        ("retraction", "Retraction", "Retraction: Cells", SourceType.CORRECTION),
        ("other", "", "Correction to: Cells", SourceType.CORRECTION),
        ("other", "", "Corrigendum to Cells", SourceType.CORRECTION),
        ("other", "", "Statement of Retraction: Cells", SourceType.CORRECTION),
        ("other", "", "Retraction of the optic nerve", SourceType.OTHER),
        ("research-article", "", "Correction for multiple testing in cells", SourceType.RESEARCH),
        ("other", "Practice guidelines", "Cells", SourceType.GUIDELINE),
        ("preprint", "", "Cells", SourceType.PREPRINT),
        ("other", "", "Cells", SourceType.OTHER),
    ],
)
def test_the_source_type_shows_in_type_subject_and_title(
    kind: str, subject: str, title: str, expected: SourceType
) -> None:
    assert titled(title, kind, subject).source_type is expected


def test_a_keyword_tells_a_trial_only_if_it_names_the_kind_of_study() -> None:
    keyword = "<kwd-group><kwd>{}</kwd></kwd-group>"
    for words, expected in (
        ("randomized controlled trial", SourceType.CLINICAL_TRIAL),
        ("clinical trials", SourceType.RESEARCH),
        ("randomized trial design", SourceType.RESEARCH),
    ):
        assert titled("Cells", more=keyword.format(words)).source_type is expected
    protocol = titled("Cells: a study protocol", more=keyword.format("randomized controlled trial"))
    assert protocol.source_type is SourceType.RESEARCH


def test_what_a_preprint_server_publishes_is_a_preprint() -> None:
    document = article_from(
        "<article article-type='research-article'><front><journal-meta><journal-title>bioRxiv</journal-title>"
        "</journal-meta><article-meta/></front><body><p>T.</p></body></article>"
    )
    assert document.source_type is SourceType.PREPRINT


@pytest.mark.parametrize(
    ("title", "kind", "subject", "link", "retracted", "relation"),
    [
        # The paper: by its type, its title, its heading, or a link to the notice.
        ("Cells", "retracted-article", "", "", True, None),
        ("RETRACTED: Cells", "research-article", "", "", True, None),
        ("[Retracted] Cells", "research-article", "", "", True, None),
        ("Cells", "research-article", "Retracted Article", "", True, None),
        ("Cells", "research-article", "", "retraction-forward", True, Relation.RETRACTED_BY),
        # It takes the place of a retracted one, which the link names.
        ("Cells", "research-article", "", "retracted-article", False, Relation.RELATED),
        # The notice: never retracted, whatever its title.
        ("Retraction: Cells", "retraction", "", "retracted-article", False, Relation.RETRACTS),
        ("Retracted: Cells", "retraction", "", "retracted-article", False, Relation.RETRACTS),
        ("Notice of retraction: Cells", "other", "", "retracted-article", False, Relation.RETRACTS),
        ("Cells", "partial-retraction", "", "partial-retraction", False, Relation.RETRACTS),
        # A letter about it: no direction can be told.
        ("On fraud", "editorial", "", "retracted-article", False, Relation.RELATED),
        ("How cells retracted", "research-article", "", "", False, None),
    ],
)
def test_a_retracted_article_is_told_from_the_notice(
    title: str, kind: str, subject: str, link: str, retracted: bool, relation: Relation | None
) -> None:
    document = titled(title, kind, subject, linked(link) if link else "")
    assert document.retracted is retracted
    expected = (RelatedWork(relation, doi="10.1234/y"),) if relation else ()
    assert document.related == expected


@pytest.mark.parametrize(
    ("kind", "link", "relation"),
    [
        ("correction", "corrected-article", Relation.CORRECTS),
        ("addendum", "addended-article", Relation.CORRECTS),
        ("research-article", "corrected-article", Relation.RELATED),
        ("research-article", "object-of-concern", Relation.RELATED),
        ("research-article", "expression-of-concern", Relation.CONCERN_RAISED_BY),
        ("research-article", "partial-retraction", Relation.CORRECTED_BY),
        ("research-article", "correction-forward", Relation.CORRECTED_BY),
        ("expression-of-concern", "object-of-concern", Relation.COMMENTS_ON),
        ("research-article", "concern-forward", Relation.CONCERN_RAISED_BY),
        ("research-article", "preprint", Relation.PREPRINT_IS),
        ("preprint", "version-of-record", Relation.PUBLISHED_AS),
        ("research-article", "commentary", Relation.COMMENTED_BY),
        ("article-commentary", "commentary-article", Relation.COMMENTS_ON),
        ("research-article", "companion", Relation.RELATED),
    ],
)
def test_related_articles_say_how_they_stand(kind: str, link: str, relation: Relation) -> None:
    document = article(meta=META + linked(link), kind=kind)
    assert document.related == (RelatedWork(relation, doi="10.1234/y"),)
    assert not document.retracted


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            '<related-article related-article-type="companion" xlink:href="info:doi/10.1371/journal.x">'
            "<article-title>A <italic>title</italic></article-title></related-article>",
            RelatedWork(Relation.RELATED, "A title", doi="10.1371/journal.x"),
        ),
        (
            '<related-article related-article-type="commentary-article" ext-link-type="pmid" xlink:href="123"/>',
            RelatedWork(Relation.COMMENTS_ON, pmid="123"),
        ),
        (
            '<related-object document-id="NCT1" xlink:href="https://trials.org/NCT1"/>',
            RelatedWork(Relation.RELATED, url="https://trials.org/NCT1"),
        ),
        (
            '<related-object><source>A book</source><pub-id pub-id-type="pmcid">PMC5</pub-id></related-object>',
            RelatedWork(Relation.RELATED, "A book", pmcid="PMC5"),
        ),
        ("<product><source>A novel</source></product>", RelatedWork(Relation.COMMENTS_ON, "A novel")),
    ],
)
def test_related_works_are_named_by_what_finds_them(link: str, expected: RelatedWork) -> None:
    assert article(meta=META + link).related == (expected,)


def test_a_link_to_nothing_is_no_related_work() -> None:
    assert article(meta=META + "<related-article related-article-type='companion'/>").related == ()
