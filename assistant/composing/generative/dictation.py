"""Takes down what a model writes, as events; tells when it is no answer, and keeps what stands of it."""

from __future__ import annotations

import abc
from collections.abc import Iterator, Sequence
from contextlib import closing

from assistant.answer import LeftOut
from assistant.composing.draft import Draft
from assistant.composing.generative import nonsense
from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.drafted import Drafted, Outcome
from assistant.composing.generative.holding import Judging
from assistant.composing.generative.lexing import Recanted
from assistant.composing.generative.prompting import Prompt
from assistant.composing.generative.reading import LONGEST_SENTENCE, Piece, Reader, Sentence
from assistant.composing.generative.standing import Checked, Standing
from assistant.evidence import Evidence
from assistant.models.providers.access import Ending
from assistant.streaming import Held, Withdrawn, Wrote
from assistant.words import words

# A model that writes more does not come to an end.
MOST_SENTENCES = 30
# One that says the same again so often goes round in circles: what it has said stands, the rest is not waited for.
MOST_REPEATS = 3
NO_STATEMENT = "It says nothing of the matter."
LACKING = "It says that the evidence does not hold the answer."
REPEATED = "It was said already."
ONLY_THOUGHT = "The model was still thinking."
NOT_SHOWN = "The answer was withdrawn as a whole."
NO_ROOM = "The evidence does not fit into the context of the model."
STOPPED = "The answer was stopped before any of it was checked."
NOTHING_STOOD = "The evidence did not bear out what the model wrote."

Making = Wrote | Held | Withdrawn | Drafted


class Dictation(abc.ABC):
    """One answer in the making. What is done with a sentence that says something is for each kind of answer to say."""

    def __init__(self, conversation: Conversation, judging: Judging) -> None:
        """Take down what is said in a conversation, and check it by a verifier."""
        self._conversation = conversation
        self._standing = Standing(judging)
        self._left_out: list[LeftOut] = []
        self._shown: set[int] = set()
        self._said: set[tuple[str, ...]] = set()
        self._has_stated = False
        self._heard = ""
        self._repeats = 0
        self._says_it_lacks = False
        self._nonsense: str | None = None

    @abc.abstractmethod
    def _judged(self, read: Sentence, named: tuple[Evidence, ...]) -> Iterator[Making]:
        """Hold a sentence to the evidence that it names."""

    def _written(self, prompt: Prompt | None, longest: int) -> Iterator[Making]:
        """Take down what a model writes, until it ends or what it writes is no answer."""
        if prompt is None:
            self._nonsense = None if self._conversation.is_over else NO_ROOM
            return
        reader = Reader(prompt.keys.__contains__)
        quoted = [found.text for found in prompt.keys.evidence]
        with closing(self._conversation.listen(prompt.turns, longest)) as pieces:
            for piece in pieces:
                for read in reader.read(piece):
                    yield from self._taken(read, prompt, quoted)
                    if self._nonsense or self._repeats >= MOST_REPEATS:
                        return
        for read in reader.end():
            yield from self._taken(read, prompt, quoted)
        if reader.is_thinking and not (self._has_stated or self._conversation.is_stopped):
            self._nonsense = self._nonsense or nonsense.STILL_THINKING
        if self._conversation.ending is Ending.DECLINED and not self._standing.statements:
            self._nonsense = self._nonsense or nonsense.REFUSED

    def _taken(
        self, read: Piece | Sentence | Recanted, prompt: Prompt, quoted: Sequence[str]
    ) -> Iterator[Making]:
        match read:
            case Piece():
                self._shown.add(read.number)
                yield Wrote(read.number, read.text)
            case Recanted():
                yield from self._forget()
            case Sentence():
                named = prompt.keys.named(read.keys)
                reason = self._dismissed(read, named, quoted)
                if reason:
                    yield self._withdrawn(read.number, reason)
                elif not self._nonsense:
                    yield from self._judged(read, named)

    def _dismissed(self, read: Sentence, named: Sequence[Evidence], quoted: Sequence[str]) -> str | None:
        """Tell why a sentence is not worth judging, or see that the whole is no answer."""
        text = read.text
        if read.number > MOST_SENTENCES or len(text) > LONGEST_SENTENCE:
            self._nonsense = nonsense.TOO_LONG
            return None
        self._heard += f" {text}"
        if nonsense.is_in_another_language(self._heard, quoted):
            self._nonsense = nonsense.OTHER_LANGUAGE
            return None
        if not named and nonsense.says_it_lacks(text):
            self._says_it_lacks = True
            return LACKING
        if not named and nonsense.is_refusal(text):
            self._nonsense = None if self._has_stated else nonsense.REFUSED
            return NO_STATEMENT
        if (said := tuple(words(text))) in self._said:
            self._repeats += 1
            return REPEATED
        self._said.add(said)
        if not nonsense.is_claim(text) or (not named and (read.is_heading or nonsense.is_chatter(text))):
            return NO_STATEMENT
        self._has_stated = True
        return None

    def _forget(self) -> Iterator[Making]:
        """Begin anew: all that was said was thought."""
        self._standing.statements.clear()
        self._left_out.clear()
        self._said.clear()
        self._has_stated = False
        self._heard = ""
        yield from self._withdraw_all(ONLY_THOUGHT)

    def _outcome(self) -> tuple[Outcome, str | None]:
        """Tell how it ended, and why not otherwise."""
        failure = self._conversation.failure
        broken = str(failure) if failure else None
        if self._standing.statements and not self._nonsense:
            return Outcome.WRITTEN, broken
        if broken or self._nonsense:
            return Outcome.FELL_BACK, broken or self._nonsense
        if self._conversation.is_stopped:
            return Outcome.FELL_BACK, STOPPED
        if self._has_stated:
            return Outcome.FELL_BACK, NOTHING_STOOD
        return (Outcome.DECLINED, None) if self._says_it_lacks else (Outcome.FELL_BACK, nonsense.SILENT)

    def _drafted(
        self, draft: Draft, outcome: Outcome, reason: str | None, repaired: tuple[int, ...] = ()
    ) -> Drafted:
        conversation = self._conversation
        return Drafted(
            draft=draft,
            outcome=outcome,
            reason=reason,
            left_out=tuple(self._left_out),
            repaired=repaired,
            usage=conversation.usage,
            first_word_ms=conversation.first_word_ms,
            tokens_per_second=conversation.tokens_per_second,
            stopped=conversation.is_stopped,
        )

    def _hold(self, number: int, checked: Checked) -> Held:
        citations = self._standing.hold(number, checked)
        return Held(number, checked.text, checked.support.verdict, citations)

    def _leave_out(self, number: int, text: str, reason: str) -> Withdrawn:
        self._left_out.append(LeftOut(text=text, reason=reason))
        return self._withdrawn(number, reason)

    def _withdrawn(self, number: int, reason: str) -> Withdrawn:
        self._shown.discard(number)
        return Withdrawn(number, reason)

    def _withdraw_all(self, reason: str) -> Iterator[Withdrawn]:
        for number in sorted(self._shown):
            yield self._withdrawn(number, reason)
