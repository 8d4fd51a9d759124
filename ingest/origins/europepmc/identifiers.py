"""The names by which a reader asks for one work: PMC numbers, DOIs, PubMed's numbers, and addresses that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import unquote, urlsplit


class Registry(StrEnum):
    """Who has named a work; as document ids begin."""

    PMCID = "pmcid"
    DOI = "doi"
    PMID = "pmid"
    PREPRINT = "ppr"


_DOI = r"10\.\d{4,9}(?:\.\d+)*/\S+"
_FORMS = (
    (Registry.PMCID, re.compile(r"(?:pmcid:\s*)?(PMC\d+)|pmcid:\s*(\d+)", re.IGNORECASE)),
    (Registry.PMID, re.compile(r"pmid:\s*(\d+)|med[:/](\d+)", re.IGNORECASE)),
    (Registry.PREPRINT, re.compile(r"(?:ppr[:/]\s*)?(PPR\d+)", re.IGNORECASE)),
    (Registry.DOI, re.compile(rf"(?:doi:\s*|info:doi/)?({_DOI})", re.IGNORECASE)),
)
_SITES = {
    "doi.org": re.compile(rf"/({_DOI})"),
    "dx.doi.org": re.compile(rf"/({_DOI})"),
    "europepmc.org": re.compile(
        r"/(?:api/)?(?:articles?|abstract)/(?:PMC/|PPR/)?(MED/\d+|PMC\d+|PPR\d+)", re.IGNORECASE
    ),
    "pmc.ncbi.nlm.nih.gov": re.compile(r"/articles/(PMC\d+)", re.IGNORECASE),
    "ncbi.nlm.nih.gov": re.compile(r"/(?:pmc/articles/(PMC\d+)|pubmed/(\d+))", re.IGNORECASE),
    "pubmed.ncbi.nlm.nih.gov": re.compile(r"/(\d+)"),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One name of a work.

    Attributes:
        registry: Who has named it.
        value: "PMC123", "10.1000/x" (in lower case, as case does not matter in a DOI), "123", "PPR123".
    """

    registry: Registry
    value: str

    def __str__(self) -> str:
        """Give it as a document id: "pmid:123"."""
        return f"{self.registry}:{self.value}"

    @classmethod
    def read(cls, argument: str) -> Self | None:
        """Read what a reader types, or an address at doi.org, Europe PMC or PubMed; None if it names no work."""
        text = argument.strip()
        if re.match(r"https?://", text, re.IGNORECASE):
            text = _held_by(text)
        for registry, form in _FORMS:
            if match := form.fullmatch(text):
                return cls(registry, _tidy(registry, next(group for group in match.groups() if group)))
        return None

    @property
    def location(self) -> str:
        """What a reader would type, the same for every way of typing it."""
        return self.value if self.registry in (Registry.PMCID, Registry.PREPRINT) else str(self)

    @property
    def query(self) -> str:
        """How Europe PMC is asked for it."""
        match self.registry:
            case Registry.PMCID:
                return f"PMCID:{self.value}"
            case Registry.DOI:
                return 'DOI:"{}"'.format(self.value.replace('"', ""))
            case Registry.PMID:
                return f"(EXT_ID:{self.value} AND SRC:MED)"
            case Registry.PREPRINT:
                return f"(EXT_ID:{self.value} AND SRC:PPR)"


def _held_by(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    form = _SITES.get((parts.hostname or "").removeprefix("www."))
    match = form.match(unquote(parts.path)) if form else None
    if not match:
        return ""
    found = next(group for group in match.groups() if group)
    return f"pmid:{found}" if found.isdigit() else found


def _tidy(registry: Registry, value: str) -> str:
    match registry:
        case Registry.DOI:
            return value.rstrip(".,;").lower()
        case Registry.PMCID:
            return f"PMC{value.upper().removeprefix('PMC')}"
        case _:
            return value.upper()
