"""The authors of a JATS article: persons, with their ORCID, and groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.record import Name
from ingest.canonical import fold
from ingest.parsers.jats.identifiers import HREF
from ingest.parsers.jats.inline import plain_text

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_NAMES = ("name", "name-alternatives/name", "string-name", "name-alternatives/string-name")
_GROUPS = ("collab", "collab-alternatives/collab")
# Members and addresses of a group stand inside its name.
_NO_NAME = frozenset(("address", "aff", "contrib", "contrib-group", "fn", "xref"))


def read_authors(meta: etree._Element) -> Iterator[Name]:
    """Read the authors in order; editors and other contributors are none."""
    contributors = meta.findall("contrib-group/contrib")
    is_typed = any(contributor.get("contrib-type") for contributor in contributors)
    after_group = False
    for contributor in contributors:
        if contributor.get("contrib-type", "author").lower() not in ("author", "authors"):
            continue
        person = next((found for path in _NAMES for found in contributor.iterfind(path)), None)
        group = next((found for path in _GROUPS for found in contributor.iterfind(path)), None)
        # Beside authors that are called so, persons behind a group who are called nothing are its members.
        if person is not None and after_group and is_typed and not contributor.get("contrib-type"):
            continue
        after_group = after_group or group is not None
        if person is not None and (name := _person(person, _orcid(contributor))):
            yield name
        if group is not None and (literal := _group_name(group)):
            yield Name(literal=literal)
        if person is None and group is None and contributor.find("anonymous") is not None:
            yield Name(literal="Anonymous")


def _person(element: etree._Element, orcid: str | None) -> Name | None:
    family, given, suffix = (
        plain_text(part) if (part := element.find(tag)) is not None else None
        for tag in ("surname", "given-names", "suffix")
    )
    if family or given:
        return Name(family=family or None, given=given or None, suffix=suffix or None, orcid=orcid)
    literal = plain_text(element)
    return Name(literal=literal, orcid=orcid) if literal else None


def _group_name(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += ["" if child.tag in _NO_NAME else plain_text(child), child.tail or ""]
    return fold("".join(parts)).strip(" ,;")


def _orcid(contributor: etree._Element) -> str | None:
    """Read "0000-0002-…" out of its address, which publishers put into several elements."""
    for element in contributor.iterchildren("contrib-id", "ext-link", "uri"):
        kind = (
            element.get("contrib-id-type")
            or element.get("ext-link-type")
            or element.get("content-type")
            or ""
        )
        words = f"{element.text or ''} {element.get(HREF) or ''}"
        match = _ORCID.search(words)
        if match and (kind.lower() == "orcid" or "orcid.org" in words):
            return match[0]
    return None
