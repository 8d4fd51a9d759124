"""Takes out of a page what surrounds its article: scripts, hidden parts, navigation, adverts, sharing, comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from ingest.parsers.html.inline import BLOCKS

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# Never text to a reader, wherever they stand.
_NEVER_SHOWN = frozenset(
    "applet area audio canvas col colgroup datalist dialog embed frame frameset head iframe img input map meter "
    "noembed noframes noscript object optgroup option param picture progress rp script select source style svg "
    "template textarea title track video".split()
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_HIDDEN_CLASSES = frozenset(
    "hidden invisible is-hidden d-none visually-hidden visuallyhidden u-visually-hidden u-hide sr-only usa-sr-only "
    "screen-reader-text screen-reader-only visually-hidden-focusable element-invisible reader-only assistive-text "
    "katex-html mathjax_preview mw-editsection mw-cite-backlink".split()
)
_SURROUNDING_ROLES = frozenset(
    "alert alertdialog banner contentinfo dialog menu menubar navigation search toolbar tooltip".split()
)

# A class or id of these names says enough by itself …
_ALWAYS = re.compile(
    r"(?:.*-)?(?:advert|adverts|advertisement|advertising|adsbygoogle|breadcrumbs?|cookies?|cookie-?(?:banner|consent"
    r"|notice|bar)|disqus|gdpr|navbar|onetrust|pagination|pull-?quote)(?:-.*)?"
    r"|skip-?(?:link|nav|to-(?:main|content))|ads|ad-(?:slot|container|wrapper|unit|banner|block)|google-ad.*|byline"
    r"|comments|comment-?(?:area|list|respond|section|form|thread)|comments-(?:area|section|list)|respond"
    r"|site-(?:header|footer)|entry-(?:meta|footer)|(?:post|article)-(?:meta|footer|navigation|nav|tags)"
    r"|(?:.*-)?(?:related|recommended|suggested|similar|popular|latest|recent)-(?:articles?|posts?|content|reading"
    r"|reads|stories|news|products|links|items|topics|pages)|author-(?:box|bio|card)"
    r"|(?:.*-)?share-?(?:bar|buttons?|links?|tools|icons|list|this|block|widget)|sharedaddy|addtoany.*|addthis.*"
    r"|(?:.*-)?social-?(?:bar|buttons?|links?|media|icons|list|share|sharing|block)"
)
# … a class of these only on what holds little but links, or little at all. Ids do not count: those of sections are made
# of their headings ("health-promotion").
_IF_THIN = re.compile(
    r"(?:.*-)?(?:ad|altmetric|affiliations?|authors?|author-list|banner|cta|dateline|downloads?|full-size|join|login"
    r"|masthead|menu|nav|navigation|newsletter|overlay|paywall|permalink|pill-button|popup|posted-on|promo|pubdate"
    r"|read-?more|reading-time|recommended|related|share|sidebar|sign-?up|social|sponsored|subscribe|tags|tags-links"
    r"|taglist|timestamp|toolbar|view-figure|widget)"
    r"(?:-(?:wrapper|container|box|block|list|section|links|bar|inner|panel|item|area|form))?"
    r"|(?:page-|site-)?footer|(?:article-)?metrics|modal|sharing|toc|toc-(?:list|container|wrapper)|table-of-contents"
)
_CLUTTER_HEADING = re.compile(
    r"(?:related|similar|recommended|suggested|popular|latest|recent|more|trending)\s+(?:articles?|posts?|content"
    r"|reading|stories|news|products|links|items|topics|pages|blogs?)(?:\s+(?:from|in|on|by|for)\b.*)?"
    r"|you (?:may|might) (?:also )?(?:like|be interested).*|share(?: this.*)?|leave a (?:reply|comment)|follow us.*"
    r"|(?:article )?metrics|cite this article|about this article|cited by.*|subscribe(?: .*)?|sign up(?: .*)?"
)
_HEADING_OF_LINKS = re.compile(
    r"comments?|citations?|newsletter|search|tags|categories|on this page|contents|table of contents|actions|links"
    r"|navigation.*|advertisement|recommendations|resources|further reading|see also|figures?|downloads?"
)
_SERVICE_LINK = re.compile(
    r"(?:open|view|see|show|download|enlarge|expand|get|click|powerpoint|full[ -]?size)\b.{0,40}"
    r"|original image|pdf|ppt|tiff|png|(?:back )?to top|read more|continue reading|learn more|copy link"
    r"|permalink|print|cite|share",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\s*(?:by|posted|published|updated|written|last (?:updated|modified)|reviewed)\b", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SECTIONING = ("article", "main", "body", "section", "blockquote", "figure")
_PROSE = frozenset(("p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "span", "a", *HEADINGS))
_THIN_WORDS = 60
_LONGEST_NAME = 100
_BYLINE_WORDS = 30
_LINKED_SHARE = 0.4
# Wrappers bear names of what they also hold ("with-sidebar"): what holds most of the page is no clutter.
_MOST = 0.5


class Amount(NamedTuple):
    """How many words an element holds, and how many of them are links to elsewhere."""

    words: int
    linked: int

    @property
    def is_linked(self) -> bool:
        """Whether it holds little but links."""
        return self.linked > _LINKED_SHARE * self.words


def drop(element: etree._Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    # Two words that only a hidden block parted stay apart.
    tail = f"{' ' if element.tag in BLOCKS else ''}{element.tail or ''}"
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def drop_hidden(root: etree._Element) -> None:
    """Take out what is no text, and what the page itself hides."""
    _drop_all(element for element in _outermost(root, _is_hidden))


def drop_clutter(body: etree._Element) -> None:
    """Take out what surrounds the article, told by elements, roles, names and headings."""
    amounts = amounts_in(body)
    most = _MOST * amounts[body].words
    _drop_all(
        _outermost(
            body,
            lambda element: (
                element.tag == "nav"
                or (amounts[element].words <= most and _is_clutter(element, amounts[element]))
            ),
        )
    )
    for heading in list(body.iter(*HEADINGS)):
        _drop_section_of_links(heading, amounts, most)
    anchors = frozenset(
        name for element in body.iter("*") if (name := element.get("id") or element.get("name"))
    )
    _drop_all(_outermost(body, lambda element: _is_contents(element, anchors)))
    _drop_all(link for link in list(body.iter("a")) if _is_service(link))


def amounts_in(body: etree._Element) -> Mapping[etree._Element, Amount]:
    """Count the words of every element, links apart."""
    amounts: dict[etree._Element, Amount] = {}
    for element in reversed(list(body.iter("*"))):
        words, linked = len((element.text or "").split()), 0
        for child in element:
            inner = amounts[child]
            words += inner.words + len((child.tail or "").split())
            linked += inner.linked
        leads_away = element.tag == "a" and not (element.get("href") or "#").startswith("#")
        amounts[element] = Amount(words, words if leads_away else linked)
    return amounts


def names_of(element: etree._Element, *, with_id: bool = True) -> list[str]:
    """Give an element's classes and its id in one spelling: "shareButtons", "share_buttons" as "share-buttons"."""
    given = f"{element.get('class') or ''} {(element.get('id') or '') if with_id else ''}"
    return [
        re.sub(r"[_-]+", "-", _CAMEL.sub("-", name)).strip("-").lower()
        for name in given.split()
        if len(name) <= _LONGEST_NAME
    ]


