"""How twenty readers who ask at once share a slow model that answers one at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from rich.table import Table

from assistant.evaluation.questions import PosedQuestion
from assistant.models.naming import ModelName
from assistant.models.speaking import LanguageModel, Speech
from corpus.settings import Settings
from tests.assistant.models.behaviours import perfectly, writing
from tests.assistant.models.serving import Chat, Gate, ModelServer, Pause, Reply, Say
from tests.benchmarks.models.setting import Bench, Reader, drawn, milliseconds, share

READERS = 20
# Seconds that the model takes for an answer, and for which it may be silent: most readers wait for longer than that.
SLOWNESS, TIMEOUT = 0.5, 3
_ALL = 1000


class _Noting(LanguageModel):
    """A language model that notes when each thread has first come to it."""

    def __init__(self, name: ModelName, settings: Settings) -> None:
        super().__init__(name, settings)
        self.came: dict[int, float] = {}

    def speak(self, *turns: Any, **options: Any) -> Speech:
        self.came.setdefault(threading.get_ident(), time.monotonic())
        return super().speak(*turns, **options)


@dataclass(frozen=True, slots=True)
class _Served:
    """When a reader came to the model, and what then became of the question."""

    came_at: float
    reader: Reader

    @property
    def first_word(self) -> float:
        """How long the first word took."""
        return self.reader.first_at - self.came_at


def report(bench: Bench) -> None:
    """Print what each reader waits, and how far from fair that is."""
    with (
        ModelServer(_slowly) as server,
        bench.scripted(server, llm_parallel=1, llm_timeout=TIMEOUT) as assistant,
    ):
        assert assistant.model is not None, "a model is set"
        model = assistant.model = _Noting(assistant.model.name, assistant.library.settings)
        posed = _questions()
        Reader().ask(assistant, posed[0].question)
        readers = [Reader() for _ in posed]
        before = len(server.chats)
        with ThreadPoolExecutor(READERS) as pool:
            asking = [
                pool.submit(reader.ask, assistant, one.question)
                for reader, one in zip(readers, posed, strict=True)
            ]
            for one in asking:
                one.result()
    served = [_Served(model.came[reader.thread], reader) for reader in readers if reader.first_at]
    served.sort(key=lambda one: one.came_at)
    bench.console.print(_waits(served))
    bench.console.print(_fairness(served, len(server.chats) - before, server.most_open))


def _questions() -> list[PosedQuestion]:
    """Draw questions that are answered in prose."""
    plain = [one for one in drawn(_ALL) if not (one.unanswerable or one.cells or one.history)]
    return [plain[number * len(plain) // READERS] for number in range(READERS)]


def _slowly(chat: Chat) -> Reply:
    """Begin to answer at once, and end after a while."""
    said = writing(perfectly)(chat)
    assert isinstance(said, Say), "the writer says something"
    first, *rest = said.pieces
    gate = Gate()
    threading.Timer(SLOWNESS, gate.set).start()
    return (Say(first), Pause(gate), Say("".join(rest), chunks=len(rest) or 1))


def _waits(served: Sequence[_Served]) -> Table:
    """Tell what each reader waited, in the order in which they came to the model."""
    table = Table(title=f"{READERS} readers of a model that takes {SLOWNESS} s for each request")
    for column in ("came", "after the first", "served", "first word after", "whole answer after"):
        table.add_column(column, justify="right")
    table.add_column("answer")
    order = sorted(served, key=lambda one: one.reader.first_at)
    for place, one in enumerate(served, start=1):
        table.add_row(
            str(place),
            *milliseconds([one.came_at - served[0].came_at], 50),
            str(order.index(one) + 1),
            *milliseconds([one.first_word], 50),
            *milliseconds([one.reader.ended_at - one.came_at], 50),
            one.reader.answer.composer if one.reader.answer else "",
        )
    return table


def _fairness(served: Sequence[_Served], requests: int, most_open: int) -> Table:
    table = Table("fairness", "", title="How fair that is")
    pairs = list(combinations(served, 2))
    overtaken = sum(one.reader.first_at > other.reader.first_at for one, other in pairs)
    firsts = sorted(one.reader.first_at for one in served)
    between = [later - earlier for earlier, later in pairwise(firsts)]
    own = sum(one.reader.answer is not None and one.reader.answer.composer == "generative" for one in served)
    waits = [one.first_word for one in served]
    wholes = [one.reader.ended_at - one.came_at for one in served]
    table.add_row("readers with the model's answer", share(own, READERS))
    table.add_row("requests, repairs among them, and the most at once", f"{requests}, {most_open}")
    table.add_row("pairs of whom the later was served first", share(overtaken, len(pairs)))
    table.add_row(
        "between two first words: shortest, p50, longest", ", ".join(milliseconds(between, 0, 50, 100))
    )
    table.add_row(
        "wait for the first word: shortest, p50, longest", ", ".join(milliseconds(waits, 0, 50, 100))
    )
    table.add_row(
        "wait for the whole answer: shortest, p50, longest", ", ".join(milliseconds(wholes, 0, 50, 100))
    )
    return table
