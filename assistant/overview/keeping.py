"""Keeps the map of a library beside it, so that it is made once for what the library holds."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.overview.mapping import Making, PassageMap, passage_map
from corpus.errors import LoccitError
from corpus.library import Library

logger = logging.getLogger(__name__)

FILE = "overview.json"
# Moves when maps are made otherwise: one that was made before is made anew.
_VERSION = 5
_FAILED = "The map could not be made; Loccit's terminal says why. The library itself is as it was."


class Maps:
    """The latest map of one library, made in a thread of its own. Safe across threads."""

    def __init__(self, library: Library) -> None:
        """Map `library`; nothing is made before it is asked for."""
        self._library = library
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._making = Making()
        self._made: tuple[int, PassageMap | LoccitError] | None = None

    def latest(self) -> PassageMap | Making:
        """Give the map of the library as it is now or, while it is made, how far that is; come back at once.

        Raises:
            LoccitError: If it could not be made.
        """
        with self._lock:
            if self._made is not None and self._made[0] == self._library.catalogue.generation:
                if isinstance(self._made[1], LoccitError):
                    raise self._made[1]
                return self._made[1]
            if self._thread is None or not self._thread.is_alive():
                self._making = Making()
                # A map that is half made is of no worth: the server need not wait for it to end.
                self._thread = threading.Thread(target=self._make, name="loccit-mapping", daemon=True)
                self._thread.start()
            return self._making

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the map that is being made."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _make(self) -> None:
        # Before the map: what is committed meanwhile makes it be asked for again.
        generation = self._library.catalogue.generation
        made: PassageMap | LoccitError
        try:
            made = kept_map(self._library, self._tell)
        except LoccitError as expected:
            made = expected
        except Exception:
            logger.exception("could not map %s", self._library.path)
            made = LoccitError(_FAILED)
        with self._lock:
            self._made = generation, made

    def _tell(self, making: Making) -> None:
        with self._lock:
            self._making = making


def kept_map(library: Library, tell: Callable[[Making], None] = lambda _: None) -> PassageMap:
    """Give the map of a library as it is now: the one that is kept, if it is of the same passages.

    Args:
        library: The library; its folder may be one that cannot be written to.
        tell: Is told how far it is, if it has to be made.
    """
    path = library.path / FILE
    of = _fingerprint(library)
    # None, one that is cut short, one of other passages: each time it is made anew.
    with contextlib.suppress(OSError, ValidationError):
        kept = _Kept.model_validate_json(path.read_bytes())
        if kept.of == of:
            return kept.map
    made = passage_map(library, tell)
    # One that cannot be kept only costs time.
    with contextlib.suppress(OSError):
        _keep(_Kept(of=of, map=made), path)
    return made


class _Kept(BaseModel):
    """A map, and of what it is one."""

    model_config = ConfigDict(frozen=True)

    of: str
    map: PassageMap


def _fingerprint(library: Library) -> str:
    """Tell apart what maps are of. The names of passages in the indexes change with their documents."""
    names = "\n".join(sorted(library.catalogue.index_ids()))
    return hashlib.sha256(f"{_VERSION}\n{names}".encode()).hexdigest()


def _keep(kept: _Kept, path: Path) -> None:
    """Write beside the file, then move into place: nobody ever reads half a map."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".overview-") as scratch:
        written = Path(scratch) / path.name
        written.write_text(kept.model_dump_json(), encoding="utf-8")
        written.replace(path)
