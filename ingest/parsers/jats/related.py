"""The works that a JATS article retracts, corrects, precedes or answers, and whether it was itself retracted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.document import SourceType
from corpus.record import Record
from corpus.works import RelatedWork, Relation
from ingest.canonical import fold
from ingest.parsers.jats.formula import all_text
from ingest.parsers.jats.identifiers import HREF, Identifiers, identified, identified_by_link
from ingest.parsers.jats.inline import plain_text

# What a notice says of the work that it is about …
_OF_A_NOTICE = {
    "retracted-article": Relation.RETRACTS,
    "partial-retraction": Relation.RETRACTS,
    "corrected-article": Relation.CORRECTS,
    "addended-article": Relation.CORRECTS,
    "object-of-concern": Relation.COMMENTS_ON,
    "expression-of-concern": Relation.COMMENTS_ON,
}
# … and what the types that can name a notice mean in an article that is none. The others, by the tag library, name
# what a notice is about: an article with a link to a "retracted-article" may be the one that takes its place.
_OF_ITS_OBJECT = {
    "partial-retraction": Relation.CORRECTED_BY,
    "expression-of-concern": Relation.CONCERN_RAISED_BY,
}
_ALWAYS = {
    "retraction-forward": Relation.RETRACTED_BY,
    "correction-forward": Relation.CORRECTED_BY,
    "correction": Relation.CORRECTED_BY,
    "addendum": Relation.CORRECTED_BY,
    "concern-forward": Relation.CONCERN_RAISED_BY,
    "preprint": Relation.PREPRINT_IS,
    "version-of-record": Relation.PUBLISHED_AS,
    "published-article": Relation.PUBLISHED_AS,
    "commentary": Relation.COMMENTED_BY,
    "letter-reply": Relation.COMMENTED_BY,
    "reply": Relation.COMMENTED_BY,
    "peer-review": Relation.COMMENTED_BY,
    "referee-report": Relation.COMMENTED_BY,
    "reviewer-report": Relation.COMMENTED_BY,
    "decision-letter": Relation.COMMENTED_BY,
    "author-comment": Relation.COMMENTED_BY,
    "commentary-article": Relation.COMMENTS_ON,
    "letter": Relation.COMMENTS_ON,
    "peer-reviewed-article": Relation.COMMENTS_ON,
    "reviewed-article": Relation.COMMENTS_ON,
}
_COMMENTING = (SourceType.EDITORIAL, SourceType.OTHER)
_RETRACTED_TITLE = re.compile(r"\W*retracted( (?:article|paper|chapter))?\W*[:\]]", re.IGNORECASE)
_RETRACTED_SUBJECT = re.compile(r"retracted( (?:article|paper|publication))?", re.IGNORECASE)


def read_related(article: etree._Element, source_type: SourceType) -> tuple[RelatedWork, ...]:
    """Read the related works of an article, each once, with those that are printed with it or that it reviews."""
    found: dict[RelatedWork, None] = {}
    for link in _links(article):
        relation = _relation(link, source_type)
        work = _linked_work(link, relation)
        if work:
            found[work] = None
    for work in (*_reviewed(article), *_printed_with(article)):
        found[work] = None
    return tuple(found)


def is_retracted(article: etree._Element, record: Record, source_type: SourceType) -> bool:
    """Tell a retracted article from the notice of retraction, which links to the article that it retracts.

    A notice is never taken for retracted: publishers title it "RETRACTED: …" too.
    """
    if article.get("article-type") == "retracted-article":
        return True
    if source_type is SourceType.CORRECTION:
        return False
    relations = {_relation(link, source_type) for link in _links(article)}
    return (
        Relation.RETRACTED_BY in relations
        or bool(_RETRACTED_TITLE.match(record.title))
        or any(_RETRACTED_SUBJECT.fullmatch(subject) for subject in record.subjects)
    )


def _links(article: etree._Element) -> Iterator[etree._Element]:
    for path in ("front/article-meta", "body"):
        for part in article.iterfind(path):
            yield from part.iter("related-article", "related-object")


def _relation(link: etree._Element, source_type: SourceType) -> Relation:
    """Tell how the other work stands to this one; of a letter about a retraction, no direction can be told."""
    kind = link.get("related-article-type") or link.get("related-object-type") or link.get("link-type") or ""
    if source_type is SourceType.CORRECTION:
        about = _OF_A_NOTICE.get(kind)
    else:
        about = None if source_type in _COMMENTING else _OF_ITS_OBJECT.get(kind)
    return _ALWAYS.get(kind) or about or Relation.RELATED


def _linked_work(link: etree._Element, relation: Relation) -> RelatedWork | None:
    """Give the work that a link leads to; None where it says nothing to find one by."""
    found = identified(link.get(HREF), link.get("ext-link-type"))
    document = identified(link.get("document-id"), link.get("document-id-type"))
    found = found.or_else(document).or_else(identified(link.get("object-id"), link.get("object-id-type")))
    for element in link.iter("pub-id", "ext-link", "uri"):
        is_address = element.tag != "pub-id"
        found = found.or_else(
            identified_by_link(element)
            if is_address
            else identified(element.text, element.get("pub-id-type"))
        )
    title = next(
        (plain_text(element) for tag in ("article-title", "source") for element in link.iter(tag)), None
    )
    return _work(relation, title or None, found)


def _reviewed(article: etree._Element) -> Iterator[RelatedWork]:
    """Give the books and products that a review is about."""
    for product in article.iterfind("front/article-meta/product"):
        title = next((plain_text(e) for tag in ("article-title", "source") for e in product.iter(tag)), None)
        work = _work(Relation.COMMENTS_ON, title or fold(all_text(product)) or None, Identifiers())
        if work:
            yield work


def _printed_with(article: etree._Element) -> Iterator[RelatedWork]:
    """Give what has a text of its own in the same file: reviewers' reports and replies comment, translations do not."""
    for part in (*article.iterfind("sub-article"), *article.iterfind("response")):
        stub = part.find("front-stub")
        stub = part.find("front/article-meta") if stub is None else stub
        if stub is None:
            continue
        found = Identifiers()
        for element in stub.iterfind("article-id"):
            found = found.or_else(identified(element.text, element.get("pub-id-type")))
        title = next((plain_text(element) for element in stub.iterfind("title-group/article-title")), None)
        is_translation = part.get("article-type") in ("translation", "abstract")
        relation = Relation.RELATED if is_translation else Relation.COMMENTED_BY
        work = _work(relation, title or None, found)
        if work:
            yield work


def _work(relation: Relation, title: str | None, found: Identifiers) -> RelatedWork | None:
    if not title and not any(found):
        return None
    return RelatedWork(relation, title, found.doi, found.pmid, found.pmcid, found.url)
