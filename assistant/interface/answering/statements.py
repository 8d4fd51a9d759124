"""Statements as the page shows them: words, numbers that lead to their sources, and the kinds of these sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.answer import Answer, Citation, Kind, Statement, Verdict
from assistant.interface.answering.written import marks_of
from assistant.interface.kinds import KINDS
from assistant.interface.markup import shown


def chip(number: int, key: object) -> str:
    """Give a citation's number, which leads to its source in the panel of that key."""
    return f'<a href="#cite-{key}-{number}" class="chip"><span class="sr">Source </span>{number}</a>'


def said(statement: Statement, answer: Answer, key: object) -> str:
    """Show a statement with its numbers, which stand before the items of a list, and what a reader must know of it."""
    first, *items = statement.text.split("\n")
    chips = "".join(chip(number, key) for number in statement.citations)
    listed = f"<ul>{''.join(f'<li>{shown(item)}</li>' for item in items)}</ul>" if items else ""
    is_rewritten = answer.written is not None and statement.id in answer.written.repaired
    marks = mark_tags(marks_of(statement.verdict, is_rewritten=is_rewritten))
    # No line begins with a number.
    return f"{words_of(first, statement.verdict)}{'&nbsp;' if chips else ''}{chips}{listed}{marks}"


def words_of(text: str, verdict: Verdict | None) -> str:
    """Show the words of a sentence; where they are not wholly borne out, one sees which."""
    return f'<span class="partial">{shown(text)}</span>' if verdict is Verdict.PARTIAL else shown(text)


def mark_tags(marks: Iterable[str]) -> str:
    """Show marks behind a statement; no line begins with one, and none sounds like a part of what follows."""
    return "".join(
        f'&nbsp;<small class="mark {mark.split()[0]}"><span class="sr">(</span>{mark}<span class="sr">)</span></small>'
        for mark in marks
    )


def running(sentences: Sequence[str], kind: Kind) -> str:
    """Show finished sentences of a model: one after the other, or, where a list was asked for, below one another."""
    if kind is Kind.LIST:
        items = "".join(f'<li class="said">{sentence}</li>' for sentence in sentences)
        return f'<ul class="running">{items}</ul>'
    text = " ".join(f'<span class="said">{sentence}</span>' for sentence in sentences)
    return f'<p class="lead running">{text}</p>'


def prose(answer: Answer, key: object) -> str:
    """Show the statements of an answer.

    They stand in their groups, as a model's text, or the first as a paragraph and the others as a list.
    """
    by_id = {statement.id: statement for statement in answer.statements}
    if answer.groups:
        parts = [
            f'<p class="lead-in">{shown(group.lead_in)}</p>'
            f"{_list([by_id[name] for name in group.statements], answer, key)}"
            for group in answer.groups
        ]
    elif answer.composer == "generative":
        parts = [running([said(statement, answer, key) for statement in answer.statements], answer.kind)]
    else:
        lead, others = answer.statements[:1], answer.statements[1:]
        parts = [*(_paragraph(statement, answer, key) for statement in lead), _list(others, answer, key)]
    remarks = "".join(f'<p class="remark">{shown(remark)}</p>' for remark in answer.remarks)
    return "".join(parts) + remarks


def kinds_of(citations: Sequence[Citation]) -> str:
    """Name the kinds of sources that a statement rests on, each once."""
    named: dict[str, str] = {}
    for citation in citations:
        kind = KINDS[citation.source_type]
        named.setdefault(f"{kind.one}{', commercial interest' if citation.commercial else ''}", kind.colour)
    kinds = " · ".join(f'<span class="kind {colour}">{words}</span>' for words, colour in named.items())
    retracted = (
        '<span class="kind retracted">retracted</span> ' if any(c.retracted for c in citations) else ""
    )
    return retracted + kinds


def cited_by(statement: Statement, citations: Mapping[int, Citation]) -> list[Citation]:
    """Give what a statement cites."""
    return [citations[number] for number in statement.citations]


def _paragraph(statement: Statement, answer: Answer, key: object) -> str:
    # A list cannot stand inside a paragraph.
    tag = "div" if "\n" in statement.text else "p"
    return f'<{tag} class="lead">{said(statement, answer, key)}</{tag}>'


def _list(statements: Sequence[Statement], answer: Answer, key: object) -> str:
    if not statements:
        return ""
    items = "".join(f"<li>{said(statement, answer, key)}</li>" for statement in statements)
    return f"<ul>{items}</ul>"
