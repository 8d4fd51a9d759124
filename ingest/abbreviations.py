"""Learns what abbreviations stand for from a paper's own definitions, as in "natural killer (NK) cells".

Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003), with
what it leaves out: initials before letters inside words, Greek letters, plurals, several words before a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.document import Abbreviation, Document, Span

_PARENTHESIS = re.compile(r"[(\[]([^()\[\]]{2,160})[)\]]")
_SHORT = re.compile(r"[^\W_][\w+./&'’\u2010-\u2015-]{0,12}(?:\s[\w+-]{1,8})?")
# "CARs", "mAb", "Ara-C", "tisa-cel", "CD19", but neither "Figure" nor "left".
_ABBREVIATED = re.compile(r"\w.*[A-Z]|.*[^\W\d_].*\d|[^\W\d_]+[\u2010-\u2015-][^\W\d_]+")
_NAME_AT_END = re.compile(r"[^\s()\[\],;:]+\Z")
_WORD = re.compile(r"[^\W_]+")
_BOUNDARY = re.compile(r"[.;:!?](?=\s)|[()\[\]]")
_INSIDE_ENDS = re.compile(r"[,;:](?=\s)")
_PLURAL = re.compile(r".*[A-Z\d]s")
_REACH = 300
_MOST_LETTERS = 10
_MOST_PASSED_OVER = 2
_UNCOUNTED = frozenset("a an and by for from in of on or the to with".split())
# Letter for letter, so that places stay the same: γ may stand for the g of gamma.
_INITIALS = str.maketrans("αβγδεζηθικλμνξοπρστυφχψω", "abgdezetiklmnxoprstupcpo")


def with_abbreviations(document: Document) -> Document:
    """Give a document with what its title and its blocks define; each block is read by itself."""
    found = [replace(defined, span=None) for defined in abbreviations(document.record.title)]
    for block in document.blocks:
        found += [
            replace(defined, span=defined.span.shifted(block.span.start))
            for defined in abbreviations(block.span.of(document.text))
            if defined.span
        ]
    # The first definition in the text counts; one in the title alone has no place there.
    first: dict[tuple[str, str], Abbreviation] = {}
    for defined in sorted(found, key=lambda defined: defined.span is None):
        first.setdefault((defined.short, defined.long), defined)
    return replace(document, abbreviations=tuple(first.values()))


def abbreviations(text: str) -> list[Abbreviation]:
    """Find the definitions in a text, in order.

    Args:
        text: Words of one paragraph or title.

    Returns:
        Abbreviations; the span of each begins and ends with its two forms.
    """
    return [defined for match in _PARENTHESIS.finditer(text) for defined in _defined(text, match)]


def _defined(text: str, parenthesis: re.Match[str]) -> Iterator[Abbreviation]:
    """Read a parenthesis as the short form of what precedes it, or else as the long form of the name before it."""
    inside = _trimmed(parenthesis)
    before = text[max(0, parenthesis.start() - _REACH) : parenthesis.start()].rstrip()
    offset = max(0, parenthesis.start() - _REACH)
    if _is_short(inside.of(text)):
        window = _window(before, inside.of(text))
        long = _long_form(inside.of(text), before[window:])
        if long is not None:
            place = long.shifted(offset + window)
            yield Abbreviation(inside.of(text), place.of(text), Span(place.start, inside.end))
        return
    name = _NAME_AT_END.search(before)
    if name and _is_short(name.group()) and _long_form(name.group(), inside.of(text)) == Span(0, len(inside)):
        yield Abbreviation(name.group(), inside.of(text), Span(offset + name.start(), inside.end))


def _trimmed(parenthesis: re.Match[str]) -> Span:
    """Give what a parenthesis says first: "CRS, as graded …" says "CRS"."""
    inside = parenthesis[1]
    end = _INSIDE_ENDS.search(inside)
    said = inside[: end.start()] if end else inside
    start = parenthesis.start(1) + len(said) - len(said.lstrip())
    return Span(start, start + len(said.strip()))


def _is_short(name: str) -> bool:
    return (
        _SHORT.fullmatch(name) is not None
        and name.split(maxsplit=1)[0].lower() not in _UNCOUNTED
        and _ABBREVIATED.match(name) is not None
        and 1 < len(_letters(name)) <= _MOST_LETTERS
    )


def _letters(name: str) -> str:
    return "".join(character for character in _plain(name) if character.isalnum())


def _plain(text: str) -> str:
    """Give a text in lower case without Greek, every character in its place."""
    lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered.translate(_INITIALS)


def _window(before: str, short: str) -> int:
    """Give where the words begin that may be the long form of an abbreviation: a few more than it has letters."""
    start = max((match.end() for match in _BOUNDARY.finditer(before)), default=0)
    letters = len(_letters(short))
    tokens = [match.start() for match in re.finditer(r"\S+", before[start:])]
    most = min(letters + 5, 2 * letters)
    return start + (tokens[-most] if len(tokens) > most else 0)


def _long_form(short: str, window: str) -> Span | None:
    """Find the long form at the end of a window; the plural's s need not stand for anything."""
    names = [short[:-1], short] if _PLURAL.fullmatch(short) else [short]
    plain = _plain(window)
    for name in names:
        letters = _letters(name)
        for start in (_start_by_initials(letters, plain), _start_by_letters(letters, plain)):
            if start is not None and _can_stand_for(short, window[start:]):
                return Span(start, len(window))
    return None


def _start_by_initials(letters: str, window: str) -> int | None:
    """Match the initials of the last words; words such as "of" may be passed over, as may be the last word.

    Letters inside words would make "myeloma" of "multiple myeloma (MM)".
    """
    words = list(_WORD.finditer(window))
    start = _initials(letters, words)
    return _initials(letters, words[:-1]) if start is None else start


def _initials(letters: str, words: Sequence[re.Match[str]]) -> int | None:
    left = len(letters)
    for word in reversed(words):
        if word[0][0] == letters[left - 1]:
            left -= 1
            if not left:
                return word.start() if word[0] not in _UNCOUNTED else None
        elif word[0] not in _UNCOUNTED:
            return None
    return None


def _start_by_letters(letters: str, window: str) -> int | None:
    """Match letters from the right anywhere in words, the first one where a word begins."""
    places = [len(window)]
    for index in reversed(range(len(letters))):
        place = window.rfind(letters[index], 0, places[-1])
        while index == 0 and place >= 0 and not _begins_a_word(window, place):
            place = window.rfind(letters[index], 0, place)
        if place < 0:
            return None
        places.append(place)
    return places[-1] if _passed_over(window, places) <= _MOST_PASSED_OVER else None


def _passed_over(window: str, places: Sequence[int]) -> int:
    """Count the words of a long form that no letter stands for."""
    words = (word for word in _WORD.finditer(window, places[-1]) if word[0] not in _UNCOUNTED)
    return sum(not any(word.start() <= place < word.end() for place in places) for word in words)


def _begins_a_word(window: str, place: int) -> bool:
    if place and window[place - 1].isalnum():
        return False
    word = _WORD.match(window, place)
    return word is not None and word[0] not in _UNCOUNTED


def _can_stand_for(short: str, long: str) -> bool:
    """Tell a long form from words that only happen to have the letters."""
    words = {match.group() for match in re.finditer(r"\S+", long)}
    return len(long) > len(short) and short not in words and any(map(str.islower, long))
