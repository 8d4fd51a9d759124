"""One SQLite file, open in many threads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LibraryError


class Database:
    """A SQLite file with a connection a thread; writes only inside `transaction`."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it is opened at the first query."""
        self.path = path
        self._thread = threading.local()
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}
        self._lock = threading.Lock()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, opened at first use."""
        connection: sqlite3.Connection | None = getattr(self._thread, "connection", None)
        if connection is None:
            # Closed by `close`, or after this thread's end, from another thread; used by this one alone until then.
            connection = sqlite3.connect(self.path, isolation_level=None, timeout=30, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys = ON")
            self._thread.connection = connection
            with self._lock:
                # A server's worker threads come and go: what ended ones have left open is closed here.
                for thread in [thread for thread in self._connections if not thread.is_alive()]:
                    self._connections.pop(thread).close()
                self._connections[threading.current_thread()] = connection
        return connection

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            while self._connections:
                self._connections.popitem()[1].close()
            self._thread = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all writes inside together, or none of them.

        Raises:
            LibraryError: If the disk is full or refuses.
        """
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("COMMIT")
        except BaseException as error:
            # A full disk makes SQLite roll back by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise LibraryError(
                    f"The library in {self.path.parent} cannot be written: {error}. "
                    "See to its disk's free space and its rights, then try again."
                ) from error
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let this thread read one and the same state inside, whatever is committed meanwhile."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")
