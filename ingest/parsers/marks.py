"""Finds a paper's own reference marks in its text: "[12]–[15]", "(Smith et al., 2005)", raised numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from corpus.document import Span
from ingest.canonical import Piece

# Each link to a reference is blanked out with a character that no text has, so that one pattern sees the
# brackets and separators around it: numbers (N) are marks anywhere, words (W) only in brackets of their own.
_N, _W = "\ufdd0", "\ufdd1"
# Possessive quantifiers throughout: "(Smith et al., 2005 showed" would otherwise be tried in 2^n ways.
_LINK = f"[{_N}{_W}]++"
_DASHES = "\u2010-\u2015\u2212-"
_SEPARATOR = rf"\s*+(?:[,;/&+{_DASHES}]|\band\b)?+\s*+"
# "(see also [5])" without its mark would leave "(see also )" behind: such words point, they state nothing.
_POINTER = (
    r"(?:(?:see|also|e\.g\.|cf\.|reviewed (?:in|by)|for (?:a )?reviews?|refs?\.?|references?)[\s,:]*+)*+"
)


def _listed(unit: str) -> str:
    return rf"\s*+{_POINTER}{unit}(?:{_SEPARATOR}{_POINTER}{unit})*+(?:,? and references therein)?+\s*+"


def _bracketed(unit: str) -> str:
    return rf"\[{_listed(unit)}\]|\({_listed(unit)}\)"


# Each alternative begins with a sign of its own: so the engine passes over all other text three times as fast.
_UNIT = rf"(?:{_bracketed(f'(?:{_LINK}|{_bracketed(_LINK)})')}|{_N}{_N}*+|\[(?<=\s\[)\d{{1,3}}\])"
_GROUP = re.compile(rf"{_UNIT}(?:\s*+[,;{_DASHES}]?\s*+{_UNIT})*+")

_WORDY = re.compile(r"[^\W\d_]{2}")
_BRACKETED_NUMBER = re.compile(r"\[\d{1,3}\b[^\[\]]*\]")
_BARE_YEAR = re.compile(r"\s*(?:1[89]|20)\d\d[a-z]?\s*")

# What stands between the ends of a range, "[12]–[15]" and "12-15"; and a range within one link.
_RANGE_SIGN = re.compile(rf"[\s\[\]()]*[{_DASHES}][\s\[\]()]*")
_RANGE = re.compile(rf"\W*(\d{{1,4}})\s*[{_DASHES}]\s*(\d{{1,4}})\W*")
_LAST_NUMBER = re.compile(r"(\d{1,4})\D*$")
_FIRST_NUMBER = re.compile(r"\d{1,4}")

_PLAIN_MARK = re.compile(r"\[\^\w{1,20}\]|\[\d{1,3}(?:\s*[,;\u2010-\u2015-]\s*\d{1,3})*\](?!\()")
# "95% CI [12, 34]" and "34 [12, 56]" are intervals, not references.
_INTERVAL_BEFORE = re.compile(r"(?:[\d%]|\b(?:CI|IQR|CrI|range|interval|between))[\s:,=]*$", re.IGNORECASE)


def mark_spans(text: str, links: Iterable[Span]) -> list[Span]:
    """Find the reference marks of a text in which the links to references are known.

    Args:
        text: A paragraph.
        links: Where it links to its references, in order.

    Returns:
        The marks in order, each with the brackets that hold nothing else; also "[5]" where the link was
        forgotten. A link whose words belong to the sentence ("as Smith (2005) has shown") is none.
    """
    blanked, position = [], 0
    for link in links:
        blanked.append(text[position : link.start])
        blanked.append((_N if _is_number(link.of(text)) else _W) * len(link))
        position = link.end
    blanked.append(text[position:])
    return [Span(*match.span()) for match in _GROUP.finditer("".join(blanked))]


class Link(NamedTuple):
    """Words that point to entries of the reference list, by their indexes."""

    span: Span
    targets: tuple[int, ...] = ()


def linked_pieces(text: str, links: Sequence[Link], numbers: Sequence[int | None] = ()) -> list[Piece]:
    """Cut a text whose links are known at its reference marks and at links that are none.

    Args:
        text: A paragraph.
        links: Where it links to references or notes, in order.
        numbers: The number that each entry of the reference list is printed with.

    Returns:
        Pieces that together are the text. A mark has the targets of all links in it, and of "[12]–[15]" those
        between; a link such as "Smith (2005)" has its targets but is no mark.
    """
    if not links and "[" not in text:
        return [Piece(text)]
    places: list[tuple[Span, Piece]] = []
    waiting = 0
    for mark in mark_spans(text, (link.span for link in links)):
        first = waiting
        while waiting < len(links) and links[waiting].span.start < mark.start:
            waiting += 1
        places += _narrative(links[first:waiting], numbers, text)
        first = waiting
        while waiting < len(links) and links[waiting].span.start < mark.end:
            waiting += 1
        places.append((mark, Piece("", True, _targets(text, links[first:waiting], numbers))))
    places += _narrative(links[waiting:], numbers, text)
    return list(_cut(text, places))


def plain_mark_spans(text: str) -> list[Span]:
    """Find the reference marks of a text without markup: numbers in square brackets, but no intervals."""
    return [
        Span(*match.span())
        for match in _PLAIN_MARK.finditer(text)
        if not ("," in match[0] and _INTERVAL_BEFORE.search(text, max(0, match.start() - 20), match.start()))
    ]


def pieces_of(text: str, marks: Sequence[Span]) -> list[Piece]:
    """Cut a text at the borders of its reference marks."""
    borders = [0, *chain.from_iterable((mark.start, mark.end) for mark in marks), len(text)]
    return [
        Piece(text[start:end], is_reference_mark=bool(position % 2))
        for position, (start, end) in enumerate(pairwise(borders))
        if start < end
    ]


def plain_pieces(text: str) -> list[Piece]:
    """Cut a text without markup into its pieces."""
    return pieces_of(text, plain_mark_spans(text))


def _narrative(
    links: Iterable[Link], numbers: Sequence[int | None], text: str
) -> Iterator[tuple[Span, Piece]]:
    """Give the links that are words of a sentence, with what they point to."""
    for link in links:
        if link.targets:
            yield link.span, Piece("", False, _targets(text, [link], numbers))


def _cut(text: str, places: Iterable[tuple[Span, Piece]]) -> Iterator[Piece]:
    position = 0
    for span, piece in places:
        if position < span.start:
            yield Piece(text[position : span.start])
        yield Piece(span.of(text), piece.is_reference_mark, piece.targets)
        position = span.end
    if position < len(text):
        yield Piece(text[position:])


def _targets(text: str, links: Sequence[Link], numbers: Sequence[int | None]) -> tuple[int, ...]:
    """Give what links point to, in their order, with what lies between the ends of a range."""
    targets: dict[int, None] = {}
    for place, link in enumerate(links):
        if place:
            before = links[place - 1]
            if _RANGE_SIGN.fullmatch(text, before.span.end, link.span.start):
                targets.update(dict.fromkeys(_between(text, before, link)))
        targets.update(dict.fromkeys(_within(link.span.of(text), link.targets, numbers)))
    return tuple(targets)


def _between(text: str, first: Link, last: Link) -> Iterable[int]:
    """Give the entries between two links, if they are as many as their numbers say."""
    low, high = _LAST_NUMBER.search(first.span.of(text)), _FIRST_NUMBER.search(last.span.of(text))
    if not (low and high and first.targets and last.targets):
        return ()
    begin, end = first.targets[-1], last.targets[0]
    return range(begin + 1, end) if int(high[0]) - int(low[1]) == end - begin else ()


def _within(words: str, targets: tuple[int, ...], numbers: Sequence[int | None]) -> Iterable[int]:
    """Give the entries of one link; one like "12–15" may name its first entry only, or its first and last."""
    match = _RANGE.fullmatch(words) if targets else None
    if not match:
        return targets
    first, length = targets[0], int(match[2]) - int(match[1])
    last = first + length
    if len(targets) > 1:
        is_range = targets[-1] == last
    else:
        is_range = 0 < last < len(numbers) and [numbers[first], numbers[last]] == [
            int(match[1]),
            int(match[2]),
        ]
    return range(first, last + 1) if is_range and length > 0 else targets


def _is_number(words: str) -> bool:
    """Tell "[12]", "5a", "*" and "[1: fig. 4]" from words, and from a year that may be part of the sentence."""
    if _BRACKETED_NUMBER.fullmatch(words):
        return True
    return not _WORDY.search(words) and not _BARE_YEAR.fullmatch(words)
