"""What a page says of its article in JSON-LD (https://schema.org), as far as a bibliographic record needs it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.record import Name
from ingest.canonical import fold
from ingest.parsers.names import name_of

_SCHOLARLY = ("ScholarlyArticle", "MedicalScholarlyArticle")
_ARTICLES = (
    *_SCHOLARLY,
    "Article",
    "NewsArticle",
    "BlogPosting",
    "TechArticle",
    "Report",
    "AnalysisNewsArticle",
)
_PAGES = ("WebPage", "MedicalWebPage", "AboutPage", "FAQPage", "ItemPage")
_DEEPEST = 12
# "The Journal" is part of a volume, that of an issue, that of the article.
_PERIODICALS = ("Periodical", "Journal", "PublicationVolume", "PublicationIssue")


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """An article as its page describes it; what is not said is empty.

    Attributes:
        is_scholarly: Whether it is called a scholarly article.
        is_free: Whether it can be read without paying; None if nothing is said.
    """

    title: str = ""
    authors: tuple[Name, ...] = ()
    published: str = ""
    journal: str = ""
    publisher: str = ""
    language: str = ""
    identifiers: str = ""
    url: str = ""
    licence: str = ""
    section: str = ""
    keywords: str = ""
    is_scholarly: bool = False
    is_free: bool | None = None


def read_linked_article(root: etree._Element) -> LinkedArticle:
    """Read the page's description of its article; of several, the most scholarly one."""
    items = [item for script in root.iter("script") for item in _items(script)]
    for types in (_SCHOLARLY, _ARTICLES, _PAGES):
        for item in items:
            if _is_a(item, types):
                return _article(item, items)
    return LinkedArticle()


def _items(script: etree._Element) -> Iterator[dict[str, object]]:
    if not re.fullmatch(r"application/ld\+json\b.*", (script.get("type") or "").strip().lower()):
        return
    try:
        data = json.loads(script.text or "", strict=False)
    except (ValueError, RecursionError):
        # A page's broken description of itself is no reason to refuse its text.
        return
    yield from _dictionaries(data)


def _dictionaries(data: object, depth: int = 0) -> Iterator[dict[str, object]]:
    """Give the described things: the one, those of a list, those of an "@graph", and what a page is about."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _dictionaries(entry, depth + 1)
    elif isinstance(data, dict):
        yield data
        for inside in ("@graph", "mainEntity"):
            yield from _dictionaries(data.get(inside), depth + 1)


def _article(item: dict[str, object], items: list[dict[str, object]]) -> LinkedArticle:
    named = {str(other.get("@id")): other for other in items if other.get("@id")}
    free = _first(item.get("isAccessibleForFree"))
    periodical = _first(item.get("isPartOf"))
    return LinkedArticle(
        title=_words(item.get("headline") or item.get("name")),
        authors=tuple(name for author in _listed(item.get("author")) if (name := _name(author, named))),
        published=_words(item.get("datePublished")),
        journal=_journal(periodical),
        publisher=_words(_resolved(item.get("publisher"), named)),
        language=_words(item.get("inLanguage")),
        identifiers=" ".join(_strings([item.get("identifier"), item.get("sameAs"), item.get("@id")])),
        url=_words(item.get("url")),
        licence=next(iter(_strings(item.get("license"))), ""),
        section=", ".join(_strings([item.get("articleSection"), item.get("genre")])),
        keywords=", ".join(_strings(item.get("keywords"))),
        is_scholarly=_is_a(item, _SCHOLARLY) or _is_a(periodical, _PERIODICALS),
        is_free=None if free is None else str(free).lower() not in ("false", "0", "no"),
    )


def _name(author: object, named: dict[str, dict[str, object]]) -> Name | None:
    author = _resolved(author, named)
    if isinstance(author, str):
        return name_of(author)
    if not isinstance(author, dict):
        return None
    given, family = _words(author.get("givenName")), _words(author.get("familyName"))
    if family:
        return Name(family=family, given=given or None)
    words = _words(author)
    if not words:
        return None
    return Name(literal=words) if _is_a(author, ("Organization", "Corporation")) else name_of(words)


def _journal(periodical: object, depth: int = 0) -> str:
    while isinstance(periodical, dict) and depth < _DEEPEST:
        if _is_a(periodical, ("Periodical", "Journal")):
            return _words(periodical)
        periodical, depth = _first(periodical.get("isPartOf")), depth + 1
    return ""


def _is_a(item: object, types: tuple[str, ...]) -> bool:
    return isinstance(item, dict) and not set(types).isdisjoint(_strings(item.get("@type")))


def _resolved(value: object, named: dict[str, dict[str, object]]) -> object:
    """Follow a reference to a thing that is described elsewhere on the page."""
    value = _first(value)
    if isinstance(value, dict) and set(value) == {"@id"}:
        return named.get(str(value["@id"]), value)
    return value


def _first(value: object) -> object:
    return next(iter(_listed(value)), None)


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _words(value: object) -> str:
    return fold(next(iter(_strings(value)), ""))


def _strings(value: object, depth: int = 0) -> list[str]:
    """Give the strings of a value: itself, those of a list, or the name or value of a thing."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [text for entry in value for text in _strings(entry, depth + 1)]
    if isinstance(value, dict):
        keys = ("name", "value", "url", "@id")
        return next((found for key in keys if (found := _strings(value.get(key), depth + 1))), [])
    return []