def _outermost(root: etree._Element, is_meant: Callable[[etree._Element], bool]) -> Iterator[etree._Element]:
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is not root and is_meant(element):
            yield element
            walk.skip_subtree()


def _drop_all(elements: Iterable[etree._Element]) -> None:
    # Found before the first is dropped: a walk does not survive the loss of where it stands.
    for element in list(elements):
        drop(element)


def _is_hidden(element: etree._Element) -> bool:
    if element.tag in _NEVER_SHOWN:
        return True
    if element.tag == "button":
        # The headings of a page that folds away its sections are buttons.
        return not any(True for _ in element.iterancestors(*HEADINGS, "summary"))
    hides_itself = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hides_itself or _HIDING_STYLE.search(element.get("style") or ""):
        return True
    return not _HIDDEN_CLASSES.isdisjoint((element.get("class") or "").lower().split())


def _is_clutter(element: etree._Element, amount: Amount) -> bool:
    tag = element.tag
    if element.get("role") in _SURROUNDING_ROLES:
        return True
    if tag in ("header", "footer", "aside"):
        within = next((str(around.tag) for around in element.iterancestors(*_SECTIONING)), "body")
        if _is_surrounding(str(tag), within, amount):
            return True
    if tag in ("form", "menu", "search", "address"):
        return True
    if not _may_be_named(element):
        return False
    names, classes = names_of(element), names_of(element, with_id=False)
    is_thin = amount.words - amount.linked < _THIN_WORDS or amount.is_linked
    return (
        any(_ALWAYS.fullmatch(name) for name in names)
        or (is_thin and any(_IF_THIN.fullmatch(name) for name in classes))
        or _is_byline(element, amount)
    )


