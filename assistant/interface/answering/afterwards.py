"""What stands under a finished answer: ways to take it along, to ask again, and to say what it is worth."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer import Answer
from assistant.interface.answering.exporting import Export
from assistant.interface.answering.naming import name_of
from assistant.interface.markup import attributes, shown
from assistant.interface.sources import short_reference
from corpus.readers import Opinion

_FORMATS = {
    Export.MARKDOWN: "Markdown",
    Export.BIBTEX: "BibTeX",
    Export.RIS: "RIS",
    Export.CSL_JSON: "CSL-JSON",
}


def afterwards(answer: Answer, turn: int) -> str:
    """Show what a reader can do with an answer; `actions.js` does it.

    Args:
        answer: The answer.
        turn: Its place in the conversation; ids in the page are unique by it.
    """
    named = attributes(
        data_answer=name_of(answer), data_question=answer.question, data_whole=answer.standalone_question
    )
    return (
        f'<div class="after"{named}><div class="actions" role="group" aria-label="This answer">'
        f'{_taking_along(answer, turn)}<button type="button" class="act again">Ask again</button>'
        '<button type="button" class="act edit">Edit question</button>'
        f'<span class="opinions" role="group" aria-label="What is it worth?">{_opinions(answer)}</span></div>'
        '<p class="done" role="status"></p><div class="follow-ups"></div></div>'
    )


def _taking_along(answer: Answer, turn: int) -> str:
    if not answer.statements:
        return ""
    copy = f'<a href="#copy-{turn}" class="act copy">Copy</a>'
    formats = [_item("take", kind, words) for kind, words in _FORMATS.items()]
    if answer.comparison:
        # The page has it as a table already: both are written with the answer.
        copy = (
            f'<button type="button" class="act export" name="markdown" value="{turn}">Copy Markdown</button>'
        )
        formats.append(
            f'<button type="button" class="item export" name="csv" value="{turn}">Table as CSV</button>'
        )
    return copy + _menu("Export", formats)


def _opinions(answer: Answer) -> str:
    """Offer to judge an answer; of a wrong citation a reader says which, if there are several."""
    good, unanswered = (
        _opinion(kind, words)
        for kind, words in ((Opinion.GOOD, "Good"), (Opinion.NOT_ANSWERED, "Not answered"))
    )
    if not answer.citations:
        return good + unanswered
    numbers = [
        _item("wrong", citation.number, f"{citation.number} · {short_reference(citation)}")
        for citation in answer.citations
    ]
    return good + _menu("Wrong citation", numbers, named=Opinion.WRONG_CITATION) + unanswered


def _opinion(kind: Opinion, words: str) -> str:
    return f'<button type="button" class="act opinion" name="{kind}" aria-pressed="false">{words}</button>'


def _menu(words: str, items: Iterable[str], named: str = "") -> str:
    name = attributes(data_opinion=named) if named else ""
    return f'<details class="menu"{name}><summary class="act">{words}</summary><div>{"".join(items)}</div></details>'


def _item(kind: str, value: object, words: str) -> str:
    return f'<button type="button" class="item {kind}"{attributes(value=value)}>{shown(words)}</button>'
