"""The licence of a JATS article, from its addresses or, as most publishers leave it, from its words."""

from __future__ import annotations

import re

from lxml import etree

from corpus.document import Licence
from ingest.canonical import fold
from ingest.parsers.jats.formula import all_text

_HREF = "{http://www.w3.org/1999/xlink}href"
_LONGEST_NAME = 200

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LICENCE_ADDRESS = re.compile(r"creativecommons\.org/licen[cs]es/([a-z-]+)(?:/(\d\.\d))?", re.IGNORECASE)
_DEDICATION_ADDRESS = re.compile(
    r"creativecommons\.org/(?:publicdomain/(zero|mark)|licenses/(publicdomain))", re.IGNORECASE
)

_SHORT_NAME = re.compile(r"\bCC[ -](BY(?:-(?:NC|ND|SA)){0,2})\b(?:[ -]*(\d\.\d))?", re.IGNORECASE)
_LONG_NAME = re.compile(
    r"(?:creative commons|\bCC\b)\W{1,3}attribution"
    r"((?:[\s–-]{1,3}(?:non[ -]?commercial|no[ -]?deriv\w*|share[ -]?alike))*)"
    r"(?:\W{1,3}(?:international|unported|generic|licen[cs]e|\(CC[^)]*\)|v(?:ersion)?\.?))*\W{1,3}(\d\.\d)?",
    re.IGNORECASE,
)
_CONDITIONS = (("NC", "commercial"), ("ND", "deriv"), ("SA", "alike"))


def read_licence(article: etree._Element) -> Licence:
    """Read under what terms an article may be used.

    Returns:
        "CC BY 4.0" and its like, without a version if none is stated; "CC0" and "public domain"; otherwise
        the publisher's own words, cut short.
    """
    permissions = article.find("front/article-meta/permissions")
    meta = article.find("front/article-meta")
    place = permissions if permissions is not None else meta
    if place is None:
        return Licence()
    elements = place.findall("license") or place.findall("copyright-statement")
    words = fold(" ".join(map(all_text, elements)))
    addresses = [
        address
        for element in elements
        for node in element.iter("*")
        for address in _ADDRESS.findall(f"{node.get(_HREF) or ''} {node.text or ''}")
    ]
    addresses += [
        fold(node.text or "") for node in place.iter("{http://www.niso.org/schemas/ali/1.0/}license_ref")
    ]
    address = _best(addresses)
    name = _name_by_address(address or "") or _name_by_words(words) or words[:_LONGEST_NAME]
    return Licence(name=name or None, url=address)


def _best(addresses: list[str]) -> str | None:
    """Choose Creative Commons' own address, else the first: a publisher's page of terms."""
    tidy = [address.rstrip(".,;)") for address in addresses if address]
    return next(
        (address for address in tidy if "creativecommons.org/" in address.lower()), next(iter(tidy), None)
    )


def _name_by_address(address: str) -> str | None:
    if match := _DEDICATION_ADDRESS.search(address):
        return "CC0" if match[1] == "zero" else "public domain"
    if match := _LICENCE_ADDRESS.search(address):
        return _named(match[1].upper(), match[2])
    return None


def _name_by_words(words: str) -> str | None:
    if re.search(r"\bCC-?0\b|CC ?Zero", words):
        return "CC0"
    if match := _LONG_NAME.search(words):
        conditions = "".join(f"-{short}" for short, long in _CONDITIONS if long in match[1].lower())
        return _named(f"BY{conditions}", match[2])
    if match := _SHORT_NAME.search(words):
        return _named(match[1].upper(), match[2])
    return "public domain" if re.search(r"\bpublic domain\b", words, re.IGNORECASE) else None


def _named(conditions: str, version: str | None) -> str:
    return f"CC {conditions} {version}" if version else f"CC {conditions}"
