"""What the chat says: questions, answers with chips for citations, reasons for no answer, errors."""

from __future__ import annotations

from assistant.answer import Abstention, Answer, Written
from assistant.interface.answering.afterwards import afterwards
from assistant.interface.answering.comparison import comparison_table
from assistant.interface.answering.disagreements import disagreements
from assistant.interface.answering.drafting import draft
from assistant.interface.answering.figures import figures_table
from assistant.interface.answering.making import Making
from assistant.interface.answering.statements import prose
from assistant.interface.answering.understanding import is_reply, read_as
from assistant.interface.answering.written import lasted, left_out_heading, meanings, notice, origin, spent
from assistant.interface.kinds import counted, listed
from assistant.interface.markup import shown, shown_in_markdown


def question_message(question: str) -> str:
    """Show a reader's question, as Markdown, as it was typed."""
    return shown_in_markdown(question)


def making_message(making: Making, question: str, model: str) -> str:
    """Show an answer that a language model is writing; as for `draft`."""
    return _block(draft(making, question, model), kind="answer making")


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
        why = _abstained(answer, answer.abstention, turn, counts)
        return _block(_read_as(answer), _notice(answer), why, afterwards(answer, turn))
    said = comparison_table(answer.comparison, answer, turn) if answer.comparison else prose(answer, turn)
    figures = figures_table(answer.figures, turn)
    stands_first = answer.composer == "extractive"
    return _block(
        _read_as(answer),
        _notice(answer) if stands_first else "",
        said,
        figures,
        disagreements(answer, turn),
        "" if stands_first else _notice(answer),
        _left_out(answer.written),
        _how(answer, turn),
        afterwards(answer, turn),
    )


def error_message(error: Exception) -> str:
    """Say in one sentence what went wrong."""
    return _block(f'<p class="error">{shown(str(error))}</p>')


def took(milliseconds: float) -> str:
    """Say how long something took, as markup."""
    return f"{lasted(milliseconds)}.".replace("\u00a0", "&nbsp;")


def _block(*parts: str, kind: str = "answer") -> str:
    return f'<div class="{kind}">{"".join(parts)}</div>'


def _read_as(answer: Answer) -> str:
    understood = read_as(answer.question, answer.standalone_question)
    return f'<p class="read-as">Read as “{shown(understood)}”</p>' if understood else ""


def _notice(answer: Answer) -> str:
    said = notice(answer)
    return f'<p class="notice">{shown(said)}</p>' if said else ""


def _left_out(written: Written | None) -> str:
    """Tell of what a model said without support, folded away and struck through: it is no part of the answer."""
    if written is None or not written.left_out:
        return ""
    items = "".join(
        f'<li><span class="sr">Left out: </span><del>{shown(left.text)}</del> <span>{shown(left.reason)}</span></li>'
        for left in written.left_out
    )
    return (
        f'<details class="left-out"><summary>{left_out_heading(written)}</summary><ul>{items}</ul></details>'
    )


def _how(answer: Answer, turn: int) -> str:
    """Say quietly how the answer came about, what kinds of sources it has and what to know of them."""
    about = [shown(origin(answer)), *_sources(answer, turn), *map(shown, answer.notes)]
    whole = took(answer.timings_ms.total)
    lines = [[*about, whole]]
    if answer.written:
        # A model's answer has more to say of itself than one paragraph holds.
        spending = map(shown, spent(answer.written))
        lines = [about, list(map(shown, meanings(answer))), [*spending, f"In&nbsp;all&nbsp;{whole}"]]
    said = "".join(f"<p>{' '.join(line)}</p>" for line in lines if line)
    return f'<div class="how">{said}</div>'


def _sources(answer: Answer, turn: int) -> list[str]:
    sources = {citation.document_id: citation.source_type for citation in answer.citations}
    if not sources:
        return []
    total = f"{len(sources)} source{'' if len(sources) == 1 else 's'}"
    kinds = listed([kind for _, kind in counted(sources.values())])
    return [f'<a href="#sources-{turn}" class="quiet">{total}</a>: {kinds}.']


def _abstained(answer: Answer, abstention: Abstention, turn: int, counts: tuple[int, int]) -> str:
    """Say why there is no answer, and what the sources say of it instead."""
    documents, passages = counts
    unsaid = [term for term in abstention.missing_terms if term not in abstention.reason]
    missing = f" The library never mentions {listed(list(map(shown, unsaid)))}." if unsaid else ""
    corrected = prose(answer, turn) if answer.statements else ""
    panel = f'<a href="#sources-{turn}" class="quiet">'
    reading = f"{panel}What came nearest</a> is there for reading." if abstention.nearest else ""
    how = [
        f"Searched {documents:,} source{'' if documents == 1 else 's'}, "
        f"{passages:,} passage{'' if passages == 1 else 's'}.",
        *(_sources(answer, turn) if answer.citations else [reading]),
        *map(shown, answer.notes),
        *(map(shown, spent(answer.written)) if answer.written else ()),
    ]
    return (
        f'<p class="abstained"><strong>The library cannot answer this.</strong> {shown(abstention.reason)}{missing}</p>'
        f'{corrected}<div class="how">{" ".join(filter(None, how))}</div>'
    )
