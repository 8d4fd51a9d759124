"""Shows what came of a comparison: the table, or why there is none, and how it came about."""

from __future__ import annotations

from assistant.answer import Abstention, Answer, Written
from assistant.interface.answering.comparison import comparison_table
from assistant.interface.answering.disagreements import disagreements
from assistant.interface.answering.written import left_out_heading, meanings, notice, origin, spent
from assistant.interface.chat import took
from assistant.interface.kinds import listed
from assistant.interface.markup import shown

KEY = "compare"
_EXPORTS = (
    '<p class="exports"><button type="button" class="export" name="copy">Copy as Markdown</button>'
    '<button type="button" class="export" name="markdown">Save as Markdown</button>'
    '<button type="button" class="export" name="csv">Save as CSV</button></p>'
)


def compared(answer: Answer) -> str:
    """Show a comparison.

    Args:
        answer: Of a comparison.
    """
    if answer.comparison is None or answer.abstention:
        return _declined(answer.abstention)
    heading = " versus ".join(map(shown, answer.comparison.subjects))
    said = notice(answer)
    warning = f'<p class="notice">{shown(said)}</p>' if said else ""
    table = comparison_table(answer.comparison, answer, KEY)
    return (
        f'<h2 tabindex="-1">{heading}</h2>{warning}{table}{disagreements(answer, KEY)}{_EXPORTS}'
        f"{_left_out(answer.written)}{_how(answer)}"
    )


def _declined(abstention: Abstention | None) -> str:
    reason = shown(abstention.reason) if abstention else ""
    unsaid = [term for term in (abstention.missing_terms if abstention else ()) if term not in reason]
    missing = f" The library never mentions {listed(list(map(shown, unsaid)))}." if unsaid else ""
    return (
        f'<h2 tabindex="-1">The library cannot compare these</h2><p class="abstained">{reason}{missing}</p>'
    )


def _left_out(written: Written | None) -> str:
    """Tell of what a model said without support: it is no part of the table."""
    if written is None or not written.left_out:
        return ""
    items = "".join(
        f"<li><del>{shown(left.text)}</del> <span>{shown(left.reason)}</span></li>"
        for left in written.left_out
    )
    return (
        f'<details class="left-out"><summary>{left_out_heading(written)}</summary><ul>{items}</ul></details>'
    )


def _how(answer: Answer) -> str:
    spending = spent(answer.written) if answer.written else []
    said = [origin(answer), *answer.notes, *meanings(answer), *spending]
    return f'<p class="how">{" ".join(map(shown, said))} {took(answer.timings_ms.total)}</p>'
