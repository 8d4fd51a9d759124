"""The reference list of a web page: found by its name or its heading, read, and taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from corpus.works import Reference
from ingest.canonical import fold
from ingest.parsers.html.clutter import HEADINGS, drop, names_of
from ingest.parsers.html.inline import BLOCKS, Targets, plain_text
from ingest.parsers.printed_references import LIST_HEADING, LOOKS_CITED, reference_of, split_label

_LIST_NAME = re.compile(
    r"(?:.*-)?(?:references?|reference-?list|ref-?list|reflist|bibliography|citation-?list|literature-cited)"
    r"(?:-(?:list|section|container|body|content|wrapper|block|items|\d+))?"
)
_ENTRY_NAME = re.compile(
    r"(?:.*-)?(?:references?-?(?:item|entry|copy\d*)|reference|citation|citation-item|csl-entry|ref|bib-?(?:item|entry)"
    r"|bibitem)"
)
_LABEL_NAME = re.compile(r"(?:.*-)?(?:label|order|number|counter|bullet|ref-?num)")
# The publisher's own links after an entry.
_SERVICE = re.compile(
    r"\W*(?:(?:view|open|free|full|green|search|find|this|in|on|the|article|abstract|record|text|version|pdf|html|doi|ncbi"
    r"|cas|ads|pmc|pubmed|central|medline|crossref|cross ref|scopus|google|scholar|web of science|wos|isi|mathscinet"
    r"|open ?url|publisher|full-text|download|references?|citation)\W*)+",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"\[[\s,;|]*\]|\([\s,;|]*\)|\s[|·•](?=\s|$)")
# What a region may hold beside its entries: a heading, "Download references".
_OTHER_WORDS = 30
_CITED_SHARE = 0.5


class ReferenceList(NamedTuple):
    """A page's references and what its marks can lead to."""

    references: tuple[Reference, ...]
    targets: Targets


class _Entry(NamedTuple):
    """The elements that print one reference (a list item, or a term and its description), with its number."""

    elements: tuple[etree._Element, ...]
    label: str | None


def take_references(body: etree._Element) -> ReferenceList:
    """Read the reference lists of a page and take them out of it."""
    references: dict[str, Reference] = {}
    indexes: dict[str, int] = {}
    by_anchor: dict[str, int] = {}
    by_label: dict[str, int] = {}
    for region in [*_named(body), *_headed(body)]:
        if any(_root(element) is not _root(body) for element in region):
            continue
        entries = list(_entries(region))
        if not _is_reference_list(entries, region):
            continue
        for entry in entries:
            reference = _read(entry)
            if not reference.text:
                continue
            # A page that shows its list twice, in a margin too, has each reference once.
            references.setdefault(reference.text, reference)
            index = indexes.setdefault(reference.text, len(indexes))
            for anchor in _anchors(entry, region):
                by_anchor.setdefault(anchor, index)
            if reference.label and reference.label.isdecimal():
                by_label.setdefault(reference.label, index)
        _take_out(entries, region)
    numbers = tuple(
        int(entry.label) if entry.label and entry.label.isdecimal() else None for entry in references.values()
    )
    linked = any(Targets(by_anchor).pointed_at(link) is not None for link in body.iter("a"))
    return ReferenceList(tuple(references.values()), Targets(by_anchor, by_label, numbers, linked))


def _named(body: etree._Element) -> list[list[etree._Element]]:
    """Find the elements that are called a reference list, the outermost first."""
    return [
        [element]
        for element in body.iter("ol", "ul", "dl", "div", "section", "table")
        if element.get("role") == "doc-bibliography"
        or any(_LIST_NAME.fullmatch(name) for name in names_of(element))
    ]


def _headed(body: etree._Element) -> Iterator[list[etree._Element]]:
    """Find what stands under headings like "References"."""
    for heading in body.iter(*HEADINGS):
        if not LIST_HEADING.fullmatch(fold(plain_text(heading))):
            continue
        place = heading
        # The heading may stand in a wrapper of its own.
        while (parent := place.getparent()) is not None and parent is not body and len(parent) == 1:
            place = parent
        region = []
        for element in place.itersiblings():
            if any(inner.tag <= heading.tag for inner in element.iter(*HEADINGS)):
                break
            region.append(element)
        if region:
            yield region


