"""What an entry of a reference list says of a work, with its identifiers found wherever managers put them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.canonical import fold
from ingest.identifiers import find_doi, find_pmcid, find_pmid

_NAMED = re.compile(
    r"\b(doi|pmid|pmcid)\s*[:=]\s*(?:https?://\S+/(?=10\.|PMC|\d+$))?([^\s;,]+)", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:pmid\s*:?\s*)?(\d{1,8})", re.IGNORECASE)
_PMC_NUMBER = re.compile(r"(?:pmcid\s*:?\s*)?(?:PMC)?\s*(\d{1,9})(?:\.\d+)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """An entry of a reference list.

    Attributes:
        key: What the list calls it ("roe2001").
        title: Its title, without markup.
        first_author: The first author's family name, or the name of the body.
        year: Year of publication.
        doi: Bare ("10.1371/…"), as are `pmid` and `pmcid` ("PMC123").
        pmid: PubMed's number.
        pmcid: PubMed Central's.
        url: A web address.
        line: Where the entry begins in the file, from 1; None for JSON.
    """

    key: str | None = None
    title: str | None = None
    first_author: str | None = None
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    line: int | None = None

    @property
    def label(self) -> str:
        """What messages call it: its key, else its title, else where it stands."""
        if self.key:
            return self.key
        if self.title:
            short = self.title[:_LONGEST_LABEL].rstrip()
            return f"“{short}…”" if len(short) < len(self.title) else f"“{self.title}”"
        return f"the entry on line {self.line}" if self.line else "an entry without a title"


@dataclass(frozen=True, slots=True)
class Said:
    """The fields of an entry that identifiers are found in, as written.

    Attributes:
        doi: The field of the DOI, as are `pmid` and `pmcid`.
        pmid: PubMed's number.
        pmcid: PubMed Central's.
        addresses: Web addresses, the best first.
        notes: Remarks, which managers keep identifiers in: "PMID: 123".
    """

    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    addresses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def entry_of(
    said: Said,
    key: str | None = None,
    title: str = "",
    first_author: str = "",
    date: str = "",
    line: int | None = None,
) -> BibliographyEntry:
    """Give an entry with its identifiers bare. What is none is left out: a wrong one would lead to a wrong work."""
    # A remark may speak of other works, so only what is named there counts.
    noted = {name.lower(): value for note in reversed(said.notes) for name, value in _NAMED.findall(note)}
    pmid, pmcid = _NUMBER.fullmatch(said.pmid.strip()), _PMC_NUMBER.fullmatch(said.pmcid.strip())
    noted_pmid, noted_pmcid = (
        _NUMBER.fullmatch(noted.get("pmid", "")),
        _PMC_NUMBER.fullmatch(noted.get("pmcid", "")),
    )
    central = pmcid or noted_pmcid
    year = _YEAR.search(date)
    addresses = [address.strip() for address in said.addresses]
    web = (address for address in addresses if address.lower().startswith(("https://", "http://")))
    number = pmid or noted_pmid
    return BibliographyEntry(
        key=fold(key or "") or None,
        title=fold(title).removesuffix(".") or None,
        first_author=fold(first_author) or None,
        year=int(year[1]) if year else None,
        doi=_first(map(find_doi, [said.doi, noted.get("doi", ""), *addresses])),
        pmid=number[1] if number else _first(map(find_pmid, addresses)),
        pmcid=f"PMC{central[1]}" if central else _first(map(find_pmcid, filter(_is_archive, addresses))),
        url=next(web, None),
        line=line,
    )


def _is_archive(address: str) -> bool:
    return "nih.gov" in address.lower() or "europepmc.org" in address.lower()


def _first(found: Iterable[str | None]) -> str | None:
    return next((value for value in found if value), None)
