"""JATS XML → documents: the format in which PubMed Central, Europe PMC and most publishers give full texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from corpus.document import Document, Fidelity
from corpus.errors import OriginError
from ingest.parsers.jats.kind import read_source_type
from ingest.parsers.jats.licence import read_licence
from ingest.parsers.jats.limits import note_of_limits
from ingest.parsers.jats.loose import wrap_loose_text
from ingest.parsers.jats.record import read_record
from ingest.parsers.jats.references import read_references
from ingest.parsers.jats.related import is_retracted, read_related
from ingest.parsers.jats.text import build_text
from ingest.parsers.jats.xml import articles_in, make_readable
from ingest.parsers.metadata import Metadata


def parse(data: bytes, fallback_id: str) -> Iterator[Document | OriginError]:
    """Read an article, or all those of an archive's answer (`<pmc-articleset>`, `<articles>`, OAI-PMH).

    Args:
        data: The file's bytes.
        fallback_id: The document's identity if the article states no PMCID, DOI or PMID.

    Raises:
        OriginError: The XML is not well formed or holds no article; or it is one article, and leans on entities that
            are not resolved or holds no text. Of several articles, such a one is yielded as an error.
    """
    articles = articles_in(data)
    if len(articles) == 1:
        yield _document(articles[0], fallback_id)
        return
    for number, article in enumerate(articles, start=1):
        try:
            yield _document(article, f"{fallback_id}-{number}")
        except OriginError as error:
            yield OriginError(f"article {number}: {error}")


def _document(article: etree._Element, fallback_id: str) -> Document:
    make_readable(article)
    wrap_loose_text(article)
    try:
        references = read_references(article)
        canonical = build_text(article, references)
        record = read_record(article)
        source_type = read_source_type(article, record)
        related = read_related(article, source_type)
    except RecursionError as error:
        raise OriginError(
            "the XML is nested too deeply for an article; check where the file comes from"
        ) from error
    body = article.find("body")
    metadata = Metadata(
        source_type=source_type,
        fidelity=Fidelity.ABSTRACT if body is None or not len(body) else Fidelity.FULL_TEXT,
        retracted=is_retracted(article, record, source_type),
        licence=read_licence(article),
    ).model_copy(update={"record": record})
    document = metadata.document(canonical, fallback_id, references=references.entries, related=related)
    return replace(document, note=note_of_limits(article))
