"""What abbreviations stand for, as the library's own papers define them."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.folding import name_key
from corpus.names import Definition, Names


class Glossary:
    """The abbreviations of one library, as of one generation: what was looked up once is remembered."""

    def __init__(self, names: Names) -> None:
        """Look up in what the catalogue remembers of names."""
        self._names = names
        self._definitions: dict[str, tuple[Definition, ...]] = {}
        self._meanings: dict[tuple[str, str], frozenset[str]] = {}

    def longs(self, short: str) -> tuple[str, ...]:
        """Give what an abbreviation stands for, the commonest first; hyphens, plurals and capitals do not matter."""
        key = name_key(short)
        return tuple(found.long for found in self.definitions([key])[key] if found.short_key == key)

    def shorts(self, long: str) -> tuple[str, ...]:
        """Give the abbreviations of a name, the commonest first; hyphens, plurals and capitals do not matter."""
        key = name_key(long)
        return tuple(found.short for found in self.definitions([key])[key] if found.long_key == key)

    def means_otherwise(self, document_id: str, short: str, long: str) -> bool:
        """Tell whether a document defines an abbreviation, and only as something else than `long`."""
        asked = document_id, name_key(short)
        if asked not in self._meanings:
            self._meanings[asked] = self._names.meanings(*asked)
        meanings = self._meanings[asked]
        return bool(meanings) and name_key(long) not in meanings

    def definitions(self, keys: Iterable[str]) -> dict[str, tuple[Definition, ...]]:
        """Give for each name, in the form by which names are compared, the definitions that have it on either side.

        Args:
            keys: All that a question may name: they are looked up at once.
        """
        wanted = dict.fromkeys(keys)
        unknown = {key for key in wanted if key not in self._definitions}
        if unknown:
            found = self._names.definitions(unknown)
            for key in unknown:
                self._definitions[key] = tuple(d for d in found if key in {d.short_key, d.long_key})
        return {key: self._definitions[key] for key in wanted}
