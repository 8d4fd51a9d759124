"""The reader: a whole document in a dialog, with the quoted words marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from pydantic import BaseModel, ConfigDict

from assistant.interface.kinds import KINDS
from assistant.interface.markup import Noted, attributes, marked, shown, web_address
from assistant.interface.reading.places import Cited, margin, noted
from assistant.interface.references import cited_works, reference_list
from assistant.interface.sources import CHANGED, DIGEST, link, record_line
from assistant.interface.tables import table_markup
from corpus.document import Block, Document, Fidelity, Section, Span
from corpus.errors import UnknownDocumentError
from corpus.library import Library

REMOVED = ("This document is no longer in the library.", "It was removed after the answer was given.")
LINKED = ("This document is not in the library.", "It was removed, or the link was made for another library.")
BEYOND = "The place that the link names is not in this document; it may have changed since."
RETRACTION = '<p class="retraction">This paper was retracted.</p>'
# Filled by `reading/reader.js` when a reader asks for a document.
DIALOG = """
<dialog id="reader" aria-labelledby="reader-title">
  <form method="dialog">
    <button class="close-reader"><span aria-hidden="true">←</span> Back</button>
    <span class="reading" aria-hidden="true"></span>
  </form>
  <div class="reader-body" tabindex="0"></div>
</dialog>
"""


class ContextRequest(BaseModel):
    """What the page asks for when a reader wants a quote in its context.

    Attributes:
        document: Which document.
        sha256: Of the text that was quoted; None where nothing was, as for a link to a place.
        spans: The words that the reader came for.
        number: Their number in the answer, where they have one.
        cited: What the same answer cites from this document, these words too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    sha256: str | None = None
    spans: tuple[tuple[int, int], ...]
    number: int | None = None
    cited: tuple[Cited, ...] = ()


def in_context(library: Library, request: object) -> str:
    """Show a whole document with its quoted words marked, or say that it has changed since it was quoted."""
    asked = ContextRequest.model_validate(request)
    try:
        document = library.document(asked.document)
    except UnknownDocumentError:
        return _told(*(LINKED if asked.sha256 is None else REMOVED))
    if asked.sha256 not in {None, document.text_sha256}:
        return _told(document.record.title, CHANGED)
    quotes = [Span(start, end) for start, end in asked.spans if 0 <= start < end <= len(document.text)]
    page = document_page(document, quotes, noted(asked.cited))
    lost = f'<p class="changed">{BEYOND}</p>' if len(quotes) < len(asked.spans) else ""
    return f'{margin(document, asked.cited, asked.number)}<div class="page">{lost}{page}</div>'


def document_page(document: Document, quotes: Sequence[Span], cited: Sequence[Noted] = ()) -> str:
    """Show a document from its title to its last block.

    Args:
        document: The document.
        quotes: The words that a reader came for.
        cited: The words of an answer's citations, with their numbers.
    """
    usual = Counter(block.read_at for block in document.blocks if block.read_at).most_common(1)
    host = usual[0][0] if usual else None
    pieces = [_head(document, host)]
    sections = iter(document.sections)
    upcoming = next(sections, None)
    quoted = max((quote.end for quote in quotes), default=None)
    for first, end, markup in _shown_blocks(document, quotes, cited, host):
        while upcoming is not None and upcoming.span.start <= first:
            pieces.append(_heading(upcoming))
            upcoming = next(sections, None)
        pieces.append(markup)
        if quoted is not None and quoted <= end:
            pieces.append(cited_works(document, quotes))
            quoted = None
    return "".join([*pieces, _references(document)])


def _shown_blocks(
    document: Document, quotes: Sequence[Span], cited: Sequence[Noted], host: str | None
) -> Iterator[tuple[int, int, str]]:
    """Give where each block stands and how it is shown; the rows of a table are one."""
    for table, held in groupby(document.blocks, key=lambda block: document.table_at(block.span.start)):
        if table:
            markup = table_markup(document, table, list(held), quotes, cited)
            yield table.span.start, table.span.end, markup
        else:
            for block in held:
                words = marked(document, block.span, quotes, cited)
                yield block.span.start, block.span.end, _block(block, words, host)


def _block(block: Block, words: str, host: str | None) -> str:
    read_at = _read_at(block.read_at) if block.read_at and block.read_at != host else ""
    return f"<p{attributes(class_=block.kind)}>{words}{read_at}</p>"


def _references(document: Document) -> str:
    """Show the paper's own reference list, folded away."""
    if not document.references:
        return ""
    title = f"References of this paper ({len(document.references)})"
    return f'<details class="cites"><summary>{title}</summary>{reference_list(document.references)}</details>'


def _read_at(host: str) -> str:
    return f' <small class="read-at">read at {shown(host)}</small>'


def _head(document: Document, host: str | None) -> str:
    record = document.record
    read_at = f", read at {shown(host)} where nothing else is said" if host else ""
    kind = KINDS[document.source_type].one.capitalize()
    warnings = [
        f"A digest: {DIGEST}{read_at}." if document.fidelity is Fidelity.DIGEST else "",
        "The abstract; the library does not hold the full text."
        if document.fidelity is Fidelity.ABSTRACT
        else "",
        "A commercial interest speaks." if document.commercial else "",
        shown(document.note or ""),
    ]
    facts = [
        kind,
        shown(record_line(record.authors, record.container_title, record.year)),
        shown(document.licence.name or ""),
        link(web_address(record.doi, record.url)),
    ]
    return (
        f'{RETRACTION if document.retracted else ""}<h2 id="reader-title">{shown(record.title) or "Untitled"}</h2>'
        f'<p class="record">{" · ".join(filter(None, facts))}</p>'
        f'<p class="note">{" ".join(filter(None, warnings))}</p>'
    )


def _heading(section: Section) -> str:
    level = min(len(section.path) + 2, 6)
    # Some pages have no headings of their own; those that Loccit gives are not the document's words.
    ours = (
        ""
        if section.heading_span
        else attributes(class_="ours", title="Loccit's heading; the page has none here")
    )
    return f"<h{level}{ours}>{shown(section.heading)}</h{level}>"


def _told(title: str, why: str) -> str:
    return f'<h2 id="reader-title">{shown(title)}</h2><p class="changed">{shown(why)}</p>'
