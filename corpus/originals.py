"""Copies of what was fetched or uploaded, kept beside the library so that a reader can open the original."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from corpus.errors import LibraryError


class Originals:
    """A folder of originals, each named by the hash of its bytes."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when the first original is kept."""
        self._folder = folder

    def keep(self, data: bytes, suffix: str) -> str:
        """Keep a copy; the same bytes are kept once.

        Args:
            data: The original.
            suffix: The ending that tells its format (".pdf").

        Returns:
            The copy's name, for `path`.

        Raises:
            LibraryError: If the disk is full or refuses.
        """
        name = hashlib.sha256(data).hexdigest() + suffix
        path = self._folder / name
        try:
            if not path.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                handle, scratch = tempfile.mkstemp(dir=self._folder, prefix=".keep-")
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(scratch).replace(path)
        except OSError as error:
            raise LibraryError(
                f"A copy of an original cannot be kept in {self._folder}: {error.strerror}. "
                "See to its disk's free space and its rights, then try again."
            ) from error
        return name

    def path(self, name: str) -> Path | None:
        """Give the file of a kept original, or None if it is gone."""
        path = self._folder / name
        return path if path.is_file() else None

    def sweep(self, known: Collection[str]) -> None:
        """Remove copies that no document has, and those that an interrupted ingest has left half written."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in known:
                    path.unlink(missing_ok=True)
