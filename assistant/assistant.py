"""The assistant: the Python door to everything a library can be asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from assistant.abstaining import Refusal, refuse
from assistant.answer import Answer, Checked, FoundPassage, Kind, SearchResult
from assistant.checking import Checker
from assistant.comparing.comparison import Comparer, SuggestedAspects
from assistant.composing.draft import Draft, DraftStatement
from assistant.composing.extractive import compose
from assistant.concepts import Concepts
from assistant.evidence import gather
from assistant.finishing import Composed, finished
from assistant.narrowing import lacking, mindful, narrowed
from assistant.question import Question, understand
from assistant.question.background import Background, Backgrounds
from assistant.question.replying import WORDING
from assistant.reranking import Reranker
from assistant.retrieval import RankedPassage, Retrieval
from assistant.streaming import Event, Finished, Found
from assistant.words import content_words
from corpus.catalogue import Filter
from corpus.fulltext import stems
from corpus.library import Library
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.composing.generative.conversation import Conversation
    from assistant.models.speaking import LanguageModel
    from assistant.writing import Writer

PASSAGES = 60
FAILED = "What the language model was not asked of was judged by rule alone: {}"


class Assistant:
    """Answers questions from one library. Safe across threads."""

    def __init__(self, library: Library) -> None:
        """Answer from `library`, with the language model of its settings.

        Raises:
            ModelError: If the settings name a language model that cannot be used here.
        """
        self.library = library
        self.model = _model_of(library.settings)
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
            ModelError: If the settings name a language model that cannot be used here.
        """
        return cls(Library(Path(path), settings or Settings()))

    def __enter__(self) -> Self:
        """Give the open assistant."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close the library, and what is asked of the language model."""
        if self.model:
            self.model.close()
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
        *_, last = self.stream(question, history=history, within=within)
        return cast(Finished, last).answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        within: Filter | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        """Answer a question as `ask` does, telling how the answer comes about; `Finished` is always the last event.

        Args:
            question: In plain words.
            history: Earlier questions of the conversation, the oldest first.
            within: What narrows the search.
            stop: Set it to stop a language model: what was checked by then is the answer.

        Raises:
            RerankingError: If a reranking model is set that cannot be used.
        """
        conversation = self._writer.conversation(stop) if self._writer else None
        with self.library.snapshot():
            asked = self._understood(question, history, conversation)
            composed = self._composed(question, asked, narrowed(asked, within))
        yield Found(len(composed.evidence), asked.standalone, composed.asked.kind)
        yield from self._told(composed, conversation)

    def extract(self, question: str, *, within: Filter | None = None) -> Answer:
        """Answer from the sources' own sentences alone, whatever language model is set: nothing is asked of it.

        Args:
            question: In plain words, whole.
            within: What narrows the search.
        """
        with self.library.snapshot():
            asked = understand(question, (), self.background)
            return finished(self._composed(question, asked, narrowed(asked, within)))

    @property
    def background(self) -> Background:
        """What questions are read against: the library's words, names and sources as they are now."""
        return self._backgrounds.latest

    def compare(
        self,
        subjects: Sequence[str],
        aspects: Sequence[str] = (),
        within: Filter | None = None,
        stop: threading.Event | None = None,
    ) -> Answer:
        """Compare subjects, every cell of the table cited; a subject that the library never mentions is named.

        Args:
            subjects: Two or more.
            aspects: In what respects; none for those of which the library says most.
            within: What narrows the search.
            stop: Set it to stop a language model: the cells that were checked by then stand.
        """
        asked = _comparison_of(subjects, aspects)
        with self.library.snapshot():
            composed = self._compared(asked.text, asked, within)
        *_, last = self._told(composed, self._writer.conversation(stop) if self._writer else None)
        return cast(Finished, last).answer

    def suggest_aspects(self, subjects: Sequence[str] = ()) -> SuggestedAspects:
        """Tell in what respects subjects can be compared: those of which the sources speak, and the others.

        Args:
            subjects: Two or more; with fewer, nobody has been asked of them yet.
        """
        with self.library.snapshot():
            return self._comparer.suggested(_comparison_of(subjects, ()))

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

    @cached_property
    def _writer(self) -> Writer | None:
        if self.model is None:
            return None
        from assistant.writing import Writer

        return Writer(self.model, self.library)

    def _understood(
        self, question: str, history: Sequence[str], conversation: Conversation | None
    ) -> Question:
        """Read a question; a language model makes a follow-up whole, rules where it cannot."""
        background = self._backgrounds.latest
        asked = understand(question, history, background)
        if self._writer is None or conversation is None or asked.reply or not history:
            return asked
        whole = self._writer.standalone(question, history, conversation)
        return replace(understand(whole, (), background), text=asked.text) if whole else asked

    def _composed(self, question: str, asked: Question, within: Filter) -> Composed:
        """Compose an answer of the sources' own sentences."""
        begun = time.perf_counter()
        declined = Refusal(WORDING[asked.reply]) if asked.reply else lacking(asked, within, self.library)
        if declined:
            return Composed(question, asked, Draft(()), declined, (), begun, begun)
        if asked.kind is Kind.COMPARISON:
            compared = self._compared(question, asked, within)
            if not compared.refusal or not self._may_be_plain(compared.refusal):
                return compared
            plain = self._composed(question, replace(asked, kind=Kind.OPEN, subjects=(), aspects=()), within)
            return compared if plain.refusal else plain
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
        return Composed(question, asked, draft, mindful(refusal, asked), evidence, begun, retrieved)

    def _may_be_plain(self, refusal: Refusal) -> bool:
        """Tell whether a question may only have looked like a comparison: its subjects are no names, but said in part.

        "NK cells or serum alone" names nothing that the library has never seen.
        """
        said = self.library.fulltext.document_frequency
        missing = refusal.missing_terms
        return bool(missing) and all(any(said(stem) for stem in stems(subject)) for subject in missing)

    def _compared(self, question: str, asked: Question, within: Filter | None) -> Composed:
        begun = time.perf_counter()
        compared = self._comparer.compare(asked, within)
        refusal = mindful(compared.refusal, asked)
        return Composed(
            question, asked, compared.draft, refusal, compared.nearest, begun, compared.retrieved_at
        )

    def _told(self, composed: Composed, conversation: Conversation | None) -> Iterator[Event]:
        """Let the language model write what was found, if there is a model and something to write from."""
        if self._writer is None or conversation is None or composed.refusal:
            yield Finished(finished(composed))
            return
        with closing(self._writer.write(composed, self._backgrounds.latest.english, conversation)) as writing:
            yield from writing

    def check(self, text: str, document_id: str | None = None) -> Checked:
        """Check the claims of a text: what supports each, what speaks against it, or that nothing was found.

        Args:
            text: A claim or several, as a reader has pasted them.
            document_id: Ask this source alone; the whole library otherwise.

        Raises:
            UnknownDocumentError: If the library has no such document.
            EntailmentError: If an entailment model is set that cannot be used.
        """
        conversation = self._writer.conversation() if self._writer else None
        reader = self._writer.entailment(conversation) if self._writer and conversation else None
        with self.library.snapshot():
            checked = self._checker.check(text, document_id, reader)
        failure = conversation.failure if conversation else None
        return (
            checked.model_copy(update={"notes": (*checked.notes, FAILED.format(failure))})
            if failure
            else checked
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
            retracted=document.retracted,
        )


def _model_of(settings: Settings) -> LanguageModel | None:
    """Give the language model that is set. Without one, nothing that knows of models is imported."""
    if settings.llm == "none":
        return None
    from assistant.models.speaking import LanguageModel

    return LanguageModel.open(settings)


def _comparison_of(subjects: Sequence[str], aspects: Sequence[str]) -> Question:
    """Write the question that asks for a comparison."""
    text = " vs ".join(subjects) + (f": {', '.join(aspects)}" if aspects else "")
    terms = tuple(content_words(text))
    return Question(text, text, text, Kind.COMPARISON, tuple(subjects), tuple(aspects), terms)


def _corrected(refusal: Refusal) -> Draft:
    """Quote the sentence that denies what the question takes for granted, if there is one."""
    denying = refusal.correction
    return Draft((DraftStatement(denying.text, (denying,)),) if denying else ())
