"""What an answer is: plain data that every interface renders. The JSON names are a contract."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.document import Fidelity, SourceType


class Kind(StrEnum):
    """What a question asks for."""

    COMPARISON = "comparison"
    LIST = "list"
    DEFINITION = "definition"
    YES_NO = "yes-no"
    QUANTITY = "quantity"
    CAUSE = "cause"
    OPEN = "open"
    OTHER = "other"


class Verdict(StrEnum):
    """What the evidence says of a statement or of a claim."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not-found"


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True)


class Extract(_Plain):
    """A quoted span of a document: `text` is `document.text[start:end]`."""

    start: int
    end: int
    text: str


class Quote(Extract):
    """A quoted span that a statement rests on, in the passage of citation number `citation`."""

    citation: int


class Statement(_Plain):
    """The unit of an answer: what is said, its quotes, its verdict."""

    id: str
    text: str
    verdict: Verdict
    citations: tuple[int, ...]
    quotes: tuple[Quote, ...]


class Citation(_Plain):
    """A number in an answer: one passage of one document, and the words quoted from it.

    Attributes:
        text_sha256: Hash of the document's text when it was quoted.
        container_title: The journal or site.
        read_at: For a digest, the hosts of the pages on which the quoted statements were read.
        note: A limit of the record that a reader should know.
    """

    number: int
    document_id: str
    passage_id: str
    text_sha256: str
    title: str
    authors: tuple[str, ...]
    container_title: str | None
    year: int | None
    source_type: SourceType
    fidelity: Fidelity
    commercial: bool
    retracted: bool
    section: tuple[str, ...]
    page: int | None = None
    doi: str | None
    url: str | None
    licence: str | None
    read_at: tuple[str, ...]
    note: str | None
    quotes: tuple[Extract, ...]


class Aspect(_Plain):
    """A row of a comparison: for each subject the ids of the statements about it."""

    name: str
    cells: tuple[tuple[str, ...], ...]


class Comparison(_Plain):
    """A table: one column a subject, one row an aspect."""

    subjects: tuple[str, ...]
    aspects: tuple[Aspect, ...]


class Abstention(_Plain):
    """Why there is no answer, which terms the library never mentions, and what came nearest, as reading."""

    reason: str
    missing_terms: tuple[str, ...]
    nearest: tuple[Citation, ...]


class Disagreement(_Plain):
    """Statements that differ about one thing."""

    about: str
    statements: tuple[str, ...]


class Timings(_Plain):
    """How long each step took, in milliseconds."""

    retrieve: float
    compose: float
    verify: float
    total: float


class Answer(_Plain):
    """A cited answer, or the reason why there is none."""

    question: str
    standalone_question: str
    kind: Kind
    composer: Literal["extractive", "generative"]
    abstained: bool
    abstention: Abstention | None
    answer: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    comparison: Comparison | None
    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]
    timings_ms: Timings


class FoundPassage(_Plain):
    """A passage that a search found."""

    document_id: str
    passage_id: str
    score: float
    title: str
    section: tuple[str, ...]
    text: str


class SearchResult(_Plain):
    """Ranked passages, best first."""

    query: str
    passages: tuple[FoundPassage, ...]