def _is_surrounding(tag: str, within: str, amount: Amount) -> bool:
    """Tell the header, footer or margin of the page, and the footer of its article, from those of a part."""
    if tag == "header":
        return within == "body"
    if tag == "footer":
        return within in ("body", "main", "article")
    return within in ("body", "main") or amount.is_linked


def _is_contents(element: etree._Element, anchors: frozenset[str]) -> bool:
    """Tell a list of nothing but links to parts of the page."""
    if element.tag not in ("ul", "ol"):
        return False
    links = [link for link in element.iter("a") if (link.get("href") or "#").partition("#")[2] in anchors]
    inside = sum(len(_words(link).split()) for link in links)
    return len(links) > 1 and inside == len(_words(element).split())


def _is_service(link: etree._Element) -> bool:
    """Tell "Open in a new tab", which is all that its block says, from a link within a sentence."""
    words = " ".join(_words(link).split())
    if not _SERVICE_LINK.fullmatch(words):
        return False
    block = next((around for around in link.iterancestors(*BLOCKS)), None)
    return block is not None and block.tag not in HEADINGS and " ".join(_words(block).split()) == words


def _words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext("*"))


def _may_be_named(element: etree._Element) -> bool:
    """Tell whether an element can be clutter by its name; words within a sentence cannot."""
    if element.tag in ("article", "main", "body", "figcaption", "caption", "tr", "td", "th", *HEADINGS):
        return False
    parent = element.getparent()
    return element.tag in BLOCKS or (parent is not None and parent.tag not in _PROSE)


def _is_byline(element: etree._Element, amount: Amount) -> bool:
    """Tell "By … on 3 May": short, beginning so, with a date or an author marked as such."""
    if amount.words > _BYLINE_WORDS or element.tag in ("section", "li"):
        return False
    marked = element.tag == "time" or next(element.iter("time"), None) is not None
    marked = marked or any(link.get("rel") == "author" for link in element.iter("a"))
    return marked and bool(_BYLINE.match(_words(element)))


def _drop_section_of_links(
    heading: etree._Element, amounts: Mapping[etree._Element, Amount], most: float
) -> None:
    """Take out a heading like "Related posts" and what stands under it, unless that is the article after all."""
    words = " ".join(_words(heading).lower().split()).rstrip(":!.…")
    certain = _CLUTTER_HEADING.fullmatch(words)
    if heading.getparent() is None or not (certain or _HEADING_OF_LINKS.fullmatch(words)):
        return
    under = []
    for element in heading.itersiblings():
        if any(part.tag <= heading.tag for part in element.iter(*HEADINGS)):
            break
        under.append(element)
    total = Amount(sum(amounts[part].words for part in under), sum(amounts[part].linked for part in under))
    if total.words <= most and (certain or total.is_linked):
        _drop_all([heading, *under])
