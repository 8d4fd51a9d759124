"""The file of named readers: a line each, the name and what is kept of the password."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import threading
from pathlib import Path

from assistant.interface.serving.passwords import PasswordHash
from corpus.errors import LoccitError

LONGEST_NAME = 64
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 1000
_NAME = re.compile(rf"[\w.@+-]{{1,{LONGEST_NAME}}}")


_NOBODYS = PasswordHash.nobodys()


class NamedReadersError(LoccitError):
    """The file of readers cannot be read or written, or a name or a password will not do."""


class NamedReaders:
    """The readers of one file. Safe across threads; what changes in the file holds from the next request on."""

    def __init__(self, path: Path) -> None:
        """Use a file, which need not exist to be added to."""
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._readers: dict[str, PasswordHash] = {}

    @property
    def hashes(self) -> dict[str, PasswordHash]:
        """What is kept of each reader's password, by name.

        Raises:
            NamedReadersError: If the file cannot be read, or a line of it.
        """
        try:
            status = self.path.stat()
            seen = (status.st_mtime_ns, status.st_size, status.st_ino)
            with self._lock:
                if seen != self._seen:
                    self._readers = _read(self.path.read_text("utf-8"), self.path)
                    self._seen = seen
                return self._readers
        except (OSError, UnicodeError) as error:
            raise NamedReadersError(
                f"The readers in {self.path} cannot be read: {getattr(error, 'strerror', None) or error}. "
                "`loccit readers add NAME --auth FILE` makes such a file."
            ) from error

    def fits(self, name: str, password: str) -> bool:
        """Tell whether a reader has this name and this password."""
        kept = self.hashes.get(name)
        # At names that nobody has, guesses take as long as at others.
        right = (kept or _NOBODYS).fits(password[:LONGEST_PASSWORD])
        return right and kept is not None and len(password) <= LONGEST_PASSWORD

    def put(self, name: str, password: str) -> bool:
        """Add a reader, or give one another password.

        Returns:
            Whether the reader is new.

        Raises:
            NamedReadersError: If the name or the password will not do, or the file cannot be written.
        """
        if not _NAME.fullmatch(name):
            raise NamedReadersError(
                f"{name!r} cannot be a reader's name: it may have letters, digits and . @ + - _, "
                f"{LONGEST_NAME} at the most."
            )
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise NamedReadersError(f"A password needs {SHORTEST_PASSWORD} characters or more.")
        readers = self.hashes if self.path.exists() else {}
        self._write({**readers, name: PasswordHash.of(password)})
        return name not in readers

    def remove(self, name: str) -> None:
        """Remove a reader.

        Raises:
            NamedReadersError: If there is no reader of this name.
        """
        readers = dict(self.hashes)
        if readers.pop(name, None) is None:
            raise NamedReadersError(
                f"{self.path} has no reader named {name}. `loccit readers list` names them."
            )
        self._write(readers)

    def _write(self, readers: dict[str, PasswordHash]) -> None:
        """Write the file whole or not at all, for its owner's eyes."""
        lines = "".join(f"{name}:{kept}\n" for name, kept in sorted(readers.items()))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Made readable for its owner alone.
            handle, written = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(lines)
                Path(written).replace(self.path)
            except BaseException:
                Path(written).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise NamedReadersError(f"{self.path} cannot be written: {error.strerror or error}.") from error


def require_readers(readers: NamedReaders) -> None:
    """Refuse a file that lets nobody in.

    Raises:
        NamedReadersError: If it cannot be read, by anybody but its owner, or names no reader.
    """
    if os.name == "posix" and readers.path.exists() and readers.path.stat().st_mode & stat.S_IROTH:
        raise NamedReadersError(
            f"Everybody on this machine can read {readers.path}. Keep it to yourself: chmod 600 {readers.path}."
        )
    if not readers.hashes:
        raise NamedReadersError(
            f"{readers.path} names no reader. `loccit readers add NAME --auth {readers.path}` adds one."
        )


def _read(text: str, path: Path) -> dict[str, PasswordHash]:
    readers = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, _, kept = line.strip().partition(":")
        try:
            if not _NAME.fullmatch(name):
                raise ValueError("no name")
            readers[name] = PasswordHash.read(kept)
        except ValueError as error:
            raise NamedReadersError(
                f"Line {number} of {path} is no reader. `loccit readers add NAME` writes such lines."
            ) from error
    return readers
