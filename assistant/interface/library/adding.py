"""Adds papers while the page is read: in a thread of its own, one run at a time, seen by every reader."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.errors import LibraryLockedError, LoccitError
from corpus.library import Library
from ingest.origins.naming import Services
from ingest.origins.original import Listings
from ingest.pipeline import Ingest, Progress, Report

logger = logging.getLogger(__name__)

NOTHING_YET = Progress(done=0, total=None, passages=0, location="")
_FAILED = LoccitError("Loccit failed while it was adding papers; its terminal says how. Try again.")


class AlreadyAddingError(LibraryLockedError):
    """A run is under way."""


@dataclass(frozen=True, slots=True)
class Run:
    """How far one run has come.

    Attributes:
        what: What is being added, in a reader's words.
        progress: The last that it told.
        report: What it did, once it has ended.
        error: Why it has ended before its end.
    """

    what: str
    progress: Progress = NOTHING_YET
    report: Report | None = None
    error: LoccitError | None = None

    @property
    def is_running(self) -> bool:
        """Whether it has yet to end."""
        return self.report is None and self.error is None


class Adding:
    """The runs of one library's page."""

    def __init__(self, library: Library) -> None:
        """Add to a library."""
        self._library = library
        self._lock = threading.Lock()
        self._run: Run | None = None
        self._thread: threading.Thread | None = None

    @property
    def run(self) -> Run | None:
        """The run under way or, if there is none, the last one."""
        return self._run

    def begin(
        self,
        what: str,
        origins: Callable[[Services], Listings],
        afterwards: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin to add, and come back at once.

        Args:
            what: What is being added, in a reader's words.
            origins: Gives what to add; called in the run's thread.
            afterwards: Called when the run has ended, however it did.

        Raises:
            AlreadyAddingError: If a run is under way.
        """
        with self._lock:
            if self._run and self._run.is_running:
                raise AlreadyAddingError(
                    f"Loccit is adding {self._run.what} already. Wait until that has ended, then try again."
                )
            self._run = Run(what)
            # What a run has stored stays if the server ends meanwhile: it need not wait for the thread.
            self._thread = threading.Thread(
                target=self._add, args=(origins, afterwards), name="loccit-adding", daemon=True
            )
            self._thread.start()

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the end of the run under way."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _add(self, origins: Callable[[Services], Listings], afterwards: Callable[[], None]) -> None:
        report: Report | None = None
        error: LoccitError | None = None
        try:
            with Services(self._library.settings) as services:
                report = Ingest(self._library, self._tell).run(origins(services))
        except LoccitError as expected:
            error = expected
        except Exception:
            logger.exception("could not add %s", self._run and self._run.what)
            error = _FAILED
        finally:
            afterwards()
        with self._lock:
            assert self._run is not None, "a thread adds for a run"
            self._run = replace(self._run, report=report, error=error)

    def _tell(self, progress: Progress) -> None:
        with self._lock:
            assert self._run is not None, "a thread adds for a run"
            self._run = replace(self._run, progress=progress)
