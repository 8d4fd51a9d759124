"""Finds a paper's own reference marks in its text: "[12]–[15]", "(Smith et al., 2005)", raised numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

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


def _bracketed(unit: str) -> str:
    listed = rf"\s*+{_POINTER}{unit}(?:{_SEPARATOR}{_POINTER}{unit})*+(?:,? and references therein)?+\s*+"
    return rf"(?:\[{listed}\]|\({listed}\))"


_UNIT = rf"(?:{_bracketed(f'(?:{_LINK}|{_bracketed(_LINK)})')}|{_N}++|(?<=\s)\[\d{{1,3}}\])"
_GROUP = re.compile(rf"{_UNIT}(?:\s*+[,;{_DASHES}]?\s*+{_UNIT})*+")

_WORDY = re.compile(r"[^\W\d_]{2}")
_BARE_YEAR = re.compile(r"\s*(?:1[89]|20)\d\d[a-z]?\s*")

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


def _is_number(words: str) -> bool:
    """Tell "[12]", "5a" and "*" from words, and from a year that may be part of the sentence."""
    return not _WORDY.search(words) and not _BARE_YEAR.fullmatch(words)
