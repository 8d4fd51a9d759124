"""One request to a model: retried while nothing was heard, given up when nothing comes, and its end understood."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

import tenacity

from assistant.models.calls import Call
from assistant.models.errors import ModelError
from assistant.models.faults import PASSING, Fault, Kind, error_of
from assistant.models.naming import ModelName
from assistant.models.providers.access import Access, Ending, Heard, Turn
from assistant.models.thoughts import ThoughtFilter
from assistant.models.turns import Turns
from assistant.models.usage import Usage


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked.

    Attributes:
        turns: What it is told.
        longest: How many tokens it may write, thoughts included.
        temperature: 0 for the likeliest words.
    """

    turns: Sequence[Turn]
    longest: int
    temperature: float


class Asking:
    """One request in the making. Used within a turn, in the model's loop.

    Attributes:
        usage: Tokens used so far, if the model has said so.
        said: The text so far.
        pieces: In how many pieces it came.
        is_whole: Whether the model has told its end.
        may_cost: Whether the model has worked on it, as far as can be known.
    """

    def __init__(
        self, name: ModelName, access: Access, turns: Turns, timeout: float, waited: float = 0.0
    ) -> None:
        """Prepare to ask; the model may be silent for so many seconds, of which some have passed already."""
        self.usage: Usage | None = None
        self.said = ""
        self.pieces = 0
        self.is_whole = False
        self.may_cost = False
        self._name = name
        self._access = access
        self._turns = turns
        self._timeout = timeout
        self._waited = waited

    async def ask(self, request: Request, call: Call, *, is_probe: bool) -> Ending:
        """Ask, and pass on what is said.

        Args:
            request: What is asked.
            call: Whom it is passed on to.
            is_probe: Whether the model counts as down: it is tried only once.

        Returns:
            Why the text ended.

        Raises:
            ModelError: If it did not end well; what was said until then has been passed on.
        """
        call.asked_at = time.monotonic()
        begun = call.asked_at - self._waited
        try:
            heard, first = await self._begin(request, begun, is_probe=is_probe)
            async with aclosing(heard):
                ending = await self._pass_on(heard, first, call, request.longest)
        except _FailedError as failed:
            # Without the cause: a server may repeat in its words a key, or what it was told.
            raise self._told(failed, begun) from None
        if ending is Ending.DECLINED:
            raise error_of(Fault(Kind.DECLINED), self._name, self._timeout)
        if not self.said.strip():
            kind = Kind.ONLY_THOUGHTS if ending is Ending.CUT else Kind.EMPTY
            raise error_of(Fault(kind), self._name, self._timeout)
        return ending

    async def _begin(
        self, request: Request, begun: float, *, is_probe: bool
    ) -> tuple[AsyncGenerator[Heard, None], Heard | None]:
        """Ask until the model is heard, so often and so long as is worth it."""
        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(_is_passing),
            wait=_wait,
            stop=lambda state: is_probe or self._is_enough(state, begun),
            reraise=True,
        )
        return await retrying(self._first, request, begun)

    async def _first(
        self, request: Request, begun: float
    ) -> tuple[AsyncGenerator[Heard, None], Heard | None]:
        while True:
            # Until it is known to have failed.
            self.may_cost = True
            heard = self._access.answer(request.turns, request.longest, request.temperature)
            try:
                first = await self._next(heard, begun + self._timeout)
            except BaseException as error:
                await heard.aclose()
                if isinstance(error, _FailedError) and self._adapted(error.fault):
                    continue
                raise
            return heard, first

    async def _pass_on(
        self, heard: AsyncGenerator[Heard, None], first: Heard | None, call: Call, longest: int
    ) -> Ending:
        thoughts = ThoughtFilter()
        ending: Ending | None = None
        piece = first
        while piece is not None:
            self._turns.show_life()
            self.usage = piece.usage or self.usage
            ending = piece.ending or ending
            self._say(thoughts.answer(piece.text), call)
            if len(self.said) > longest * _LONGEST_TOKEN:
                # A server that pays no heed to the length would never end.
                return Ending.CUT
            piece = await self._after(heard, ending)
        self._say(thoughts.rest(), call)
        if ending is None:
            raise _FailedError(Fault(Kind.BROKEN_OFF))
        self.is_whole = True
        return ending

    async def _after(self, heard: AsyncGenerator[Heard, None], ending: Ending | None) -> Heard | None:
        """Wait for the next piece; after the end only a moment, for what was used."""
        if ending is None:
            return await self._next(heard, time.monotonic() + self._timeout)
        try:
            return await self._next(heard, time.monotonic() + min(_AFTERMATH, self._timeout))
        except _FailedError:
            return None

    async def _next(self, heard: AsyncGenerator[Heard, None], until: float) -> Heard | None:
        try:
            async with asyncio.timeout(until - time.monotonic()):
                piece = await anext(heard, None)
        except TimeoutError as error:
            raise _FailedError(Fault(Kind.SILENT)) from error
        # The classes fail in their own ways; what they do not know is told as it is.
        except Exception as error:
            fault = self._access.fault(error)
            self.may_cost = bool(self.said)
            if fault is None and isinstance(error, _UNREADABLE):
                fault = Fault(Kind.MALFORMED)
            if fault is None:
                raise
            raise _FailedError(fault) from error
        return piece

    def _say(self, text: str, call: Call) -> None:
        if text:
            self.said += text
            self.pieces += 1
            call.say(text)

    def _adapted(self, fault: Fault) -> bool:
        is_refused = fault.kind is Kind.REFUSED and fault.parameter is not None
        return is_refused and self._access.without(fault.parameter or "")

    def _is_enough(self, state: tenacity.RetryCallState, begun: float) -> bool:
        fault = _fault(state)
        most = _TRIES if fault and fault.kind is Kind.BUSY else _TRIES_TO_CONNECT
        is_too_late = time.monotonic() + state.upcoming_sleep >= begun + self._timeout
        return state.attempt_number >= most or is_too_late

    def _told(self, failed: _FailedError, begun: float) -> ModelError:
        error = error_of(failed.fault, self._name, self._timeout)
        is_dead = failed.fault.kind is Kind.SILENT and self._turns.silent_since(begun)
        if is_dead or failed.fault.kind is Kind.UNCONNECTED:
            self._turns.go_down(error)
        return error


class _FailedError(Exception):
    """A request failed, as the fault says; the provider's exception is its cause."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind.name)
        self.fault = fault


# As often as a server is asked that fails or is busy, and one that there is no connection to.
_TRIES, _TRIES_TO_CONNECT = 6, 3
_backing_off = tenacity.wait_random_exponential(multiplier=0.5, max=8)
# Seconds to wait for what was used, after the end of the text.
_AFTERMATH = 2.0
# Characters: there are few longer tokens, and none on average.
_LONGEST_TOKEN = 16
# What LlamaIndex's classes and the clients raise of answers that are not as the protocol has them.
_UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, AssertionError)


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, _FailedError) and error.fault.kind in PASSING


def _fault(state: tenacity.RetryCallState) -> Fault | None:
    error = state.outcome.exception() if state.outcome else None
    return error.fault if isinstance(error, _FailedError) else None


def _wait(state: tenacity.RetryCallState) -> float:
    fault = _fault(state)
    return fault.retry_after if fault and fault.retry_after is not None else _backing_off(state)
