"""Where the indexes of a library lie: a new embedding model makes new ones beside those in use."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, fields
from typing import Self

from corpus.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Places:
    """Names of a library's indexes.

    Attributes:
        fulltext: Folder of the full-text index, inside the library's.
        vectors: Folder of the embedded Chroma, inside the library's.
        collection: The collection of vectors, in that folder or on a Chroma server.
    """

    fulltext: str
    vectors: str
    collection: str

    @classmethod
    def new(cls) -> Self:
        """Name indexes that nobody has."""
        name = uuid.uuid4().hex
        return cls(f"fulltext-{name[:8]}", f"chroma-{name[:8]}", f"loccit-{name}")

    @classmethod
    def read(cls, catalogue: Catalogue, prefix: str = "") -> Self:
        """Read the names out of a catalogue; those of the indexes in the making have a prefix."""
        return cls(*(catalogue.fact(f"{prefix}{field.name}") or "" for field in fields(cls)))

    def as_facts(self, prefix: str = "") -> dict[str, str]:
        """Give the names as a catalogue's facts."""
        return {f"{prefix}{name}": value for name, value in asdict(self).items()}
