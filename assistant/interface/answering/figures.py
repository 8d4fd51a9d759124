"""Figures side by side: what each counts, in whom, and which source says so."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer import Figure
from assistant.interface.answering.statements import chip
from assistant.interface.markup import shown


def figures_table(figures: Iterable[Figure], key: object) -> str:
    """Show the figures of an answer, each in the words of its source; nothing if there are none."""
    rows = "".join(_row(figure, key) for figure in figures)
    if not rows:
        return ""
    head = "<tr><th>Figure</th><th>Of what, in whom</th><th>Source</th></tr>"
    return (
        f'<div class="table" tabindex="0"><table class="figures"><thead>{head}</thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(figure: Figure, key: object) -> str:
    parts = (extract.text for extract in (figure.measured, figure.population) if extract)
    about = "<br>".join(shown(" ".join(words.split())) for words in parts)
    return (
        f'<tr><td class="figure">{shown(" ".join(figure.number.text.split()))}</td><td>{about}</td>'
        f"<td>{shown(figure.source)}&nbsp;{chip(figure.citation, key)}</td></tr>"
    )
