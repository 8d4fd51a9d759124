"""Answers made by hand: the documents say what the statements quote, unless a test has it otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answer import (
    Abstention,
    Answer,
    Aspect,
    Citation,
    Comparison,
    Kind,
    Quote,
    Statement,
    Timings,
    Verdict,
)
from assistant.evaluation.judging import judge
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import PosedQuestion
from corpus.document import Fidelity, SourceType

TEXTS = {
    "bees": "Bees sleep at night. Bees dance in the hive.",
    "ants": "Ants sleep in shifts.",
    "rivals": "Bees, unlike ants, dance in the hive.",
}


def posed(**expected: Any) -> PosedQuestion:
    return PosedQuestion.model_validate(
        {"id": "q1", "question": "Do bees sleep?", "kind": "yes-no", **expected}
    )


def quote(citation: int, document_id: str, words: str) -> Quote:
    start = TEXTS[document_id].index(words)
    return Quote(citation=citation, start=start, end=start + len(words), text=words)


def statement(name: str, text: str, *quotes: Quote, verdict: Verdict = Verdict.SUPPORTED) -> Statement:
    return Statement(
        id=name,
        text=text,
        verdict=verdict,
        citations=tuple(sorted({quoted.citation for quoted in quotes})),
        quotes=quotes,
    )


def said(name: str, citation: int, document_id: str, words: str) -> Statement:
    """A statement that is the words it quotes."""
    return statement(name, words, quote(citation, document_id, words))


def answer(
    *statements: Statement,
    cited: Mapping[int, str] | None = None,
    table: tuple[Sequence[str], Sequence[Sequence[Sequence[str]]]] | None = None,
    reason: str | None = None,
    missing_terms: Sequence[str] = (),
    kind: Kind = Kind.YES_NO,
    milliseconds: float = 10.0,
) -> Answer:
    """Make an answer.

    `cited` names the document of each citation; `table` gives subjects, and rows of cells of ids of statements;
    with a `reason` the answer is declined.
    """
    return Answer(
        question="Do bees sleep?",
        standalone_question="Do bees sleep?",
        kind=kind,
        composer="extractive",
        abstained=reason is not None,
        abstention=Abstention(reason=reason, missing_terms=tuple(missing_terms), nearest=())
        if reason is not None
        else None,
        answer=" ".join(said.text for said in statements) or str(reason),
        statements=statements,
        citations=tuple(_citation(number, name) for number, name in (cited or {}).items()),
        comparison=_comparison(*table) if table else None,
        disagreements=(),
        notes=(),
        timings_ms=Timings(retrieve=0, compose=0, verify=0, total=milliseconds),
    )


def judged(question: PosedQuestion, given: Answer) -> Outcome:
    return judge(question, given, TEXTS, wall_milliseconds=given.timings_ms.total + 1)


def _comparison(subjects: Sequence[str], rows: Sequence[Sequence[Sequence[str]]]) -> Comparison:
    aspects = tuple(Aspect(name=f"row {n}", cells=tuple(map(tuple, row))) for n, row in enumerate(rows))
    return Comparison(subjects=tuple(subjects), aspects=aspects)


def _citation(number: int, document_id: str) -> Citation:
    return Citation(
        number=number,
        document_id=document_id,
        passage_id=f"{document_id}@0-{len(TEXTS[document_id])}",
        text_sha256="",
        title=f"On {document_id}",
        authors=(),
        container_title=None,
        year=None,
        source_type=SourceType.RESEARCH,
        fidelity=Fidelity.FULL_TEXT,
        commercial=False,
        retracted=False,
        section=(),
        doi=None,
        url=None,
        licence=None,
        read_at=(),
        note=None,
        quotes=(),
    )
