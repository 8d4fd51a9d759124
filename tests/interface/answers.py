"""Answers made by hand, and what the page and the terminal make of them."""

from __future__ import annotations

import io

from rich.console import Console

from assistant.answer import Answer, Citation, Kind, Quote, Statement, Timings, Verdict
from assistant.interface.chat import answer_message
from assistant.interface.rendering import show_answer
from corpus.document import Fidelity, SourceType

TURN = 3
COUNTS = (2, 9)


def citation(
    number: int, source_type: SourceType = SourceType.REVIEW, *, commercial: bool = False
) -> Citation:
    return Citation(
        number=number,
        document_id=f"d{number}",
        passage_id=f"d{number}@0-9",
        text_sha256="",
        title=f"Title {number}",
        authors=(),
        container_title=None,
        year=None,
        source_type=source_type,
        fidelity=Fidelity.FULL_TEXT,
        commercial=commercial,
        retracted=False,
        section=(),
        doi=None,
        url=None,
        licence=None,
        read_at=(),
        note=None,
        quotes=(),
    )


def statement(number: int, text: str) -> Statement:
    quote = Quote(start=0, end=len(text), text=text, citation=number)
    return Statement(
        id=f"s{number}", text=text, verdict=Verdict.SUPPORTED, citations=(number,), quotes=(quote,)
    )


def answer(*texts: str, **parts: object) -> Answer:
    """Make an answer of statements, each with a source of its own."""
    numbers = range(1, len(texts) + 1)
    fields: dict[str, object] = {
        "question": "Do terns <winter> at sea?",
        "standalone_question": "Do terns <winter> at sea?",
        "kind": Kind.OPEN,
        "composer": "extractive",
        "abstained": "abstention" in parts,
        "abstention": None,
        "answer": "",
        "statements": tuple(map(statement, numbers, texts)),
        "citations": tuple(map(citation, numbers)),
        "comparison": None,
        "disagreements": (),
        "notes": (),
        "timings_ms": Timings(retrieve=1, compose=1, verify=1, total=3),
    }
    return Answer.model_validate(fields | parts)


def on_page(given: Answer) -> str:
    return answer_message(given, TURN, COUNTS)


def in_terminal(given: Answer) -> str:
    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False)
    show_answer(console, given)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def chip(number: int) -> str:
    return f'<a href="#cite-{TURN}-{number}" class="chip"><span class="sr">Source </span>{number}</a>'
