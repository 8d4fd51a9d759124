"""The panel beside the chat: the sources of an answer, every number with the words that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

from assistant.answer import Answer, Citation
from assistant.comparing.export import as_csv, as_markdown
from assistant.interface.kinds import KINDS, counted
from assistant.interface.library.originals import original_link
from assistant.interface.markup import attributes, host_of, marked, shown, web_address
from assistant.interface.reading.support import Support, support_of_answer, support_tags
from assistant.interface.references import cited_works
from corpus.document import Document, Fidelity, SourceType, Span
from corpus.errors import UnknownDocumentError
from corpus.library import Library

DIGEST = "Loccit's own statements about this paper, not its words"
CHANGED = "This source has changed since the answer was given. Ask again to see its present words."
GONE = "This source is no longer in the library."
NEAREST = "Nearest in the library, not an answer"
AUTHORS_NAMED = 3
# A passage is up to some 1,000 characters; around its quotes this much is read at a glance, "In context" has the rest.
CONTEXT = 260
LONGEST_NAME = 80


def sources_column(panels: Sequence[str]) -> str:
    """Show the panel of the newest answer; the earlier ones stay in the page for their answers' chips."""
    opened = (
        panel.replace("<section", "<section hidden", 1) if place < len(panels) else panel
        for place, panel in enumerate(panels, 1)
    )
    bar = '<div class="bar"><button class="close-sources" type="button">Close sources</button></div>'
    return bar + "".join(opened)


def sources_panel(library: Library, answer: Answer, turn: int | str) -> str:
    """Show what an answer cites or, where there is none, what came nearest in the library.

    Args:
        library: Holds the cited documents.
        answer: The answer.
        turn: The answer's place in the conversation, or the view that it stands in; ids in the page are unique by it.
    """
    number = len(source_ids(answer.citations))
    if answer.abstention:
        cards = source_cards(library, answer.citations, str(turn), support_of_answer(answer))
        nearest = source_cards(library, answer.abstention.nearest, f"{turn}-nearest", numbered=False)
        if cards and nearest:
            cards += "<h2>Nearest in the library</h2>"
        kind, heading = "answer-sources nearest", f"Sources of this ({number})" if number else NEAREST
        cards += nearest
        if not cards:
            heading = "No sources"
    else:
        what = "comparison" if answer.comparison else "answer"
        kind, heading = "answer-sources", f"Sources of this {what} ({number})"
        cards = source_cards(library, answer.citations, str(turn), support_of_answer(answer))
    named = attributes(class_=kind, id=f"sources-{turn}", **_to_take_along(answer))
    return (
        f'<section{named}><h2 tabindex="-1">{heading}</h2><p class="asked">{shown(answer.question)}</p>'
        f"{cards}</section>"
    )


def source_cards(
    library: Library,
    citations: Sequence[Citation],
    key: str,
    support: Support | None = None,
    *,
    numbered: bool = True,
) -> str:
    """Show documents, each with every passage that is cited from it.

    Args:
        library: Holds the cited documents.
        citations: The passages.
        key: Tells their ids from those of the page's other panels.
        support: What each number does for what cites it.
        numbered: Whether the numbers mean anything to the reader.
    """
    return "".join(
        _card(library, list(group), key, support or {}, numbered=numbered)
        for _, group in groupby(_by_document(citations), key=lambda citation: citation.document_id)
    )


def source_ids(citations: Iterable[Citation]) -> list[str]:
    """Name the cited documents, each once, in the order of their first number."""
    return list(dict.fromkeys(citation.document_id for citation in citations))


def held_panel(library: Library) -> str:
    """Show, before the first question, what the library holds."""
    documents = library.documents()
    kinds = "".join(
        f'<li><span class="tag {KINDS[kind].colour}">{words}</span></li>'
        for kind, words in counted(document.source_type for document in documents)
    )
    digests = sum(document.fidelity is Fidelity.DIGEST for document in documents)
    note = (
        f"<p>{digests} of them are <em>digests</em>: Loccit's own statements about a paper, with a link to it, "
        "not the paper's words.</p>"
    )
    return (
        '<section class="held"><h2>In this library</h2>'
        f'<ul class="tags">{kinds}</ul>{note if digests else ""}'
        "<p>Every statement of an answer carries a number. Choose one, and the passage that it rests on "
        "appears here with the quoted words <mark>marked</mark>; choose it again for the whole document. What the "
        "library does not say, Loccit does not answer.</p></section>"
    )


