"""Repairs what typesetting does to words: a line's end parts them, and a hyphen there may be the word's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_HYPHENS = "-\u2010\u2011"
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(rf"\w+(?:[{_HYPHENS}]\w+)*")
_LAST_WORD = re.compile(rf"(\w+(?:[{_HYPHENS}]\w+)*)[{_HYPHENS}]\Z")
_FIRST_WORD = re.compile(r"\w+")
_NO_SPACE_AFTER = ("/", "–", "—")
_ADDRESS_END = re.compile(r"(?:https?://|www\.|doi\.org/|\b10\.\d{4,9}/)\S*[/._=-]\Z", re.IGNORECASE)
# "can-not" and "with-in" are parted words whose parts are words too; "ion-mediated" is not.
_SHORTEST_BEFORE, _SHORTEST_AFTER = 3, 4
_FEWEST_SPACED = 4


class LineEnds:
    """Decides how the end of a line meets the beginning of the next, by the words of the whole document.

    A hyphen at a line's end stays if, in this order,

    1. the hyphenated form occurs elsewhere in the document, inside a line, more often than the joined one; it goes if
       the joined form occurs as often or more often;
    2. the part before it has a digit, a capital after its first letter or a hyphen of its own, or is a single letter
       ("CAR-NK", "IL-2", "state-of-the-art", "T-cell");
    3. the part after it begins with a capital or a digit;
    4. the parts have at least three and four letters and both are words of the document ("tumour-specific").

    Otherwise it goes, and with it the line's end.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Count the words of a document.

        Args:
            lines: All of its lines, in order. A word that a line's end parts is not counted, nor are its parts.
        """
        self._words: Counter[str] = Counter()
        parted = False
        for line in lines:
            words = _WORD.findall(line)[1 if parted else 0 :]
            parted = line.rstrip().endswith((*_HYPHENS, _SOFT_HYPHEN))
            if parted and words:
                words.pop()
            for word in words:
                self._words[_plain(word)] += 1
                parts = re.split(f"[{_HYPHENS}]", word)
                if len(parts) > 1:
                    self._words.update(map(_plain, parts))

    def join(self, before: str, after: str) -> tuple[str, str]:
        """Give the end of a line, repaired, and what stands between it and the next line: nothing or a space.

        Args:
            before: The line, or as much of it as holds its last word.
            after: The next line.
        """
        before, after = before.rstrip(), after.lstrip()
        if before.endswith(_SOFT_HYPHEN):
            return before[:-1], ""
        if before.endswith(tuple(_HYPHENS)):
            return self._at_hyphen(before, after)
        if before.endswith(_NO_SPACE_AFTER) and before[-2:-1].isalnum() and after[:1].isalnum():
            return before, ""
        return before, "" if _ADDRESS_END.search(before) and after[:1].isalnum() else " "

    def _at_hyphen(self, before: str, after: str) -> tuple[str, str]:
        last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
        if not last or not first:
            # A dash between words, or a sign at a number: "-5".
            return before, " " if before[-2:-1].isspace() or not after[:1].isalnum() else ""
        if first[0] in ("and", "or", "to") and after[first.end() : first.end() + 1] == " ":
            return before, " "
        if _ADDRESS_END.search(before) or self._keeps(last[1], first[0]):
            return before, ""
        return before[:-1], ""

    def _keeps(self, before: str, after: str) -> bool:
        hyphenated = self._words[_plain(f"{before}-{after}")]
        joined = self._words[_plain(before + after)]
        if hyphenated or joined:
            return hyphenated > joined
        if len(before) == 1 or any(not letter.islower() for letter in before[1:]) or not after[0].islower():
            return True
        whole = len(before) >= _SHORTEST_BEFORE and len(after) >= _SHORTEST_AFTER
        return whole and self._words[_plain(before)] > 0 and self._words[_plain(after)] > 0


def spaced_letters_joined(text: str) -> str:
    """Give a heading that is set wide, "A B S T R A C T", as the word it is."""
    letters = text.split(" ")
    if len(letters) >= _FEWEST_SPACED and all(len(letter) == 1 and letter.isalpha() for letter in letters):
        return "".join(letters)
    return text


def _plain(word: str) -> str:
    return word.replace("\u2010", "-").replace("\u2011", "-").casefold()
