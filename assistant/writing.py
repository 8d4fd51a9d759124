"""Lets the language model that is set write answers; the extractive answer is what a reader gets where it does not."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
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
from assistant.composing.generative.holding import Judging
from assistant.composing.generative.tabulating import tabulate
from assistant.composing.generative.writing import write
from assistant.composing.particulars import Words
from assistant.finishing import Composed, finished
from assistant.models.budget import Budget
from assistant.models.speaking import LanguageModel
from assistant.streaming import Event, Finished
from assistant.verification import judge
from assistant.verification.entailment import Entailment
from corpus.settings import Settings

NOT_IN_EVIDENCE = "The language model finds no answer in what the library says about this."


class Writer:
    """Writes answers with a language model. Safe across threads."""

    def __init__(self, model: LanguageModel, settings: Settings) -> None:
        """Write with `model`."""
        self.model = model
        self._settings = settings

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
    def _judging(self) -> Judging:
        """The verifier, with the entailment model if one is set."""
        name = self._settings.nli_model
        return partial(judge, entailment=Entailment.load(name)) if name else judge

    def _making(
        self, composed: Composed, known: Words, conversation: Conversation
    ) -> Generator[Making, None, None]:
        if composed.draft.subjects:
            yield from tabulate(
                composed.asked, composed.draft, self.model, conversation=conversation, judging=self._judging
            )
            return
        entailment = self.entailment(conversation)
        yield from write(
            composed.asked,
            composed.evidence,
            self.model,
            conversation=conversation,
            judging=partial(judge, entailment=entailment) if entailment else self._judging,
            is_slow=entailment is not None,
            known=known,
        )
