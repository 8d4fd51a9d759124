"""Turns words of documents and readers into HTML or Markdown that shows them and does nothing else."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from corpus.document import Document, Span

_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"
_RIGHT_TO_LEFT_RUN = re.compile(f"{_RIGHT_TO_LEFT}(?: +{_RIGHT_TO_LEFT})*")
_HEBREW = re.compile("[\u0590-\u05ff]")
_MARKDOWN_ESCAPES = {ord(c): f"\\{c}" for c in string.punctuation} | {
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("&"): "&amp;",
}


def shown(text: str) -> str:
    """Escape `text` for HTML; words written from right to left do not disturb the English around them."""
    return isolated(html.escape(text))


def shown_in_markdown(text: str) -> str:
    """Escape `text` for Markdown that allows HTML: no links, no images, no tables, only the words."""
    return isolated(text.strip().translate(_MARKDOWN_ESCAPES))


def isolated(markup: str) -> str:
    """Give every run of right-to-left words in HTML or Markdown a direction of its own."""
    return _RIGHT_TO_LEFT_RUN.sub(_bdi, markup)


def _bdi(run: re.Match[str]) -> str:
    # Arabic letters do not tell the language, Hebrew ones nearly do.
    language = ' lang="he"' if _HEBREW.search(run[0]) else ""
    return f'<bdi dir="rtl"{language}>{run[0]}</bdi>'


def attributes(**values: object) -> str:
    """Write HTML attributes, each with a space before it; underscores become hyphens."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"' for name, value in values.items()
    )


class Noted(NamedTuple):
    """Words of a document that a numbered citation rests on."""

    span: Span
    number: int


def marked(document: Document, window: Span, quotes: Sequence[Span], noted: Sequence[Noted] = ()) -> str:
    """Show `window` of a document with the quoted words in `<mark>` and the paper's reference marks raised.

    Everything is sliced by offsets, in code points, where the text is: the page never searches or counts.

    Args:
        document: It is shown of.
        window: What of it is shown.
        quotes: The words that a reader came for.
        noted: The words of numbered citations, those among `quotes` too; each number stands where its words begin.
    """
    strong = list(_merged(quotes))
    first: dict[int, int] = {}
    for note in sorted(noted):
        first.setdefault(note.number, note.span.start)
    cuts = {window.start, window.end}
    for span in (*strong, *(note.span for note in noted)):
        cuts.update(place for place in (span.start, span.end) if window.start < place < window.end)
    pieces = []
    for start, end in pairwise(sorted(cuts)):
        piece = Span(start, end)
        pieces += [_place(number) for number, at in first.items() if at == start]
        numbers = sorted({note.number for note in noted if note.span.overlaps(piece)})
        words = _with_reference_marks(document, piece)
        pieces.append(_quoted(words, numbers, is_asked=any(quote.overlaps(piece) for quote in strong)))
    return "".join(pieces)


def _place(number: int) -> str:
    # The style shows the number: in the text stand the document's words alone.
    return f'<span class="place"{attributes(id=f"place-{number}", data_number=number)}></span>'


def _quoted(words: str, numbers: Sequence[int], *, is_asked: bool) -> str:
    cited = attributes(data_cites=" ".join(map(str, numbers))) if numbers else ""
    if is_asked:
        return f"<mark{cited}>{words}</mark>"
    return f'<span class="also"{cited}>{words}</span>' if numbers else words


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    current: Span | None = None
    for span in sorted(spans):
        if current is not None and span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current


def _with_reference_marks(document: Document, span: Span) -> str:
    pieces = []
    at = span.start
    for mark in document.reference_marks:
        if mark.overlaps(span):
            pieces.append(shown(document.text[at : max(at, mark.start)]))
            at = max(at, mark.start)
            pieces.append(
                f'<sup class="reference">{shown(document.text[at : min(mark.end, span.end)])}</sup>'
            )
            at = min(mark.end, span.end)
    pieces.append(shown(document.text[at : span.end]))
    return "".join(pieces)


def web_address(doi: str | None, url: str | None) -> str | None:
    """Give where a reader finds a work: the DOI before any other, and never anything but the web."""
    if doi:
        return f"https://doi.org/{quote(doi, safe='/().;:-_')}"
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def host_of(address: str) -> str:
    """Name the host of a web address as readers know it."""
    return (urlsplit(address).hostname or address).removeprefix("www.")
