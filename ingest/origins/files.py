"""Files and folders as origins: which files there are to read, and what to call one without a better name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import OriginError
from ingest.origins.original import Original, Origins, Unreadable
from ingest.parsers import SUFFIXES

# A paper with all its figures has a tenth of it; each file is in memory while it is read.
LARGEST_FILE = 128 << 20
# A file with a document a line.
LARGEST_LIST = 512 << 20
_LISTS = (".jsonl", ".ndjson")
_LONGEST_SLUG = 60


def find_files(path: Path) -> Iterator[Path]:
    """Find the files to ingest at `path`.

    Args:
        path: A file, or a folder to walk in sorted order. Inside a folder, hidden files and those of unknown
            formats are skipped, and what several links lead to is found once.

    Raises:
        OriginError: There is nothing at `path`, it cannot be listed, or it is a file of an unknown format.
    """
    if path.is_dir():
        yield from _walk(path, {path.resolve()})
    elif not path.exists():
        raise OriginError(f"{path}: there is no such file or folder; check the path")
    elif not _is_known(path):
        known = ", ".join(SUFFIXES)
        raise OriginError(f"{path}: the format is not known; convert the file to one of these: {known}")
    else:
        yield path


def file_origins(path: Path) -> Origins:
    """List the files at `path` as origins."""
    try:
        for file in find_files(path):
            yield FileOrigin(file)
    except OriginError as error:
        yield Unreadable(str(path), str(error).removeprefix(f"{path}: "), breaks_off=True)


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """A file on this machine."""

    path: Path

    @property
    def location(self) -> str:
        """Its absolute path."""
        return str(self.path.resolve())

    @property
    def is_remote(self) -> bool:
        """Whether reading fetches it: no."""
        return False

    @property
    def works(self) -> tuple[str, ...]:
        """Nothing is known of it before it is read."""
        return ()

    def read(self) -> Original:
        """Read it.

        Raises:
            OriginError: It cannot be read, or is too large.
        """
        return Original(self._bytes(), self.path.suffix.lower(), fallback_id(self.path))

    def read_as(self, name: str) -> Original:
        """Read an upload, which lies under another name than the reader's, to be kept.

        Args:
            name: What the reader calls it.

        Raises:
            OriginError: It cannot be read, or is too large.
        """
        called = Path(name)
        return Original(self._bytes(), called.suffix.lower(), fallback_id(called), keep=True)

    def _bytes(self) -> bytes:
        most = LARGEST_LIST if self.path.suffix.lower() in _LISTS else LARGEST_FILE
        try:
            size = self.path.stat().st_size
            if size > most:
                raise OriginError(
                    f"the file has {size >> 20} MB, more than the {most >> 20} MB that are read of one file; "
                    "cut it into smaller ones"
                )
            return self.path.read_bytes()
        except OSError as error:
            raise OriginError(f"the file cannot be read ({error.strerror}); check its rights") from error


def fallback_id(path: Path) -> str:
    """Give a file's identity of last resort: its name as a slug, and a hash of its absolute path."""
    ascii_stem = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_stem)[:_LONGEST_SLUG].strip("-") or "document"
    digest = hashlib.sha256(str(path.resolve()).encode(errors="surrogateescape")).hexdigest()
    return f"file:{slug}-{digest[:8]}"


def _walk(folder: Path, seen: set[Path]) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise OriginError(
            f"{folder}: the folder cannot be listed ({error.strerror}); check its rights"
        ) from error
    for entry in entries:
        is_folder = entry.is_dir()
        if entry.name.startswith(".") or not (is_folder or (entry.is_file() and _is_known(entry))):
            continue
        real = entry.resolve()
        if real in seen:
            continue
        seen.add(real)
        if is_folder:
            yield from _walk(entry, seen)
        else:
            yield entry


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES
