"""Clients that do not wait, for servers on this machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import httpx

from ingest.origins.http import HttpClient, Limits
from ingest.origins.http.cache import AnswerCache

BRISK = Limits(interval_seconds=0)


@dataclass
class PassingTime:
    """Time that passes when somebody waits, and only then."""

    now: float = 1_000.0
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


def client(
    folder: Path | None = None,
    limits: Limits = BRISK,
    *,
    time: PassingTime | None = None,
    contact: str | None = None,
    renew: bool = False,
    transport: httpx.BaseTransport | None = None,
) -> HttpClient:
    """Open a client that keeps answers in `folder` and for which no time is lost by waiting."""
    passing = time or PassingTime()
    return HttpClient(
        limits,
        contact=contact,
        cache=AnswerCache(folder) if folder else None,
        renew=renew,
        transport=transport,
        sleep=passing.sleep,
        clock=passing.clock,
    )
