"""What an identifier or an address in JATS points to: a DOI, a number of PubMed or PubMed Central, a web page."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from ingest.canonical import fold
from ingest.parsers.jats.formula import all_text

HREF = "{http://www.w3.org/1999/xlink}href"

_DOI = re.compile(r"(?<![\w.–-])10\.\d{4,9}/[^\s\"<>]+")
_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|info:doi/|doi:", re.IGNORECASE)
_PUBMED_ADDRESS = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/(\d+)", re.IGNORECASE
)
_PMC_ADDRESS = re.compile(
    r"nih\.gov/(?:pmc/)?articles/(?:PMC)?(\d+)|europepmc\.org/.*PMC/?(\d+)", re.IGNORECASE
)
_PUBMED_IN_TEXT = re.compile(r"\b(?:PMID|PubMed(?: ID)?)\s*:?\s*(\d{4,9})\b")
_PMC_IN_TEXT = re.compile(r"\bPMC\d{4,9}\b")
_NUMBER = re.compile(r"\d+")


class Identifiers(NamedTuple):
    """Where a work is found, bare: "10.1371/…", "123", "PMC123", and an address that is none of these."""

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None

    def or_else(self, other: Identifiers) -> Identifiers:
        """Fill what is missing from `other`."""
        return Identifiers(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))


def identified(value: str | None, kind: str | None = None) -> Identifiers:
    """Read an identifier or an address.

    Args:
        value: "info:doi/10.1371/…", "https://pubmed.ncbi.nlm.nih.gov/123/", "123" …
        kind: What the XML says it is: "doi", "pmid", "pmc", "pmcid", "uri" …
    """
    value = fold(value or "")
    if not value:
        return Identifiers()
    if kind == "doi" or value.startswith("10.") or _DOI_ADDRESS.match(value):
        return Identifiers(doi=doi_in(unquote(value)))
    number = _NUMBER.search(value)
    if kind in ("pmid", "pmc", "pmcid", "pmc-id", "medline") and number and "/" not in value:
        return (
            Identifiers(pmid=number[0])
            if kind in ("pmid", "medline")
            else Identifiers(pmcid=f"PMC{number[0]}")
        )
    if match := _PUBMED_ADDRESS.search(value):
        return Identifiers(pmid=match[1])
    if match := _PMC_ADDRESS.search(value):
        return Identifiers(pmcid=f"PMC{match[1] or match[2]}")
    return Identifiers(url=value) if value.lower().startswith(("https://", "http://")) else Identifiers()


def identified_in_text(text: str) -> Identifiers:
    """Read the identifiers that a printed reference gives in words: "doi: 10.1371/…", "PMID: 123", "PMC123"."""
    pubmed = _PUBMED_IN_TEXT.search(text) if "PMID" in text or "PubMed" in text else None
    central = _PMC_IN_TEXT.search(text) if "PMC" in text else None
    return Identifiers(
        doi=doi_in(text) if "10." in text else None,
        pmid=pubmed[1] if pubmed else None,
        pmcid=central[0] if central else None,
    )


def identified_by_link(link: etree._Element) -> Identifiers:
    """Read where an ext-link, a uri or a related-article leads; without an address, its words may be one."""
    kind = link.get("ext-link-type")
    return identified(link.get(HREF) or all_text(link), kind)


def doi_in(text: str) -> str | None:
    """Find a DOI in a text; the stop or bracket after it belongs to the sentence."""
    match = _DOI.search(text)
    if not match:
        return None
    doi = match[0].rstrip(".,;:'\"”’")
    while doi.endswith((")", "]")) and doi.count("(") < doi.count(")") + doi.count("]") - doi.count("["):
        doi = doi[:-1].rstrip(".,;:")
    # A typesetter's dash has taken the place of a hyphen: the link would lead nowhere.
    return doi if doi.isascii() else None
