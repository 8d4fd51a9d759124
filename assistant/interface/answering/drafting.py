"""What the page shows of an answer while a language model writes it."""

from __future__ import annotations

from assistant.answer import Kind
from assistant.interface.answering.making import MadeSentence, Making
from assistant.interface.answering.statements import mark_tags, running, words_of
from assistant.interface.answering.understanding import read_as
from assistant.interface.answering.written import UNCHECKED, marks_of
from assistant.interface.markup import shown
from assistant.streaming import Found

SEARCHING = "Searching the library…"


def draft(making: Making, question: str, model: str) -> str:
    """Show what is known of an answer by now: checked sentences as in the finished answer, the others muted.

    Args:
        making: The answer in the making.
        question: As the reader has typed it.
        model: Who writes it, for readers.
    """
    if making.found is None:
        return f'<p class="progress">{SEARCHING}</p>'
    understood = read_as(question, making.found.standalone_question)
    reading = f'<p class="read-as">Read as “{shown(understood)}”</p>' if understood else ""
    sentences = [_sentence(sentence) for sentence in making.sentences]
    # The cells of a table are written one below the other.
    kind = Kind.LIST if making.found.kind is Kind.COMPARISON else making.found.kind
    text = running(sentences, kind) if sentences else ""
    progress = _writing(making.found) if sentences else _reading(making.found)
    return f'{reading}{text}<p class="progress">{shown(progress.format(model=model))}</p>'


def _sentence(sentence: MadeSentence) -> str:
    """Show a sentence; its numbers lead nowhere before the answer is finished and its sources stand beside it."""
    if sentence.verdict is None:
        return f'<span class="unchecked">{shown(sentence.text)}<span class="sr"> ({UNCHECKED})</span></span>'
    numbers = "".join(f'<span class="chip">{number}</span>' for number in sentence.citations)
    gap = "&nbsp;" if numbers else ""
    marks = mark_tags(marks_of(sentence.verdict, is_rewritten=sentence.is_rewritten))
    return f"{words_of(sentence.text, sentence.verdict)}{gap}{numbers}{marks}"


def _reading(found: Found) -> str:
    if not found.evidence_count:
        return "{model} reads what was found…"
    count = "1 sentence" if found.evidence_count == 1 else f"{found.evidence_count} sentences"
    return f"{count} found. {{model}} reads the best of them…"


def _writing(found: Found) -> str:
    what = " the cells of a table" if found.kind is Kind.COMPARISON else ""
    return f"{{model}} is writing{what}. Dotted: {UNCHECKED}."
