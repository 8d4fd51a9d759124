"""Lets the language model that is set write answers; the extractive answer is what a reader gets where it does not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import replace
from functools import cached_property, partial

from assistant.abstaining import Refusal
from assistant.composing.draft import Draft
from assistant.composing.generative.asking import standalone
from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.dictation import Making
from assistant.composing.generative.drafted import Drafted, Outcome
from assistant.composing.generative.entailing import ModelEntailment
from assistant.composing.generative.holding import Judging, quoted
from assistant.composing.generative.tabulating import tabulate
from assistant.composing.generative.writing import write
from assistant.composing.particulars import Words
from assistant.finishing import Composed, finished
from assistant.models.budget import Budget
from assistant.models.speaking import LanguageModel
from assistant.streaming import Event, Finished
from assistant.verification import Evidence as Quoted
from assistant.verification import Judgement, judge
from assistant.verification.entailment import Entailment
from assistant.verification.meaning import Meaning, Meanings
from corpus.library import Library

NOT_IN_EVIDENCE = "The language model finds no answer in what the library says about this."
# Sentences that a statement is measured by, beside those that it cites: of each hundred, reading takes three seconds.
MOST_MEASURED = 24
# Seconds after which a stop is heeded.
HEEDED = 0.05


class Writer:
    """Writes answers with a language model. Safe across threads."""

    def __init__(self, model: LanguageModel, library: Library) -> None:
        """Write with `model` from what was found in `library`."""
        self.model = model
        self._library = library
        self._settings = library.settings

    def conversation(self, stop: threading.Event | None = None) -> Conversation:
        """Begin what one answer asks of the model: it keeps to one budget, and fails as a whole.

        Args:
            stop: Ends it when it is set.
        """
        budget = Budget(self._settings.max_tokens_per_answer)
        return Conversation(self.model, stop or threading.Event(), budget)

    def standalone(self, question: str, history: Sequence[str], conversation: Conversation) -> str | None:
        """Make a follow-up a question of its own; None where rules have to.

        Args:
            question: As the reader wrote it.
            history: Earlier questions, the oldest first.
            conversation: That of the answer.
        """
        return standalone(question, history, conversation)

    def entailment(self, conversation: Conversation) -> ModelEntailment | None:
        """Let the model judge what sources say, if that is set."""
        return ModelEntailment(conversation, self.model.label) if self._settings.llm_judge else None

    def write(
        self, composed: Composed, known: Words, conversation: Conversation
    ) -> Generator[Event, None, None]:
        """Let the model write an answer from what was found.

        Args:
            composed: The evidence, and the extractive answer that is the floor.
            known: Words of general English; the others name something particular.
            conversation: That of the answer.

        Returns:
            Events as they happen; `Finished` is the last.

        Raises:
            EntailmentError: If an entailment model is set that cannot be used.
        """
        drafted: Drafted | None = None
        with closing(self._making(composed, known, conversation)) as making:
            for event in making:
                if isinstance(event, Drafted):
                    drafted = event
                else:
                    yield event
        assert drafted is not None, "writing ends with what was drafted"
        written = drafted.written(self.model.label, self.model.cost(drafted.usage))
        match drafted.outcome:
            case Outcome.WRITTEN:
                answer = finished(replace(composed, draft=drafted.draft), written, "generative")
            case Outcome.DECLINED:
                declined = replace(composed, draft=Draft(()), refusal=Refusal(NOT_IN_EVIDENCE))
                answer = finished(declined, written, "generative")
            case Outcome.FELL_BACK:
                answer = finished(composed, written)
        yield Finished(answer)

    @cached_property
    def _entailment(self) -> Entailment | None:
        name = self._settings.nli_model
        return Entailment.load(name) if name else None

    @cached_property
    def _meanings(self) -> Meanings | None:
        return Meanings.of(self._library)

    def _judging(self, composed: Composed, conversation: Conversation) -> Judging:
        """Give the verifier: with the entailment model if one is set, else with what was found as a measure."""
        if self._entailment:
            return partial(judge, entailment=self._entailment)
        measure = _Measure(lambda: self._measured(composed), conversation)
        # On this machine it would slow the model's reading; then the first sentence waits for it instead.
        if not self.model.is_local:
            measure.begin()
        return measure.judge

    def _measured(self, composed: Composed) -> Meaning | None:
        if self._meanings is None:
            return None
        drafted = [found for statement in composed.draft.statements for found in statement.evidence]
        found = dict.fromkeys(quoted(one).text for one in (composed.evidence or drafted)[:MOST_MEASURED])
        meaning = self._meanings.among(found)
        meaning.prepare()
        return meaning

    def _making(
        self, composed: Composed, known: Words, conversation: Conversation
    ) -> Generator[Making, None, None]:
        if composed.draft.subjects:
            yield from tabulate(
                composed.asked,
                composed.draft,
                self.model,
                conversation=conversation,
                judging=self._judging(composed, conversation),
            )
            return
        entailment = self.entailment(conversation)
        yield from write(
            composed.asked,
            composed.evidence,
            self.model,
            conversation=conversation,
            judging=partial(judge, entailment=entailment)
            if entailment
            else self._judging(composed, conversation),
            is_slow=entailment is not None,
            known=known,
        )


class _Measure:
    """A measure that is made beside other work, or when it is first needed. Safe across threads."""

    def __init__(self, make: Callable[[], Meaning | None], conversation: Conversation) -> None:
        self._make = make
        self._conversation = conversation
        self._lock = threading.Lock()
        self._made: Future[Meaning | None] | None = None

    def begin(self) -> None:
        """Begin to make it in a thread of its own."""
        with self._lock:
            if self._made is None:
                worker = ThreadPoolExecutor(1, "measure")
                self._made = worker.submit(self._make)
                worker.shutdown(wait=False)

    def judge(
        self, claim: str, quotes: Sequence[Quoted], *, synonyms: Mapping[str, Sequence[str]]
    ) -> Judgement:
        """Judge a claim by quotes once it is made; by rule alone if the reader stops before."""
        self.begin()
        assert self._made is not None, "it has begun"
        while not self._made.done() and not self._conversation.is_stopped:
            wait((self._made,), timeout=HEEDED)
        meaning = self._made.result() if self._made.done() else None
        return judge(claim, quotes, synonyms=synonyms, meaning=meaning)
