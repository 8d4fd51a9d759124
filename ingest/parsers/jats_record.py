"""The bibliographic record of a JATS article, what kind of source it is, and whether it was retracted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from corpus.document import SourceType
from corpus.record import Name, Record
from ingest.canonical import fold
from ingest.parsers.jats_inline import plain_text
from ingest.parsers.metadata import tidied

_EARLIEST_YEAR, _LATEST_YEAR = 1600, 2100
# Dates of other events than publication: "pmc-release" comes months later, "nihms-submitted" before.
_PUBLICATION = {
    "epub",
    "ppub",
    "epub-ppub",
    "collection",
    "pub",
    "epreprint",
    "preprint",
    "electronic",
    "print",
}
_JOURNAL_TITLES = (
    "journal-title-group/journal-title",
    "journal-title",
    "journal-id[@journal-id-type='nlm-ta']",
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SOURCE_TYPES = {
    "research-article": SourceType.RESEARCH,
    "brief-report": SourceType.RESEARCH,
    "rapid-communication": SourceType.RESEARCH,
    "data-paper": SourceType.RESEARCH,
    "methods-article": SourceType.RESEARCH,
    "clinical-trial": SourceType.CLINICAL_TRIAL,
    "review-article": SourceType.REVIEW,
    "systematic-review": SourceType.REVIEW,
    "meta-analysis": SourceType.REVIEW,
    "case-report": SourceType.CASE_REPORT,
    "guideline": SourceType.GUIDELINE,
    "preprint": SourceType.PREPRINT,
    "editorial": SourceType.EDITORIAL,
    "article-commentary": SourceType.EDITORIAL,
    "discussion": SourceType.EDITORIAL,
    "letter": SourceType.EDITORIAL,
    "reply": SourceType.EDITORIAL,
    "news": SourceType.EDITORIAL,
    "in-brief": SourceType.EDITORIAL,
    "introduction": SourceType.EDITORIAL,
    "book-review": SourceType.EDITORIAL,
    "product-review": SourceType.EDITORIAL,
    "obituary": SourceType.EDITORIAL,
    "correction": SourceType.CORRECTION,
    "addendum": SourceType.CORRECTION,
    "retraction": SourceType.CORRECTION,
    "partial-retraction": SourceType.CORRECTION,
    "expression-of-concern": SourceType.CORRECTION,
}
_REFINED = {None, SourceType.RESEARCH, SourceType.REVIEW}
# What a subject or the title says of an article of no telling type; the first pattern that fits holds.
_BY_SUBJECT = (
    (SourceType.CORRECTION, r"^(correction|erratum|corrigendum|retraction|expression of concern)\b"),
    (SourceType.PREPRINT, r"^preprint\b"),
    (SourceType.GUIDELINE, r"^((clinical )?practice )?guidelines?$|^consensus (statement|guideline)"),
    (SourceType.CASE_REPORT, r"^(clinical )?case (reports?|stud(y|ies)|series)\b"),
    (
        SourceType.EDITORIAL,
        r"^((book|product) review|editorial|commentary|opinion|essay|letter|correspondence|news|interview"
        r"|community page|synopsis|policy forum)\b|^(perspective|viewpoint)s?$",
    ),
    (
        SourceType.REVIEW,
        r"^((systematic|mini|literature|scoping)[ -]?)?reviews?( articles?)?$|^meta-analys[ei]s$",
    ),
    (
        SourceType.CLINICAL_TRIAL,
        r"^(randomi[sz]ed )?((controlled|clinical) )+trials?( articles?| reports?)?$",
    ),
)
_BY_TITLE = (
    (
        SourceType.REVIEW,
        r"\b(systematic|scoping|umbrella|literature|narrative) review\b|\bmeta-?analys[ei]s\b",
    ),
    (SourceType.CASE_REPORT, r"\bcase (report|series)\b"),
    (
        SourceType.CLINICAL_TRIAL,
        r"\b(randomi[sz]ed|controlled|clinical|phase [I\d]\S*|pilot|open-label|crossover) trial\b"
        r"|\bphase (I{1,3}V?|[1-4])([ab]|[/-](I{1,3}|[1-4])[ab]?)* (study|clinical)\b",
    ),
)
# A protocol announces a trial, an analysis of trials is none.
_NO_TRIAL = re.compile(r"\bprotocol\b|\btrials\b|\b(design|rationale) (of|for)\b|\bsimulat", re.IGNORECASE)
_RETRACTED_TITLE = re.compile(r"\W*retracted( article)?\W*[:\]]", re.IGNORECASE)


def read_record(article: etree._Element) -> Record:
    """Read the bibliographic record, with the names of CSL-JSON."""
    meta = article.find("front/article-meta")
    journal = article.find("front/journal-meta")
    if meta is None:
        return Record()
    identifiers = {
        element.get("pub-id-type", ""): fold(element.text or "")
        for element in reversed(meta.findall("article-id"))
    }
    csl = {
        "type": "article" if article.get("article-type") == "preprint" else "article-journal",
        "title": _title(article),
        "author": tuple(_authors(meta)),
        "container-title": _first_text(journal, *_JOURNAL_TITLES),
        "issued": {"date-parts": _issued(meta)},
        "volume": _first_text(meta, "volume"),
        "issue": _first_text(meta, "issue"),
        "page": _page(meta),
        "publisher": _first_text(journal, "publisher/publisher-name"),
        "DOI": identifiers.get("doi"),
        "PMID": identifiers.get("pmid"),
        "PMCID": identifiers.get("pmcid") or identifiers.get("pmc"),
    }
    record = tidied(Record.model_validate(csl))
    return record if record.doi else record.model_copy(update={"url": _address(meta)})


def read_source_type(article: etree._Element) -> SourceType:
    """Tell what kind of source an article is, by its declared type, its subjects and its title.

    Publishers call most things "research-article"; a trial, a review or an essay shows in subjects and title.
    """
    declared = _SOURCE_TYPES.get(article.get("article-type", ""))
    if declared not in _REFINED:
        return declared or SourceType.OTHER
    found = _fitting(_BY_SUBJECT, _subjects(article))
    if found is None and declared is not SourceType.REVIEW:
        title = _title(article)
        found = _fitting(_BY_TITLE, [title])
        if found is SourceType.CLINICAL_TRIAL and _NO_TRIAL.search(title):
            found = None
    return found or declared or SourceType.OTHER


def is_retracted(article: etree._Element) -> bool:
    """Tell a retracted article from the notice of retraction, which links to the article that it retracts."""
    meta = article.find("front/article-meta")
    if article.get("article-type") == "retracted-article":
        return True
    links = () if meta is None else meta.findall("related-article")
    forward = any(link.get("related-article-type") == "retraction-forward" for link in links)
    return forward or bool(_RETRACTED_TITLE.match(_title(article)))


def _fitting(patterns: Sequence[tuple[SourceType, str]], texts: Sequence[str]) -> SourceType | None:
    return next(
        (
            source_type
            for source_type, pattern in patterns
            if any(re.search(pattern, text, re.IGNORECASE) for text in texts)
        ),
        None,
    )


def _subjects(article: etree._Element) -> list[str]:
    groups = article.findall("front/article-meta/article-categories/subj-group")
    return [plain_text(subject) for group in groups for subject in group.iter("subject")]


def _title(article: etree._Element) -> str:
    group = article.find("front/article-meta/title-group")
    if group is None:
        return ""
    title, subtitle = (_first_text(group, name) or "" for name in ("article-title", "subtitle"))
    if not title or not subtitle:
        return title or subtitle
    return f"{title} {subtitle}" if title.endswith((":", "?", "!", ".")) else f"{title}: {subtitle}"


def _authors(meta: etree._Element) -> Iterable[Name]:
    for contributor in meta.iterfind("contrib-group/contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        name = contributor.find("name")
        if name is None:
            name = contributor.find("name-alternatives/name")
        literal = _first_text(contributor, "collab", "collab-alternatives/collab", "string-name", "anonymous")
        if name is not None:
            family = _first_text(name, "surname")
            suffix = _first_text(name, "suffix")
            given = _first_text(name, "given-names")
            yield Name(family=f"{family} {suffix}" if family and suffix else family, given=given)
        elif literal:
            yield Name(literal=literal)


def _issued(meta: etree._Element) -> list[tuple[int, ...]]:
    """Give the earliest year of publication, with the most exact date known of that year."""
    dates = [date for element in meta.iterfind("pub-date") if (date := _date(element))]
    earliest = min((date[0] for date in dates), default=0)
    return sorted((date for date in dates if date[0] == earliest), key=lambda date: (-len(date), date))[:1]


def _date(element: etree._Element) -> tuple[int, ...]:
    """Read a date as far as it is known; what is no date of publication, or none at all, is empty."""
    kind = element.get("pub-type") or element.get("date-type") or element.get("publication-format") or "pub"
    year, day = _number(element.findtext("year")), _number(element.findtext("day"))
    month = _month(element.findtext("month"))
    if kind not in _PUBLICATION or not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return ()
    if month not in range(1, 13):
        return (year,)
    return (year, month, day) if day in range(1, 32) else (year, month)


def _number(text: str | None) -> int:
    match = re.fullmatch(r"\s*(\d{1,4})\s*", text or "")
    return int(match[1]) if match else 0


def _month(text: str | None) -> int:
    name = (text or "").strip().lower()[:3]
    return _MONTHS.index(name) + 1 if name in _MONTHS else _number(text)


def _page(meta: etree._Element) -> str | None:
    first, last = _first_text(meta, "fpage"), _first_text(meta, "lpage")
    if first and last and first != last:
        return f"{first}-{last}"
    return first or _first_text(meta, "elocation-id")


def _address(meta: etree._Element) -> str | None:
    """Give the article's own web address, for an article without a DOI."""
    for element in meta.iterfind("self-uri"):
        address = element.get("{http://www.w3.org/1999/xlink}href", "")
        if address.startswith(("https://", "http://")):
            return address
    return None


def _first_text(element: etree._Element | None, *paths: str) -> str | None:
    """Give the text of the first path that leads to some."""
    if element is None:
        return None
    return next(
        (text for path in paths for found in element.iterfind(path) if (text := plain_text(found))), None
    )
