"""The map of a library: its passages in two dimensions, by what they are about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.overview.arranging import Coordinates, apart, arranged
from assistant.overview.passages import Held, passages, sample
from assistant.overview.topics import Groups, group_count, grouped, names
from corpus.library import Library
from corpus.runtimes.runtime import Vectors

# Places are whole numbers from minus to plus this: finer than any screen.
SCALE = 1_000
# Passages by which a reader gets to know a topic.
TYPICAL = 5


class Topic(BaseModel):
    """What a group of passages is about.

    Attributes:
        name: Words that tell it from the other topics.
        passages: How many passages of the map it has.
        sources: How many documents these are from.
        x: Where its name stands: among its passages.
        y: As `x`.
        typical: Passages in its midst, by their places in the map's lists, the most typical first.
    """

    model_config = ConfigDict(frozen=True)

    name: str
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


def passage_map(library: Library) -> PassageMap:
    """Make the map of a library as it is now."""
    with library.snapshot():
        everything = list(passages(library))
    held = sample(everything)
    if not held:
        return PassageMap(
            total=0, documents=(), document=(), start=(), end=(), x=(), y=(), topic=(), topics=()
        )
    vectors = np.stack([one.vector for one in held])
    places = arranged(vectors)
    told_apart = apart(vectors)
    groups = grouped(told_apart, group_count(len(held)))
    documents = {name: number for number, name in enumerate(dict.fromkeys(_document(one) for one in held))}
    scaled = np.rint(places * SCALE).astype(np.int64)
    return PassageMap(
        total=len(everything),
        documents=tuple(documents),
        document=tuple(documents[_document(one)] for one in held),
        start=tuple(one.passage.span.start for one in held),
        end=tuple(one.passage.span.end for one in held),
        x=tuple(scaled[:, 0].tolist()),
        y=tuple(scaled[:, 1].tolist()),
        topic=tuple(groups.tolist()),
        topics=tuple(_topics(held, told_apart, places, groups)),
    )


def _document(held: Held) -> str:
    return held.passage.document_id


def _topics(held: Sequence[Held], vectors: Vectors, places: Coordinates, groups: Groups) -> list[Topic]:
    found = []
    for number, name in enumerate(names([one.text for one in held], groups)):
        members = np.flatnonzero(groups == number)
        centre = vectors[members].mean(axis=0)
        typical = members[np.argsort(-(vectors[members] @ centre), kind="stable")][:TYPICAL]
        x, y = np.rint(np.median(places[members], axis=0) * SCALE).astype(int).tolist()
        sources = len({_document(held[member]) for member in members.tolist()})
        found.append(
            Topic(
                name=name, passages=len(members), sources=sources, x=x, y=y, typical=tuple(typical.tolist())
            )
        )
    return found
