"""Lists, shows and removes documents for the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from assistant.interface.console import one_line, plain, print_json, to_stdout
from corpus.identity import identifiers
from corpus.record import Record

if TYPE_CHECKING:
    from corpus.document import Document
    from corpus.library import Library
    from corpus.rows import DocumentSummary
    from corpus.works import RelatedWork

COLUMNS = ("id", "year", "type", "fidelity", "passages")
LONGEST_CELL = 32
SHORTEST_TITLE = 10
GAP = 2


def list_documents(library: Library, *, as_json: bool) -> None:
    """List the documents, the newest first."""
    summaries = library.documents()
    if as_json:
        print_json([asdict(summary) for summary in summaries])
        return
    console = to_stdout()
    rows = [
        (s.document_id, str(s.year or ""), s.source_type, s.fidelity, str(s.passages), _title(s))
        for s in summaries
    ]
    if console.is_terminal:
        console.print(_table(rows, console.width))
        return
    for row in rows:
        # Rich would set spaces for the tabs that other programs cut at.
        sys.stdout.write("\t".join(plain(cell).plain for cell in row) + "\n")


def _title(summary: DocumentSummary) -> str:
    return f"{'RETRACTED: ' if summary.retracted else ''}{one_line(summary.title)}"


def _table(rows: Sequence[tuple[str, ...]], console_width: int) -> Table:
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold")
    left = console_width
    for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=False):
        width = min(LONGEST_CELL, max(map(len, (name, *column))))
        table.add_column(
            name, overflow="fold", width=width, justify="right" if name == "passages" else "left"
        )
        left -= width + GAP
    # The title alone gives way where the terminal is narrow.
    table.add_column("title", no_wrap=True, overflow="ellipsis", width=max(SHORTEST_TITLE, left - GAP))
    for row in rows:
        table.add_row(*map(plain, row))
    return table


def show_document(library: Library, document_id: str, *, as_json: bool) -> None:
    """Show one document.

    Raises:
        UnknownDocumentError: If the library does not hold it.
    """
    document = library.document(document_id)
    if as_json:
        print_json(_described(library, document))
        return
    console = to_stdout()
    for line in _record(document):
        # Never broken into lines: a terminal opens an address only whole.
        console.print(line, soft_wrap=line.plain == document.record.link)
    console.print()
    console.print(_with_headings(document))


def remove_document(library: Library, document_id: str) -> None:
    """Remove one document and say so.

    Raises:
        UnknownDocumentError: If the library does not hold it.
    """
    with library.writing() as writer:
        writer.remove(document_id)
    to_stdout().print(plain(f"Removed {document_id}."))


def _described(library: Library, document: Document) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "record": document.record.to_csl(),
        "source_type": document.source_type,
        "fidelity": document.fidelity,
        "commercial": document.commercial,
        "retracted": document.retracted,
        "licence": document.licence.name,
        "licence_url": document.licence.url,
        "note": document.note,
        "text_sha256": document.text_sha256,
        "text": document.text,
        "sections": [
            {"heading": s.heading, "path": s.path, "start": s.span.start, "end": s.span.end}
            for s in document.sections
        ],
        "references": [asdict(reference) for reference in document.references],
        "reference_links": [
            {"start": link.span.start, "end": link.span.end, "targets": link.targets}
            for link in document.reference_links
        ],
        "related": [asdict(work) for work in document.related],
        "pages": [asdict(page) for page in document.pages],
        "origin": asdict(library.catalogue.ledger.provenance(document.id)),
        "passages": [
            {"passage_id": p.id, "start": p.span.start, "end": p.span.end}
            for p in (stored.passage for stored in library.passages_of(document.id))
        ],
    }


def _record(document: Document) -> list[Text]:
    record = document.record
    published = " · ".join(filter(None, (record.container_title, str(record.year or ""))))
    kind: list[str] = [document.source_type, document.fidelity]
    kind += ["commercial interest"] if document.commercial else []
    kind += ["RETRACTED"] if document.retracted else []
    licence = " ".join(filter(None, (document.licence.name, document.licence.url)))
    lines = (
        (record.title or document.id, "bold"),
        (", ".join(record.authors), ""),
        (published, ""),
        (" · ".join(kind), "green"),
        (record.link or "", "blue"),
        (f"Licence: {licence}" if licence else "", "dim"),
        (document.note or "", "dim"),
        *((_relation(work), "yellow") for work in document.related),
        (f"References: {len(document.references)}" if document.references else "", "dim"),
    )
    return [plain(words, style) for words, style in lines if words]


def _relation(work: RelatedWork) -> str:
    """Say how another work stands to this one, and where it is."""
    names = identifiers(Record(doi=work.doi, pmid=work.pmid, pmcid=work.pmcid))
    where = ", ".join(names) or work.url or ""
    return f"{work.relation.replace('-', ' ').capitalize()}: {' · '.join(filter(None, (work.title, where)))}"


def _with_headings(document: Document) -> Text:
    """Give the text, its headings set off by style alone: nothing is added to a document's words."""
    text = plain(document.text)
    for section in document.sections:
        if section.heading_span:
            text.stylize("bold", section.heading_span.start, section.heading_span.end)
    return text