class Described(Protocol):
    """What tags say of a source: a citation, or a document of the list."""

    @property
    def source_type(self) -> SourceType:
        """What kind of source it is."""

    @property
    def fidelity(self) -> Fidelity:
        """How much of it the library holds."""

    @property
    def commercial(self) -> bool:
        """Whether a commercial interest speaks."""

    @property
    def retracted(self) -> bool:
        """Whether it was retracted."""

    @property
    def note(self) -> str | None:
        """A limit of the record that a reader should know."""


def tags(source: Described, read_at: Sequence[str] = ()) -> str:
    """Say what kind of source speaks, and what a reader should know before trusting it."""
    kind = KINDS[source.source_type]
    pieces = [tag(kind.one.capitalize(), kind.colour)]
    if source.retracted:
        pieces.insert(0, tag("Retracted", "retracted"))
    if source.commercial:
        pieces.append(tag("Commercial interest", "web", source.note or ""))
    if source.fidelity is Fidelity.DIGEST:
        read = f" · read at {', '.join(map(shown, read_at))}" if read_at else ""
        pieces.append(tag(f"Digest{read}", "plain", DIGEST))
    elif source.fidelity is Fidelity.ABSTRACT:
        pieces.append(tag("Abstract", "plain", "The library holds this paper's abstract, not its full text"))
    return "".join(pieces)


def tag(words: str, colour: str, title: str = "") -> str:
    """Give one tag; its words are markup already."""
    explained = attributes(title=title) if title else ""
    return f'<span class="tag {colour}"{explained}>{words}</span>'


def record_line(authors: Sequence[str], container_title: str | None, year: int | None) -> str:
    """Write who published what where and when, with the first three of many authors."""
    named = ", ".join([*authors[:AUTHORS_NAMED], *(["…"] if len(authors) > AUTHORS_NAMED else [])])
    return " · ".join(part for part in (named, container_title, str(year or "")) if part)


def short_reference(citation: Citation) -> str:
    """Name a source as a text does: "Marin et al., 2024"; where nobody signs, by its journal, site or title."""
    first, *others = citation.authors or (citation.container_title or citation.title or citation.document_id,)
    return ", ".join(filter(None, (f"{first} et al." if others else first, str(citation.year or ""))))


def link(address: str | None) -> str:
    """Link to the work itself, named by the host on which it lies."""
    if address is None:
        return ""
    to = attributes(href=address, target="_blank", rel="noopener noreferrer")
    return f'<a{to}>{shown(host_of(address))} <span aria-hidden="true">↗</span></a>'


def in_context_button(citation: Citation, marked_spans: Iterable[Span], key: str | None = None) -> str:
    """Give the way into the whole cited document, at the words that are marked there.

    Args:
        citation: Cites the document.
        marked_spans: The words.
        key: Of the panel whose other citations are shown beside the document; None if numbers mean nothing.
    """
    asked = attributes(
        data_document=citation.document_id,
        data_sha256=citation.text_sha256,
        data_spans=" ".join(f"{span.start}-{span.end}" for span in marked_spans),
    )
    if key is not None:
        asked += attributes(data_panel=f"sources-{key}", data_number=citation.number)
    return f'<button type="button" class="in-context"{asked}>In context</button>'


def passage_span(citation: Citation) -> Span:
    """Read where the cited passage stands out of its identity, `document_id@start-end`."""
    start, end = citation.passage_id.rpartition("@")[2].split("-")
    return Span(int(start), int(end))


def unchanged(library: Library, citation: Citation) -> Document | None:
    """Give the cited document, or None if it is gone or its text is another now."""
    try:
        document = library.document(citation.document_id)
    except UnknownDocumentError:
        return None
    return document if document.text_sha256 == citation.text_sha256 else None


def _lost(library: Library, citation: Citation) -> str:
    """Say why a cited passage cannot be shown: its document is gone, or says something else now."""
    try:
        library.document(citation.document_id)
    except UnknownDocumentError:
        return GONE
    return CHANGED


def _by_document(citations: Sequence[Citation]) -> list[Citation]:
    order = {document_id: place for place, document_id in enumerate(source_ids(citations))}
    return sorted(citations, key=lambda citation: (order[citation.document_id], citation.number))


