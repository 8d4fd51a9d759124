"""What a JATS article shows only as pictures, which no text can hold: its reader should know."""

from __future__ import annotations

from lxml import etree

from ingest.parsers.jats.formula import MATH, OMISSION, formula_text
from ingest.parsers.jats.table import is_table

_PICTURES = ("graphic", "inline-graphic")


def note_of_limits(article: etree._Element) -> str | None:
    """Say how many tables and formulas are pictures, or nothing if all of them can be read."""
    parts = [part for name in ("front", "body", "floats-group", "back") for part in article.iterfind(name)]
    tables = [table for part in parts for table in part.iter("table-wrap")]
    pictured = sum(1 for table in tables if _is_pictured_table(table))
    formulas = [formula for part in parts for formula in part.iter("inline-formula", "disp-formula")]
    unread = sum(1 for formula in formulas if _is_pictured_formula(formula))
    notes = []
    if pictured:
        notes.append(
            f"Tables that are pictures in the origin, and cannot be searched: {pictured} of {len(tables)}."
        )
    if unread:
        notes.append(
            f"Formulas that are pictures in the origin, each shown as {OMISSION}: {unread} of {len(formulas)}."
        )
    return " ".join(notes) or None


def _is_pictured_formula(formula: etree._Element) -> bool:
    if next(formula.iter(f"{MATH}math", "math", "tex-math"), None) is not None:
        return False
    return next(formula.iter(*_PICTURES), None) is not None and not formula_text(formula)


def _is_pictured_table(table: etree._Element) -> bool:
    has_picture = next(table.iter("graphic"), None) is not None
    return has_picture and not any(is_table(element) for element in table.iter("*"))
