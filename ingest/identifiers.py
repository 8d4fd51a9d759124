"""Finds the identifiers of works in addresses, notes and printed references: bare DOI, PMID, "PMC123"."""

from __future__ import annotations

import re
from urllib.parse import unquote

_DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`\u200b]+")
_PMID = re.compile(
    r"(?:\bpmid\s*[:=]?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/"
    r"|europepmc\.org/(?:article|abstract)/med/)(\d{1,8})\b",
    re.IGNORECASE,
)
_PMCID = re.compile(r"(?:(?<![a-z0-9])pmc|\bpmcid\s*[:=]?\s*(?:pmc)?)(\d{1,9})\b", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}


def find_doi(text: str) -> str | None:
    """Give the first DOI in a text or an address, without the punctuation after it."""
    match = _DOI.search(unquote(text))
    if not match:
        return None
    doi = re.split(r"[?#&]|/(?:full|abstract|pdf|epdf)$", match[0])[0] if "//" in text else match[0]
    # Old DOIs hold brackets: "10.1016/S0140-6736(05)67394-1" ends where its own are closed.
    while doi[-1] in ".,;:'*”’" or (
        doi[-1] in _CLOSING and doi.count(doi[-1]) > doi.count(_CLOSING[doi[-1]])
    ):
        doi = doi[:-1]
    return doi


def find_pmid(text: str) -> str | None:
    """Give the first PubMed number that a text or an address names as one."""
    match = _PMID.search(text)
    return match[1] if match else None


def find_pmcid(text: str) -> str | None:
    """Give the first number of PubMed Central in a text or an address, as "PMC123"."""
    match = _PMCID.search(text)
    return f"PMC{match[1]}" if match else None
