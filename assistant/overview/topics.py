"""Groups passages by what they are about."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from corpus.runtimes.runtime import Vectors

Groups = NDArray[np.int64]

# More than these have no room for their names on a map.
FEWEST, MOST = 3, 16
_ROUNDS = 25
_SEED = 1


def group_count(passages: int) -> int:
    """Say in how many groups a reader should see so many passages."""
    if passages < 2 * FEWEST:
        return min(1, passages)
    return max(FEWEST, min(MOST, round(math.cbrt(passages))))


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
        nearest = np.asarray((vectors @ centres.T).argmax(axis=1), dtype=np.int64)
        if np.array_equal(nearest, groups):
            break
        groups = nearest
        sums = np.eye(len(centres), dtype=vectors.dtype)[groups].T @ vectors
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centres)
    return _largest_first(groups)


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
    return np.asarray(np.maximum(1 - (vectors @ vectors[index]), 0), dtype=np.float64)


def _largest_first(groups: Groups) -> Groups:
    """Number groups by size; one that lost all its members has no number."""
    sizes = np.bincount(groups)
    order = np.argsort(-sizes, kind="stable")
    numbers = np.empty_like(order)
    numbers[order] = np.arange(len(order))
    return np.asarray(numbers[groups], dtype=np.int64)
