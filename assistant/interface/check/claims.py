"""Shows what came of a check: each claim with its verdict, why, and the sentences that decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import Checked, Citation, Claim, ClaimQuote, SetAside, Verdict
from assistant.interface.answering.statements import chip, kinds_of
from assistant.interface.chat import took
from assistant.interface.check.verdicts import VERDICTS, tally
from assistant.interface.markup import marked, shown
from assistant.interface.sources import (
    CHANGED,
    in_context_button,
    short_reference,
    source_cards,
    source_ids,
    unchanged,
)
from assistant.interface.tables import table_markup
from corpus.document import Document, Span
from corpus.library import Library

KEY = "check"
_SIDES = {
    Verdict.SUPPORTED: "For",
    Verdict.CONTRADICTED: "Against",
    Verdict.PARTIAL: "In part",
    Verdict.NOT_FOUND: "Nearest",
}
MARKUP_LEFT_OUT = "The text held markup; its words alone were checked."


def checked_claims(library: Library, checked: Checked, *, markup_left_out: bool = False) -> str:
    """Show the claims of a text.

    Args:
        library: Holds the cited documents.
        checked: What came of the check.
        markup_left_out: Whether the pasted text held HTML or Markdown.
    """
    heading = (
        tally(claim.verdict for claim in checked.claims)
        if checked.claims
        else "There is no claim in this text"
    )
    notes = [*([MARKUP_LEFT_OUT] if markup_left_out else []), *checked.notes]
    citations = {citation.number: citation for citation in checked.citations}
    how = " ".join(
        [
            f"Held against {_where(library, checked.document_id)}.",
            shown(checked.method),
            *map(shown, notes),
            took(checked.timings_ms.total),
        ]
    )
    return (
        f'<h2 tabindex="-1">{heading}</h2>{"".join(_claim(library, claim, citations) for claim in checked.claims)}'
        f'{_set_aside(checked.set_aside)}<p class="how">{how}</p>'
    )


def checked_sources(library: Library, checked: Checked) -> str:
    """Show the sources that decided, every number with the words that it quotes."""
    heading = f"Sources of this check ({len(source_ids(checked.citations))})"
    cards = source_cards(library, checked.citations, KEY)
    empty = '<p class="none">No source says anything for or against this.</p>'
    return (
        f'<section class="answer-sources" id="sources-{KEY}"><h2 tabindex="-1">{heading}</h2>'
        f"{cards or empty}</section>"
    )


def _where(library: Library, document_id: str | None) -> str:
    if document_id is None:
        return "all sources of the library"
    return f"one source only, “{shown(library.document(document_id).record.title) or shown(document_id)}”"


def _claim(library: Library, claim: Claim, citations: Mapping[int, Citation]) -> str:
    said = VERDICTS[claim.verdict]
    reasons = "".join(f"<li>{shown(reason)}</li>" for reason in claim.reasons)
    sides = "".join(
        _side(library, name, [quote for quote in claim.quotes if quote.verdict is verdict], citations)
        for verdict, name in _SIDES.items()
    )
    return (
        f'<article class="claim {said.colour}"><p class="verdict {said.colour}">'
        f'<span class="mark" aria-hidden="true">{said.mark}</span> {said.word}</p>'
        f"<h3>{shown(claim.text)}</h3>{f'<ul class=reasons>{reasons}</ul>' if reasons else ''}{sides}</article>"
    )


def _side(
    library: Library, name: str, quotes: Sequence[ClaimQuote], citations: Mapping[int, Citation]
) -> str:
    if not quotes:
        return ""
    shown_quotes = "".join(_quote(library, quote, citations[quote.citation]) for quote in quotes)
    return f'<section class="side"><h4>{name}</h4>{shown_quotes}</section>'


def _quote(library: Library, quote: ClaimQuote, citation: Citation) -> str:
    """Show a deciding sentence as the document has it, with the deciding words marked."""
    document = unchanged(library, citation)
    span = Span(quote.start, quote.end)
    if document is None:
        words, context = f'<p class="changed">{CHANGED}</p>', ""
    else:
        words = _words(document, span, _joined(document.text, quote))
        context = in_context_button(citation, [span])
    return (
        f'<div class="deciding">{words}<p class="foot">{chip(quote.citation, KEY)} '
        f'<span class="by">{shown(short_reference(citation))}</span> <span class="kinds">{kinds_of([citation])}</span>'
        f"{context}</p></div>"
    )


def _words(document: Document, span: Span, deciding: Sequence[Span]) -> str:
    """Show a sentence; a row of a table stands under its header."""
    table = document.table_at(span.start)
    if table is None:
        return f"<blockquote>{marked(document, span, deciding)}</blockquote>"
    rows = [
        block
        for block in document.blocks
        if block.span.overlaps(span) or (table.header and table.header.contains(block.span))
    ]
    caption = f'<p class="caption">{marked(document, table.caption, ())}</p>' if table.caption else ""
    return caption + table_markup(document, table, rows, deciding)


def _joined(text: str, quote: ClaimQuote) -> list[Span]:
    """Give the deciding words; those that only a space or a hyphen parts are one, as a hand would mark them."""
    joined: list[Span] = []
    for extract in quote.marked:
        if joined and text[joined[-1].end : extract.start] in ("", " ", "-"):
            joined[-1] = Span(joined[-1].start, extract.end)
        else:
            joined.append(Span(extract.start, extract.end))
    return joined


def _set_aside(parts: Sequence[SetAside]) -> str:
    """Name what was pasted but is no claim, and why."""
    if not parts:
        return ""
    items = "".join(f"<li><q>{shown(part.text)}</q> {shown(part.reason)}</li>" for part in parts)
    return f'<section class="set-aside"><h3>Not checked</h3><ul>{items}</ul></section>'
