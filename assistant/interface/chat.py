"""What the chat says: questions, answers with chips for citations, reasons for no answer, errors."""

from __future__ import annotations

import re

from assistant.answer import Abstention, Answer
from assistant.interface.answering.comparison import comparison_table
from assistant.interface.answering.disagreements import disagreements
from assistant.interface.answering.figures import figures_table
from assistant.interface.answering.statements import chip, prose
from assistant.interface.answering.understanding import is_reply, read_as
from assistant.interface.kinds import counted, listed
from assistant.interface.markup import isolated, shown, shown_in_markdown

SECOND = 1000  # milliseconds
PENDING = '<span class="pending">Searching the library…</span>'
# An escaped character stays one; of HTML a composer writes line breaks only, and never an image; `[n]` is a citation.
_MARKUP = re.compile(r"\\.|<br>|<|!(?=\[)| ?\[(\d+)\]", re.DOTALL)
_COMPOSED = {
    "extractive": "Composed from the sources' own sentences.",
    "generative": "Written by a language model over these sources.",
}


def question_message(question: str) -> str:
    """Show a reader's question as it was typed."""
    return shown_in_markdown(question)


def answer_message(answer: Answer, turn: int, counts: tuple[int, int]) -> str:
    """Show an answer with a chip for every citation, or why there is none.

    Args:
        answer: The answer.
        turn: Its place in the conversation; ids in the page are unique by it.
        counts: How many documents and passages the library holds.
    """
    if is_reply(answer):
        return _block(f"<p>{shown(answer.answer)}</p>")
    if answer.abstention:
        return _block(_read_as(answer), _abstained(answer, answer.abstention, turn, counts))
    how = _how(answer, turn)
    if answer.composer == "generative":
        known = {citation.number for citation in answer.citations}
        return "\n\n".join(filter(None, (_read_as(answer), _with_chips(answer.answer, known, turn), how)))
    said = comparison_table(answer.comparison, answer, turn) if answer.comparison else prose(answer, turn)
    figures = figures_table(answer.figures, turn)
    return _block(_read_as(answer), said, figures, disagreements(answer, turn), how)


def error_message(error: Exception) -> str:
    """Say in one sentence what went wrong."""
    return f'<span class="error">{shown(str(error))}</span>'


def took(milliseconds: float) -> str:
    """Say how long something took, as markup."""
    return f"{milliseconds:.0f}&nbsp;ms." if milliseconds < SECOND else f"{milliseconds / SECOND:.1f}&nbsp;s."


def _block(*parts: str) -> str:
    """Put finished HTML into Markdown, in which an empty line would end it."""
    return f'<div class="answer">{"".join(parts)}</div>'.replace("\n", " ")


def _with_chips(markdown: str, known: set[int], turn: int) -> str:
    def replaced(found: re.Match[str]) -> str:
        token, number = found[0], found[1]
        if number is not None:
            # A number never begins a line: it stays with the words before it.
            gap = "&nbsp;" if token.startswith(" ") else ""
            return gap + (chip(int(number), turn) if int(number) in known else f"\\[{number}\\]")
        if token in ("<", "\\<"):
            return "&lt;"
        return "\\!" if token == "!" else token

    return isolated(_MARKUP.sub(replaced, markdown))


def _read_as(answer: Answer) -> str:
    understood = read_as(answer)
    return f'<p class="read-as">Read as “{shown(understood)}”</p>' if understood else ""


def _how(answer: Answer, turn: int) -> str:
    """Say quietly how the answer came about, what kinds of sources it has and what to know of them."""
    parts = [_COMPOSED[answer.composer], *_sources(answer, turn), *map(shown, answer.notes)]
    parts.append(took(answer.timings_ms.total))
    return f'<div class="how">{" ".join(parts)}{_taking_along(answer, turn)}</div>'


def _sources(answer: Answer, turn: int) -> list[str]:
    sources = {citation.document_id: citation.source_type for citation in answer.citations}
    total = f"{len(sources)} source{'' if len(sources) == 1 else 's'}"
    kinds = listed([kind for _, kind in counted(sources.values())])
    return [f'<a href="#sources-{turn}" class="quiet">{total}</a>: {kinds}.']


def _taking_along(answer: Answer, turn: int) -> str:
    """Offer the answer for use elsewhere: as text or, of a comparison, as a table."""
    if not answer.comparison:
        return f'<a href="#copy-{turn}" class="quiet copy">Copy</a>'
    return (
        '<span class="exports">'
        f'<button type="button" class="export" name="markdown" value="{turn}">Copy Markdown</button>'
        f'<button type="button" class="export" name="csv" value="{turn}">Download CSV</button></span>'
    )


def _abstained(answer: Answer, abstention: Abstention, turn: int, counts: tuple[int, int]) -> str:
    """Say why there is no answer, and what the sources say of it instead."""
    documents, passages = counts
    unsaid = [term for term in abstention.missing_terms if term not in abstention.reason]
    missing = f" The library never mentions {listed(list(map(shown, unsaid)))}." if unsaid else ""
    corrected = prose(answer, turn) if answer.statements else ""
    panel = f'<a href="#sources-{turn}" class="quiet">'
    reading = f"{panel}What came nearest</a> is there for reading." if abstention.nearest else ""
    how = [
        f"Searched {documents:,} sources, {passages:,} passages.",
        *(_sources(answer, turn) if answer.citations else [reading]),
        *map(shown, answer.notes),
    ]
    return (
        f'<p class="abstained"><strong>The library cannot answer this.</strong> {shown(abstention.reason)}{missing}</p>'
        f'{corrected}<div class="how">{" ".join(filter(None, how))}</div>'
    )
