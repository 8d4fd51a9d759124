"""Shows what a passage cites: the entries of the paper's own reference list, with a way to each work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.interface.markup import attributes, shown, web_address
from corpus.document import Document, Span
from corpus.record import Record
from corpus.works import Reference


def cited_works(document: Document, spans: Sequence[Span]) -> str:
    """Show the works that stretches of a document's text cite; nothing if they cite none."""
    cited = list(dict.fromkeys(work for span in spans for work in document.references_in(span)))
    if not cited:
        return ""
    title = "It cites one work" if len(cited) == 1 else f"It cites {len(cited)} works"
    return f'<details class="cites"><summary>{title}</summary>{reference_list(cited)}</details>'


def reference_list(references: Iterable[Reference]) -> str:
    """Show entries of a reference list."""
    return f'<ul class="references">{"".join(map(_entry, references))}</ul>'


def _entry(reference: Reference) -> str:
    label = f'<span class="label">{shown(reference.label)}</span> ' if reference.label else ""
    record = Record(doi=reference.doi, pmid=reference.pmid, pmcid=reference.pmcid, url=reference.url)
    address = web_address(record.doi, record.link)
    to = attributes(href=address, target="_blank", rel="noopener noreferrer") if address else ""
    link = f' <a{to}>Open <span aria-hidden="true">↗</span></a>' if address else ""
    return f"<li>{label}{shown(reference.text)}{link}</li>"
