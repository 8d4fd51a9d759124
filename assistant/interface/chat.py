"""What the chat says: questions, answers with chips for citations, reasons for no answer, errors."""

from __future__ import annotations

import re

from assistant.answer import Abstention, Answer
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
    if answer.abstention:
        return _abstained(answer.abstention, turn, counts)
    known = {citation.number for citation in answer.citations}
    return f"{_with_chips(answer.answer, known, turn)}\n\n{_how(answer, turn)}"


def error_message(error: Exception) -> str:
    """Say in one sentence what went wrong."""
    return f'<span class="error">{shown(str(error))}</span>'


def _with_chips(markdown: str, known: set[int], turn: int) -> str:
    def replaced(found: re.Match[str]) -> str:
        token, number = found[0], found[1]
        if number is not None:
            # A number never begins a line: it stays with the words before it.
            gap = "&nbsp;" if token.startswith(" ") else ""
            return gap + (_chip(int(number), turn) if int(number) in known else f"\\[{number}\\]")
        if token in ("<", "\\<"):
            return "&lt;"
        return "\\!" if token == "!" else token

    return isolated(_MARKUP.sub(replaced, markdown))


def _chip(number: int, turn: int) -> str:
    return f'<a href="#cite-{turn}-{number}" class="chip"><span class="sr">Source </span>{number}</a>'


def _how(answer: Answer, turn: int) -> str:
    """Say quietly how the answer came about, what kinds of sources it has and what to know of them."""
    sources = {citation.document_id: citation.source_type for citation in answer.citations}
    total = f"{len(sources)} source{'' if len(sources) == 1 else 's'}"
    kinds = listed([words for _, words in counted(sources.values())])
    parts = [
        _COMPOSED[answer.composer],
        f'<a href="#sources-{turn}" class="quiet">{total}</a>: {kinds}.',
        *map(shown, answer.notes),
        _took(answer.timings_ms.total),
        f'<a href="#copy-{turn}" class="quiet copy">Copy</a>',
    ]
    return f'<div class="how">{" ".join(parts)}</div>'


def _took(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms." if milliseconds < SECOND else f"{milliseconds / SECOND:.1f} s."


def _abstained(abstention: Abstention, turn: int, counts: tuple[int, int]) -> str:
    documents, passages = counts
    unsaid = [term for term in abstention.missing_terms if term not in abstention.reason]
    missing = f" The library never mentions {listed(list(map(shown, unsaid)))}." if unsaid else ""
    nearest = f'<a href="#sources-{turn}" class="quiet">What came nearest</a> is there for reading.'
    return (
        f'<p class="abstained"><strong>The library cannot answer this.</strong> {shown(abstention.reason)}{missing}</p>'
        f'<div class="how">Searched {documents:,} sources, {passages:,} passages. '
        f"{nearest if abstention.nearest else ''}</div>"
    )
