"""How words are folded for searching, never for showing: "TGF-β", "TGF-beta" and "TGFβ" are found alike."""

from __future__ import annotations

import re
import unicodedata

_GREEK_NAMES = {
    letter: unicodedata.name(letter).removeprefix("GREEK SMALL LETTER ").lower().replace("lamda", "lambda")
    for letter in "αβγδεζηθικλμνξοπρστυφχψω"
}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
_FOLDED = str.maketrans({letter: f" {name} " for letter, name in _GREEK_NAMES.items()} | {"ς": " sigma "})
_PREPARED = _INVISIBLE | _HYPHENS
_RAISED = re.compile("[⁰¹²³⁴-⁹₀-₉]+")
_GREEK_ENDS = (
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "theta",
    "kappa",
    "lambda",
    "sigma",
    "omega",
)
# "IL15" and "CD28z", "TGFbeta1", "CAR-NK": what is also written with a hyphen, with a space or with neither.
_NUMBER_IN_CODE = re.compile(r"[a-z](\d{1,5}[a-z]{0,2})(?![^\W_])")
_WITH_GREEK = re.compile(rf"\b([a-z]\w{{0,9}}?)({'|'.join(_GREEK_ENDS)})(\d{{0,3}})\b")
_SPACED = re.compile(r"\b([A-Z]{2,6})[ \u00a0](?=([A-Z]{1,3}|\d{1,3}[A-Z]?)\b)")
_AFTER_HYPHEN = re.compile(r"-([^\W_]{1,12})(?![^\W_])")
_LETTERS_BEFORE = re.compile(r"(?<![^\W_])[a-z]{1,8}\Z")
_PART_BEFORE = re.compile(r"(?<![^\W_])[^\W_]{1,12}\Z")
_REACH = 14
_WORD = re.compile(r"[^\W_]+")
# "CARs" and "IL-2s", whose s is no part of the name.
_PLURAL = re.compile(r"(?<=[A-Z\d])s\b")
_SAME = {"vs": "versus"}
_LEAST_LETTERS = 4


def folded(text: str) -> str:
    """Give a text in compatibility form and lower case, with plain hyphens and Greek letters as words of their own."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", _RAISED.sub(_apart, text).translate(_PREPARED))
    return plain.lower().translate(_FOLDED)


def _apart(raised: re.Match[str]) -> str:
    """Part raised or lowered digits from those before them: 10⁶ is not 106, while CO₂ is CO2."""
    before = raised.string[raised.start() - 1 : raised.start()]
    return f" {raised[0]}" if before.isdigit() else raised[0]


def searchable(text: str) -> str:
    """Give what full text indexes of a passage: its words, and its names as a question may write them.

    "IL-15", "IL 15" and "IL15" give "il", "15" and "il15", "CAR-NK" gives "car", "nk" and "carnk".
    """
    plain = folded(text)
    extra = _otherwise(text, plain)
    for match in _NUMBER_IN_CODE.finditer(plain):
        before = _LETTERS_BEFORE.search(plain, max(0, match.start(1) - _REACH), match.start(1))
        if before:
            extra += (before[0], match[1])
    return f"{plain} {' '.join(extra)}" if extra else plain


def sought(text: str) -> str:
    """Give what full text looks up for a question: its words, and some of its names as a passage may write them.

    A code written in one word is looked up as one: "NKX101" shall not find all that begins with "NKX".
    """
    plain = folded(text)
    extra = _otherwise(text, plain)
    return f"{plain} {' '.join(extra)}" if extra else plain


def _otherwise(text: str, plain: str) -> list[str]:
    """Give names of a text as they are also written.

    Args:
        text: The text.
        plain: The same, folded.
    """
    spaced = [f"{name}{end}".lower() for name, end in _SPACED.findall(text)]
    return [*_joined(plain), *_parted(plain), *spaced]


def _parted(plain: str) -> list[str]:
    """Part Greek letters' names from what they end: "tgf" and "beta" of "tgfbeta"."""
    if not any(name in plain for name in _GREEK_ENDS):
        return []
    return [part for parts in _WITH_GREEK.findall(plain) for part in parts if part]


def _joined(plain: str) -> list[str]:
    """Join the neighbours of hyphens: "carnk" of "car-nk"."""
    joined = []
    for match in _AFTER_HYPHEN.finditer(plain):
        before = _PART_BEFORE.search(plain, max(0, match.start() - _REACH), match.start())
        if before:
            joined.append(before[0] + match[1])
    return joined


def name_key(name: str) -> str:
    """Give the form by which names are compared: folded, hyphens as spaces, without the plural's s.

    "CARs" and "CAR" are one, as are "T-cell receptors" and "T cell receptor".
    """
    words = _WORD.findall(folded(_PLURAL.sub("", name)))
    return " ".join(_SAME.get(word, _singular(word)) for word in words)


def _singular(word: str) -> str:
    keeps = len(word) <= _LEAST_LETTERS or word.endswith(("ss", "us", "is"))
    return word if keeps else word.removesuffix("s")


def plain_words(text: str) -> set[str]:
    """Give the distinct words of a text, folded, without numbers and codes: what a slip of spelling may stand for."""
    words: set[str] = set()
    # Line by line: most are ASCII, which is folded ten times as fast.
    for line in text.splitlines():
        words.update(_WORD.findall(folded(line)))
    return {word for word in words if len(word) >= _LEAST_LETTERS and word.isalpha()}
