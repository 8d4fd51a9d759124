"""The map of a library: its passages in two dimensions, by what they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.commonness import VERY_COMMON, known_words
from assistant.overview.arranging import Coordinates, apart, arranged
from assistant.overview.naming import Meaning, names, subject
from assistant.overview.passages import Held, passages, sample
from assistant.overview.topics import Groups, group_count, grouped
from corpus.library import Library
from corpus.runtimes.runtime import Vectors

# Places are whole numbers from minus to plus this: finer than any screen.
SCALE = 1_000
# What share of the work is reading the passages, and arranging them; the rest is naming the topics.
_READ, _ARRANGED = 0.1, 0.6
# The map is so many cells wide where a topic's name looks for its place.
_CELLS = 10
# Passages by which a reader gets to know a topic.
TYPICAL = 5


class Topic(BaseModel):
    """What a group of passages is about.

    Attributes:
        words: Terms that tell it from the other topics, the most telling first; none if its passages have no words.
        passages: How many passages of the map it has.
        sources: How many documents these are from.
        x: Where its name stands: among its passages.
        y: As `x`.
        typical: Passages in its midst, by their places in the map's lists, the most typical first.
    """

    model_config = ConfigDict(frozen=True)

    words: tuple[str, ...]
    passages: int
    sources: int
    x: int
    y: int
    typical: tuple[int, ...]


class PassageMap(BaseModel):
    """Where every passage lies; the lists have an entry for each, in the same order.

    Attributes:
        total: How many passages the library has that say something; a very large one shows a part of them.
        documents: Ids of the documents.
        document: Which of these a passage is from.
        start: Where the passage begins in its document's text.
        end: Where it ends.
        x: From -1,000 to 1,000.
        y: From -1,000 to 1,000.
        topic: Which of the topics it belongs to.
        topics: The topics, the largest first.
        subject: What most documents speak of; None if they have no subject in common.
    """

    model_config = ConfigDict(frozen=True)

    total: int
    documents: tuple[str, ...]
    document: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    x: tuple[int, ...]
    y: tuple[int, ...]
    topic: tuple[int, ...]
    topics: tuple[Topic, ...]
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """How far a map is.

    Attributes:
        passages: How many are laid out; None before they are counted.
        done: What share of the work is done, from 0 to 1.
    """

    passages: int | None = None
    done: float = 0.0


def passage_map(library: Library, tell: Callable[[Making], None] = lambda _: None) -> PassageMap:
    """Make the map of a library as it is now: the same map of the same passages.

    Args:
        library: The library.
        tell: Is told how far it is.
    """
    with library.snapshot():
        everything = list(passages(library))
    held = sample(everything)
    if not held:
        return PassageMap(
            total=0, documents=(), document=(), start=(), end=(), x=(), y=(), topic=(), topics=()
        )
    vectors = np.stack([one.vector for one in held])
    common = vectors.mean(axis=0)
    told_apart = apart(vectors, common)
    tell(Making(len(held), _READ))
    places = arranged(told_apart, lambda share: tell(Making(len(held), _READ + share * _ARRANGED)))
    groups = grouped(told_apart, group_count(len(held)))
    tell(Making(len(held), _READ + _ARRANGED))
    laid = _Laid(told_apart, places, groups, common)
    documents = {name: number for number, name in enumerate(dict.fromkeys(_document(one) for one in held))}
    scaled = np.rint(places * SCALE).astype(np.int64)
    everyday = known_words(library.settings.model_cache, VERY_COMMON)
    return PassageMap(
        total=len(everything),
        documents=tuple(documents),
        document=tuple(documents[_document(one)] for one in held),
        start=tuple(one.passage.span.start for one in held),
        end=tuple(one.passage.span.end for one in held),
        x=tuple(scaled[:, 0].tolist()),
        y=tuple(scaled[:, 1].tolist()),
        topic=tuple(groups.tolist()),
        topics=tuple(_topics(held, laid, _meaning(library, common), everyday)),
        subject=subject([one.text for one in held], [_document(one) for one in held], everyday),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """Passages told apart, placed and grouped, and what they have in common."""

    vectors: Vectors
    places: Coordinates
    groups: Groups
    common: Vectors


def _document(held: Held) -> str:
    return held.passage.document_id


def _topics(held: Sequence[Held], laid: _Laid, meaning: Meaning, everyday: frozenset[str]) -> list[Topic]:
    found = []
    texts, documents = [one.text for one in held], [_document(one) for one in held]
    named = names(texts, documents, laid.groups, meaning, laid.vectors, everyday)
    for number, words in enumerate(named):
        members = np.flatnonzero(laid.groups == number)
        centre = laid.vectors[members].mean(axis=0)
        typical = members[np.argsort(-(laid.vectors[members] @ centre), kind="stable")][:TYPICAL]
        x, y = np.rint(_thickest(laid.places[members]) * SCALE).astype(int).tolist()
        found.append(
            Topic(
                words=words,
                passages=len(members),
                sources=len({documents[member] for member in members.tolist()}),
                x=x,
                y=y,
                typical=tuple(typical.tolist()),
            )
        )
    return found


def _thickest(places: Coordinates) -> Coordinates:
    """Find where most of some places are, as their midst may be empty, shape `(2,)`."""
    cells = np.clip(((places + 1) / 2 * _CELLS).astype(int), 0, _CELLS - 1)
    _, which, numbers = np.unique(cells @ [_CELLS, 1], return_inverse=True, return_counts=True)
    return np.asarray(np.median(places[which == numbers.argmax()], axis=0), dtype=np.float32)


def _meaning(library: Library, common: Vectors) -> Meaning:
    encoder = library.encoder

    def meaning(terms: Sequence[str]) -> Vectors:
        return apart(np.stack([encoder.encode_query(term) for term in terms]), common)

    return meaning
