"""Asks what has become of the works in a library: retractions, corrections, newer and fuller texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain

from corpus.document import Fidelity, SourceType
from corpus.identity import identifiers
from corpus.library import Library
from corpus.notices import Notice
from corpus.record import Record
from corpus.works import Relation
from ingest.origins.europepmc.finding import Finding
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.europepmc.origins import FoundWork
from ingest.origins.naming import Services
from ingest.origins.original import Origins
from ingest.origins.web import addressed
from ingest.pipeline import Ingest, Progress, Report


def refresh(
    library: Library, services: Services, progress: Callable[[Progress], None] = lambda _: None
) -> Report:
    """Ask Europe PMC about every work it may know; mark what was retracted or corrected, fetch what is newer.

    Web pages of which it knows nothing are asked for again; their servers say whether they have changed.

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
    known = {identified[identifier]: finding for identifier, finding in found.items()}
    origins = chain(
        _newer(library, services, known),
        _published(services, known.values()),
        _pages(library, services, known),
    )
    return Ingest(library, progress, refetch=True).run(origins, notices)


def _identified(library: Library) -> Iterator[tuple[Identifier, str]]:
    for document_id, names in library.catalogue.ledger.names_of_works().items():
        known = [identifier for name in names if (identifier := Identifier.read(name))]
        if known:
            yield known[0], document_id


def _newer(library: Library, services: Services, found: dict[str, Finding]) -> Origins:
    """Give the works whose text may have changed since it was fetched, or of which there is more now."""
    fidelity = {summary.document_id: summary.fidelity for summary in library.documents()}
    for document_id, finding in found.items():
        was_fetched = library.catalogue.ledger.provenance(document_id).address is not None
        is_fuller = fidelity[document_id] is Fidelity.ABSTRACT and finding.has_full_text
        if was_fetched or is_fuller:
            yield FoundWork(services.europepmc, finding)


def _published(services: Services, found: Iterable[Finding]) -> Origins:
    """Give the open articles that preprints have become since."""
    named: dict[Identifier, None] = {}
    for finding in found:
        if finding.source_type is not SourceType.PREPRINT:
            continue
        for work in finding.known.related:
            if work.relation is Relation.PUBLISHED_AS:
                names = identifiers(Record(doi=work.doi, pmid=work.pmid, pmcid=work.pmcid))
                named.update(
                    (identifier, None) for name in names[:1] if (identifier := Identifier.read(name))
                )
    for article in services.europepmc.known(named).values():
        if article.is_open_access and article.has_full_text:
            yield FoundWork(services.europepmc, article)


def _pages(library: Library, services: Services, found: Collection[str]) -> Origins:
    """Give the web pages among the documents that Europe PMC does not know."""
    locations: dict[str, None] = {}
    for summary in library.documents():
        location = library.catalogue.ledger.provenance(summary.document_id).location or ""
        if summary.document_id not in found and location.startswith(("https://", "http://")):
            locations[location] = None
    for location in locations:
        yield from addressed(services.pages, services.europepmc, location)
