"""Keeps the map of a library beside it, so that it is made once for what the library holds."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.overview.mapping import PassageMap, passage_map
from corpus.library import Library

FILE = "overview.json"
# Moves when maps are made otherwise: one that was made before is made anew.
_VERSION = 1


class _Kept(BaseModel):
    """A map, and of what it is one."""

    model_config = ConfigDict(frozen=True)

    of: str
    map: PassageMap


def kept_map(library: Library) -> PassageMap:
    """Give the map of a library as it is now: the one that is kept, if it is of the same passages."""
    path = library.path / FILE
    of = _fingerprint(library)
    # None, one that is cut short, one of other passages: each time it is made anew.
    with contextlib.suppress(OSError, ValidationError):
        kept = _Kept.model_validate_json(path.read_bytes())
        if kept.of == of:
            return kept.map
    made = passage_map(library)
    # One that cannot be kept only costs time.
    with contextlib.suppress(OSError):
        _keep(_Kept(of=of, map=made), path)
    return made


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
