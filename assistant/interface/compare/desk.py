"""What readers do in the Compare view, whatever carries their wishes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.answer import Answer, Aspect
from assistant.comparing.export import as_csv, as_markdown
from assistant.interface.compare.aspects import offered
from assistant.interface.compare.start import Example, Start, start, starter_examples
from assistant.interface.compare.table import KEY, compared
from assistant.interface.conversations.examples import comparable_names
from assistant.interface.kinds import listed
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


class Nothing(BaseModel):
    """A wish without particulars."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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
        self._making = threading.Lock()
        self._made: tuple[int, tuple[Example, ...]] | None = None

    def compare(self, wanted: ToCompare) -> ComparisonShown:
        """Compare subjects.

        Raises:
            IncomparableError: If there are too few or too many, or a name is too long.
        """
        subjects, aspects = _subjects(wanted.subjects), _aspects(wanted.aspects)
        with self._stopping(wanted.ticket) as stop:
            answer = self._compared(subjects, aspects, stop)
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

    def start(self) -> Start:
        """Tell what the view begins with, now that there is time to make examples.

        Raises:
            SettingsError: If the file of aspects cannot be used.
        """
        library = self._assistant.library
        known = starter_examples(library)
        return start(self._assistant, self._own(library.catalogue.generation) if known is None else known)

    def stop(self, wanted: Ticket) -> Stopped:
        """Stop a comparison that a language model is writing: the cells that were checked by then stand."""
        with self._lock:
            stop = self._stops.get(wanted.ticket)
        if stop:
            stop.set()
        return Stopped(stopped=stop is not None)

    def _compared(self, subjects: Sequence[str], aspects: Sequence[str], stop: threading.Event) -> Answer:
        """Compare; an aspect that the library never mentions leaves its row empty, the others stand."""
        answer = self._assistant.compare(subjects, aspects, stop=stop)
        missing = answer.abstention.missing_terms if answer.abstention else ()
        told = [aspect for aspect in aspects if aspect not in missing]
        if not told or len(told) == len(aspects) or any(subject in missing for subject in subjects):
            return answer
        narrower = self._assistant.compare(subjects, told, stop=stop)
        if narrower.comparison is None:
            return narrower
        unsaid = [Aspect(name=name[:1].upper() + name[1:], cells=((),) * len(subjects)) for name in missing]
        rows = {row.name.casefold(): row for row in (*narrower.comparison.aspects, *unsaid)}
        # Those that were asked for stand in the order in which they were; what the table adds follows.
        asked = {name: rows[name] for name in map(str.casefold, aspects) if name in rows}
        comparison = narrower.comparison.model_copy(update={"aspects": tuple((asked | rows).values())})
        named = listed([f"“{name}”" for name in missing])
        notes = (*narrower.notes, f"Nothing in the library mentions {named}.")
        told_of = {"comparison": comparison, "notes": notes, "question": answer.question}
        return narrower.model_copy(update=told_of)

    def _own(self, generation: int) -> tuple[Example, ...]:
        """Make examples of the library, once for each of its states."""
        with self._making:
            if self._made is None or self._made[0] != generation:
                names = comparable_names(self._assistant)
                self._made = generation, tuple(Example(subjects=pair) for pair in names)
            return self._made[1]

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
