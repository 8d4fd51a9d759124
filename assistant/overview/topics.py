"""Groups passages by what they are about, and names each group by the words that tell it from the others."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.words import STOP_WORDS
from corpus.runtimes.runtime import Vectors

Groups = NDArray[np.int64]

FEWEST, MOST = 3, 12
# Passages for which there is one more group, on a scale on which ten thousand have the most.
_ROOT = 6
_ROUNDS = 25
_SEED = 1
_WORDS_NAMED = 3
# A word in fewer passages of its group than this share names no group.
_LEAST_SHARE = 0.08
_LEAST_PASSAGES = 2
_WORD = re.compile(r"[^\W\d_][\w]*(?:[-\u2010\u2011][\w]+)*")
_LEAST_LETTERS = 3
# Words of papers about papers: they say how a passage speaks, not of what.
_OF_PAPERS = frozenset(
    """figure figures table tables supplementary data study studies results result analysis analyses using used based
    shown showed show compared associated respectively including included reported observed found however therefore
    thus moreover although number total group groups time year years day days month months week weeks high higher low
    lower increased decreased significant significantly different similar first second one two three four five patient
    patients et al fig ref refs method methods review reviews paper papers article articles report reports published
    authors author information available via per potential important new well known several various major role
    effect effects level levels type types case cases specific non among within due given made make many use""".split()
)


def group_count(passages: int) -> int:
    """Say in how many groups a reader should see so many passages."""
    if passages < 2 * FEWEST:
        return min(1, passages)
    return max(FEWEST, min(MOST, round(math.sqrt(passages) / _ROOT) + FEWEST - 1))


def grouped(vectors: Vectors, count: int) -> Groups:
    """Group unit vectors by direction (spherical k-means, Dhillon and Modha 2001), the largest group first.

    Args:
        vectors: Shape `(n, dimension)`.
        count: How many groups at the most.

    Returns:
        The group of each, shape `(n,)`.
    """
    if count <= 1:
        return np.zeros(len(vectors), dtype=np.int64)
    centres = _far_apart(vectors, count)
    groups = np.full(len(vectors), -1, dtype=np.int64)
    for _ in range(_ROUNDS):
        nearest = (vectors @ centres.T).argmax(axis=1)
        if np.array_equal(nearest, groups):
            break
        groups = nearest
        sums = np.zeros_like(centres)
        np.add.at(sums, groups, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centres)
    return _largest_first(groups)


def names(texts: Sequence[str], groups: Groups) -> list[str]:
    """Name every group by words that many of its passages say and few others.

    They are weighed as in class-based TF-IDF (Grootendorst 2022), by passages in place of words.

    Args:
        texts: The passages.
        groups: The group of each, shape `(n,)`, numbered from 0.
    """
    count = int(groups.max()) + 1 if len(groups) else 0
    said = [Counter[str]() for _ in range(count)]
    written: dict[str, Counter[str]] = {}
    for text, group in zip(texts, groups.tolist(), strict=True):
        spoken = dict(_terms(text))
        said[group].update(spoken.keys())
        for term, form in spoken.items():
            written.setdefault(term, Counter())[form] += 1
    everywhere: Counter[str] = sum(said, Counter())
    sizes = np.bincount(groups, minlength=count)
    return [
        _named(one, int(size), everywhere, len(texts), written) or f"Group {number}"
        for number, (one, size) in enumerate(zip(said, sizes, strict=True), 1)
    ]


def _far_apart(vectors: Vectors, count: int) -> Vectors:
    """Choose vectors to begin with, each likelier the farther it is from those before (k-means++)."""
    chance = np.random.default_rng(_SEED)
    chosen = [int((vectors @ vectors.mean(axis=0)).argmax())]
    distance = _distances(vectors, chosen[0])
    while len(chosen) < count and distance.sum() > 0:
        chosen.append(int(chance.choice(len(vectors), p=distance / distance.sum())))
        distance = np.minimum(distance, _distances(vectors, chosen[-1]))
    return vectors[chosen]


def _distances(vectors: Vectors, index: int) -> NDArray[np.float64]:
    return np.maximum(1 - (vectors @ vectors[index]).astype(np.float64), 0)


def _largest_first(groups: Groups) -> Groups:
    sizes = np.bincount(groups)
    order = np.argsort(-sizes, kind="stable")
    numbers = np.empty_like(order)
    numbers[order] = np.arange(len(order))
    return numbers[groups]


def _terms(text: str) -> Iterator[tuple[str, str]]:
    """Give the words of a text, and pairs of words that follow each other, each folded and as written."""
    before: tuple[int, str] | None = None
    for match in _WORD.finditer(text):
        word = match.group()
        folded = _folded(word)
        if len(word) < _LEAST_LETTERS or folded in STOP_WORDS or folded in _OF_PAPERS:
            before = None
            continue
        yield folded, word
        if before and text[before[0] : match.start()] == " ":
            yield f"{_folded(before[1])} {folded}", f"{before[1]} {word}"
        before = match.end(), word


def _folded(word: str) -> str:
    low = word.lower()
    return low[:-1] if len(low) > _LEAST_LETTERS + 1 and low.endswith("s") and not low.endswith("ss") else low


def _named(
    said: Counter[str], size: int, everywhere: Counter[str], passages: int, written: dict[str, Counter[str]]
) -> str:
    least = max(_LEAST_PASSAGES, _LEAST_SHARE * size) if size > _LEAST_PASSAGES else 1
    weighed = sorted(
        (
            (
                -(number / size) * math.log(1 + passages / everywhere[term]) * _own(number, everywhere[term]),
                term,
            )
            for term, number in said.items()
            if number >= least
        ),
    )
    chosen: list[str] = []
    for _, term in weighed:
        parts = set(term.split())
        if any(parts & set(other.split()) for other in chosen):
            continue
        chosen.append(term)
        if len(chosen) == _WORDS_NAMED:
            break
    return ", ".join(min(written[term], key=lambda form: (-written[term][form], form)) for term in chosen)


def _own(here: int, everywhere: int) -> float:
    """Tell how much of what is said of a word is said here, so that the subject of the whole library names no group."""
    return math.sqrt(here / everywhere)
