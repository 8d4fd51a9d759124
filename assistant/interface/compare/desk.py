"""What readers do in the Compare view, whatever carries their wishes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.comparing.export import as_csv, as_markdown
from assistant.interface.compare.aspects import offered
from assistant.interface.compare.table import KEY, compared
from assistant.interface.sources import sources_panel
from assistant.question.subjects import LEAST_SUBJECTS, MOST_SUBJECTS
from corpus.errors import LoccitError

MOST_ASPECTS = 12
LONGEST_NAME = 120
LONGEST_FILE_NAME = 80


class IncomparableError(LoccitError):
    """A comparison that cannot be made as it was asked for."""


class ToCompare(BaseModel):
    """What a reader wants compared.

    Attributes:
        subjects: As they were typed; fields may be empty.
        aspects: In what respects; none for those of which the sources say most.
        ticket: By which the reader can stop it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subjects: tuple[str, ...]
    aspects: tuple[str, ...] = ()
    ticket: str = ""


class Ticket(BaseModel):
    """The comparison that a reader wants stopped."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ticket: str


class ComparisonShown(BaseModel):
    """A comparison for the page: finished HTML, and what a reader takes along.

    Attributes:
        table: The table, or why there is none.
        sources: The sources beside it.
        markdown: The table with its references; empty where there is no table.
        csv: The same for a spreadsheet.
        file: What a file of it is called, without ending.
    """

    model_config = ConfigDict(frozen=True)

    table: str
    sources: str
    markdown: str = ""
    csv: str = ""
    file: str = ""


class Stopped(BaseModel):
    """Whether there was something to stop."""

    model_config = ConfigDict(frozen=True)

    stopped: bool


class CompareDesk:
    """Compares what readers name. Safe across threads."""

    def __init__(self, assistant: Assistant) -> None:
        """Compare with an assistant."""
        self._assistant = assistant
        self._lock = threading.Lock()
        self._stops: dict[str, threading.Event] = {}

    def compare(self, wanted: ToCompare) -> ComparisonShown:
        """Compare subjects.

        Raises:
            IncomparableError: If there are too few or too many, or a name is too long.
        """
        subjects, aspects = _subjects(wanted.subjects), _aspects(wanted.aspects)
        with self._stopping(wanted.ticket) as stop:
            answer = self._assistant.compare(subjects, aspects, stop=stop)
        sources = sources_panel(self._assistant.library, answer, KEY)
        shown = ComparisonShown(table=compared(answer), sources=sources)
        if answer.comparison is None or not answer.statements:
            return shown
        name = re.sub(r"[^\w-]+", "-", " vs ".join(subjects)).strip("-")[:LONGEST_FILE_NAME]
        taken = {"markdown": as_markdown(answer), "csv": as_csv(answer), "file": name or "comparison"}
        return shown.model_copy(update=taken)

    def aspects(self, wanted: ToCompare) -> str:
        """Offer aspects for subjects, as HTML: those of which the sources speak before the others.

        Raises:
            IncomparableError: If there are too many subjects, or a name is too long.
        """
        return offered(self._assistant.suggest_aspects(_named(wanted.subjects)))

    def stop(self, wanted: Ticket) -> Stopped:
        """Stop a comparison that a language model is writing: the cells that were checked by then stand."""
        with self._lock:
            stop = self._stops.get(wanted.ticket)
        if stop:
            stop.set()
        return Stopped(stopped=stop is not None)

    @contextmanager
    def _stopping(self, ticket: str) -> Iterator[threading.Event]:
        """Let a reader stop what is done meanwhile."""
        stop = threading.Event()
        with self._lock:
            self._stops[ticket] = stop
        try:
            yield stop
        finally:
            with self._lock:
                self._stops.pop(ticket, None)


def _subjects(typed: Sequence[str]) -> tuple[str, ...]:
    named = _named(typed)
    if len(named) < LEAST_SUBJECTS:
        raise IncomparableError("Name at least two different things to compare.")
    return named


def _named(typed: Sequence[str]) -> tuple[str, ...]:
    named = _once(typed)
    if len(named) > MOST_SUBJECTS:
        raise IncomparableError(
            f"At most {MOST_SUBJECTS} subjects are compared at once; here are {len(named)}."
        )
    return named


def _aspects(typed: Sequence[str]) -> tuple[str, ...]:
    named = _once(typed)
    if len(named) > MOST_ASPECTS:
        raise IncomparableError(f"A table has at most {MOST_ASPECTS} aspects; here are {len(named)}.")
    return named


def _once(typed: Sequence[str]) -> tuple[str, ...]:
    """Give what was typed, each name once, whatever its capitals; empty fields say nothing."""
    named: dict[str, str] = {}
    for name in (" ".join(words.split()) for words in typed):
        if len(name) > LONGEST_NAME:
            raise IncomparableError(
                f"“{name[: LONGEST_NAME // 3]}…” is too long; name it in at most {LONGEST_NAME} characters."
            )
        if name:
            named.setdefault(name.casefold(), name)
    return tuple(named.values())
