"""The bibliographic record of a JATS article: title, journal, identifiers, subjects, keywords and who paid."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.record import Funding, Record
from ingest.canonical import fold
from ingest.parsers.jats.authors import read_authors
from ingest.parsers.jats.dates import read_dates
from ingest.parsers.jats.identifiers import HREF
from ingest.parsers.jats.inline import plain_text
from ingest.parsers.metadata import tidied

_JOURNAL_TITLES = (
    "journal-title-group/journal-title",
    "journal-title",
    "journal-id[@journal-id-type='nlm-ta']",
)
_ELECTRONIC, _PRINTED = frozenset(("epub", "electronic", "online")), frozenset(("ppub", "print"))
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


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
        "title": _title(meta),
        "author": tuple(read_authors(meta)),
        "container-title": _first_text(journal, *_JOURNAL_TITLES),
        **read_dates(meta),
        "volume": _first_text(meta, "volume"),
        "issue": _first_text(meta, "issue"),
        "page": _page(meta),
        "publisher": _first_text(journal, "publisher/publisher-name"),
        "ISSN": _issn(journal),
        "keyword": ", ".join(_keywords(meta, article.get(_LANGUAGE))) or None,
        "subjects": tuple(_subjects(meta)),
        "funding": tuple(_funding(meta)),
        "DOI": identifiers.get("doi"),
        "PMID": identifiers.get("pmid"),
        "PMCID": identifiers.get("pmcid") or identifiers.get("pmc"),
    }
    record = tidied(Record.model_validate(csl))
    return record if record.doi else record.model_copy(update={"url": _address(meta)})


def _title(meta: etree._Element) -> str:
    group = meta.find("title-group")
    if group is None:
        return ""
    title, subtitle = (_first_text(group, name) or "" for name in ("article-title", "subtitle"))
    if not title or not subtitle:
        return title or subtitle
    return f"{title} {subtitle}" if title.endswith((":", "?", "!", ".")) else f"{title}: {subtitle}"


def _issn(journal: etree._Element | None) -> str | None:
    """Give the journal's ISSN: of the electronic edition, which is what is read here, else of the printed one."""
    found = [] if journal is None else journal.findall("issn")
    for kinds in (_ELECTRONIC, _PRINTED, None):
        for element in found:
            kind = element.get("pub-type") or element.get("publication-format") or ""
            if element.text and (kinds is None or kind in kinds):
                return fold(element.text)
    return None


def _keywords(meta: etree._Element, language: str | None) -> Iterator[str]:
    """Give the authors' keywords, not their translations, each once."""
    groups = [
        group
        for group in meta.iterfind("kwd-group")
        if not str(group.get("kwd-group-type")).lower().startswith("abbr")
    ]
    own = [group for group in groups if group.get(_LANGUAGE) in (None, language)] or groups[:1]
    seen = set[str]()
    for group in own:
        for element in group.iter("kwd", "compound-kwd"):
            parts = [element] if element.tag == "kwd" else list(element)
            keyword = " ".join(plain_text(part) for part in parts)
            if keyword and keyword not in seen:
                seen.add(keyword)
                yield keyword


def _subjects(meta: etree._Element) -> list[str]:
    """Give the headings under which the publisher puts the article, outermost first, each once."""
    groups = meta.iterfind("article-categories/subj-group")
    found = (plain_text(subject) for group in groups for subject in group.iter("subject"))
    return list(dict.fromkeys(filter(None, found)))


def _funding(meta: etree._Element) -> Iterator[Funding]:
    """Give each funder once, with all its grants. A statement in prose names funders too, and is part of the text."""
    awards: dict[str, dict[str, None]] = {}
    for group in meta.iterfind("funding-group/award-group"):
        funders = [name for source in group.iterfind("funding-source") if (name := _funder(source))]
        numbers = [plain_text(number) for number in group.iterfind("award-id")]
        for funder in funders:
            awards.setdefault(funder, {}).update(dict.fromkeys(filter(None, numbers)))
    # As NLM's version 2 wrote it.
    sponsors = [*meta.iterfind("contract-sponsor"), *meta.iterfind("grant-sponsor")]
    for sponsor in sponsors:
        awards.setdefault(plain_text(sponsor), {})
    for funder, numbers_of_funder in awards.items():
        yield Funding(funder=funder, awards=tuple(numbers_of_funder))


def _funder(source: etree._Element) -> str:
    institutions = [plain_text(institution) for institution in source.iter("institution")]
    return ", ".join(filter(None, institutions)) or plain_text(source)


def _page(meta: etree._Element) -> str | None:
    first, last = _first_text(meta, "fpage"), _first_text(meta, "lpage")
    if first and last and first != last:
        return f"{first}-{last}"
    return first or _first_text(meta, "elocation-id")


def _address(meta: etree._Element) -> str | None:
    """Give the article's own web address, for an article without a DOI."""
    for element in meta.iterfind("self-uri"):
        address = element.get(HREF, "")
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
