"""A loop of asyncio in a thread of its own, which holds up no process's end."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, wait
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")

# How often who waits looks whether it shall stop, in seconds.
_GLANCE = 0.05
# How long the end waits for what it has cancelled: connections close in a moment.
_FAREWELL = 2.0


class Running:
    """Runs coroutines, until it is closed or the process ends. Safe across threads."""

    def __init__(self, farewell: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start the thread.

        Args:
            farewell: Gives what is run last, to close connections.
        """
        self._farewell = farewell
        self._open: dict[Callable[[], None], Coroutine[Any, Any, None]] = {}
        self._loop = _Loop()
        self._thread = threading.Thread(target=self._run, name="loccit-model", daemon=True)
        self._thread.start()
        _ends.add(self)

    def start(self, coroutine: Coroutine[Any, Any, None], ended: Callable[[], None]) -> Callable[[], object]:
        """Run a coroutine.

        Args:
            coroutine: What to run.
            ended: Called once it has ended in whatever way, even if it never began because all was closed.

        Returns:
            What cancels it, from any thread.
        """
        tasks: list[asyncio.Task[None]] = []

        def begin() -> None:
            tasks.append(self._loop.create_task(coroutine))
            tasks[0].add_done_callback(lambda _: self._tell(ended))

        def cancel() -> None:
            tasks[0].cancel()

        self._open[ended] = coroutine
        if not self._call(begin):
            self._tell(ended)
        return lambda: self._call(cancel)

    def result(self, coroutine: Coroutine[Any, Any, T], stop: threading.Event | None = None) -> T:
        """Run a coroutine, and wait for what it gives.

        Raises:
            CancelledError: If it was stopped, or all was closed.
        """
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            while not future.done():
                wait([future], _GLANCE)
                if (stop and stop.is_set()) or not self._thread.is_alive():
                    raise CancelledError
            return future.result()
        finally:
            # A loop that has gone has cancelled all.
            with suppress(RuntimeError):
                future.cancel()

    def close(self) -> None:
        """Cancel what runs, say farewell, and end the thread."""
        _ends.discard(self)
        self._call(self._loop.stop)
        self._thread.join(_FAREWELL)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            tasks = asyncio.all_tasks(self._loop)
            for task in tasks:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            self._loop.run_until_complete(self._farewell())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()
            for ended in list(self._open):
                self._tell(ended)

    def _call(self, function: Callable[[], object]) -> bool:
        """Call a function in the loop; tell whether there is still a loop."""
        try:
            self._loop.call_soon_threadsafe(function)
        except RuntimeError:
            return False
        return True

    def _tell(self, ended: Callable[[], None]) -> None:
        coroutine = self._open.pop(ended, None)
        if coroutine is not None:
            # One that never began would complain.
            coroutine.close()
            ended()


class _Ends:
    """Closes what runs when the main thread ends.

    Its own thread is no daemon, so that the process waits for it, but never longer than a farewell takes. `atexit`
    would come too late: after the process has waited for all threads, those too that a cancelled task has been using.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[Running] = set()
        self._is_watching = False

    def add(self, running: Running) -> None:
        with self._lock:
            self._running.add(running)
            if not self._is_watching:
                self._is_watching = True
                threading.Thread(target=self._watch, name="loccit-model-end", daemon=False).start()

    def discard(self, running: Running) -> None:
        with self._lock:
            self._running.discard(running)

    def forget(self) -> None:
        """Begin anew in a forked child, to which no thread has come along."""
        _inherited.append(self._running)
        self._lock, self._running, self._is_watching = threading.Lock(), set(), False

    def _watch(self) -> None:
        threading.main_thread().join()
        for running in list(self._running):
            running.close()


_ends = _Ends()
# To free what is a parent's would close its connections.
_inherited: list[object] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_ends.forget)


async def in_thread(work: Callable[[], T]) -> T:
    """Do work that blocks in a thread that no process's end waits for, unlike those of asyncio's executor."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(result: Callable[[], None]) -> None:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if done.done() else result())

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001, raised again where it is awaited
            failure = error
            tell(lambda: done.set_exception(failure))
        else:
            tell(lambda: done.set_result(result))

    threading.Thread(target=run, name="loccit-model-work", daemon=True).start()
    return await done


class _Loop(asyncio.SelectorEventLoop):
    """A loop that looks names up in threads that may be left behind: where a network is dead, that takes long."""

    async def getaddrinfo(  # type: ignore[override]
        self,
        host: str | None,
        port: str | int | None,
        *,
        family: int = 0,
        type: int = 0,  # noqa: A002
        proto: int = 0,
        flags: int = 0,
    ) -> list[Any]:
        return await in_thread(lambda: socket.getaddrinfo(host, port, family, type, proto, flags))
