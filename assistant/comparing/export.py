"""Writes a comparison for use elsewhere: as Markdown, and as CSV that a spreadsheet opens. Citations come along."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from assistant.answer import Answer, Statement
from assistant.bibliography.plain import address_of, in_markdown, in_words

NOTHING_FOUND = "No statement found"
# What a spreadsheet takes for a formula, white space before it aside.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


def as_markdown(answer: Answer) -> str:
    """Write a comparison as a Markdown table with numbered references below it.

    Args:
        answer: Of a comparison; one that declines is given as its reason.
    """
    if answer.comparison is None or not answer.citations:
        return f"{answer.answer}\n"
    references = (f"- \\[{citation.number}\\] {in_markdown(citation)}" for citation in answer.citations)
    parts = [answer.answer, "**References**", "\n".join(references), *(f"*{note}*" for note in answer.notes)]
    return "\n\n".join(parts) + "\n"


def as_csv(answer: Answer) -> str:
    """Write a comparison as CSV (RFC 4180): one row an aspect, one column a subject, then the references.

    The references follow after an empty row: number, reference, address. Every row has as many fields. A field that a
    spreadsheet would compute is led by an apostrophe.

    Args:
        answer: Of a comparison; one that declines is given as its reason.
    """
    if answer.comparison is None:
        return _written([[answer.answer]])
    by_id = {statement.id: statement for statement in answer.statements}
    rows: list[list[str]] = [["Aspect", *answer.comparison.subjects]]
    for aspect in answer.comparison.aspects:
        cells = (_cell([by_id[name] for name in cell]) for cell in aspect.cells)
        rows.append([aspect.name, *cells])
    rows += [[], ["Citation", "Reference", "Address"]]
    rows += [[f"[{c.number}]", in_words(c), address_of(c) or ""] for c in answer.citations]
    return _written(rows)


def _cell(statements: Sequence[Statement]) -> str:
    return "\n".join(map(_with_marks, statements)) or NOTHING_FOUND


def _with_marks(statement: Statement) -> str:
    return f"{' '.join(statement.text.split())} {''.join(f'[{number}]' for number in statement.citations)}"


def _written(rows: Sequence[Sequence[str]]) -> str:
    width = max(map(len, rows))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([*map(_guarded, row), *[""] * (width - len(row))])
    return out.getvalue()


def _guarded(field: str) -> str:
    """Keep a spreadsheet from computing a field (CSV injection)."""
    return f"'{field}" if _FORMULA.match(field) else field
