"""Lets a model write an answer, checks each sentence while it goes on writing, and mends or withdraws what fails."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from assistant.composing.disagreements import disagreements_of
from assistant.composing.draft import Draft
from assistant.composing.generative.asking import repaired
from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.demands import demands
from assistant.composing.generative.dictation import NOT_SHOWN, REPEATED, Dictation, Making
from assistant.composing.generative.drafted import Outcome
from assistant.composing.generative.holding import NAMES_NONE, NAMES_UNKNOWN, Judging
from assistant.composing.generative.prompting import Prompt, answering
from assistant.composing.generative.reading import Sentence
from assistant.composing.generative.speaker import Speaker
from assistant.composing.generative.standing import Checked
from assistant.composing.particulars import Words
from assistant.evidence import Evidence
from assistant.models.errors import ModelError
from assistant.question import Question
from assistant.verification import judge

# Tokens of an answer.
LONGEST_ANSWER = 800
# Each costs the reader another request.
MOST_REPAIRS = 6
UNFINISHED = "It was not finished."


def write(  # noqa: PLR0913 - each is a choice of its own
    question: Question,
    evidence: Sequence[Evidence],
    model: Speaker,
    *,
    conversation: Conversation | None = None,
    longest: int = LONGEST_ANSWER,
    judging: Judging = judge,
    is_slow: bool = False,
    known: Words = frozenset(),
) -> Generator[Making]:
    """Let a model write an answer.

    A sentence that its evidence does not bear out is written anew once, from that evidence alone, when the model has
    ended; if that does not stand either, or the sentence names no evidence, it is withdrawn.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
        model: The model.
        conversation: Where it is asked; stopping that ends it, and what stands by then is the answer.
        longest: How many tokens the answer may have.
        judging: The verifier: `verification.judge`, or that with a model of entailment or with meaning.
        is_slow: Whether judging is to wait until the model has ended, since it asks the model too.
        known: Words of general English; the others name something particular.

    Returns:
        Events as they happen, `Drafted` the last. When the answer falls back, all sentences have been withdrawn.
    """
    writing = _Writing(conversation or Conversation(model, threading.Event()), judging, is_slow=is_slow)
    return writing.events(question, evidence, model, longest, known)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """A sentence that waits for the model to have ended; `checked` is what is known to be wrong with it."""

    number: int
    text: str
    named: tuple[Evidence, ...]
    checked: Checked | None


class _Writing(Dictation):
    """An answer in prose."""

    def __init__(self, conversation: Conversation, judging: Judging, *, is_slow: bool) -> None:
        super().__init__(conversation, judging)
        self._is_slow = is_slow
        self._waiting: list[_Said] = []
        self._repaired: set[int] = set()
        self._repairs = 0

    def events(
        self, question: Question, evidence: Sequence[Evidence], model: Speaker, longest: int, known: Words
    ) -> Generator[Making]:
        yield from self._written(self._prompt(question, evidence, model, longest), longest)
        for said in self._waiting:
            if not self._nonsense:
                yield from self._mended(said)
        outcome, reason = self._outcome()
        if outcome is not Outcome.WRITTEN:
            yield from self._withdraw_all(NOT_SHOWN)
            self._standing.statements.clear()
        held = self._standing.in_order()
        statements = tuple(statement for _, statement in held)
        draft = Draft(statements, disagreements=disagreements_of(statements, known))
        places = tuple(place for place, (number, _) in enumerate(held) if number in self._repaired)
        yield self._drafted(draft, outcome, reason, places)

    def _prompt(
        self, question: Question, evidence: Sequence[Evidence], model: Speaker, longest: int
    ) -> Prompt | None:
        offered = [found for found in evidence if not demands(found.text)]
        if not self._conversation.begin():
            return None
        try:
            return answering(question, offered, model, longest)
        except ModelError as error:
            self._conversation.failure = error
            return None

    def _judged(self, read: Sentence, named: tuple[Evidence, ...]) -> Iterator[Making]:
        """Hold a sentence to its evidence; one that fails, or whose judging is slow, waits."""
        if not read.is_whole:
            yield self._leave_out(read.number, read.text, UNFINISHED)
        elif not named:
            yield self._leave_out(read.number, read.text, NAMES_UNKNOWN if read.keys else NAMES_NONE)
        elif self._is_slow:
            self._waiting.append(_Said(read.number, read.text, named, None))
        else:
            checked = self._standing.check(read.number, read.text, named)
            if self._standing.says(checked.text):
                yield self._withdrawn(read.number, REPEATED)
            elif checked.support.stands:
                yield self._hold(read.number, checked)
            else:
                self._waiting.append(_Said(read.number, read.text, named, checked))

    def _forget(self) -> Iterator[Making]:
        self._waiting.clear()
        yield from super()._forget()

    def _mended(self, said: _Said) -> Iterator[Making]:
        """Judge or write anew what has waited."""
        checked = said.checked
        if checked is None:
            checked = self._standing.check(said.number, said.text, said.named)
            if checked.support.stands:
                yield self._hold(said.number, checked)
                return
        if self._repairs < MOST_REPAIRS and not self._conversation.is_over:
            self._repairs += 1
            anew = repaired(said.text, said.named, self._conversation)
            if anew and self._standing.says(anew.text):
                yield self._withdrawn(said.number, REPEATED)
                return
            if anew:
                again = self._standing.check(said.number, anew.text, anew.named, alone=True)
                if again.support.stands:
                    self._repaired.add(said.number)
                    yield self._hold(said.number, again)
                    return
        yield self._leave_out(said.number, said.text, checked.reason)
