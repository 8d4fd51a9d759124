"""References in plain words: who, what, where, when, and what a reader should know of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from assistant.answer import Citation
from assistant.bibliography.fields import verbatim
from assistant.bibliography.work import Work
from assistant.citing import escaped
from corpus.document import Fidelity

# Authors that a reference names before "et al.".
AUTHORS_NAMED = 3


def in_words(citation: Citation) -> str:
    """Write a reference in plain words: who, what, where, when, which part, and what a reader should know."""
    title = citation.title or citation.document_id
    return _joined(_parts(citation, title))


def in_markdown(citation: Citation) -> str:
    """Write a reference in plain words, as Markdown, with its address."""
    address = address_of(citation)
    return escaped(in_words(citation)) + (f" <{address}>" if address else "")


def listed(work: Work) -> str:
    """Write a work as an entry of a reference list, as Markdown, with its address."""
    record = work.record
    published = ", ".join(filter(None, (record.container_title, str(record.year or ""))))
    cautions = "RETRACTED" if work.retracted else ""
    parts = (_signed(record.authors), record.title or work.document_id, published, cautions)
    address = f" <{verbatim(record.link)}>" if record.link else ""
    return escaped(_joined(parts)) + address


def address_of(citation: Citation) -> str | None:
    """Give where a reader finds a work: nothing but the web, and nothing that ends a Markdown link early."""
    if citation.doi:
        return f"https://doi.org/{quote(citation.doi, safe='/().;:-_')}"
    if citation.url and re.match(r"https?://", citation.url):
        return quote(citation.url, safe="/().;:-_?&=#%~+,@!$'*[]")
    return None


def _parts(citation: Citation, title: str) -> Iterable[str]:
    yield _signed(citation.authors)
    yield title
    yield ", ".join(filter(None, (citation.container_title, str(citation.year or ""))))
    yield ", ".join(
        filter(None, (" › ".join(citation.section), f"page {citation.page}" if citation.page else ""))
    )
    yield ", ".join(_cautions(citation))


def _signed(authors: Sequence[str]) -> str:
    shown = ", ".join(authors[:AUTHORS_NAMED])
    return f"{shown} et al" if len(authors) > AUTHORS_NAMED else shown


def _joined(parts: Iterable[str]) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _cautions(citation: Citation) -> Iterable[str]:
    if citation.retracted:
        yield "RETRACTED"
    yield citation.source_type.value.replace("-", " ")
    if citation.fidelity is not Fidelity.FULL_TEXT:
        yield citation.fidelity.value
    if citation.commercial:
        yield "commercial interest"
