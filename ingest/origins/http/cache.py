"""Answers of web services on disk: a file each, whole or not there at all."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

logger = logging.getLogger(__name__)

# Twice as long as any answer will do; after that even asking whether it still holds is not worth its space.
_LONGEST_SECONDS = 60 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave.

    Attributes:
        data: The body, decompressed.
        content_type: As the server says it, "text/html; charset=utf-8"; empty if it says nothing.
        address: Where it came from in the end, after redirects.
    """

    data: bytes
    content_type: str
    address: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer of an earlier time, and by what the server can tell whether it still holds."""

    answer: Answer
    age_seconds: float
    etag: str | None = None
    last_modified: str | None = None


class _Head(BaseModel):
    """The first line of a file: everything but the body, and the body's hash."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    address: str
    content_type: str
    etag: str | None
    last_modified: str | None
    stored_at: float
    sha256: str


class AnswerCache:
    """A folder of answers, by the address that was asked for.

    HTTP caches by the book, such as hishel, keep nothing that a server does not declare fresh, and Europe PMC declares
    nothing; here the caller says how long an answer will do.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        """Use a folder; it is made when the first answer is kept."""
        self._folder = folder
        self._now = now

    def get(self, url: str) -> KeptAnswer | None:
        """Give the answer kept for an address; a damaged file is none."""
        try:
            line, _, body = self._path(url).read_bytes().partition(b"\n")
            head = _Head.model_validate_json(line)
        except (OSError, ValidationError):
            return None
        if head.url != url or head.sha256 != hashlib.sha256(body).hexdigest():
            return None
        answer = Answer(body, head.content_type, head.address)
        # A clock that was set back must not keep an answer fresh for years.
        age = self._now() - head.stored_at
        return KeptAnswer(answer, age if age >= 0 else float("inf"), head.etag, head.last_modified)

    def put(self, url: str, answer: Answer, etag: str | None, last_modified: str | None) -> None:
        """Keep an answer. A disk that refuses costs only the next fetch, and is logged."""
        head = _Head(
            url=url,
            address=answer.address,
            content_type=answer.content_type,
            etag=etag,
            last_modified=last_modified,
            stored_at=self._now(),
            sha256=hashlib.sha256(answer.data).hexdigest(),
        )
        path = self._path(url)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".keep-")
            with os.fdopen(handle, "wb") as file:
                file.write(head.model_dump_json().encode() + b"\n" + answer.data)
            Path(scratch).replace(path)
        except OSError as error:
            logger.warning("An answer cannot be kept in %s: %s", self._folder, error.strerror)

    def sweep(self) -> None:
        """Remove answers that are too old to be of use, and what an interrupted write has left."""
        for path in self._folder.glob("??/*"):
            try:
                if self._now() - path.stat().st_mtime > _LONGEST_SECONDS:
                    path.unlink(missing_ok=True)
            except FileNotFoundError:
                # Another process sweeps too.
                continue
            except OSError as error:
                logger.warning("An old answer cannot be removed from %s: %s", self._folder, error.strerror)

    def _path(self, url: str) -> Path:
        name = hashlib.sha256(url.encode()).hexdigest()
        return self._folder / name[:2] / name
