"""DOCX → document: the text of a word processor's file as it is printed, tracked changes accepted.

The XML is walked here: python-docx and mammoth, the libraries for it, inflate without bounds, and leave out tracked
insertions, notes or the numbers of lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.document import Document
from corpus.errors import OriginError
from corpus.record import Issued, Name, Record
from ingest.canonical import fold
from ingest.parsers.docx.package import Package, W
from ingest.parsers.docx.text import DocumentText
from ingest.parsers.metadata import Metadata, title_of
from ingest.parsers.names import name_of

_DC = "{http://purl.org/dc/elements/1.1/}"
_CREATED = "{http://purl.org/dc/terms/}created"
_KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"
_DATE = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})")
# What programs write where nobody has written a name or a title.
_NO_NAMES = frozenset(
    ("python-docx", "microsoft office user", "user", "admin", "administrator", "author", "unknown")
)
_NO_TITLE = re.compile(
    r"(?:word document|document\d*|untitled.*|microsoft word - .*|.*\.docx?)", re.IGNORECASE
)


def parse(data: bytes, fallback_id: str) -> Iterator[Document]:
    """Read one document; comments, deleted text, page headers and footers are left out.

    Args:
        data: The file's bytes.
        fallback_id: The document's identity; its title too if it has none.

    Raises:
        OriginError: The file is no DOCX, is encrypted or damaged, inflates beyond measure, or holds no text.
    """
    package = Package(data)
    text = DocumentText(package)
    body = package.document().find(f"{W}body")
    if body is None:
        raise OriginError("the DOCX file is damaged (it has no body); get it again, or save it anew")
    try:
        text.write(body)
    except RecursionError as error:
        raise OriginError(
            "the DOCX file is nested too deeply for a document; check where the file comes from"
        ) from error
    record = _record(package.core_properties(), text.title)
    yield (
        Metadata()
        .model_copy(update={"record": record})
        .document(
            text.canonical.finish(), fallback_id, title_of(fallback_id), references=tuple(text.references)
        )
    )


def _record(properties: etree._Element | None, printed_title: str) -> Record:
    if properties is None:
        return Record(title=printed_title)
    said = fold(properties.findtext(f"{_DC}title") or "")
    date = _DATE.match(properties.findtext(_CREATED) or "")
    return Record(
        title=printed_title or ("" if _NO_TITLE.fullmatch(said) else said),
        author=tuple(_authors(properties.findtext(f"{_DC}creator") or "")),
        issued=Issued(date_parts=(tuple(map(int, date.groups())),) if date else ()),
        keyword=fold(properties.findtext(_KEYWORDS) or "") or None,
    )


def _authors(creators: str) -> Iterator[Name]:
    for creator in creators.split(";"):
        name = name_of(creator)
        if name and fold(creator).lower() not in _NO_NAMES:
            yield name
