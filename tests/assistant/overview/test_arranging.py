"""Vectors in two dimensions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.overview.arranging import apart, arranged, neighbours
from corpus.runtimes.runtime import Vectors


def unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def crowds(*sizes: int) -> Vectors:
    """Give crowds of vectors, each around a direction of its own."""
    chance = np.random.default_rng(7)
    directions = np.eye(16)[: len(sizes)]
    return unit(
        np.concatenate(
            [
                direction + chance.normal(scale=0.08, size=(size, 16))
                for direction, size in zip(directions, sizes, strict=True)
            ]
        )
    )


def test_vectors_of_one_crowd_lie_together_and_those_of_others_apart() -> None:
    vectors = crowds(40, 40, 40)
    places = arranged(apart(vectors, vectors.mean(axis=0)))
    crowd = np.repeat([0, 1, 2], 40)
    distances = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    assert (crowd[distances.argmin(axis=1)] == crowd).all()


def test_the_same_vectors_are_arranged_in_the_same_way() -> None:
    vectors = crowds(30, 20)
    assert np.array_equal(arranged(vectors), arranged(vectors.copy()))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 12), st.booleans())
def test_however_few_and_alike_they_are_all_have_a_place_in_the_square(count: int, alike: bool) -> None:
    chance = np.random.default_rng(count)
    vectors = (
        unit(
            np.ones((count, 8), dtype=np.float32)
            if alike
            else chance.normal(size=(count, 8)).astype(np.float32)
        )
        if count
        else np.empty((0, 8))
    )
    places = arranged(np.asarray(vectors, dtype=np.float32))
    assert places.shape == (count, 2)
    assert np.isfinite(places).all() and (np.abs(places) <= 1).all()


def test_neighbours_are_the_nearest_others() -> None:
    vectors = crowds(10, 5)
    found, distances = neighbours(vectors, 3)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    assert (found[:, 0] == likeness.argmax(axis=1)).all()
    assert distances[:, 0] == pytest.approx(1 - likeness.max(axis=1), abs=1e-6)
    assert (np.diff(distances, axis=1) >= 0).all()


def test_whoever_waits_is_told_how_far_it_is() -> None:
    told: list[float] = []
    arranged(crowds(10, 10), told.append)
    assert told == sorted(told) and told[0] == 0 and 0.9 < told[-1] < 1
