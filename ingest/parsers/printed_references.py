"""Reference lists that are only printed: the heading over one, and what the words of an entry tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.works import Reference
from ingest.identifiers import find_doi, find_pmcid, find_pmid

LIST_HEADING = re.compile(
    r"(?:\d+\.?\s*)?(?:references?(?: list)?|references (?:and|&) notes|bibliography|literature(?: cited)?"
    r"|works cited|cited (?:literature|references)|list of references|sources)\W*",
    re.IGNORECASE,
)
"""Headings of reference lists."""

LOOKS_CITED = re.compile(r"\b(?:1[89]|20)\d\d\b|10\.\d{4,9}/|https?://|\bet al\b", re.IGNORECASE)
"""What most entries of a reference list hold: a year, a DOI, an address."""

_LABEL = re.compile(r"\s*(?:\[(\w{1,12})\]|\((\d{1,3})\)|(\d{1,3})\s*[.)](?!\d)|(\d{1,3})\s)\s*")
_YEAR = re.compile(r"\(((?:1[89]|20)\d\d)[a-z]?\b|\b((?:1[89]|20)\d\d)[a-z]?\b")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")
_NO_WORK = re.compile(r"scholar\.google|/openurl|doi\.org")


def split_label(text: str, known: str | None = None) -> tuple[str | None, str]:
    """Part the printed number of an entry ("[12]", "12.") from its text.

    Args:
        text: The entry as printed.
        known: Its number, where that is known otherwise: another number at its head is no label.
    """
    printed = _LABEL.match(text)
    if printed is None or (known is not None and known not in printed.groups()):
        return known, text
    return next(group for group in printed.groups() if group), text[printed.end() :]


def reference_of(text: str, label: str | None, addresses: Sequence[str] = ()) -> Reference:
    """Read what an entry's words, and the addresses it links to, tell of the work."""
    searched = " ".join([*addresses, text])
    doi = next((found for address in addresses if (found := find_doi(address))), None) or find_doi(text)
    year = _YEAR.search(text.replace(doi or "\0", " "))
    web = (address for address in [*addresses, *_ADDRESS.findall(text)] if not _NO_WORK.search(address))
    return Reference(
        text=text,
        label=label,
        year=int(year[1] or year[2]) if year else None,
        doi=doi,
        pmid=find_pmid(searched),
        pmcid=find_pmcid(searched),
        url=None if doi else next(web, None),
    )