def _entries(region: Sequence[etree._Element]) -> Iterator[_Entry]:
    """Find the entries of a list: its items, else the elements that are called so, else its paragraphs."""
    lists = [inner for part in region for inner in part.iter("ol", "ul", "dl")]
    known = set(lists)
    outermost = [found for found in lists if known.isdisjoint(found.iterancestors())]
    if outermost:
        for found in outermost:
            yield from _described(found) if found.tag == "dl" else _listed(found)
        return
    within = [inner for part in region for inner in part.iter(*BLOCKS)]
    for elements in (
        [inner for inner in within if any(_ENTRY_NAME.fullmatch(name) for name in names_of(inner))],
        [inner for inner in within if inner.tag == "p"],
        [inner for inner in within if inner.tag == "tr"],
    ):
        known = set(elements)
        chosen = [one for one in elements if known.isdisjoint(one.iterdescendants("*"))]
        if chosen:
            yield from (_Entry((element,), None) for element in chosen)
            return


def _listed(found: etree._Element) -> Iterator[_Entry]:
    start = found.get("start") or ""
    number = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    for item in found.iterchildren("li"):
        value = item.get("value") or ""
        number = int(value) if re.fullmatch(r"\d{1,4}", value) else number
        yield _Entry((item,), str(number) if found.tag == "ol" else None)
        number += 1


def _described(found: etree._Element) -> Iterator[_Entry]:
    term: list[etree._Element] = []
    for element in found.iter("dt", "dd"):
        if element.tag == "dt":
            term = [element]
        else:
            yield _Entry((*term, element), None)
            term = []


def _is_reference_list(entries: Sequence[_Entry], region: Sequence[etree._Element]) -> bool:
    """Tell a reference list from what only sounds like one: most entries name a year, a DOI or an address."""
    texts = [
        " ".join(plain_text(part) + " ".join(_addresses(part)) for part in entry.elements)
        for entry in entries
    ]
    cited = sum(bool(LOOKS_CITED.search(text)) for text in texts)
    all_words = sum(len(plain_text(part).split()) for part in region)
    entry_words = sum(len(plain_text(part).split()) for entry in entries for part in entry.elements)
    return cited > 0 and cited >= _CITED_SHARE * len(texts) and entry_words >= _CITED_SHARE * all_words


def _read(entry: _Entry) -> Reference:
    addresses = [address for part in entry.elements for address in _addresses(part)]
    label, text = _label(entry)
    return reference_of(text, label, addresses)


def _label(entry: _Entry) -> tuple[str | None, str]:
    """Give an entry's number and, without it and the publisher's links, its text."""
    label, parts = entry.label, []
    for element in entry.elements:
        if element.tag == "dt":
            label = fold(plain_text(element)).strip("[]().") or label
            continue
        for inner in list(element.iter("a", "button", "span")):
            words = fold(plain_text(inner))
            if inner.tag == "span" and any(_LABEL_NAME.fullmatch(name) for name in names_of(inner)):
                label = words.strip("[]().") or label
                drop(inner)
            elif inner.tag != "span" and words and _SERVICE.fullmatch(words):
                drop(inner)
        parts.append(plain_text(element))
    text = fold(" ".join(parts))
    label, text = split_label(text, label)
    return label, fold(_EMPTY_BRACKETS.sub("", text))


def _anchors(entry: _Entry, region: Sequence[etree._Element]) -> Iterable[str]:
    """Give the names by which links lead to an entry: its own, those inside, those of a wrapper of it alone."""
    nodes = [node for element in entry.elements for node in element.iter("*")]
    parent = entry.elements[0].getparent()
    while parent is not None and parent not in region and len(parent) == len(entry.elements) == 1:
        nodes.append(parent)
        parent = parent.getparent()
    for node in nodes:
        for attribute in ("id", "name", "data-bib-id"):
            if value := node.get(attribute):
                yield value


def _take_out(entries: Sequence[_Entry], region: Sequence[etree._Element]) -> None:
    """Take the entries out of the page, and the whole region if little else is in it."""
    for entry in entries:
        for element in entry.elements:
            drop(element)
    if sum(len(plain_text(part).split()) for part in region) < _OTHER_WORDS:
        for part in region:
            drop(part)


def _addresses(element: etree._Element) -> list[str]:
    found = [link.get("href") or "" for link in element.iter("a")]
    return [address for address in found if address.lower().startswith(("https://", "http://"))]


def _root(element: etree._Element) -> etree._Element:
    return element.getroottree().getroot()
