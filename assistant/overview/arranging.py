"""Arranges vectors in two dimensions so that neighbours stay neighbours, as UMAP does (McInnes et al. 2018).

Written with numpy alone: it takes seconds for ten thousand vectors, and gives the same map each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.runtimes.runtime import Vectors

Coordinates = NDArray[np.float32]

# Fewer lie side by side.
FEWEST = 3
NEIGHBOURS = 12
EPOCHS = 200
# Whenever a neighbour pulls at a point, so many others push it, as those do on average that are drawn by lot.
PUSHED_BY = 4
DRAWN = 6
# The curve that UMAP fits for its usual least distance of 0.1.
_A, _B = 1.577, 0.8951
_SEED = 1
_BLOCK = 1_000
_FARTHEST_STEP = 4.0
_BEGINS_WITHIN = 10.0


def arranged(vectors: Vectors, tell: Callable[[float], None] = lambda _: None) -> Coordinates:
    """Give every vector a place, with `x` and `y` from -1 to 1.

    Args:
        vectors: Unit vectors from what they have in common (`apart`), shape `(n, dimension)`.
        tell: Is told now and then what share is done.

    Returns:
        Shape `(n, 2)`.
    """
    count = len(vectors)
    if count < FEWEST:
        return np.array([(0.0, 0.0), (1.0, 0.0)][:count], dtype=np.float32).reshape(count, 2)
    edges = _edges(*neighbours(vectors, min(NEIGHBOURS, count - 1)))
    return _fitted(_pulled(_spread(vectors), edges, tell))


def apart(vectors: Vectors, common: Vectors) -> Vectors:
    """Take from unit vectors what all have in common, the subject of the library; what differs shows the better.

    Args:
        vectors: Shape `(n, dimension)`.
        common: What they have in common, shape `(dimension,)`.
    """
    rest = vectors - common
    lengths = np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-12)
    return np.asarray(rest / lengths, dtype=np.float32)


def neighbours(vectors: Vectors, count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Find the nearest others of every unit vector.

    Returns:
        Which they are and how far by cosine, both of shape `(n, count)`, the nearest first.
    """
    found = np.empty((len(vectors), count), dtype=np.int64)
    distances = np.empty((len(vectors), count), dtype=np.float32)
    for begin in range(0, len(vectors), _BLOCK):
        rows = np.arange(begin, min(begin + _BLOCK, len(vectors)))
        likeness = vectors[rows] @ vectors.T
        likeness[np.arange(len(rows)), rows] = -np.inf
        nearest = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(likeness, nearest, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        found[rows] = np.take_along_axis(nearest, order, axis=1)
        distances[rows] = 1 - np.take_along_axis(values, order, axis=1)
    return found, distances


@dataclass(frozen=True, slots=True)
class _Edges:
    """Who is near to whom and how much, from 0 to 1; each pair once."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    weight: NDArray[np.float64]


def _edges(nearest: NDArray[np.int64], distances: NDArray[np.float32]) -> _Edges:
    """Weigh neighbours by how near they are for the point's surroundings; near for either is near."""
    count = len(nearest)
    beyond = distances - distances[:, :1]
    weights = (
        np.exp(-beyond / np.maximum(beyond.mean(axis=1, keepdims=True), 1e-6)).ravel().astype(np.float64)
    )
    source = np.repeat(np.arange(count), nearest.shape[1])
    low, high = np.minimum(source, nearest.ravel()), np.maximum(source, nearest.ravel())
    pairs, place = np.unique(low * count + high, return_inverse=True)
    neither = np.ones(len(pairs))
    np.multiply.at(neither, place, 1 - np.minimum(weights, 1.0))
    return _Edges(pairs // count, pairs % count, 1 - neither)


def _spread(vectors: Vectors) -> NDArray[np.float64]:
    """Begin with the two directions in which vectors differ most."""
    _, directions = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    places = vectors @ directions[:, -2:]
    # Which way a direction points is chance: its largest share counts as positive.
    places *= np.sign(directions[np.abs(directions[:, -2:]).argmax(axis=0), [-2, -1]])
    places *= _BEGINS_WITHIN / max(float(np.abs(places).max()), 1e-12)
    # Equal vectors must not stay at one place for want of a direction.
    return np.asarray(places + np.random.default_rng(_SEED).normal(scale=1e-3, size=places.shape))


def _pulled(places: NDArray[np.float64], edges: _Edges, tell: Callable[[float], None]) -> NDArray[np.float64]:
    """Pull neighbours together and push others apart, each time in smaller steps."""
    chance = np.random.default_rng(_SEED)
    count = len(places)
    for epoch in range(EPOCHS):
        tell(epoch / EPOCHS)
        drawn = chance.random(len(edges.weight)) < edges.weight
        one, other = edges.one[drawn], edges.other[drawn]
        between = places[one] - places[other]
        squared = np.maximum(np.einsum("ij,ij->i", between, between), 1e-9)
        powered = _A * squared**_B
        forces = _clipped((-2 * _B * powered / squared / (1 + powered))[:, None] * between)
        moves = _summed(one, forces, count) - _summed(other, forces, count)
        touched = (np.bincount(one, minlength=count) + np.bincount(other, minlength=count))[:, None]
        moves += touched * PUSHED_BY * _pushed(places, chance)
        # All move at once here, not one after another: what pulls at one point together counts in part.
        places = places + (1 - epoch / EPOCHS) * moves / np.sqrt(1 + touched)
    return places


def _pushed(places: NDArray[np.float64], chance: np.random.Generator) -> NDArray[np.float64]:
    """Give how one other point, drawn by lot, pushes each on average."""
    others = chance.integers(len(places), size=(len(places), DRAWN))
    between = places[:, None, :] - places[others]
    squared = np.einsum("ijk,ijk->ij", between, between)
    push = 2 * _B / ((0.001 + squared) * (1 + _A * squared**_B))
    return np.asarray(_clipped(push[:, :, None] * between).mean(axis=1))


def _clipped(forces: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(forces, -_FARTHEST_STEP, _FARTHEST_STEP)


def _summed(points: NDArray[np.int64], forces: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    return np.stack([np.bincount(points, forces[:, axis], minlength=count) for axis in (0, 1)], axis=1)


def _fitted(places: NDArray[np.float64]) -> Coordinates:
    """Bring places between -1 and 1.

    Half of where a point goes is its place, half its rank: crowds get room, and islands come nearer. The few that lie
    far out are drawn in.
    """
    low, high = np.quantile(places, 0.002, axis=0), np.quantile(places, 0.998, axis=0)
    half = np.maximum((high - low) / 2, 1e-9)
    linear = np.clip((places - (high + low) / 2) / half, -1.0, 1.0)
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray((linear + (ranks / (len(places) - 1) * 2 - 1)) / 2, dtype=np.float32)
