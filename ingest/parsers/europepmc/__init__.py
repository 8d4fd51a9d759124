"""A result of Europe PMC's search → document: the abstract, for a work whose full text is not open."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from corpus.document import Document, Fidelity, SectionRole
from corpus.errors import OriginError
from ingest.canonical import Canonical, CanonicalText
from ingest.parsers.europepmc.markup import stretches
from ingest.parsers.europepmc.record import is_retracted, licence_of, record_of, related_of, source_type_of
from ingest.parsers.europepmc.result import Result
from ingest.parsers.marks import plain_pieces
from ingest.parsers.metadata import Metadata, in_one_line


def parse(data: bytes, fallback_id: str) -> Iterator[Document]:
    """Read one result, as the service's JSON.

    Args:
        data: The JSON object of one work.
        fallback_id: The document's identity if the work has no PMCID, DOI or PMID.

    Raises:
        OriginError: It is no such result, or it has no abstract.
    """
    try:
        result = Result.model_validate_json(data)
    except ValidationError as error:
        raise OriginError(
            f"this is no result of Europe PMC ({in_one_line(error)}); download it again"
        ) from error
    if not result.abstract.strip():
        raise OriginError("Europe PMC has no abstract of this work; ingest a file of its full text")
    metadata = Metadata(
        source_type=source_type_of(result),
        fidelity=Fidelity.ABSTRACT,
        retracted=is_retracted(result),
        licence=licence_of(result),
    ).model_copy(update={"record": record_of(result)})
    yield metadata.document(_canonical(result.abstract), fallback_id, related=related_of(result))


def _canonical(abstract: str) -> Canonical:
    canonical = CanonicalText()
    in_section = False
    for stretch in stretches(abstract):
        if stretch.is_heading:
            if in_section:
                canonical.close_section()
            canonical.open_section(stretch.text, SectionRole.ABSTRACT)
            in_section = True
        else:
            canonical.add_block(plain_pieces(stretch.text))
    return canonical.finish()
