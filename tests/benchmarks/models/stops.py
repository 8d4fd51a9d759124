"""How soon a stop is heeded: until a reader has the answer as it stands, and until the model is free for others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from rich.table import Table

from assistant.models.speaking import LanguageModel, Turn
from tests.assistant.models.behaviours import perfectly, writing
from tests.assistant.models.serving import Chat, Hang, ModelServer, Say, Script, Start, always
from tests.benchmarks.models.setting import QUESTION, Bench, Reader, Watched, milliseconds

STOPS = 20
# Seconds after which a model file is reading its prompt.
READING = 0.3
PATIENCE = 300
SHORT = (Turn("user", "Say yes."),)


@dataclass(frozen=True, slots=True)
class Stopped:
    """One stop: seconds from it until the reader has an answer, and until the model is free."""

    reader: float
    model: float


def report(bench: Bench) -> None:
    """Print how soon stops are heeded, of a scripted server and of a model file."""
    table = Table("model", "stopped", "stops", title=f"From a stop on, over {STOPS} stops of each model")
    for column in ("reader is free: p50", "longest", "model is free: p50", "longest"):
        table.add_column(column, justify="right")
    _scripted(bench, table)
    if bench.llm and bench.llm.startswith("gguf:"):
        _file(bench, bench.llm, table)
    table.caption = (
        "A server is free when it sees the connection closed. A file, when it has given the next reader a first word; "
        'the row "idle" says how long that takes when it is idle.'
    )
    bench.console.print(table)


def _scripted(bench: Bench, table: Table) -> None:
    with ModelServer() as server, bench.scripted(server) as assistant:
        # What is opened and imported at the first question is no part of a stop.
        Reader().ask(assistant)

        def is_asked(_: Reader) -> None:
            server.until(lambda: server.open)

        def has_said_all(_: Reader) -> None:
            server.until(lambda: server.open and server.chats[-1].said == _said(server.chats[-1]).text)

        moments: dict[str, tuple[Script, Callable[[Reader], object]]] = {
            "before its answer begins": (always(Hang()), is_asked),
            "before its first word": (always((Start(), Hang())), is_asked),
            "amid its first sentence": (
                always((Say("NK cells are"), Hang())),
                lambda reader: reader.sees_text.wait(PATIENCE),
            ),
            "while sentences are checked": (lambda chat: (_said(chat), Hang()), has_said_all),
            "after a sentence was checked": (
                lambda chat: (_said(chat), Hang()),
                lambda reader: reader.sees_held.wait(PATIENCE),
            ),
        }
        for name, (script, moment) in moments.items():
            server.script = script
            stopped = [_stopped_server(server, assistant, moment) for _ in range(STOPS // len(moments))]
            _row(table, "scripted server", name, stopped)


def _said(chat: Chat) -> Say:
    written = writing(perfectly)(chat)
    assert isinstance(written, Say), "the writer says something"
    return written


def _stopped_server(server: ModelServer, assistant: Watched, moment: Callable[[Reader], object]) -> Stopped:
    stopped_at, reader = _stopped(assistant, moment)
    server.until(lambda: not server.open)
    left_at = server.chats[-1].went_away_at
    assert left_at is not None, "who is stopped goes away"
    return Stopped(reader.ended_at - stopped_at, left_at - stopped_at)


def _file(bench: Bench, llm: str, table: Table) -> None:
    moments: dict[str, Callable[[Reader], object]] = {
        "while it reads": lambda reader: reader.sees_text.wait(READING),
        "while it writes": lambda reader: reader.sees_text.wait(PATIENCE),
    }
    with bench.assistant(llm, llm_timeout=PATIENCE) as assistant:
        model = assistant.model
        assert model is not None, "a model is set"
        idle = [_next_word(model) for _ in range(STOPS)][1:]
        for name, moment in moments.items():
            stopped = []
            for _ in range(STOPS // len(moments)):
                stopped_at, reader = _stopped(assistant, moment)
                _next_word(model)
                stopped.append(Stopped(reader.ended_at - stopped_at, time.monotonic() - stopped_at))
            _row(table, model.label, name, stopped)
        _row(table, model.label, "idle", [Stopped(0, seconds) for seconds in idle])


def _next_word(model: LanguageModel) -> float:
    begun = time.monotonic()
    with model.speak(SHORT, longest=2, stop=threading.Event()) as speech:
        next(speech)
    return time.monotonic() - begun


def _stopped(assistant: Watched, moment: Callable[[Reader], object]) -> tuple[float, Reader]:
    """Ask, and stop when the moment has come; give when that was, and what the reader saw."""
    reader, stop = Reader(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(reader.ask, assistant, QUESTION, (), stop)
        reader.is_asking.wait(PATIENCE)
        moment(reader)
        stopped_at = time.monotonic()
        stop.set()
        asking.result()
    return stopped_at, reader


def _row(table: Table, model: str, name: str, stopped: Sequence[Stopped]) -> None:
    free = milliseconds([one.reader for one in stopped], 50, 100)
    table.add_row(
        model, name, str(len(stopped)), *free, *milliseconds([one.model for one in stopped], 50, 100)
    )
