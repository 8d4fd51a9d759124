"""What one process has of a language model: a loop, the queue before the model, and the way to it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial

from assistant.models.accounts import Account, used_by
from assistant.models.asking import Asking, Request
from assistant.models.budget import Budget
from assistant.models.calls import Call, End
from assistant.models.errors import ModelError
from assistant.models.faults import Fault, Kind, error_of
from assistant.models.naming import ModelName, Provider
from assistant.models.providers import open_access
from assistant.models.providers.access import Access, Ending, Facts
from assistant.models.running import Running, in_thread
from assistant.models.spending import Spending
from assistant.models.tokens import Asked
from assistant.models.turns import DOWN_SECONDS, Turns, again
from assistant.models.usage import Usage
from corpus.settings import Settings

# Requests at once, where nothing is set: a model in this process has the one processor.
_PARALLEL, _PARALLEL_HERE = 4, 1
# For how many seconds a server may be asked of itself: a reader waits meanwhile.
_INTRODUCTION = 3.0


class Process:
    """One process's share in a language model. Its coroutines run in its own loop.

    Attributes:
        running: The loop.
        access: The way to the model, once it is open.
        facts: What is known of the model, once its server has told.
    """

    def __init__(self, name: ModelName, settings: Settings, spending: Spending) -> None:
        """Start the loop."""
        here = name.provider is Provider.GGUF
        self.running = Running(self._closed)
        self.access: Access | None = None
        self.facts: Facts | None = None
        self._name = name
        self._settings = settings
        self._turns = Turns(
            settings.llm_parallel or (_PARALLEL_HERE if here else _PARALLEL), settings.llm_timeout
        )
        # What runs on this machine costs nothing unless a price says so, and leaves no record.
        self._ledger = spending if spending.price or not name.is_local else None
        self._opening: asyncio.Future[Access] | None = None
        self._unknown: ModelError | None = None
        self._unknown_until = 0.0

    def close(self) -> None:
        """Stop all that is asked, and close connections."""
        self.running.close()

    async def opened(self) -> Access:
        """Import the provider and load the model, once, whoever asks first and leaves before that is done.

        Raises:
            ModelError: If the model cannot be used.
        """
        if self.access is None:
            if self._opening is None or self._opening.done():
                work = in_thread(lambda: open_access(self._name, self._settings))
                self._opening = asyncio.ensure_future(work)
                # Whoever has waited for it may have gone.
                self._opening.add_done_callback(lambda opening: opening.cancelled() or opening.exception())
            self.access = await asyncio.shield(self._opening)
        return self.access

    async def ready(self) -> None:
        """Open the way to the model, and find out what is known of it if its server tells.

        Raises:
            ModelError: If the model cannot be used.
        """
        await self.opened()
        with suppress(ModelError):
            await self.introduced()

    async def introduced(self) -> Facts:
        """Find out what is known of the model.

        Raises:
            ModelError: If it cannot be used, or does not tell.
        """
        self._turns.refuse_while_down()
        if self._unknown and time.monotonic() < self._unknown_until:
            raise again(self._unknown)
        access = await self.opened()
        begun = time.monotonic()
        try:
            async with asyncio.timeout(min(_INTRODUCTION, self._settings.llm_timeout / 2)):
                self.facts = await access.facts()
        # The classes fail in their own ways; what they do not know is told as it is.
        except Exception as error:
            fault = Fault(Kind.SILENT) if isinstance(error, TimeoutError) else access.fault(error)
            if fault is None:
                raise
            self._unknown = error_of(fault, self._name, _INTRODUCTION)
            self._unknown_until = time.monotonic() + DOWN_SECONDS
            if fault.kind is Kind.SILENT and isinstance(access.counter, Asked):
                # It would be waited for once more.
                access.counter.give_up(time.monotonic() - begun)
            if fault.kind is Kind.UNCONNECTED:
                self._turns.go_down(self._unknown)
            raise self._unknown from None
        return self.facts

    async def work(self, request: Request, call: Call, budget: Budget) -> None:
        """Do one request, from its place in the queue to its end."""
        try:
            access = await self.opened()
            async with self._turns.turn() as is_probe:
                end = await self._asked(access, request, call, budget, is_probe=is_probe)
        except asyncio.CancelledError:
            end = End(Ending.STOPPED, Usage())
        except TimeoutError:
            failure = error_of(Fault(Kind.SILENT), self._name, self._settings.llm_timeout)
            end = End(None, Usage(), failure)
        except Exception as error:  # noqa: BLE001, raised again in the reader's thread
            end = End(None, Usage(), error)
        call.finish(end)

    async def _asked(
        self, access: Access, request: Request, call: Call, budget: Budget, *, is_probe: bool
    ) -> End:
        turns = [turn.text for turn in request.turns]
        account = await Account.open(self._name, access, turns, request.longest, budget, self._ledger)
        asking = Asking(self._name, access, self._turns, self._settings.llm_timeout, _waited(access))
        call.so_far = partial(used_by, asking, turns)
        ending: Ending | None = None
        failure: Exception | None = None
        try:
            ending = await asking.ask(replace(request, longest=account.longest), call, is_probe=is_probe)
        except asyncio.CancelledError:
            ending = Ending.STOPPED
        except Exception as error:  # noqa: BLE001, raised again in the reader's thread
            failure = error
        used = used_by(asking, turns)
        account.close(used)
        return End(ending, used, failure)

    async def _closed(self) -> None:
        if self.access is not None:
            await self.access.close()


def _waited(access: Access) -> float:
    """Tell for how many seconds its server has just been waited for in vain: they count among those of an answer."""
    counter = access.counter
    if not isinstance(counter, Asked) or counter.silent_at is None:
        return 0.0
    return counter.waited if time.monotonic() < counter.silent_at + DOWN_SECONDS else 0.0
