"""The assistant: the Python door to everything a library can be asked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.abstaining import Refusal, refuse
from assistant.answer import Abstention, Answer, Citation, FoundPassage, Kind, SearchResult, Timings
from assistant.citing import citation_of, cite
from assistant.composing.draft import Draft
from assistant.composing.extractive import compose, compose_comparison
from assistant.evidence import Evidence, gather
from assistant.question import Question, understand
from assistant.retrieval import RankedPassage, Retrieval
from assistant.words import content_words
from corpus.catalogue import Filter
from corpus.document import Fidelity
from corpus.library import Library
from corpus.settings import Settings

PASSAGES = 60
NEAREST = 3


class Assistant:
    """Answers questions from one library. Safe across threads."""

    def __init__(self, library: Library) -> None:
        """Answer from `library`."""
        self.library = library
        self._retrieval = Retrieval(library)

    @classmethod
    def open(cls, path: Path | str, settings: Settings | None = None) -> Self:
        """Open the library in a folder.

        Raises:
            LibraryError: If there is no library, or it cannot be read.
            EmbeddingError: If it was made with another embedding model than the one set.
        """
        return cls(Library(Path(path), settings or Settings()))

    def __enter__(self) -> Self:
        """Give the open assistant."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close the library."""
        self.library.close()

    def ask(self, question: str, *, history: Sequence[str] = (), within: Filter | None = None) -> Answer:
        """Answer a question from the library, every statement cited; without evidence, say what is missing.

        Args:
            question: In plain words.
            history: Earlier questions of the conversation, the oldest first.
            within: What narrows the search.
        """
        with self.library.snapshot():
            return self._answer(question, understand(question, history), within)

    def search(self, query: str, k: int = 10, within: Filter | None = None) -> SearchResult:
        """Rank passages for a query.

        Args:
            query: Plain words.
            k: How many passages at the most.
            within: What narrows the search.
        """
        with self.library.snapshot():
            ranked = self._retrieval.passages(query, k, within)
            return SearchResult(query=query, passages=tuple(map(self._found, ranked)))

    def _answer(self, question: str, asked: Question, within: Filter | None) -> Answer:
        begun = time.perf_counter()
        evidence = self._evidence(asked, within)
        retrieved = time.perf_counter()
        everything = sorted((e for found in evidence for e in found), key=lambda e: -e.score)
        refusal = refuse(asked, everything, self.library)
        draft = Draft(()) if refusal else self._compose(asked, evidence)
        if refusal is None and not draft.statements:
            refusal = Refusal("Nothing in the library is about this.")
        composed = time.perf_counter()
        cited = cite(draft)
        ended = time.perf_counter()
        return Answer(
            question=question,
            standalone_question=asked.standalone,
            kind=asked.kind,
            composer="extractive",
            abstained=refusal is not None,
            abstention=_abstention(refusal, everything) if refusal else None,
            answer=_declined(refusal) if refusal else cited.text,
            statements=cited.statements,
            citations=cited.citations,
            comparison=cited.comparison,
            disagreements=(),
            notes=tuple(_notes(cited.citations)),
            timings_ms=Timings(
                retrieve=_milliseconds(begun, retrieved),
                compose=_milliseconds(retrieved, composed),
                verify=_milliseconds(composed, ended),
                total=_milliseconds(begun, ended),
            ),
        )

    def _found(self, ranked: RankedPassage) -> FoundPassage:
        passage = ranked.stored.passage
        document = self.library.document(passage.document_id)
        return FoundPassage(
            document_id=document.id,
            passage_id=passage.id,
            score=ranked.score,
            title=document.record.title,
            section=passage.path,
            text=passage.span.of(document.text),
        )

    def _evidence(self, asked: Question, within: Filter | None) -> list[list[Evidence]]:
        """Find evidence: once for a question, once for each subject of a comparison."""
        if asked.kind is not Kind.COMPARISON:
            return [self._gathered(asked, within)]
        return [self._gathered(_narrowed(asked, subject), within) for subject in asked.subjects]

    def _gathered(self, asked: Question, within: Filter | None) -> list[Evidence]:
        return gather(asked, self._retrieval.passages(asked.standalone, PASSAGES, within), self.library)

    def _compose(self, asked: Question, evidence: Sequence[Sequence[Evidence]]) -> Draft:
        if asked.kind is Kind.COMPARISON:
            return compose_comparison(asked, evidence)
        return compose(asked, evidence[0])


def _narrowed(asked: Question, subject: str) -> Question:
    """Ask about one subject of a comparison; what the sentences must have is the aspect, if one was named."""
    standalone = " ".join(filter(None, (subject, asked.aspect)))
    terms = tuple(content_words(asked.aspect or subject))
    return replace(asked, standalone=standalone, subjects=(subject,), terms=terms)


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


def _declined(refusal: Refusal) -> str:
    return f"The library cannot answer this. {refusal.reason}"


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
