"""Sentences as evidence, each in a document of its own, to compose with."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

import numpy as np

from assistant.composing.draft import DraftStatement
from assistant.evidence import Evidence
from assistant.words import words
from corpus.document import Block, Document, Fidelity, Passage, SourceType, Span
from corpus.record import Record
from corpus.rows import StoredPassage

DIMENSION = 256


def evidence(  # noqa: PLR0913 - a test names only what it is about
    text: str,
    source: str = "a",
    *,
    title: str = "",
    author: str = "",
    year: int = 2024,
    source_type: SourceType = SourceType.CLINICAL_TRIAL,
    commercial: bool = False,
    mark: str = "",
    score: float = 1.0,
) -> Evidence:
    """Make evidence of one sentence; `mark` is a stretch of it that is a reference mark."""
    record = {
        "title": title,
        "issued": {"date-parts": [[year]]},
        "author": [{"family": author}] if author else [],
    }
    span = Span(0, len(text))
    at = text.index(mark) if mark else 0
    document = Document(
        id=source,
        text=text,
        record=Record.model_validate(record),
        source_type=source_type,
        fidelity=Fidelity.ABSTRACT,
        commercial=commercial,
        blocks=(Block(span),),
        reference_marks=(Span(at, at + len(mark)),) if mark else (),
    )
    return in_document(document, span, score=score)


def in_document(document: Document, sentence: Span, *, score: float = 1.0) -> Evidence:
    """Make evidence of a sentence of a document, its vector the count of its words."""
    vector = np.zeros(DIMENSION, dtype=np.float32)
    for word in words(sentence.of(document.text)):
        vector[crc32(word.encode()) % DIMENSION] += 1
    vector /= np.linalg.norm(vector)
    passage = Passage(document.id, sentence, (), (sentence,))
    stored = StoredPassage(f"{document.id}@{sentence.start}", passage, vector[np.newaxis, :])
    return Evidence(document, stored, (sentence,), sentence, vector, 1.0, 1.0, score)


def saying(document: Document, text: str) -> Document:
    """Give a document other words, and leave its record as it is."""
    return replace(
        document, text=text, sections=(), blocks=(Block(Span(0, len(text))),), reference_marks=(), tables=()
    )


def statement(*evidence: Evidence) -> DraftStatement:
    """Make a statement of the words of its first evidence."""
    return DraftStatement(evidence[0].text, evidence)
