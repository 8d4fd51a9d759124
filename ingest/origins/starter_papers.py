"""The papers behind the starter corpus's digests: their full texts, where their licences allow a copy."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import OriginError
from corpus.identity import identifiers
from ingest.origins.asking import Asked, Kind
from ingest.origins.europepmc import ANYTHING, Filter
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.europepmc.origins import ABSTRACT_SUFFIX, FoundWork
from ingest.origins.naming import Services
from ingest.origins.original import Listings, Original, Origins, Unreadable
from ingest.origins.starter import LOCATION
from ingest.parsers.starter import digests


@dataclass(frozen=True, slots=True)
class OpenPaper(FoundWork):
    """The open full text of a paper that the starter corpus has a digest of."""

    def read(self) -> Original:
        """Fetch it; an abstract would say less than the digest that it took the place of.

        Raises:
            OriginError: It cannot be had.
        """
        original = FoundWork.read(self)
        if original.suffix == ABSTRACT_SUFFIX:
            raise OriginError("Europe PMC gives no full text of it any more; the digest stays")
        return original


def starter_full_texts(services: Services, wanted: Filter = ANYTHING) -> Listings:
    """Give the papers whose full texts are open and wanted. The digests of all others stay as they are."""
    yield from Asked.of(Kind.STARTER, "", wanted).whole(_full_texts(services, wanted))


def _full_texts(services: Services, wanted: Filter) -> Origins:
    named = [Identifier.read(next(iter(identifiers(digest.record)), "")) for digest in digests()]
    try:
        found = services.europepmc.known(identifier for identifier in named if identifier)
    except OriginError as error:
        yield Unreadable(f"{LOCATION} --full-text", str(error), breaks_off=True)
        return
    for finding in found.values():
        if finding.is_open_access and finding.has_full_text and wanted.admits(finding):
            yield OpenPaper(services.europepmc, finding)
