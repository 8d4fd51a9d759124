"""How words are folded for searching, never for showing: "TGF-β", "TGF-beta" and "TGFβ" are found alike."""

from __future__ import annotations

import unicodedata

_GREEK = {
    letter: f" {unicodedata.name(letter).removeprefix('GREEK SMALL LETTER ').lower()} "
    for letter in "αβγδεζηθικλμνξοπρστυφχψω"
}
_FOLDED = str.maketrans(_GREEK)


def folded(text: str) -> str:
    """Give a text in compatibility form and lower case, with Greek letters as words of their own."""
    return unicodedata.normalize("NFKC", text).lower().translate(_FOLDED)
