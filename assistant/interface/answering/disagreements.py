"""Where sources differ: about what, and what each of them says, side by side."""

from __future__ import annotations

from assistant.answer import Answer, Disagreement, Statement
from assistant.interface.answering.statements import cited_by, kinds_of, said
from assistant.interface.markup import shown
from assistant.interface.sources import short_reference


def disagreements(answer: Answer, key: object) -> str:
    """Show the disagreements of an answer; nothing if there are none.

    Args:
        answer: The answer.
        key: Names the panel that the numbers lead to.
    """
    statements = {statement.id: statement for statement in answer.statements}
    return "".join(
        _disagreement(one, [statements[name] for name in one.statements], answer, key)
        for one in answer.disagreements
    )


def _disagreement(one: Disagreement, sides: list[Statement], answer: Answer, key: object) -> str:
    """Show what each side says, in its own words, under who says so; on narrow screens one below the other."""
    remark = f'<p class="differ-in">{shown(one.remark)}</p>' if one.remark else ""
    shown_sides = "".join(_side(statement, answer, key) for statement in sides)
    return (
        f'<div class="differ"><p><strong>{shown(one.lead_in)}</strong> {shown(one.about)}</p>'
        f'<div class="sides" role="list">{shown_sides}</div>{remark}</div>'
    )


def _side(statement: Statement, answer: Answer, key: object) -> str:
    citations = cited_by(statement, {citation.number: citation for citation in answer.citations})
    # One paper may be cited by several numbers.
    who = "; ".join(dict.fromkeys(map(short_reference, citations)))
    return (
        f'<div class="side" role="listitem"><p class="who">{shown(who)}</p>'
        f'<div class="words">{said(statement, answer, key)}</div>'
        f'<p class="kinds">{kinds_of(citations)}</p></div>'
    )
