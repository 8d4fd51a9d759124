"""The head of a PDF's first page: the title in the largest type, and the authors' names below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import SectionRole
from corpus.record import Name
from ingest.parsers.pdf.lines import Line
from ingest.parsers.pdf.measures import Measures, is_reference_heading, role_of
from ingest.parsers.pdf.page import Run
from ingest.parsers.pdf.parts import Part, PartKind

# A title has at least so many words and letters, in type larger than the text's by this factor.
_FEWEST_WORDS = 3
_FEWEST_LETTERS = 12
_FEWEST_LARGER_LETTERS = 5
_LONGEST_TITLE = 350
_LARGER = 1.12
_FURTHEST_TITLE = 25
_FURTHEST_AUTHORS = 3
_MOST_NAME_WORDS = 6
# An abstract without a heading, told from affiliations.
_PROSE_WORDS = 40
_PROSE_SMALL = 0.6

_LETTER_RUNS = re.compile(r"[^\W\d_]+")
_SEPARATOR = re.compile(r"\s*(?:[,;·•|]|\band\b|&)\s*")
_MARKS = re.compile(r"[\d*†‡§¶#‖∥✉⁎]+|\(\w\)")
_NAME = re.compile(
    r"(?:[^\W\d_]\.?(?:\s?-?[^\W\d_]\.)*|[^\W\d_][\w'’.-]*)(?:\s+(?:[^\W\d_]\.(?:-?[^\W\d_]\.)*|[^\W\d_][\w'’.-]*)){1,5}"
)
_LINE_END = Run(" ", 0, 0, 0, 0)
_PARTICLES = frozenset("van von der den de del della di da dos du la le el al ter ten zu bin ibn".split())
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_DEGREES = re.compile(
    r"\b(?:M\.?D\.?|Ph\.?D\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?P\.?H\.?|FRCP|Dr\.?|Prof\.?)(?=[\s,.]|\Z)"
)
_NO_NAME = re.compile(
    r"\b(?:University|Department|Institute|Hospital|Center|Centre|School|College|Division|Faculty|Laborator|"
    r"Research|Article|Abstract|Received|Published|Journal|Open|Access|Review|Inc|Ltd|GmbH|Group|Street|China|USA)",
)


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page says of the document before its text begins.

    Attributes:
        title: As printed; empty if it is not plain which words are it.
        authors: As printed; none if any of the words between the commas is no name.
        rest: The parts that are left, those of the text among them.
    """

    title: str
    authors: tuple[Name, ...]
    rest: list[Part]


def read_front(parts: Sequence[Part], measures: Measures, information_title: str) -> Front:
    """Take title and authors off the parts.

    Args:
        parts: Of the whole document.
        measures: What is usual in it.
        information_title: The title among the file's own entries, which may be anything.
    """
    place = _title_place(parts, measures, information_title)
    if place is None:
        return Front("", (), list(parts))
    title = parts[place]
    start, authors = _authors(parts, place + 1)
    taken = {place} | ({start} if authors else set())
    head = [
        _as_note(part) for index, part in enumerate(parts[: _beginning(parts, place)]) if index not in taken
    ]
    rest = list(parts[_beginning(parts, place) :])
    return Front(title.text, authors, head + rest)


def _as_note(part: Part) -> Part:
    """Affiliations and dates are no headings and no prose; an abstract without a heading is."""
    words = part.text.split()
    if part.kind in (PartKind.HEADING, PartKind.PARAGRAPH) and not _is_prose(words):
        return Part(PartKind.NOTE, part.lines)
    return part


def _is_prose(words: Sequence[str]) -> bool:
    small = sum(word.islower() for word in words)
    return (
        len(words) > _PROSE_WORDS
        and small > _PROSE_SMALL * len(words)
        and words[-1].endswith((".", "]", ".”"))
    )


def _beginning(parts: Sequence[Part], place: int) -> int:
    """Where the text begins: at the first heading with a well known name; else right after the title."""
    page = parts[place].first.page
    for index in range(place + 1, len(parts)):
        part = parts[index]
        if part.first.page > page:
            break
        if part.kind is PartKind.HEADING and role_of(part.text) in (SectionRole.ABSTRACT, SectionRole.BODY):
            return index
    return place + 1


def _title_place(parts: Sequence[Part], measures: Measures, information_title: str) -> int | None:
    first_page = parts[0].first.page if parts else 0
    candidates = [
        index
        for index, part in enumerate(parts[:_FURTHEST_TITLE])
        if part.first.page == first_page
        and part.kind in (PartKind.HEADING, PartKind.PARAGRAPH)
        and len(part.text) <= _LONGEST_TITLE
        and sum(map(str.isalpha, part.text)) >= _FEWEST_LETTERS
    ]
    wanted = _letters(information_title)
    if len(wanted) >= _FEWEST_LETTERS:
        same = [index for index in candidates if _letters(parts[index].text) == wanted]
        if same:
            return same[0]
    # Where a single word is larger still, who knows which of the two is the title.
    others = [
        index
        for index, part in enumerate(parts[:_FURTHEST_TITLE])
        if part.first.page == first_page and sum(map(str.isalpha, part.text)) >= _FEWEST_LARGER_LETTERS
    ]
    large = [
        index
        for index in candidates
        if parts[index].first.size > _LARGER * measures.size
        and len(parts[index].text.split()) >= _FEWEST_WORDS
        and not is_reference_heading(parts[index].text)
    ]
    found = max(large, key=lambda index: (parts[index].first.size, -index), default=None)
    if found is None or any(parts[index].first.size > _LARGER * parts[found].first.size for index in others):
        return None
    return found


def _letters(text: str) -> str:
    return "".join(_LETTER_RUNS.findall(text)).casefold()


def _authors(parts: Sequence[Part], start: int) -> tuple[int, tuple[Name, ...]]:
    for index in range(start, min(start + _FURTHEST_AUTHORS, len(parts))):
        part = parts[index]
        if role_of(part.text) is not None:
            break
        names = tuple(_names(part.lines))
        if names:
            return index, names
    return start, ()


def _names(lines: Sequence[Line]) -> Iterator[Name]:
    """Give the names of a list of authors, or none: half a list would be wrong."""
    shown = (
        run
        for line in lines
        for run in (*line.runs, _LINE_END)
        if run is _LINE_END or not line.is_raised(run) or _is_comma(run.text)
    )
    text = _DEGREES.sub("", _MARKS.sub("", "".join(run.text for run in shown)))
    found = [words for part in _SEPARATOR.split(text) if (words := " ".join(part.split()).strip())]
    if _NO_NAME.search(text) or not all(part in _SUFFIXES or _is_name(part) for part in found):
        return
    for part in found:
        if part not in _SUFFIXES:
            yield _name(part)


def _is_comma(text: str) -> bool:
    return text.strip() in (",", ";")


def _is_name(text: str) -> bool:
    words = text.split()
    capital = all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    return (
        capital
        and len(words) <= _MOST_NAME_WORDS
        and _NAME.fullmatch(text) is not None
        and not text.isupper()
    )


def _name(text: str) -> Name:
    words = text.split()
    suffix = words.pop() if words[-1] in _SUFFIXES else None
    start = next((n for n, word in enumerate(words) if n and word in _PARTICLES), len(words) - 1)
    return Name(family=" ".join(words[start:]), given=" ".join(words[:start]) or None, suffix=suffix)
