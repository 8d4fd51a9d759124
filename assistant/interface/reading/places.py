"""The margin of the reader: where in the document the answer that a reader came from cites it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from assistant.interface.markup import Noted, attributes, shown
from corpus.document import Document, Span

# So much of a quote tells which it is.
LONGEST_QUOTE = 110


class Cited(BaseModel):
    """One number of an answer, and the words that it cites from the document.

    Attributes:
        number: As the answer has it.
        spans: Start and end of each quote.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    spans: tuple[tuple[int, int], ...]


def noted(cited: Sequence[Cited]) -> list[Noted]:
    """Give every quote with its number."""
    return [Noted(Span(start, end), one.number) for one in cited for start, end in one.spans]


def margin(document: Document, cited: Sequence[Cited], current: int | None) -> str:
    """List the citations in the order of the text, each with the way to its place; nothing for a single one.

    Args:
        document: It is listed beside.
        cited: The citations.
        current: The number that the reader came from.
    """
    entries = list(_entries(document, cited, current))
    if len(entries) <= 1:
        return ""
    return (
        f'<nav class="places" aria-labelledby="places-title"><h3 id="places-title">Cited here {len(entries)} times</h3>'
        f"<ol>{''.join(entries)}</ol></nav>"
    )


def _entries(document: Document, cited: Sequence[Cited], current: int | None) -> Iterator[str]:
    placed = [(min(one.spans), one.number) for one in cited if one.spans]
    for (start, end), number in sorted(placed):
        block = document.block_at(start)
        path = document.path_of(block.section) if block else ()
        here = {"aria_current": "true"} if number == current else {}
        where = f'<span class="where">{shown(path[-1])}</span>' if path else ""
        yield (
            f'<li><button type="button" class="to-place"{attributes(data_number=number, **here)}>'
            f'<span class="number"><span class="sr">Source </span>{number}</span>{where}'
            f'<span class="quoted">{shown(_opening(document.text[start:end]))}</span></button></li>'
        )


def _opening(words: str) -> str:
    """Cut words at a space, where they are many."""
    words = " ".join(words.split())
    if len(words) <= LONGEST_QUOTE:
        return words
    return f"{words[:LONGEST_QUOTE].rpartition(' ')[0] or words[:LONGEST_QUOTE]} …"
