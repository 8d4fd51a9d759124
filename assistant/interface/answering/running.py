"""Carries an answer in the making from the thread that makes it to the loop that shows it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

# Often enough to read along, seldom enough for any browser, in seconds.
PACE = 0.06
# After as much silence, whoever shows the answer looks whether its reader is still there, in seconds.
QUIET = 0.5


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


class Running(Generic[T]):
    """One answer in the making.

    It is made in a thread of its own: a library's snapshot belongs to the thread that has taken it, and a silent model
    would keep one of the few threads that all readers share.
    """

    def __init__(self, make: Callable[[threading.Event], Iterator[T]]) -> None:
        """Be ready to make what `make` gives; the event that it is called with is set when it shall stop."""
        self._make = make
        self._stop = threading.Event()

    def stop(self) -> None:
        """Let what is made end soon, with what there is by then."""
        self._stop.set()

    async def batches(self) -> AsyncGenerator[list[T], None]:
        """Begin, and give what is new in batches, an empty one where nothing has come for a while.

        It stops what is made if it is closed before its end.

        Raises:
            BaseException: What making it has ended in.
        """
        loop = asyncio.get_running_loop()
        news: asyncio.Queue[T | _End] = asyncio.Queue()

        def tell(item: T | _End) -> None:
            # A loop that is gone has no reader left.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(news.put_nowait, item)

        threading.Thread(target=self._run, args=(tell,), name="answer", daemon=True).start()
        try:
            ended = None
            while ended is None:
                heard = await _heard(news)
                yield [item for item in heard if not isinstance(item, _End)]
                ended = next((item for item in heard if isinstance(item, _End)), None)
                if ended is None:
                    await asyncio.sleep(PACE)
            if ended.error is not None:
                raise ended.error
        finally:
            self.stop()

    def _run(self, tell: Callable[[T | _End], None]) -> None:
        try:
            for item in self._make(self._stop):
                tell(item)
        except BaseException as error:  # noqa: BLE001
            tell(_End(error))
        else:
            tell(_End(None))


async def _heard(news: asyncio.Queue[T | _End]) -> list[T | _End]:
    """Give what has come by now; wait for the first of it, but not for long."""
    heard: list[T | _End] = []
    with suppress(TimeoutError):
        heard.append(await asyncio.wait_for(news.get(), QUIET))
    while not news.empty():
        heard.append(news.get_nowait())
    return heard
