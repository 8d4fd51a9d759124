"""Who may ask a model now: first come, first served; and whether it is worth asking, after it could not be reached."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from assistant.models.errors import ModelError

# For how many seconds after a failure nobody else tries.
DOWN_SECONDS = 10.0


class Turns:
    """The queue before one model. All of it runs in one loop."""

    def __init__(self, parallel: int, timeout: float) -> None:
        """Let so many ask at once; give up waiting when the model was silent to everybody for so many seconds."""
        self._timeout = timeout
        self._free = parallel
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._alive_at = 0.0
        self._down: ModelError | None = None
        self._down_until = 0.0
        self._is_probed = False

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[bool]:
        """Wait for a turn and hold it; tell whether the model counts as down, so that this is the one probe.

        Raises:
            ModelError: As the last who asked met it, if the model counts as down.
            TimeoutError: If the model shows no sign of life to anybody.
        """
        self.refuse_while_down()
        is_probe = self._is_probed = self._down is not None
        try:
            await self._take()
            try:
                yield is_probe
            finally:
                self._give()
        finally:
            if is_probe:
                self._is_probed = False

    def refuse_while_down(self) -> None:
        """Tell who comes while the model counts as down, but for the first who may probe it.

        Raises:
            ModelError: As the last who asked met it.
        """
        if self._down and (self._is_probed or time.monotonic() < self._down_until):
            raise again(self._down)

    def show_life(self) -> None:
        """Note that the model has said something to somebody."""
        self._alive_at = time.monotonic()
        self._down = None

    def silent_since(self, moment: float) -> bool:
        """Tell whether the model has said nothing to anybody since a moment of `time.monotonic`."""
        return self._alive_at < moment

    def go_down(self, error: ModelError) -> None:
        """Note that the model cannot be reached: who waits is told at once, as is who comes in the next seconds."""
        self._down = error
        self._down_until = time.monotonic() + DOWN_SECONDS
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(again(error))

    async def _take(self) -> None:
        if self._free and not self._waiting:
            self._free -= 1
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        begun = time.monotonic()
        try:
            while not mine.done():
                left = max(begun, self._alive_at) + self._timeout - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                await asyncio.wait([mine], timeout=left)
            mine.result()
        except BaseException:
            if mine in self._waiting:
                self._waiting.remove(mine)
            elif mine.done() and mine.exception() is None:
                # The turn came in the moment in which it was given up.
                self._give()
            raise

    def _give(self) -> None:
        while self._waiting:
            next_one = self._waiting.popleft()
            if not next_one.done():
                next_one.set_result(None)
                return
        self._free += 1


def again(error: ModelError) -> ModelError:
    """Copy an error: one that is raised twice would grow a history of both."""
    return type(error)(*error.args)
