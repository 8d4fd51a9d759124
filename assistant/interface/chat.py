"""What the chat says: questions, answers with chips for citations, reasons for no answer, errors."""

from __future__ import annotations

import re

from assistant.answer import Abstention, Answer, Citation
from assistant.interface.kinds import KINDS, counted, in_words, listed
from assistant.interface.markup import isolated, shown, shown_in_markdown
from assistant.interface.sources import source_ids
from corpus.document import Fidelity

PENDING = '<span class="pending">Searching the library…</span>'
# A backslash pair keeps its meaning; HTML and images are never ours; `[n]` is a citation.
_MARKUP = re.compile(r"\\.|<|!(?=\[)|\[(\d+)\]", re.DOTALL)
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
    notes = "".join(f'<p class="how">{shown(note)}</p>' for note in answer.notes)
    return f"{_with_chips(answer.answer, known, turn)}\n\n{notes}{_how(answer, turn)}"


def error_message(error: Exception) -> str:
    """Say in one sentence what went wrong."""
    return f'<span class="error">{shown(str(error))}</span>'


def _with_chips(markdown: str, known: set[int], turn: int) -> str:
    def replaced(found: re.Match[str]) -> str:
        token, number = found[0], found[1]
        if number is not None:
            return _chip(int(number), turn) if int(number) in known else f"\\[{number}\\]"
        if token in ("<", "\\<"):
            return "&lt;"
        return "\\!" if token == "!" else token

    return isolated(_MARKUP.sub(replaced, markdown))


def _chip(number: int, turn: int) -> str:
    return f'<a href="#cite-{turn}-{number}" class="chip"><span class="sr">Source </span>{number}</a>'


def _how(answer: Answer, turn: int) -> str:
    """Say quietly how the answer came about and what its sources are."""
    sources = list({citation.document_id: citation for citation in reversed(answer.citations)}.values())
    number = len(source_ids(answer.citations))
    total = f"{number} source{'' if number == 1 else 's'}"
    kinds = listed([words for _, words in counted(source.source_type for source in sources)])
    digests = sum(source.fidelity is Fidelity.DIGEST for source in sources)
    read = f"; {'all' if digests == number else digests} read as digests" if digests else ""
    return (
        f'<div class="how">{_COMPOSED[answer.composer]} <a href="#sources-{turn}" class="quiet">{total}</a>: '
        f"{kinds}{read}. {_cautions(sources)}{_took(answer.timings_ms.total)} "
        f'<a href="#copy-{turn}" class="quiet copy">Copy</a></div>'
    )


def _cautions(sources: list[Citation]) -> str:
    """Name what a reader should know of the sources before trusting them."""
    commercial = [source for source in sources if source.commercial]
    retracted = sum(source.retracted for source in sources)
    said = ""
    if len(commercial) == 1:
        said += f"One, a {KINDS[commercial[0].source_type].one}, speaks with a commercial interest. "
    elif commercial:
        said += f"{in_words(len(commercial))} speak with a commercial interest. "
    if retracted:
        verb = "was" if retracted == 1 else "were"
        said += f'<strong class="error">{in_words(retracted)} {verb} retracted.</strong> '
    return said


def _took(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms." if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s."


def _abstained(abstention: Abstention, turn: int, counts: tuple[int, int]) -> str:
    documents, passages = counts
    terms = listed([f"<strong>{shown(term)}</strong>" for term in abstention.missing_terms] or [""])
    missing = f"<p>The library never mentions {terms}.</p>" if abstention.missing_terms else ""
    nearest = f'<a href="#sources-{turn}" class="quiet">What came nearest</a> is there for reading.'
    return (
        f'<div class="abstained"><p>{shown(abstention.reason)}</p>{missing}</div>'
        f'<div class="how">Searched {documents:,} sources, {passages:,} passages. '
        f"{nearest if abstention.nearest else ''}</div>"
    )
