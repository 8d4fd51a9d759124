"""An event that a test sets in its thread and a server's loop awaits in another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable


class Gate(threading.Event):
    """Stays open once set."""

    def __init__(self) -> None:
        super().__init__()
        self._telling = threading.Lock()
        self._to_tell: list[Callable[[], object]] = []

    def set(self) -> None:
        super().set()
        with self._telling:
            for tell in self._to_tell:
                tell()

    async def opened(self) -> None:
        """Wait in the running loop."""
        loop, heard = asyncio.get_running_loop(), asyncio.Event()

        def tell() -> None:
            loop.call_soon_threadsafe(heard.set)

        with self._telling:
            self._to_tell.append(tell)
        try:
            # Set before it was listened to, it would tell nobody.
            if not self.is_set():
                await heard.wait()
        finally:
            with self._telling:
                self._to_tell.remove(tell)
