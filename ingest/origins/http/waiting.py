"""How long to wait before a web service is asked, and asked again."""

from __future__ import annotations

import email.utils
import threading
from collections.abc import Callable
from datetime import UTC, datetime


class Turns:
    """Spaces the requests to each host, from whatever thread they come."""

    def __init__(
        self, interval_seconds: float, sleep: Callable[[float], None], clock: Callable[[], float]
    ) -> None:
        """Let a request through every `interval_seconds`, host by host."""
        self._interval = interval_seconds
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}

    def take(self, host: str) -> None:
        """Wait until it is this request's turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._interval
        if turn > now:
            self._sleep(turn - now)

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody ask a host that has asked for rest."""
        with self._lock:
            until = self._clock() + seconds
            self._next[host] = max(until, self._next.get(host, until))


def retry_after(header: str | None, longest: float) -> float | None:
    """Read a Retry-After header, in seconds or as a date.

    Args:
        header: Its value.
        longest: More is not waited for.

    Returns:
        Seconds from now, or None if the header says nothing that can be read.
    """
    value = (header or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), longest)
    try:
        date = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(max((date - datetime.now(UTC)).total_seconds(), 0.0), longest)
