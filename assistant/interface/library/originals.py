"""Gives readers the kept originals of documents, so that none of them can act on the page's behalf."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.responses import FileResponse, Response

from assistant.interface.markup import attributes
from corpus.document import Document
from corpus.errors import OriginError
from corpus.library import Library

ORIGINAL_PATH = "library/original"

# What fetched and uploaded pages may do: be shown. A sandbox without rights has an origin of its own and no scripts.
_CAGED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_PDF = ".pdf"
_PAGES = (".html", ".htm", ".xhtml")
_WORD = ".docx"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST_NAME = 80


def original_response(library: Library, document_id: str) -> Response:
    """Give the kept copy of what a document was made from.

    Only the catalogue's own name of the copy leads to a file; the reader names no more than the document.

    Raises:
        UnknownDocumentError: If the library does not hold the document.
        OriginError: If no copy is kept, or it is gone.
    """
    document = library.document(document_id)
    name = library.catalogue.ledger.provenance(document_id).original
    path = library.originals.path(name) if name else None
    if path is None:
        raise OriginError(
            f"Loccit keeps no copy of what {document_id} was made from. Open its address instead."
        )
    suffix = path.suffix.lower()
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Content-Disposition": _disposition(document, suffix),
    }
    # Browsers show no PDF in a sandbox; their viewers run a PDF's own scripts, if at all, apart from every page.
    if suffix != _PDF:
        headers["Content-Security-Policy"] = _CAGED
    return FileResponse(path, media_type=_media_type(suffix), headers=headers)


def original_link(library: Library, document_id: str, page: int | None) -> str:
    """Link to the kept original of a document, a PDF's at the page that is cited; nothing if none is kept."""
    name = library.catalogue.ledger.provenance(document_id).original
    if name is None:
        return ""
    at = f"#page={page}" if page and name.lower().endswith(_PDF) else ""
    address = f"{ORIGINAL_PATH}?{urlencode({'document': document_id})}{at}"
    to = attributes(class_="original", href=address, target="_blank", rel="noopener")
    return f"<a{to}>Original{f', page {page}' if at else ''}</a>"


def _media_type(suffix: str) -> str:
    if suffix == _PDF:
        return "application/pdf"
    if suffix == _WORD:
        return _WORD_TYPE
    # XML too is shown as its text: a style sheet that it names could turn it into any page.
    return "text/html" if suffix in _PAGES else "text/plain; charset=utf-8"


def _disposition(document: Document, suffix: str) -> str:
    kind = "attachment" if suffix == _WORD else "inline"
    title = (document.record.title or document.id)[:_LONGEST_NAME].strip()
    return f"{kind}; filename*=UTF-8''{quote(title + suffix, safe='')}"
