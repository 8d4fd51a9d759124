"""Where sources differ: about what, which of them, and in what else these differ."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.interface.answering.statements import chip
from assistant.interface.markup import shown


def disagreements(answer: Answer, key: object) -> str:
    """Show the disagreements of an answer; nothing if there are none."""
    numbers = {statement.id: statement.citations for statement in answer.statements}
    shown_ones = []
    for disagreement in answer.disagreements:
        sides = " against ".join(
            "".join(chip(number, key) for number in numbers[name]) for name in disagreement.statements
        )
        remark = f" {shown(disagreement.remark)}" if disagreement.remark else ""
        shown_ones.append(
            f'<div class="differ"><strong>{shown(disagreement.lead_in)}</strong> '
            f"{shown(disagreement.about)}&nbsp;{sides}.{remark}</div>"
        )
    return "".join(shown_ones)
