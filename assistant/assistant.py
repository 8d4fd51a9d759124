"""The assistant: the Python door to everything a library can be asked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.abstaining import Refusal, refuse
from assistant.answer import Abstention, Answer, Checked, Citation, FoundPassage, Kind, SearchResult, Timings
from assistant.checking import Checker
from assistant.citing import citation_of, cite
from assistant.comparing.comparison import Comparer
from assistant.composing.draft import Draft, DraftStatement
from assistant.composing.extractive import compose
from assistant.concepts import Concepts
from assistant.evidence import Evidence, gather
from assistant.narrowing import lacking, mindful, narrowed, reading_notes
from assistant.question import Question, understand
from assistant.question.background import Backgrounds
from assistant.question.replying import WORDING
from assistant.reranking import Reranker
from assistant.retrieval import RankedPassage, Retrieval
from assistant.words import content_words
from corpus.catalogue import Filter
from corpus.document import Fidelity
from corpus.fulltext import stems
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
        self._backgrounds = Backgrounds(library)
        self._comparer = Comparer(library)
        self._checker = Checker(library, self._retrieval)

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

        Raises:
            RerankingError: If a reranking model is set that cannot be used.
        """
        with self.library.snapshot():
            asked = understand(question, history, self._backgrounds.latest)
            return self._answer(question, asked, narrowed(asked, within))

    def compare(
        self, subjects: Sequence[str], aspects: Sequence[str] = (), within: Filter | None = None
    ) -> Answer:
        """Compare subjects, every cell of the table cited; a subject that the library never mentions is named.

        Args:
            subjects: Two or more.
            aspects: In what respects; none for those of which the library says most.
            within: What narrows the search.
        """
        question = " vs ".join(subjects) + (f": {', '.join(aspects)}" if aspects else "")
        terms = tuple(content_words(question))
        asked = Question(
            question, question, question, Kind.COMPARISON, tuple(subjects), tuple(aspects), terms
        )
        with self.library.snapshot():
            return self._compared(question, asked, within)

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

    @cached_property
    def _reranker(self) -> Reranker | None:
        name = self.library.settings.reranker
        return Reranker.load(name) if name else None

    def _answer(self, question: str, asked: Question, within: Filter) -> Answer:
        begun = time.perf_counter()
        declined = Refusal(WORDING[asked.reply]) if asked.reply else lacking(asked, within, self.library)
        if declined:
            return self._finished(question, asked, Draft(()), declined, (), (begun, begun))
        if asked.kind is Kind.COMPARISON:
            compared = self._compared(question, asked, within)
            if not compared.abstention or not self._may_be_plain(compared.abstention):
                return compared
            plain = self._answer(question, replace(asked, kind=Kind.OPEN, subjects=(), aspects=()), within)
            return compared if plain.abstained else plain
        concepts = Concepts(asked, self.library.fulltext, self.library.catalogue.counts()[1])
        passages = self._retrieval.passages(asked.query, PASSAGES, within, concepts.wanted)
        evidence = gather(asked, passages, self.library, concepts)
        if self._reranker:
            evidence = self._reranker.rerank(asked, evidence)
        retrieved = time.perf_counter()
        refusal = refuse(asked, evidence, concepts, self.library)
        draft = _corrected(refusal) if refusal else compose(asked, evidence, self._backgrounds.latest.english)
        if refusal is None and not draft.statements:
            refusal = Refusal("Nothing in the library is about this.")
        return self._finished(question, asked, draft, mindful(refusal, asked), evidence, (begun, retrieved))

    def _may_be_plain(self, abstention: Abstention) -> bool:
        """Tell whether a question may only have looked like a comparison: its subjects are no names, but said in part.

        "NK cells or serum alone" names nothing that the library has never seen.
        """
        said = self.library.fulltext.document_frequency
        missing = abstention.missing_terms
        return bool(missing) and all(any(said(stem) for stem in stems(subject)) for subject in missing)

    def _compared(self, question: str, asked: Question, within: Filter | None) -> Answer:
        begun = time.perf_counter()
        compared = self._comparer.compare(asked, within)
        timed = (begun, compared.retrieved_at)
        refusal = mindful(compared.refusal, asked)
        return self._finished(question, asked, compared.draft, refusal, compared.nearest, timed)

    def _finished(
        self,
        question: str,
        asked: Question,
        draft: Draft,
        refusal: Refusal | None,
        evidence: Sequence[Evidence],
        timed: tuple[float, float],
    ) -> Answer:
        """Cite a draft, or say why there is none; `timed` is when the answer was begun and when all was retrieved."""
        begun, retrieved = timed
        composed = time.perf_counter()
        cited = cite(draft)
        ended = time.perf_counter()
        return Answer(
            question=question,
            standalone_question=asked.standalone,
            kind=asked.kind,
            composer="extractive",
            abstained=refusal is not None,
            abstention=_abstention(refusal, evidence) if refusal else None,
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
                retrieve=_milliseconds(begun, retrieved),
                compose=_milliseconds(retrieved, composed),
                verify=_milliseconds(composed, ended),
                total=_milliseconds(begun, ended),
            ),
        )

    def check(self, text: str, document_id: str | None = None) -> Checked:
        """Check the claims of a text: what supports each, what speaks against it, or that nothing was found.

        Args:
            text: A claim or several, as a reader has pasted them.
            document_id: Ask this source alone; the whole library otherwise.

        Raises:
            UnknownDocumentError: If the library has no such document.
            EntailmentError: If an entailment model is set that cannot be used.
        """
        with self.library.snapshot():
            return self._checker.check(text, document_id)

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


def _corrected(refusal: Refusal) -> Draft:
    """Quote the sentence that denies what the question takes for granted, if there is one."""
    denying = refusal.correction
    return Draft((DraftStatement(denying.text, (denying,)),) if denying else ())


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
