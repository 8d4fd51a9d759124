"""Works in Europe PMC as origins: one by its name, or all that a query finds."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import OriginError
from ingest.origins.europepmc import ANYTHING, EuropePMC, Filter
from ingest.origins.europepmc.finding import Finding
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.http import NotThereError
from ingest.origins.original import Original, Origins, Unreadable

ABSTRACT_SUFFIX = ".europepmc"
"""Ending of a result's JSON, for the parser of abstracts."""


@dataclass(frozen=True, slots=True)
class FoundWork:
    """A work that a search has found; all but its text is known."""

    service: EuropePMC
    finding: Finding

    @property
    def location(self) -> str:
        """The name by which it can be asked for."""
        return self.finding.location

    @property
    def is_remote(self) -> bool:
        """It is."""
        return True

    @property
    def works(self) -> tuple[str, ...]:
        """All its names."""
        return self.finding.works

    def read(self) -> Original:
        """Fetch its full text if that is open, else take its abstract."""
        return original(self.service, self.finding)


@dataclass(frozen=True, slots=True)
class NamedWork:
    """A work that a reader has named, to be had if it is wanted."""

    service: EuropePMC
    identifier: Identifier
    wanted: Filter = ANYTHING

    @property
    def location(self) -> str:
        """Its name."""
        return self.identifier.location

    @property
    def is_remote(self) -> bool:
        """It is."""
        return True

    @property
    def works(self) -> tuple[str, ...]:
        """The one name that is known before the service is asked."""
        return (str(self.identifier),)

    def read(self) -> Original:
        """Look it up, then fetch its full text if that is open, else take its abstract."""
        finding = self.service.find(self.identifier)
        if finding is None:
            raise OriginError(
                "Europe PMC knows no such work; check the number, or ingest a file or an address"
            )
        if refusal := self.wanted.refusal(finding):
            raise OriginError(refusal)
        return original(self.service, finding)


def identified(service: EuropePMC, argument: str, wanted: Filter = ANYTHING) -> Origins:
    """Give the work that a reader names: "PMC123", "doi:10.1000/x", "10.1000/x", "pmid:123", an address of one."""
    identifier = Identifier.read(argument)
    if identifier:
        yield NamedWork(service, identifier, wanted)
    else:
        yield Unreadable(argument, "this names no work; give PMC123, doi:10.1000/x or pmid:123")


def queried(service: EuropePMC, query: str, limit: int, wanted: Filter | None = None) -> Origins:
    """Give the first works that a query finds, page by page as they are asked for.

    Args:
        service: Where to search.
        query: In Europe PMC's language; plain words will do.
        limit: Works at most.
        wanted: Which of them; those of open access, unless given.
    """
    is_empty = True
    try:
        for result in service.results(query, limit, wanted):
            is_empty = False
            if isinstance(result, OriginError):
                yield Unreadable(query, str(result))
            else:
                yield FoundWork(service, result)
    except OriginError as error:
        yield Unreadable(query, str(error), breaks_off=True)
    else:
        if is_empty:
            yield Unreadable(query, "Europe PMC finds nothing for it; try other words or fewer conditions")


def original(service: EuropePMC, finding: Finding) -> Original:
    """Give a work's full text if it is open, else its abstract.

    A full text that cannot be had now is an error: the abstract in its place would stay.

    Raises:
        OriginError: There is neither, or the service cannot be asked.
    """
    if finding.full_text_id:
        try:
            answer = service.full_text(finding.full_text_id)
        except NotThereError:
            # Publishers withdraw texts, and the index of the search lags behind.
            pass
        else:
            return Original(
                answer.data, ".xml", finding.fallback_id, finding.known, answer.address, keep=True
            )
    if not finding.has_abstract:
        raise OriginError(
            "Europe PMC has neither an open full text nor an abstract of it; ingest a file of its full text"
        )
    address = service.address_of(finding)
    return Original(finding.data, ABSTRACT_SUFFIX, finding.fallback_id, address=address, keep=True)
