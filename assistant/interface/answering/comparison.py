"""A comparison as a table: one row an aspect, one column a subject, every cell cited or called empty."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Comparison, Statement
from assistant.comparing.export import NOTHING_FOUND
from assistant.interface.answering.statements import cited_by, kinds_of, said
from assistant.interface.markup import shown

ASPECT_WIDTH, SUBJECT_WIDTH = 108, 210  # pixels, as in page.css


def comparison_table(comparison: Comparison, answer: Answer, key: object) -> str:
    """Show a comparison.

    Args:
        comparison: Of the answer.
        answer: Holds its statements and what they cite.
        key: Names the panel that the numbers lead to.
    """
    statements = {statement.id: statement for statement in answer.statements}
    head = "".join(f"<th>{shown(subject)}</th>" for subject in comparison.subjects)
    rows = []
    for aspect in comparison.aspects:
        cells = [
            _cell(subject, [statements[name] for name in cell], answer, key)
            for subject, cell in zip(comparison.subjects, aspect.cells, strict=True)
        ]
        rows.append(f'<tr><th class="aspect">{shown(aspect.name)}</th>{"".join(cells)}</tr>')
    # Of many subjects each keeps its width, and the table scrolls.
    width = ASPECT_WIDTH + SUBJECT_WIDTH * len(comparison.subjects)
    return (
        f'<div class="table" tabindex="0"><table class="comparison" style="min-width: {width}px"><thead><tr><td></td>'
        f"{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
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
    return f'<td><strong class="subject">{shown(subject)}</strong>{words or empty}</td>'
