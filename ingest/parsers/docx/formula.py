"""The formulas of a DOCX file (OMML), written in one line as those of JATS are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from lxml import etree

from ingest.parsers.docx.package import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_ONE_TERM = re.compile(r"[+\-\u2212]?[\w.]*|\([^()]*\)")
Parts = Mapping[str, str]
_DELETED = (f"{W}del", f"{W}moveFrom")


def formula_text(element: etree._Element) -> str:
    """Write a formula; signs keep a fraction or a power from being read as another number."""
    name = str(element.tag).removeprefix(M)
    if element.tag in _DELETED or name.endswith("Pr"):
        return ""
    if element.tag in (f"{M}t", f"{W}t"):
        return element.text or ""
    write = _WRITERS.get(name)
    if write is None:
        return "".join(formula_text(child) for child in element)
    parts = {str(child.tag).removeprefix(M): formula_text(child) for child in element}
    return write(element, defaultdict(str, parts))


def _radical(_: etree._Element, parts: Parts) -> str:
    base = _term(parts["e"])
    return f"{base}{_power('1/' + parts['deg'])}" if parts["deg"] else f"√{base}"


def _nary(element: etree._Element, parts: Parts) -> str:
    limits = "".join(sign + _term(parts[key]) for sign, key in (("_", "sub"), ("^", "sup")) if parts[key])
    return f"{_property(element, 'chr', '∫')}{limits} {parts['e']}"


def _spaced(element: etree._Element, _: Parts) -> str:
    return " ".join(filter(None, (formula_text(child) for child in element)))


def _delimited(element: etree._Element, _: Parts) -> str:
    separator = _property(element, "sepChr", "|")
    inside = separator.join(formula_text(child) for child in element.iterchildren(f"{M}e"))
    return f"{_property(element, 'begChr', '(')}{inside}{_property(element, 'endChr', ')')}"


def _property(element: etree._Element, name: str, default: str) -> str:
    found = element.find(f"*/{M}{name}")
    return default if found is None else found.get(f"{M}val") or ""


def _power(raised: str) -> str:
    return f"^{_term(raised)}" if any(character.isalnum() for character in raised) else raised


def _term(text: str) -> str:
    return text if _ONE_TERM.fullmatch(text) else f"({text})"


_WRITERS: Mapping[str, Callable[[etree._Element, Parts], str]] = {
    "f": lambda _, parts: f"{_term(parts['num'])}/{_term(parts['den'])}",
    "sSup": lambda _, parts: parts["e"] + _power(parts["sup"]),
    "sSub": lambda _, parts: parts["e"] + parts["sub"],
    "sSubSup": lambda _, parts: parts["e"] + parts["sub"] + _power(parts["sup"]),
    "func": lambda _, parts: f"{parts['fName']} {parts['e']}",
    "rad": _radical,
    "nary": _nary,
    "d": _delimited,
    "m": _spaced,
    "mr": _spaced,
    "eqArr": _spaced,
}
