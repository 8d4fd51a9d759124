"""JATS XML → document: the format in which PubMed Central, Europe PMC and most publishers give full texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.document import Document, Fidelity
from corpus.errors import OriginError
from ingest.parsers.jats_licence import read_licence
from ingest.parsers.jats_record import is_retracted, read_record, read_source_type
from ingest.parsers.jats_text import build_text
from ingest.parsers.metadata import Metadata


def parse(data: bytes, fallback_id: str) -> Iterator[Document]:
    """Read one article: abstracts, body and back matter; reference lists and table bodies are left out.

    Args:
        data: The file's bytes.
        fallback_id: The document's identity if the article states no PMCID, DOI or PMID.

    Raises:
        OriginError: The XML is not well formed, is no article, leans on entities that are not resolved, or
            holds no text.
    """
    article = _article(data)
    try:
        canonical = build_text(article)
        body = article.find("body")
        metadata = Metadata(
            source_type=read_source_type(article),
            fidelity=Fidelity.ABSTRACT if body is None or not len(body) else Fidelity.FULL_TEXT,
            retracted=is_retracted(article),
            licence=read_licence(article),
        )
        record = read_record(article)
    except RecursionError as error:
        raise OriginError(
            "the XML is nested too deeply for an article; check where the file comes from"
        ) from error
    yield metadata.model_copy(update={"record": record}).document(canonical, fallback_id)


def _article(data: bytes) -> etree._Element:
    # A new parser each time: lxml's may not be shared by threads. Nothing outside the file is ever read.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = re.sub(r"\W*line \d+, column \d+$", "", error.msg)
        raise OriginError(
            f"line {error.lineno or 1}: the XML is not well formed ({reason}); download the file again"
        ) from error
    if root is None or root.tag != "article":
        found = "empty" if root is None else f"<{etree.QName(root).localname}>"
        raise OriginError(
            f"line 1: the XML is {found}, not a JATS <article>; give the article's own full text file"
        )
    return root
