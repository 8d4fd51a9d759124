"""What was spent each day (UTC), kept in a small file that processes share, and the guard of a day's limit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from assistant.models.errors import SpendingError
from assistant.models.usage import Price, Usage
from corpus.errors import SettingsError
from corpus.settings import Settings

_TABLE = """
create table if not exists spending (
    day text not null,
    model text not null,
    requests integer not null,
    prompt_tokens integer not null,
    completion_tokens integer not null,
    cost real not null,
    primary key (day, model)
) without rowid
"""
_ADD = """
insert into spending values (:day, :model, :requests, :prompt, :completion, :cost)
on conflict (day, model) do update set
    requests = requests + :requests,
    prompt_tokens = prompt_tokens + :prompt,
    completion_tokens = completion_tokens + :completion,
    cost = max(0, cost + :cost)
"""
_SUM = (
    "select coalesce(sum(requests), 0), coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0), "
    "coalesce(sum(cost), 0) from spending where day = ?"
)
# Each transaction takes a millisecond; who waits longer is locked out by something else.
_LOCK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Spent:
    """What a day's requests have used, of all models; the cost in the currency of the set prices."""

    requests: int
    prompt_tokens: int
    completion_tokens: int
    cost: float


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was set aside for a request before it was made."""

    day: str
    model: str
    usage: Usage


class Spending:
    """The ledger of a machine's spending. Safe across threads and processes.

    A request is entered before it is made, at the most that it can use, and corrected when it has ended. One whose
    process died in between stays at the most: the guard never lets more through than it should.
    """

    def __init__(self, path: Path, price: Price | None = None, most_per_day: float | None = None) -> None:
        """Keep the ledger in a file, which is made with the first entry.

        Args:
            path: The file.
            price: What tokens cost; without it, tokens alone are entered.
            most_per_day: What a day may cost.
        """
        self.price = price
        self.most_per_day = most_per_day
        self._path = path

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Give the ledger that is set.

        Raises:
            SettingsError: If a limit is set without a price, or the price is none.
        """
        price = None if settings.llm_price is None else Price.parse(settings.llm_price)
        if settings.max_cost_per_day is not None and price is None:
            raise SettingsError(
                "The most that a day may cost is set, but not what tokens cost: set LOCCIT_LLM_PRICE to IN:OUT, the "
                "prices of a million tokens read and written, as in LOCCIT_LLM_PRICE=0.25:2."
            )
        return cls(settings.spending, price, settings.max_cost_per_day)

    def reserve(self, model: str, most: Usage) -> Reservation:
        """Enter a request before it is made.

        Args:
            model: The model's name.
            most: The most that it can use.

        Raises:
            SpendingError: If the day's limit would be exceeded, or the ledger cannot be written.
        """
        reservation = Reservation(_today(), model, most)
        cost = self.price.of(most) if self.price else 0.0
        with self._writing() as ledger:
            if self.most_per_day is not None:
                spent = Spent(*ledger.execute(_SUM, (reservation.day,)).fetchone()).cost
                if spent + cost > self.most_per_day:
                    raise SpendingError(_exceeding(spent, cost, self.most_per_day))
            self._add(ledger, reservation, 1, most.prompt_tokens, most.completion_tokens)
        return reservation

    def settle(self, reservation: Reservation, used: Usage) -> None:
        """Correct a request's entry to what it used; one that used nothing was none.

        Raises:
            SpendingError: If the ledger cannot be written.
        """
        read = used.prompt_tokens - reservation.usage.prompt_tokens
        written = used.completion_tokens - reservation.usage.completion_tokens
        with self._writing() as ledger:
            self._add(ledger, reservation, 0 if used.tokens else -1, read, written)

    def today(self) -> Spent:
        """Give what was spent today.

        Raises:
            SpendingError: If the ledger cannot be read.
        """
        if not self._path.exists():
            return Spent(0, 0, 0, 0.0)
        with self._writing() as ledger:
            return Spent(*ledger.execute(_SUM, (_today(),)).fetchone())

    def _add(
        self, ledger: sqlite3.Connection, reservation: Reservation, requests: int, read: int, written: int
    ) -> None:
        cost = self.price.of(Usage(read, written)) if self.price else 0.0
        ledger.execute(
            _ADD,
            {
                "day": reservation.day,
                "model": reservation.model,
                "requests": requests,
                "prompt": read,
                "completion": written,
                "cost": cost,
            },
        )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open the ledger for one transaction that no other process can come between."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            ledger = sqlite3.connect(self._path, timeout=_LOCK_SECONDS, isolation_level=None)
            try:
                ledger.execute("begin immediate")
                ledger.execute(_TABLE)
                yield ledger
                ledger.execute("commit")
            finally:
                # What was not committed is undone.
                ledger.close()
        except (sqlite3.Error, OSError) as error:
            raise SpendingError(
                f"The record of spending {str(self._path)!r} cannot be used: {error}. Set LOCCIT_SPENDING to a file "
                "that can be written."
            ) from error


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _exceeding(spent: float, cost: float, most: float) -> str:
    return (
        f"The day's spending limit of {most:g} is reached: {spent:.4g} is spent or set aside, and the next request may "
        f"cost {cost:.4g}. It begins anew at midnight UTC; LOCCIT_MAX_COST_PER_DAY raises it."
    )
