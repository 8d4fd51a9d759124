"""Turns what was composed into the answer that every interface renders."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.abstaining import Refusal
from assistant.answer import Abstention, Answer, Citation, Timings, Written
from assistant.citing import citation_of, cite
from assistant.composing.draft import Draft
from assistant.evidence import Evidence
from assistant.narrowing import reading_notes
from assistant.question import Question
from corpus.document import Fidelity

NEAREST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """What a question has led to, before it is cited.

    Attributes:
        question: As it was asked.
        asked: As it was understood.
        draft: What is said.
        refusal: Why there is no answer; None if there is one.
        evidence: Scored sentences, best first.
        begun: When the search began, by `time.perf_counter`.
        retrieved: When all was found.
    """

    question: str
    asked: Question
    draft: Draft
    refusal: Refusal | None
    evidence: Sequence[Evidence]
    begun: float
    retrieved: float


def finished(
    composed: Composed,
    written: Written | None = None,
    composer: Literal["extractive", "generative"] = "extractive",
) -> Answer:
    """Cite what was composed, or say why there is no answer.

    Args:
        composed: What was composed.
        written: How a language model wrote it, if one was asked.
        composer: Whose statements they are.
    """
    asked, refusal = composed.asked, composed.refusal
    ready = time.perf_counter()
    cited = cite(composed.draft)
    ended = time.perf_counter()
    return Answer(
        question=composed.question,
        standalone_question=asked.standalone,
        kind=asked.kind,
        composer=composer,
        abstained=refusal is not None,
        abstention=_abstention(refusal, composed.evidence) if refusal else None,
        answer=_declined(refusal, asked, cited.text) if refusal else cited.text,
        statements=cited.statements,
        citations=cited.citations,
        comparison=cited.comparison,
        disagreements=cited.disagreements,
        groups=cited.groups,
        figures=cited.figures,
        remarks=cited.remarks,
        notes=(*reading_notes(asked, answered=refusal is None), *_notes(cited.citations)),
        timings_ms=Timings(
            retrieve=_milliseconds(composed.begun, composed.retrieved),
            compose=_milliseconds(composed.retrieved, ready),
            verify=_milliseconds(ready, ended),
            total=_milliseconds(composed.begun, ended),
        ),
        written=written,
    )


def _abstention(refusal: Refusal, evidence: Sequence[Evidence]) -> Abstention:
    """Offer the nearest passages as reading, one a document."""
    nearest: dict[str, Evidence] = {}
    for found in sorted(evidence, key=lambda e: -e.similarity):
        nearest.setdefault(found.document.id, found)
    closest = list(nearest.values())[:NEAREST]
    return Abstention(
        reason=refusal.reason,
        missing_terms=refusal.missing_terms,
        nearest=tuple(citation_of(n, e.document, e.passage, [e]) for n, e in enumerate(closest, start=1)),
    )


def _declined(refusal: Refusal, asked: Question, correction: str) -> str:
    if asked.reply:
        return refusal.reason
    declined = f"The library cannot answer this. {refusal.reason}"
    return f"{declined}\n\n{correction}" if correction else declined


def _notes(citations: Sequence[Citation]) -> list[str]:
    """Say what a reader must know of the sources; the wording is fixed and carries no facts of theirs."""
    notes = []
    if citations and all(citation.commercial for citation in citations):
        notes.append("All of this comes from sources with a commercial interest.")
    elif any(citation.commercial for citation in citations):
        notes.append("Some of this comes from a source with a commercial interest.")
    if any(citation.fidelity is Fidelity.DIGEST for citation in citations):
        notes.append("Digests are Loccit's own statements about a paper, not the paper's words.")
    if any(citation.retracted for citation in citations):
        notes.append("A cited paper was retracted.")
    return notes


def _milliseconds(begun: float, ended: float) -> float:
    return round((ended - begun) * 1000, 1)
