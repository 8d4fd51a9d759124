"""The starter corpus as an origin: it ships with Loccit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from ingest.origins.original import Original

LOCATION = "starter"


@dataclass(frozen=True, slots=True)
class StarterOrigin:
    """The source article and the digests of related works."""

    @property
    def location(self) -> str:
        """A name of its own."""
        return LOCATION

    @property
    def is_remote(self) -> bool:
        """Whether reading fetches it: no."""
        return False

    @property
    def works(self) -> tuple[str, ...]:
        """It is many works."""
        return ()

    def read(self) -> Original:
        """Give the corpus's fingerprint: its parser reads the files themselves."""
        return Original(starter_sha256().encode(), ".starter", LOCATION)


def starter_sha256() -> str:
    """Hash the starter corpus, so that one that has not changed is not read again."""
    digest = hashlib.sha256()
    for path in _texts(files("corpus") / "starter"):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _texts(folder: Traversable) -> Iterator[Traversable]:
    """Give the files that texts come from; aspects and questions are no part of the library."""
    for name in ("source-article.txt", "source-article.yaml"):
        yield folder / name
    yield from sorted((folder / "digests").iterdir(), key=lambda entry: entry.name)
