"""What a dead model's server costs a reader, who gets the extractive answer all the same."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.table import Table

from assistant.answer import Answer
from tests.assistant.models.serving import Cut, Hang, ModelServer, Say, Start, Step, always
from tests.benchmarks.models.setting import Bench, Reader, Watched

TIMEOUTS = (2, 5)
# Words that name no evidence: none of them may reach a reader.
WORDS = "NK cells are always safe in everybody "


@dataclass(frozen=True, slots=True)
class Waited:
    """What two readers, one after the other, have waited, and what they got."""

    first: float
    second: float
    answer: Answer


def report(bench: Bench) -> None:
    """Print what readers wait for each kind of death."""
    table = Table("the server", title="A dead server")
    for column in ("timeout", "first reader waits", "next reader waits"):
        table.add_column(column, justify="right")
    table.add_column("answer")
    table.add_column("told")
    with ModelServer() as server, bench.scripted(server) as assistant:
        # What a process imports for its first model is no part of what a dead one costs.
        Reader().ask(assistant)
    for timeout in TIMEOUTS:
        for name, waited in _all(bench, timeout):
            table.add_row(
                name,
                f"{timeout} s",
                f"{waited.first:.2f} s",
                f"{waited.second:.2f} s",
                waited.answer.composer,
                _told(waited.answer),
            )
        table.add_section()
    table.caption = (
        "Without a model an answer takes the time of the first row. Imports for the first model are left out."
    )
    bench.console.print(table)


def _all(bench: Bench, timeout: int) -> Iterator[tuple[str, Waited]]:
    with bench.assistant() as assistant:
        Reader().ask(assistant)
        yield "none is set", _waited(assistant)
    with _deaf() as url:
        yield "accepts, and never answers anything", _of_url(bench, url, timeout)
    yield "refuses connections", _of_url(bench, _refusing(), timeout)
    scripts: dict[str, Sequence[Step]] = {
        "answers all but questions": (Hang(),),
        "begins, and is silent": (Start(), Hang()),
        "is silent amid a sentence": (Say(WORDS), Hang()),
        "dies amid a sentence": (Say(WORDS), Cut()),
        "dies at each question": (Cut(),),
    }
    for name, steps in scripts.items():
        with ModelServer(always(steps)) as server, bench.scripted(server, llm_timeout=timeout) as assistant:
            yield name, _waited(assistant)


def _of_url(bench: Bench, url: str, timeout: int) -> Waited:
    with bench.assistant(f"openai-like:{url}#dead", llm_timeout=timeout) as assistant:
        return _waited(assistant)


def _waited(assistant: Watched) -> Waited:
    first, second = Reader(), Reader()
    # What the library opens at the first question is no part of what a server costs.
    assistant.search("safety", 1)
    answer = first.ask(assistant)
    second.ask(assistant)
    return Waited(first.seconds, second.seconds, answer)


def _told(answer: Answer) -> str:
    """Give the first sentence of what the reader is told, without the model's name and address."""
    if answer.written is None:
        return ""
    told = answer.written.fell_back or answer.written.broke_off or ""
    return told.partition(") ")[2].partition(". ")[0].partition(": ")[0]


@contextmanager
def _deaf() -> Iterator[str]:
    """Open a port that takes connections, and at which nobody reads."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def _refusing() -> str:
    """Give the address of a port at which nobody listens any more."""
    with _deaf() as url:
        return url
