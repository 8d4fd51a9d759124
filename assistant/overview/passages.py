"""The passages of a library as points: where each stands, and its vector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.document import Passage
from corpus.library import Library
from corpus.runtimes.runtime import Vectors

# More points than these hide each other, and finding neighbours takes four times as long for twice as many.
MOST = 12_000
_SEED = 1


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A passage that says something.

    Attributes:
        index_id: Its name in the indexes, which changes with its document.
        passage: Where it stands.
        text: Its words.
        vector: The direction of its sentences together, a unit vector of shape `(dimension,)`.
    """

    index_id: str
    passage: Passage
    text: str
    vector: Vectors


def passages(library: Library) -> Iterator[Held]:
    """Give all passages of a library that have sentences, by document and place. Inside a snapshot."""
    catalogue = library.catalogue
    for document_id, text in catalogue.connection.execute("SELECT id, text FROM documents ORDER BY id"):
        for stored in catalogue.passages_of(document_id):
            if len(stored.passage.sentences):
                together = stored.sentence_vectors.mean(axis=0)
                vector = together / max(float(np.linalg.norm(together)), 1e-12)
                yield Held(stored.index_id, stored.passage, stored.passage.span.of(text), vector)


def sample(held: list[Held]) -> list[Held]:
    """Leave out passages by lot, the same ones each time, where there are more than can be seen."""
    if len(held) <= MOST:
        return held
    chosen = np.random.default_rng(_SEED).choice(len(held), MOST, replace=False)
    return [held[index] for index in np.sort(chosen)]
