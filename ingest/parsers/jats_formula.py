"""Formulas in a line of text: MathML written out, else TeX, else the words that describe the picture."""

from __future__ import annotations

import re

from lxml import etree

from ingest.canonical import fold

MATH = "{http://www.w3.org/1998/Math/MathML}"

_TEX_BODY = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_ONE_TERM = re.compile(r"[+\-\u2212]?[\w.]*|\([^()]*\)")


def formula_text(element: etree._Element) -> str:
    """Give a formula as text.

    MathML comes before TeX: short formulas, which are most, then read as they are printed ("p=0.05"), where
    TeX brings its commands and often a whole document around them.

    Args:
        element: The formula, a picture of it, or an element with alternatives of both.
    """
    math = next(element.iter(f"{MATH}math"), None)
    if math is not None:
        return _written(math)
    tex = next(element.iter("tex-math"), None)
    if tex is not None:
        source = all_text(tex)
        body = _TEX_BODY.search(source)
        return fold(body[1] if body else source).strip("$ ")
    for tag in ("textual-form", "alt-text"):
        described = next(element.iter(tag), None)
        if described is not None:
            return fold(all_text(described))
    return ""


def all_text(element: etree._Element) -> str:
    """Give the text of an element and all in it, markup or not."""
    return "".join(str(text) for text in element.itertext("*"))


def _written(element: etree._Element) -> str:
    """Write MathML in one line; signs keep a fraction or a power from being read as another number."""
    name = str(element.tag).removeprefix(MATH)
    if not len(element):
        return " " if name == "mspace" else fold(element.text or "")
    if name == "semantics":
        return _written(element[0])
    parts = [_written(child) for child in element]
    match name, parts:
        case "mfrac", [top, bottom]:
            return f"{_term(top)}/{_term(bottom)}"
        case "msup", [base, raised]:
            return base + _power(raised)
        case "msubsup", [base, lowered, raised]:
            return base + lowered + _power(raised)
        case "msqrt", _:
            return f"√{_term(''.join(parts))}"
        case "mroot", [base, degree]:
            return f"{_term(base)}{_power(f'1/{degree}')}"
        case "mfenced", _:
            separator = element.get("separators", ",")[:1]
            return element.get("open", "(") + separator.join(parts) + element.get("close", ")")
        case "mtr" | "mtable", _:
            return " ".join(parts)
        case _:
            return "".join(parts)


def _power(raised: str) -> str:
    """Write what is raised; stars, primes and plus signs need no sign of their own."""
    return f"^{_term(raised)}" if any(character.isalnum() for character in raised) else raised


def _term(text: str) -> str:
    return text if _ONE_TERM.fullmatch(text) else f"({text})"
