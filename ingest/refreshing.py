"""Asks what has become of the works in a library: retractions, corrections, newer and fuller texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.document import Fidelity
from corpus.library import Library
from corpus.notices import Notice
from ingest.origins.europepmc.finding import Finding
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.europepmc.origins import FoundWork
from ingest.origins.naming import Services
from ingest.origins.original import Origins
from ingest.pipeline import Ingest, Progress, Report


def refresh(
    library: Library, services: Services, progress: Callable[[Progress], None] = lambda _: None
) -> Report:
    """Ask Europe PMC about every work it may know; mark what was retracted or corrected, fetch what is newer.

    Args:
        library: Whose documents are looked up by their DOI, PMID or PMCID.
        services: To be asked anew, so made with `renew`.
        progress: Called after each origin that is fetched.

    Raises:
        OriginError: If the service cannot be asked.
        LibraryLockedError: If another process is writing to the library.
    """
    identified = dict(_identified(library))
    found = services.europepmc.known(identified)
    notices = [
        Notice(str(identifier), finding.known.retracted, finding.known.related)
        for identifier, finding in found.items()
        if finding.known.retracted or finding.known.related
    ]
    newer = _newer(
        library, services, {identified[identifier]: finding for identifier, finding in found.items()}
    )
    return Ingest(library, progress, refetch=True).run(newer, notices)


def _identified(library: Library) -> Iterator[tuple[Identifier, str]]:
    for document_id, names in library.catalogue.ledger.names_of_works().items():
        identifiers = [identifier for name in names if (identifier := Identifier.read(name))]
        if identifiers:
            yield identifiers[0], document_id


def _newer(library: Library, services: Services, found: dict[str, Finding]) -> Origins:
    """Give the works whose text may have changed since it was fetched, or of which there is more now."""
    fidelity = {summary.document_id: summary.fidelity for summary in library.documents()}
    for document_id, finding in found.items():
        was_fetched = library.catalogue.ledger.provenance(document_id).address is not None
        is_fuller = fidelity[document_id] is Fidelity.ABSTRACT and finding.has_full_text
        if was_fetched or is_fuller:
            yield FoundWork(services.europepmc, finding)
