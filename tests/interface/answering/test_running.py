"""What carries an answer from the thread that makes it to the loop that shows it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from assistant.interface.answering.running import Running


async def everything(running: Running[str]) -> list[str]:
    return [item async for batch in running.batches() for item in batch]


def test_everything_arrives_in_order() -> None:
    def make(stop: threading.Event) -> Iterator[str]:
        yield from "answer"

    assert asyncio.run(everything(Running(make))) == list("answer")


def test_it_is_made_in_one_thread_of_its_own() -> None:
    def make(stop: threading.Event) -> Iterator[str]:
        for _ in range(3):
            yield threading.current_thread().name

    assert set(asyncio.run(everything(Running(make)))) == {"answer"}


def test_what_goes_wrong_is_raised_after_what_came_before() -> None:
    def make(stop: threading.Event) -> Iterator[str]:
        yield "first"
        raise LookupError("gone")

    heard: list[str] = []

    async def read() -> None:
        async for batch in Running(make).batches():
            heard.extend(batch)

    with pytest.raises(LookupError, match="gone"):
        asyncio.run(read())
    assert heard == ["first"]


def test_a_silent_answer_lets_its_reader_look_around_and_stop_it() -> None:
    def make(stop: threading.Event) -> Iterator[str]:
        assert stop.wait(30)
        yield "what there is by then"

    async def read() -> list[list[str]]:
        running = Running(make)
        batches = []
        async for batch in running.batches():
            batches.append(batch)
            running.stop()
        return batches

    silent, *others = asyncio.run(read())
    assert silent == []
    assert [item for batch in others for item in batch] == ["what there is by then"]


def test_a_reader_who_goes_stops_it() -> None:
    stopped = threading.Event()

    def make(stop: threading.Event) -> Iterator[str]:
        yield "first"
        if stop.wait(30):
            stopped.set()

    async def read() -> None:
        batches = Running(make).batches()
        await anext(batches)
        await batches.aclose()

    asyncio.run(read())
    assert stopped.wait(30)
