"""A scripted reply, played to a client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from tests.assistant.models.serving.dialect import Dialect, Failure, Reason
from tests.assistant.models.serving.requests import tokens_of
from tests.assistant.models.serving.steps import (
    Cut,
    Empty,
    Garbage,
    Hang,
    NoFinish,
    Overflow,
    Pause,
    Refuse,
    Say,
    Start,
    Status,
    Step,
    Think,
)
from tests.assistant.models.serving.telling import Streamed, Telling, Whole
from tests.assistant.models.serving.wire import Answer, Wire, phrase_of


class Player:
    """Plays one reply.

    Args:
        wire: Where to.
        dialect: In which protocol, to what chat.
        longest: How many tokens the text may have; None does not end it.
        context: How many tokens a prompt may have.
        told: Called when text has been sent.
    """

    def __init__(
        self, wire: Wire, dialect: Dialect, longest: int | None, context: int, told: Callable[[], None]
    ) -> None:
        self._chat = dialect.chat
        self._wire = wire
        self._dialect = dialect
        self._left = longest
        self._context = context
        self._told = told
        self._telling: Telling = (Streamed if self._chat.is_streaming else Whole)(wire, dialect)

    async def play(self, steps: Sequence[Step]) -> None:
        """Do the steps to the first that ends the answer; after the last, end it in good order."""
        if self._chat.prompt_tokens > self._context:
            steps = (Overflow(),)
        for step in steps:
            if await self._ends_with(step):
                return
            if self._left == 0:
                await self._telling.end(Reason.LENGTH)
                return
        await self._telling.end(Reason.STOP)

    async def _ends_with(self, step: Step) -> bool:
        match step:
            case Cut(is_reset):
                self._wire.reset() if is_reset else self._wire.close()
            case Status():
                await self._telling.fail(self._failure(step))
            case Overflow():
                prompt = max(self._chat.prompt_tokens, self._context + 1)
                await self._telling.fail(Answer.of(self._dialect.overflow(prompt, self._context), 400))
            case NoFinish():
                await self._telling.end(None)
            case Refuse(text):
                if not self._dialect.knows_refusals:
                    await self._say(Say(text))
                await self._telling.end(Reason.REFUSAL)
            case Garbage(text):
                return not await self._telling.babble(text)
            case _:
                await self._go_on(step)
                return False
        return True

    async def _go_on(self, step: Start | Say | Think | Pause | Hang | Empty) -> None:
        match step:
            case Start():
                await self._telling.begin()
            case Say():
                await self._say(step)
            case Think():
                for piece in step.pieces:
                    await self._telling.think(piece)
            case Pause(until):
                await until.opened()
            case Hang():
                await asyncio.Event().wait()
            case Empty():
                pass

    async def _say(self, step: Say) -> None:
        tokens = tokens_of(step.text)[: self._left]
        room = len("".join(tokens))
        for whole in step.pieces:
            piece = whole[:room]
            room -= len(piece)
            if piece:
                await self._telling.say(piece)
                self._told()
        if self._left is not None:
            self._left -= len(tokens)

    def _failure(self, step: Status) -> Answer:
        retry_after = None if step.retry_after is None else str(step.retry_after)
        if step.body is not None:
            return Answer(step.body.encode(), step.code, "text/html", retry_after)
        failure = Failure(step.code, phrase_of(step.code))
        return Answer.of(self._dialect.error(failure), step.code, retry_after)
