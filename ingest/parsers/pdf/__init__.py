"""PDF → document: the layout's columns, headings, captions, notes and tables, each quotation with its page.

PDFium is not safe across threads and cannot be interrupted: an ingest parses in processes of their own
(`ingest.cutting`), which have one thread, and an end to the time and memory that they may take.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Document
from ingest.parsers.pdf.document import document_of


def parse(data: bytes, fallback_id: str) -> Iterator[Document]:
    """Read one article: its text in reading order, its reference list as records, its pages counted from 1.

    Left out are running heads and feet, the numbers of pages and lines, notices on every page, turned text and
    what is not shown.

    Args:
        data: The file's bytes.
        fallback_id: The document's identity if the article states no DOI; its title too if none is plain.

    Raises:
        OriginError: It is no PDF, is cut off, damaged or locked, a scan without text, in fonts without letters, or
            larger than any article.
    """
    yield document_of(data, fallback_id)
