"""Cuts a document: blocks into sentences, the sentences of a section into passages that the model reads whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from corpus.document import Block, BlockKind, Document, Passage, Span
from corpus.embedding import header_path
from corpus.encoder import Encoder
from ingest.sentences import sentence_spans

# "● ", "✨ ", "2. ", "(a) ", "iv) ": marks of a list are shown where they stand, but are no words of a sentence. A
# single capital with a full stop is none: "E. coli grows".
_LIST_MARK = re.compile(
    r"\s*(?:[●•▪◦‣■□▶✨✓★➢➤]{1,4}|[-–—*](?=\s)|(?:\d{1,2}|[a-z]|[ivx]{1,4}|[IVX]{2,4})[.)](?=\s|$)"
    r"|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})\)(?=\s|$))\s*"
)
_CLAUSE_END = re.compile(r"[;:,](?=\s)|\s(?=[–—(])|\t")
# What a tokenizer may add where a text begins in the middle of another.
_MARGIN = 2
# No reader takes in a longer sentence; to a tokenizer, a word of any length may be a single unknown token.
_LONGEST_SENTENCE = 2_000
# Characters that are tokenised together, or a little more: a tokenizer takes 160 times as many bytes meanwhile.
_STRETCH = 50_000
_WHITE_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Unit:
    """The smallest thing a passage is made of: a sentence with the list mark before it, or a list mark alone."""

    span: Span
    sentence: Span | None
    tokens: int


def split(document: Document, encoder: Encoder) -> tuple[Passage, ...]:
    """Cut a document into passages.

    Args:
        document: With blocks that cover its text but for headings.
        encoder: The embedding model, whose own tokens measure a passage.

    Returns:
        Passages in order. None crosses a heading, mixes captions, notes or the rows of a table with prose or has more
        tokens, title and headings included, than the model reads; every block's text is in exactly one. A table
        that is longer goes on in further passages.
    """
    passages: list[Passage] = []
    for (section, _), run in groupby(
        document.blocks, key=lambda block: (block.section, _stands_apart(block, document))
    ):
        blocks = list(run)
        path = document.path_of(section)
        headings = header_path(document, path, blocks[0].span.start)
        header = encoder.header_tokens(document.record.title, headings)
        budget = encoder.max_passage_tokens - header - _MARGIN
        units = _units(document.text, blocks, encoder, budget)
        passages.extend(_passage(document.id, path, group) for group in _packed(units, budget))
    return tuple(passages)


def begins_with_list_mark(line: str) -> bool:
    """Tell whether a line is an item of a list by the mark that it begins with."""
    return _LIST_MARK.match(line) is not None


def _stands_apart(block: Block, document: Document) -> Span | BlockKind | None:
    """Give every caption and every table a group of its own; notes in a row share one, and so does all prose."""
    if block.kind is BlockKind.TABLE_ROW:
        table = document.table_at(block.span.start)
        return table.span if table else block.kind
    if block.kind is BlockKind.NOTE:
        return block.kind
    return block.span if block.kind is BlockKind.CAPTION else None


def _units(text: str, blocks: Sequence[Block], encoder: Encoder, budget: int) -> list[_Unit]:
    """Cut blocks of one section into units, each within the budget."""
    starts = np.concatenate(list(_token_starts(text, blocks[0].span.start, blocks[-1].span.end, encoder)))
    units: list[_Unit] = []
    for block in blocks:
        sentences = _sentences(text, block)
        at = block.span.start
        for sentence in sentences:
            whole = Span(at, sentence.end)
            if _count(starts, whole) <= budget and len(sentence) <= _LONGEST_SENTENCE:
                units.append(_Unit(whole, sentence, _count(starts, whole)))
                at = sentence.end
                continue
            room = budget - _count(starts, Span(at, sentence.start))
            for part in _fitting(text, sentence, encoder, room):
                # Counted anew: cut in two, a word may be more tokens than it was.
                tokens = len(encoder.token_starts(text[at : part.end]))
                units.append(_Unit(Span(at, part.end), part, tokens))
                at = part.end
        if not sentences:
            units.append(_Unit(block.span, None, _count(starts, block.span)))
    return units


def _token_starts(text: str, begin: int, end: int, encoder: Encoder) -> Iterator[NDArray[np.intp]]:
    """Say where the tokens between two places of a text begin, stretch by stretch."""
    while begin < end:
        space = _WHITE_SPACE.search(text, min(begin + _STRETCH, end), end)
        stop = space.start() if space else end
        yield encoder.token_starts(text[begin:stop]) + begin
        begin = stop


def _sentences(text: str, block: Block) -> list[Span]:
    """Give the sentences of a block; a row is one, as its cells mean nothing without one another."""
    if block.kind is BlockKind.TABLE_ROW:
        return [block.span]
    mark = _LIST_MARK.match(text, block.span.start, block.span.end)
    return sentence_spans(text, mark.end() if mark else block.span.start, block.span.end)


def _count(starts: NDArray[np.intp], span: Span) -> int:
    low, high = np.searchsorted(starts, (span.start, span.end))
    return int(high - low)


def _fitting(text: str, sentence: Span, encoder: Encoder, budget: int) -> Iterator[Span]:
    """Cut a sentence that does not fit at its clauses, at words or, if need be, anywhere."""
    while len(sentence):
        limit = min(sentence.end, sentence.start + _LONGEST_SENTENCE)
        while True:
            cut = sentence.end if limit == sentence.end else _last_break(text, sentence.start, limit)
            starts = encoder.token_starts(text[sentence.start : cut])
            if len(starts) <= budget:
                break
            limit = max(sentence.start + 1, sentence.start + int(starts[budget]))
            if cut == limit:
                break
        yield _trimmed(text, sentence.start, cut)
        sentence = _trimmed(text, cut, sentence.end)


def _last_break(text: str, start: int, limit: int) -> int:
    """Find where to cut before `limit`: after a clause or a cell in its latter half, else at a space, else there."""
    clauses = [match.end() for match in _CLAUSE_END.finditer(text, start, limit)]
    if clauses and clauses[-1] - start > (limit - start) // 2:
        return clauses[-1]
    space = text.rfind(" ", start + 1, limit)
    return space if space > start else limit


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _packed(units: Sequence[_Unit], budget: int) -> Iterator[list[_Unit]]:
    """Group units into passages of about equal length: a short remainder would be found for the wrong reasons."""
    total = sum(unit.tokens for unit in units)
    target = total / max(1, -(-total // budget))
    group: list[_Unit] = []
    size = 0
    for unit in units:
        # A list mark alone stays with what stands before it, as long as there is room.
        is_full = size + unit.tokens / 2 > target and unit.sentence is not None
        if group and (size + unit.tokens > budget or is_full):
            yield group
            group, size = [], 0
        group.append(unit)
        size += unit.tokens
    if group:
        yield group


def _passage(document_id: str, path: tuple[str, ...], group: Sequence[_Unit]) -> Passage:
    span = Span(group[0].span.start, group[-1].span.end)
    return Passage(document_id, span, path, tuple(unit.sentence for unit in group if unit.sentence))
