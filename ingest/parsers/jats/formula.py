"""Formulas in a line of text: MathML written out, else TeX, else the words that describe the picture."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from ingest.canonical import fold

MATH = "{http://www.w3.org/1998/Math/MathML}"

OMISSION = "[…]"
"""Stands for a formula that is a picture, as printers mark what a quotation leaves out: the sentence around it must
not read as if it were complete ("increases at a rate of per day")."""

_TEX_BODY = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.DOTALL)
_TEX_PREAMBLE = re.compile(
    r"\\(?:documentclass|usepackage|setlength|pagestyle|DeclareMathSizes)(?:\[[^\]]*\])?(?:\{[^{}]*\})*"
)
_TEX_SETTING = re.compile(
    r"\\(?:(?:displaystyle|textstyle|nonumber|notag)(?![a-zA-Z])|(?:label|hspace\*?)\{[^{}]*\})"
)
_TEX_DISPLAY = re.compile(
    r"(?:\$+|\\\[|\\\(|\\begin\{(equation|align|aligned|gather|gathered|eqnarray|displaymath|math|split|multline)\*?\})"
    r"\s*(.*?)\s*(?:\$+|\\\]|\\\)|\\end\{\1\*?\})",
    re.DOTALL,
)
# What publishers write where a description of the picture should stand.
_NO_DESCRIPTION = re.compile(
    r"(?:(?:inline|embedded|alternate|unlabelled|display)\s)?(?:alternate text|equation|external file|figure|formula"
    r"|graphic|image|math|picture|text)\b[\s\d.()A-Z]*|\S+\.(?:eps|gif|jpe?g|png|svg|tiff?)",
    re.IGNORECASE,
)
_INVISIBLE_SIGNS = {0x2061: " ", 0x2062: None, 0x2063: None, 0x2064: None}
_UNSHOWN = frozenset(
    ("annotation", "annotation-xml", "maligngroup", "malignmark", "mphantom", "none", "mprescripts")
)
_WORD = re.compile(r"[^\W_]")
_ONE_TERM = re.compile(r"[+\-\u2212]?[\w.]*|\([^()]*\)")


def formula_text(element: etree._Element) -> str:
    """Give a formula as text.

    MathML comes before TeX: short formulas, which are most, then read as they are printed ("p=0.05"), where
    TeX brings its commands and often a whole document around them.

    Args:
        element: The formula, a picture of it, or an element with alternatives of both.

    Returns:
        Nothing for a picture that nobody has described.
    """
    math = next(element.iter(f"{MATH}math", "math"), None)
    if math is not None:
        return fold(_written(math).translate(_INVISIBLE_SIGNS))
    tex = next(element.iter("tex-math"), None)
    if tex is not None:
        return _tex_formula(all_text(tex))
    for tag in ("textual-form", "alt-text"):
        described = next(element.iter(tag), None)
        words = "" if described is None else fold(all_text(described))
        if words and not _NO_DESCRIPTION.fullmatch(words):
            return words
    return ""


def _tex_formula(source: str) -> str:
    """Take the formula out of the LaTeX document that publishers wrap around it."""
    body = _TEX_BODY.search(source)
    formula = fold(_TEX_SETTING.sub("", _TEX_PREAMBLE.sub("", body[1] if body else source)))
    while match := _TEX_DISPLAY.fullmatch(formula):
        if match[2] == formula or "$" in match[2]:
            break
        formula = match[2]
    return formula.strip("$ ")


def all_text(element: etree._Element) -> str:
    """Give the text of an element and all in it, markup or not."""
    return "".join(str(text) for text in element.itertext("*"))


def _written(element: etree._Element) -> str:
    """Write MathML in one line; signs keep a fraction or a power from being read as another number."""
    name = str(element.tag).removeprefix(MATH)
    if name in _UNSHOWN:
        return ""
    if not len(element):
        return " " if name == "mspace" else fold(element.text or "")
    if name == "semantics":
        return _written(element[0])
    parts = [_written(child) for child in element]
    write = _WRITTEN.get((name, len(parts)))
    if write is not None:
        return write(*parts)
    if name == "msqrt":
        return f"√{_term(''.join(parts))}"
    if name == "mfenced":
        separator = element.get("separators", ",")[:1]
        return element.get("open", "(") + separator.join(parts) + element.get("close", ")")
    return (" " if name in ("mtr", "mtable") else "").join(parts)


def _power(raised: str) -> str:
    """Write what is raised; stars, primes and plus signs need no sign of their own."""
    return f"^{_term(raised)}" if _has_words(raised) else raised


def _index(base: str, lowered: str) -> str:
    """Write an index as running text does, unless it would become digits of its base."""
    return f"_{_term(lowered)}" if base[-1:].isdigit() and lowered[:1].isdigit() else lowered


def _has_words(text: str) -> bool:
    return _WORD.search(text) is not None


def _term(text: str) -> str:
    return text if _ONE_TERM.fullmatch(text) else f"({text})"


def _above(base: str, over: str) -> str:
    """Write a limit above a sum; an accent stands behind its letter."""
    return base + _power(over)


def _below(base: str, under: str) -> str:
    return f"{base}_{_term(under)}" if _has_words(under) else base + under


# By name and number of parts; anything else is written as the row of its parts.
_WRITTEN: dict[tuple[str, int], Callable[..., str]] = {
    ("mfrac", 2): lambda top, bottom: f"{_term(top)}/{_term(bottom)}",
    ("mroot", 2): lambda base, degree: f"{_term(base)}{_power(f'1/{degree}')}",
    ("msup", 2): _above,
    ("mover", 2): _above,
    ("msub", 2): lambda base, lowered: base + _index(base, lowered),
    ("msubsup", 3): lambda base, lowered, raised: base + _index(base, lowered) + _power(raised),
    ("munder", 2): _below,
    ("munderover", 3): lambda base, under, over: _below(base, under) + _power(over),
}
