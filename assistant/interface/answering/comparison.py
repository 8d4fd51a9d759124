"""A comparison as a table: one row an aspect, one column a subject, every cell cited or called empty."""

from __future__ import annotations

import html
from collections.abc import Sequence

from assistant.answer import Answer, Comparison, Statement
from assistant.comparing.export import NOTHING_FOUND
from assistant.interface.answering.statements import cited_by, kinds_of, said
from assistant.interface.markup import attributes, shown

_NOTHING = "The library says nothing of this for any of them"
ASPECT_WIDTH, SUBJECT_WIDTH = 116, 210  # pixels, as in compare.css


def comparison_table(comparison: Comparison, answer: Answer, key: object) -> str:
    """Show a comparison.

    Args:
        comparison: Of the answer.
        answer: Holds its statements and what they cite.
        key: Names the panel that the numbers lead to.
    """
    statements = {statement.id: statement for statement in answer.statements}
    head = "".join(
        f'<th role="columnheader" scope="col">{shown(subject)}</th>' for subject in comparison.subjects
    )
    rows = []
    for place, aspect in enumerate(comparison.aspects):
        cells = [
            _cell(subject, [statements[name] for name in cell], answer, key)
            for subject, cell in zip(comparison.subjects, aspect.cells, strict=True)
        ]
        if not any(aspect.cells):
            cells = [
                f'<td role="cell" colspan="{len(aspect.cells)}"><span class="none">{_NOTHING}</span></td>'
            ]
        # Narrow screens show one row at a time, at first the first.
        row = f'<tr role="row"{attributes(class_="at") if not place else ""}>'
        rows.append(
            f'{row}<th role="rowheader" scope="row" class="aspect">{shown(aspect.name)}</th>{"".join(cells)}</tr>'
        )
    # Of many subjects each keeps its width, and the table scrolls. Roles stay where narrow screens make cards of rows.
    columns = len(comparison.subjects)
    named = attributes(aria_label=f"Comparison of {' and '.join(comparison.subjects)}")
    return (
        f'<div class="table-of-{min(columns, 4)} compared-table">{_aspect_picker(comparison)}'
        f'<div class="table" tabindex="0" role="region"{named}><table class="comparison" role="table"'
        f' style="min-width: {ASPECT_WIDTH + SUBJECT_WIDTH * columns}px"><thead role="rowgroup"><tr role="row">'
        f'<td role="cell"></td>{head}</tr></thead><tbody role="rowgroup">{"".join(rows)}</tbody></table></div></div>'
    )


def _aspect_picker(comparison: Comparison) -> str:
    """Offer the aspects one by one, for screens on which no more has room."""
    if len(comparison.aspects) == 1:
        return ""
    options = "".join(
        f"<option{attributes(value=place)}>{html.escape(aspect.name)}</option>"
        for place, aspect in enumerate(comparison.aspects)
    )
    return (
        '<div class="aspect-picker" role="group" aria-label="Aspects">'
        '<button type="button" name="previous-aspect" aria-label="Previous aspect" disabled>‹</button>'
        f'<select aria-label="Aspect">{options}</select>'
        '<button type="button" name="next-aspect" aria-label="Next aspect">›</button></div>'
    )


def _cell(subject: str, statements: Sequence[Statement], answer: Answer, key: object) -> str:
    """Show one cell; the subject's name in it is for narrow screens, where no column stands under its head."""
    citations = {citation.number: citation for citation in answer.citations}
    words = "".join(
        f'<div class="statement">{said(statement, answer, key)}'
        f' <small class="kinds">{kinds_of(cited_by(statement, citations))}</small></div>'
        for statement in statements
    )
    empty = f'<span class="none">{NOTHING_FOUND}</span>'
    return f'<td role="cell"><strong class="subject">{shown(subject)}</strong>{words or empty}</td>'
