"""Finds the element of a page that holds its article."""

from __future__ import annotations

import re

from lxml import etree

from ingest.canonical import fold
from ingest.parsers.html.clutter import HEADINGS, amounts_in, drop, names_of
from ingest.parsers.html.inline import plain_text

_MAIN_NAMES = ("main", "main-content", "maincontent", "page-content", "content")
_BODY_NAMES = ("article-body", "articlebody", "entry-content", "post-content", "article-content", "post-body")
# A page's one article holds at least so much of what surrounds it; the rest is teasers and margins.
_HALF = 0.5
# Inside the article, next to its text, stand date, tags and a box about the author: little.
_NEARLY_ALL = 0.9
_SUMMARY = re.compile(
    r"(?:\w+ )?(?:abstract|summary)|highlights|key (?:points|messages|findings)|significance(?: statement)?",
    re.IGNORECASE,
)
_LINK_LIST = 3
_MOSTLY_LINKS = 0.7


def find_main(body: etree._Element) -> etree._Element:
    """Give the innermost element that the page calls its main part, its article or its article's text.

    A page that calls nothing so is taken whole, but for lists and blocks of nothing but links.
    """
    amounts = amounts_in(body)
    found = body
    for candidates, share in (
        ([part for part in body.iter("*") if part.tag == "main" or part.get("role") == "main"], _HALF),
        ([part for part in body.iter("*") if part.tag == "article" or part.get("role") == "article"], _HALF),
        ([part for part in body.iter("*") if _is_named(part, _MAIN_NAMES)], _HALF),
        ([part for part in body.iter("*") if _is_article_body(part)], _NEARLY_ALL),
    ):
        if share == _HALF and found.tag == "article":
            continue
        inside = [part for part in candidates if part is not found and found in part.iterancestors()]
        best = max(inside, key=lambda part: amounts[part].words, default=None)
        if best is not None and amounts[best].words >= share * amounts[found].words:
            found = best
    if found is body:
        _drop_link_lists(body)
    return found


def drop_front_matter(main: etree._Element) -> None:
    """Take out what a paper prints before its abstract: title, authors, dates; the record has them."""
    first = next(main.iter(*HEADINGS[1:]), None)
    if first is None or not _SUMMARY.fullmatch(fold(plain_text(first))):
        return
    place = first
    while place is not main:
        for before in list(place.itersiblings(preceding=True)):
            drop(before)
        parent = place.getparent()
        if parent is None:
            return
        parent.text = None
        place = parent


def _is_named(element: etree._Element, names: tuple[str, ...]) -> bool:
    return element.tag in ("div", "section") and not set(names).isdisjoint(names_of(element))


def _is_article_body(element: etree._Element) -> bool:
    return element.get("itemprop") == "articleBody" or _is_named(element, _BODY_NAMES)


def _drop_link_lists(body: etree._Element) -> None:
    amounts = amounts_in(body)
    for element in list(body.iter("ul", "ol", "div", "table", "td")):
        amount = amounts[element]
        links = sum(1 for link in element.iter("a") if amounts[link].linked)
        if links >= _LINK_LIST and amount.linked > _MOSTLY_LINKS * amount.words:
            drop(element)
