"""The bibliographic record of a web page: what its head says of the article, and what kind of source it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from lxml import etree

from corpus.document import Licence, SourceType
from corpus.record import Name, Record
from ingest.canonical import fold
from ingest.identifiers import find_doi, find_pmcid, find_pmid
from ingest.parsers.html.jsonld import LinkedArticle, read_linked_article
from ingest.parsers.metadata import Metadata, tidied
from ingest.parsers.names import name_of

_EARLIEST_YEAR, _LATEST_YEAR = 1600, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC_DATE = re.compile(r"\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_WORDY_DATES = (
    re.compile(r"\s*(?P<year>\d{4})[\s/-]+(?P<month>[A-Za-z]{3,9})\.?(?:[\s/-]+(?P<day>\d{1,2}))?(?!\d)"),
    re.compile(r"\s*(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})"),
    re.compile(r"\s*(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})"),
)
_RETRACTED_TITLE = re.compile(r"\W*(?:retracted|withdrawn)(?: (?:article|paper))?\W*[:\]]", re.IGNORECASE)
_PREPRINT_SERVERS = re.compile(
    r"\b(?:bio|med|ar|chem)rxiv\b|\bresearch square\b|\bpreprints?(?:\.org)?\b", re.IGNORECASE
)
_LICENCE_ADDRESS = re.compile(r"creativecommons\.org/licen[cs]es/([a-z-]+)(?:/(\d\.\d))?", re.IGNORECASE)
_DEDICATION_ADDRESS = re.compile(r"creativecommons\.org/publicdomain/(zero|mark)", re.IGNORECASE)
_SITE_SEPARATOR = r"\s+[|\u2013\u2014·•»:-]+\s+"
# The first pattern that fits what the page calls its article holds.
_KINDS = (
    (
        SourceType.CORRECTION,
        r"correction|erratum|corrigendum|retraction(?: note| notice)?|expression of concern",
    ),
    (SourceType.PREPRINT, r"preprint"),
    (SourceType.GUIDELINE, r"(?:clinical |practice )*guidelines?|consensus statement"),
    (SourceType.CASE_REPORT, r"(?:clinical )?case (?:reports?|study|series)|casereport"),
    (
        SourceType.REVIEW,
        r"(?:systematic |mini-?|scoping |literature )?reviews?(?: ?(?:article|paper))?|meta-analysis",
    ),
    (SourceType.CLINICAL_TRIAL, r"(?:randomi[sz]ed |controlled |clinical )+trials?"),
    (
        SourceType.EDITORIAL,
        r"editorial(?: ?notes?)?|commentary|comment|opinion|letter|correspondence|news|perspective|viewpoint"
        r"|brief ?communication arising|book ?review",
    ),
    (
        SourceType.RESEARCH,
        r"(?:original )?research(?:[ -]?(?:article|paper))?|original ?(?:paper|article|investigation|contribution)"
        r"|brief ?(?:communication|report)|short communication|research[- ]article|rapid communication|report"
        r"|scientific reports?",
    ),
)


def read_metadata(root: etree._Element) -> Metadata:
    """Read everything about a page's article but its text.

    A page whose metadata name a journal is an article of it; any other is a web page.
    """
    head = _Head(root)
    linked = read_linked_article(root)
    record = _record(head, linked, root)
    said = " ".join(head.all("citation_publisher", "citation_journal_title", "dc.publisher", "og:site_name"))
    is_article = bool(record.container_title) and record.type != "webpage"
    source_type = _kind(head, linked) if is_article else SourceType.WEB
    if _PREPRINT_SERVERS.search(said) and (is_article or record.doi):
        source_type = SourceType.PREPRINT
        record = record.model_copy(update={"type": "article"})
    metadata = Metadata(
        source_type=source_type,
        retracted=bool(_RETRACTED_TITLE.match(record.title)),
        licence=_licence(root, head, linked),
    )
    return metadata.model_copy(update={"record": record})


def is_paid(root: etree._Element) -> bool:
    """Tell whether the page says that only those who pay read all of it."""
    tier = " ".join(_Head(root).all("article:content_tier", "access", "dc.rights.access")).lower()
    return read_linked_article(root).is_free is False or bool(re.search(r"\b(?:locked|metered|no)\b", tier))


class _Head:
    """The `<meta>` elements of a page by their names, case aside."""

    def __init__(self, root: etree._Element) -> None:
        found: dict[str, list[str]] = defaultdict(list)
        for meta in root.iter("meta"):
            content = fold(meta.get("content") or "")
            name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
            if content:
                found[name.strip().lower().replace("dcterms.", "dc.")].append(content)
        self._found: Mapping[str, list[str]] = found

    def all(self, *names: str) -> list[str]:
        """Give what is said under the first of the names that anything is said under."""
        return next((self._found[name] for name in names if name in self._found), [])

    def first(self, *names: str) -> str:
        """Give the first of it, or nothing."""
        return next(iter(self.all(*names)), "")


def _record(head: _Head, linked: LinkedArticle, root: etree._Element) -> Record:
    journal = head.first("citation_journal_title", "prism.publicationname") or linked.journal
    scholarly = bool(journal) or linked.is_scholarly or bool(head.first("citation_title"))
    site = head.first("og:site_name")
    identifiers = " ".join(
        [
            *head.all("citation_doi", "prism.doi", "dc.identifier.doi", "bepress_citation_doi"),
            *head.all("dc.identifier"),
            linked.identifiers,
        ]
    )
    url = _address(root, head, linked)
    csl = {
        "type": "article-journal" if scholarly else "webpage",
        "title": _title(head, linked, root, site),
        "author": _authors(head, linked),
        "container-title": journal or site or None,
        "issued": {"date-parts": _issued(head, linked, root)},
        "volume": head.first("citation_volume", "prism.volume") or None,
        "issue": head.first("citation_issue", "prism.number", "prism.issue") or None,
        "page": _pages(head),
        "publisher": head.first("citation_publisher", "dc.publisher") or linked.publisher or None,
        "ISSN": head.first("citation_issn", "prism.issn") or None,
        "keyword": ", ".join(head.all("citation_keywords", "keywords")) or linked.keywords or None,
        "language": head.first("citation_language", "dc.language") or linked.language or _language(root),
        "DOI": find_doi(identifiers),
        "PMID": head.first("citation_pmid") or find_pmid(url or ""),
        "PMCID": find_pmcid(head.first("citation_pmcid") or (url if url and "nih.gov" in url else "") or ""),
        "URL": url,
    }
    return tidied(Record.model_validate({name: value for name, value in csl.items() if value is not None}))


def _title(head: _Head, linked: LinkedArticle, root: etree._Element, site: str) -> str:
    title = head.first("citation_title", "dc.title")
    if title:
        return title
    element = next(root.iter("title"), None)
    printed = fold("".join(str(text) for text in element.itertext("*"))) if element is not None else ""
    title = linked.title or head.first("og:title", "twitter:title") or printed
    if site:
        title = re.sub(rf"{_SITE_SEPARATOR}{re.escape(site)}$", "", title, flags=re.IGNORECASE)
    return title


def _authors(head: _Head, linked: LinkedArticle) -> tuple[Name, ...]:
    said = head.all("citation_author", "citation_authors", "dc.creator", "dc.contributor.author")
    names = [name_of(part) for words in said for part in words.split(";")]
    if not names and linked.authors:
        return linked.authors
    if not names:
        plain = [words for words in head.all("author", "article:author", "byl") if "://" not in words]
        names = [name_of(re.sub(r"^by\s+", "", words, flags=re.IGNORECASE)) for words in plain]
    return tuple(name for name in names if name)


def _issued(head: _Head, linked: LinkedArticle, root: etree._Element) -> list[tuple[int, ...]]:
    shown = (time.get("datetime") or "" for time in root.iter("time"))
    said = [
        *head.all("citation_publication_date", "citation_date", "citation_online_date", "citation_year"),
        *head.all("dc.date", "dc.date.issued", "dc.issued", "prism.publicationdate"),
        *head.all("article:published_time", "og:article:published_time", "date", "datepublished"),
        linked.published,
        *shown,
    ]
    return next(([parts] for text in said if (parts := _date(text))), [])


def _date(text: str) -> tuple[int, ...]:
    """Read a date as far as it is known; what is none is empty."""
    if found := next((match for pattern in _WORDY_DATES if (match := pattern.match(text))), None):
        name = found["month"][:3].lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        year, day = int(found["year"]), int(found["day"] or 0)
    elif match := _NUMERIC_DATE.match(text):
        year, month, day = (int(part or 0) for part in match.groups())
    else:
        return ()
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return ()
    if month not in range(1, 13):
        return (year,)
    return (year, month, day) if day in range(1, 32) else (year, month)


def _pages(head: _Head) -> str | None:
    first = head.first("citation_firstpage", "prism.startingpage")
    last = head.first("citation_lastpage", "prism.endingpage")
    return f"{first}-{last}" if first and last and first != last else first or None


def _language(root: etree._Element) -> str | None:
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return language.strip() or None


def _address(root: etree._Element, head: _Head, linked: LinkedArticle) -> str | None:
    canonical = (
        link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"
    )
    said = [
        *canonical,
        head.first("og:url"),
        head.first("citation_public_url", "citation_abstract_html_url"),
        linked.url,
    ]
    return next(
        (url.strip() for url in said if url.strip().lower().startswith(("https://", "http://"))), None
    )


def _licence(root: etree._Element, head: _Head, linked: LinkedArticle) -> Licence:
    links = [(link.get("rel") or "", link.get("href") or "") for link in root.iter("a", "link")]
    said = [href for rel, href in links if "license" in rel.lower().split()]
    said += [linked.licence, *head.all("dc.rights", "citation_license", "copyright")]
    # A page may show pictures under other terms than its own; all addresses alike leave no doubt.
    shown = {href.rstrip("/") for _, href in links if _cc_name(href)}
    said += shown if len(shown) == 1 else ()
    address = next((words for words in said if _cc_name(words)), None)
    if address is None:
        address = next((words for words in said if words.startswith(("https://", "http://"))), None)
    words = next((words for words in said if words and not words.startswith(("https://", "http://"))), None)
    return Licence(name=(_cc_name(address) if address else None) or words, url=address)


def _cc_name(address: str) -> str | None:
    """Name a licence of Creative Commons by its address: "CC BY 4.0"."""
    if match := _DEDICATION_ADDRESS.search(address):
        return "CC0" if match[1].lower() == "zero" else "public domain"
    if match := _LICENCE_ADDRESS.search(address):
        return f"CC {match[1].upper()} {match[2]}" if match[2] else f"CC {match[1].upper()}"
    return None


def _kind(head: _Head, linked: LinkedArticle) -> SourceType:
    said = [
        *head.all("citation_article_type"),
        *head.all("dc.type", "dc.type.articletype"),
        *head.all("prism.section", "citation_section", "article:section"),
        *linked.section.split(","),
    ]
    called = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words).strip().lower() for words in said]
    return next(
        (kind for kind, pattern in _KINDS if any(re.fullmatch(pattern, words) for words in called)),
        SourceType.OTHER,
    )
