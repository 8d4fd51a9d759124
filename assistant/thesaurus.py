"""Plain words and the words of papers: what a question may say and its answer may say otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from corpus.fulltext import stems

Phrase = tuple[str, ...]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    synonyms: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...] = ()
    narrower: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Other names of things, all as phrases of stems.

    Attributes:
        alternatives: For each phrase, what a text may say in its place.
        particular: Phrases that name one disease or medicine: a library that never says them knows nothing of it.
        longest: How many stems the longest phrase has.
    """

    alternatives: Mapping[Phrase, tuple[Phrase, ...]]
    particular: frozenset[Phrase]
    longest: int

    def phrases_in(self, text: Sequence[str]) -> list[tuple[int, Phrase]]:
        """Find the phrases that have alternatives in a text, each with its place; a longer one hides those inside it.

        Args:
            text: The stems of a text, in order.
        """
        found: list[tuple[int, Phrase]] = []
        hidden: set[int] = set()
        for length in range(min(self.longest, len(text)), 0, -1):
            for start in range(len(text) - length + 1):
                phrase = tuple(text[start : start + length])
                if phrase in self.alternatives and hidden.isdisjoint(range(start, start + length)):
                    found.append((start, phrase))
                    hidden.update(range(start, start + length))
        return sorted(found)


@lru_cache(maxsize=1)
def plain_words() -> Thesaurus:
    """Load the words that ship with the program, `plain_words.yaml`."""
    written = files("assistant").joinpath("plain_words.yaml").read_bytes()
    given = _Words.model_validate(yaml.load(written, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    return _compiled(given)


def _compiled(given: _Words) -> Thesaurus:
    alternatives: defaultdict[Phrase, dict[Phrase, None]] = defaultdict(dict)
    particular: set[Phrase] = set()
    for group in given.synonyms + given.names:
        members = [tuple(stems(member)) for member in group]
        for member in members:
            alternatives[member].update((other, None) for other in members if other != member)
        if group in given.names:
            particular.update(members)
    for broad, narrow in given.narrower.items():
        alternatives[tuple(stems(broad))].update((tuple(stems(member)), None) for member in narrow)
    known = {phrase: tuple(others) for phrase, others in alternatives.items() if phrase and others}
    return Thesaurus(known, frozenset(particular), max(map(len, known)))
