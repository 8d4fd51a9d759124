"""Shows what came of a check: each claim with its verdict, why, and the sentences that decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import (
    Checked,
    Citation,
    Claim,
    ClaimQuote,
    DivergenceKind,
    Extract,
    SetAside,
    Verdict,
)
from assistant.interface.answering.statements import chip, kinds_of
from assistant.interface.chat import took
from assistant.interface.check.verdicts import VERDICTS, tally
from assistant.interface.markup import marked, shown
from assistant.interface.reading.support import support_of_check
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
_DIFFERS = {
    DivergenceKind.NUMBER: "Number",
    DivergenceKind.NEGATION: "Negation",
    DivergenceKind.DIRECTION: "Direction",
    DivergenceKind.NAME: "Name",
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
    claims = "".join(
        _claim(library, claim, citations, number) for number, claim in enumerate(checked.claims, 1)
    )
    return (
        f'<h2 tabindex="-1">{heading}</h2>{_underlined(checked)}{claims}'
        f'{_set_aside(checked.set_aside)}<p class="how">{how}</p>'
    )


def checked_sources(library: Library, checked: Checked) -> str:
    """Show the sources that decided, every number with the words that it quotes."""
    heading = f"Sources of this check ({len(source_ids(checked.citations))})"
    cards = source_cards(library, checked.citations, KEY, support_of_check(checked))
    empty = '<p class="none">No source says anything for or against this.</p>'
    return (
        f'<section class="answer-sources" id="sources-{KEY}"><h2 tabindex="-1">{heading}</h2>'
        f"{cards or empty}</section>"
    )


def _where(library: Library, document_id: str | None) -> str:
    if document_id is None:
        return "all sources of the library"
    return f"one source only, “{shown(library.document(document_id).record.title) or shown(document_id)}”"


def _underlined(checked: Checked) -> str:
    """Show the whole text, each claim underlined by its verdict and leading to it; nothing for a single claim."""
    if len(checked.claims) <= 1:
        return ""
    pieces = []
    at = 0
    for number, claim in enumerate(checked.claims, 1):
        said = VERDICTS[claim.verdict]
        pieces += [
            shown(checked.text[at : claim.start]),
            f'<a href="#claim-{number}" class="underlined {said.colour}">{shown(claim.text)}'
            f'<span class="sr"> ({said.word})</span></a>'
            f'<span class="glyph {said.colour}" aria-hidden="true">{said.mark}</span>',
        ]
        at = claim.end
    return f'<p class="pasted">{"".join(pieces)}{shown(checked.text[at:])}</p>'


def _claim(library: Library, claim: Claim, citations: Mapping[int, Citation], number: int) -> str:
    said = VERDICTS[claim.verdict]
    reasons = "".join(f"<li>{shown(reason)}</li>" for reason in claim.reasons)
    sides = "".join(
        _side(library, verdict, [quote for quote in claim.quotes if quote.verdict is verdict], citations)
        for verdict in _SIDES
    )
    return (
        f'<article class="claim {said.colour}" id="claim-{number}" tabindex="-1"><p class="verdict {said.colour}">'
        f'<span class="mark" aria-hidden="true">{said.mark}</span> {said.word}</p>'
        f"<h3>{_said(claim)}</h3>{f'<ul class=reasons>{reasons}</ul>' if reasons else ''}{sides}</article>"
    )


def _side(
    library: Library, verdict: Verdict, quotes: Sequence[ClaimQuote], citations: Mapping[int, Citation]
) -> str:
    if not quotes:
        return ""
    shown_quotes = "".join(_quote(library, quote, citations[quote.citation]) for quote in quotes)
    colour = VERDICTS[verdict].colour
    return f'<section class="side {colour}"><h4>{_SIDES[verdict]}</h4>{shown_quotes}</section>'


def _said(claim: Claim) -> str:
    """Show a claim, the words in which sources differ from it pointed at."""
    pieces = []
    at = claim.start
    differing = {
        (words.start, words.end)
        for quote in claim.quotes
        for divergence in quote.divergences
        for words in divergence.claim
    }
    for start, end in sorted(differing):
        if start >= at:
            words = shown(_part(claim, start, end))
            pieces += [shown(_part(claim, at, start)), f'<span class="differs">{words}</span>']
            at = end
    return "".join([*pieces, shown(_part(claim, at, claim.end))])


def _part(claim: Claim, start: int, end: int) -> str:
    """Give the words of a claim between two places of the text that it stands in."""
    return claim.text[start - claim.start : end - claim.start]


def _quote(library: Library, quote: ClaimQuote, citation: Citation) -> str:
    """Show a deciding sentence as the document has it, with the deciding words marked."""
    document = unchanged(library, citation)
    span = Span(quote.start, quote.end)
    if document is None:
        words, context = f'<p class="changed">{CHANGED}</p>', ""
    else:
        words = _words(document, span, _joined(document.text, quote))
        context = in_context_button(citation, [span], KEY)
    return (
        f'<div class="deciding">{words}{_divergences(quote)}<p class="foot">{chip(quote.citation, KEY)} '
        f'<span class="by">{shown(short_reference(citation))}</span> <span class="kinds">{kinds_of([citation])}</span>'
        f"{context}</p></div>"
    )


def _divergences(quote: ClaimQuote) -> str:
    """Set the words of the claim against those of the source."""
    items = "".join(
        f'<li><span class="what">{_DIFFERS[one.kind]}</span> {_quoted("claim", one.claim)}'
        f" {_quoted('source', one.quote)}</li>"
        for one in quote.divergences
    )
    return f'<ul class="divergences">{items}</ul>' if items else ""


def _quoted(whose: str, words: Sequence[Extract]) -> str:
    said = " … ".join(shown(part.text) for part in words) or "–"
    return f'<span class="whose">{whose}</span> <q>{said}</q>'


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
    differing = (words for divergence in quote.divergences for words in divergence.quote)
    joined: list[Span] = []
    for start, end in sorted({(words.start, words.end) for words in (*quote.marked, *differing)}):
        if joined and (start <= joined[-1].end or text[joined[-1].end : start] in (" ", "-")):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Span(start, end))
    return joined


def _set_aside(parts: Sequence[SetAside]) -> str:
    """Name what was pasted but is no claim, and why."""
    if not parts:
        return ""
    items = "".join(f"<li><q>{shown(part.text)}</q> {shown(part.reason)}</li>" for part in parts)
    return f'<section class="set-aside"><h3>Not checked</h3><ul>{items}</ul></section>'