def _card(
    library: Library, citations: Sequence[Citation], key: str, support: Support, *, numbered: bool
) -> str:
    """Show one document with every passage that is cited from it."""
    first = citations[0]
    alone = len(citations) == 1
    badge = _badge(first.number) if numbered and alone else ""
    note = f'<p class="note">{shown(first.note)}</p>' if first.note else ""
    whole = tag("Full text", "plain") if first.fidelity is Fidelity.FULL_TEXT else ""
    licence = f'<span class="licence">{shown(first.licence)}</span>' if first.licence else ""
    cited = [
        _cited(library, one, key, support, is_numbered=numbered, has_badge=not alone) for one in citations
    ]
    return (
        f'<article class="card{" retracted" if first.retracted else ""}"><div class="head">{badge}'
        f"<h3>{shown(first.title) or 'Untitled'}</h3></div>"
        f'<p class="record">{shown(record_line(first.authors, first.container_title, first.year))}</p>'
        f'<p class="tags">{tags(first, first.read_at)}{whole}{licence}</p>{"".join(cited)}{note}</article>'
    )


def _badge(number: int) -> str:
    return f'<span class="number"><span class="sr">Source </span>{number}</span>'


def _cited(
    library: Library, citation: Citation, key: str, support: Support, *, is_numbered: bool, has_badge: bool
) -> str:
    """Show one number: where it stands, its words, what they do for the answer, and the way into the document."""
    document = unchanged(library, citation)
    where = [" › ".join(map(shown, citation.section)), f"page {citation.page}" if citation.page else ""]
    badge = _badge(citation.number) if is_numbered and has_badge else ""
    section = badge + " · ".join(filter(None, where))
    place = f'<p class="section">{section}</p>' if section else ""
    quotes = [Span(quote.start, quote.end) for quote in citation.quotes]
    if document is None:
        words = f'<p class="changed">{_lost(library, citation)}</p>'
        context = cites = original = ""
    else:
        words = f"<blockquote>{_passage(document, passage_span(citation), quotes)}</blockquote>"
        cites = cited_works(document, quotes)
        original = original_link(library, document.id, citation.page)
        context = in_context_button(
            citation, quotes or [passage_span(citation)], key if is_numbered else None
        )
    address = link(web_address(citation.doi, citation.url))
    does = support_tags(support.get(citation.number, ())) if is_numbered else ""
    named = attributes(role="group", aria_label=f"Source {citation.number}") if is_numbered else ""
    return (
        f'<div class="cited" id="cite-{key}-{citation.number}" tabindex="-1"{named}>{place}{words}{cites}'
        f'<p class="foot">{context}{original}{address}{does}</p></div>'
    )


def _passage(document: Document, passage: Span, quotes: Sequence[Span]) -> str:
    """Show a passage with its quotes marked, cut at words where it goes on far beyond them."""
    first = min((quote.start for quote in quotes), default=passage.start)
    last = max((quote.end for quote in quotes), default=passage.end)
    start, end = min(first, passage.start), max(last, passage.end)
    before = after = ""
    if first - start > CONTEXT:
        start = max(document.text.find(" ", first - CONTEXT, first) + 1, first - CONTEXT)
        before = "… "
    if end - last > CONTEXT:
        cut = document.text.rfind(" ", last, last + CONTEXT)
        end = cut if cut > last else last + CONTEXT
        after = " …"
    return before + marked(document, Span(start, end), quotes) + after


def _to_take_along(answer: Answer) -> dict[str, str]:
    """Give what the page copies or saves: the references of an answer, or a comparison as a whole."""
    if answer.comparison is None:
        return {"data_references": "\n".join(map(_reference, answer.citations))}
    name = re.sub(r"[^\w-]+", "-", " vs ".join(answer.comparison.subjects)).strip("-")
    return {
        "data_markdown": as_markdown(answer),
        "data_csv": as_csv(answer),
        "data_file": f"{name[:LONGEST_NAME] or 'comparison'}.csv",
    }


def _reference(citation: Citation) -> str:
    """Write a citation in plain words, for a copied answer."""
    record = record_line(citation.authors, citation.container_title, citation.year)
    address = web_address(citation.doi, citation.url)
    retracted = "RETRACTED: " if citation.retracted else ""
    return f"[{citation.number}] {retracted}" + ". ".join(
        part for part in (citation.title, record, address) if part
    )
