"""Sentence vectors as bytes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus.quantising import pack_vectors, unpack_vectors
from corpus.runtimes.runtime import Vectors

VECTORS = arrays(
    np.float32,
    st.tuples(st.integers(1, 4), st.just(384)),
    elements=st.floats(-1, 1, width=32, allow_subnormal=False),
)


@given(VECTORS)
def test_a_packed_vector_points_where_it_did(vectors: Vectors) -> None:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors[(lengths > 1e-3)[:, 0]]
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    blob = pack_vectors(unit)
    assert len(blob) == unit.size
    back = unpack_vectors(blob, len(unit))
    if len(unit):
        assert back.dtype == np.float32
        assert float((back * unit).sum(axis=1).min()) > 0.99
        assert np.allclose(np.linalg.norm(back, axis=1), 1, atol=1e-5)


def test_no_vectors_are_no_bytes() -> None:
    assert pack_vectors(np.zeros((0, 384), np.float32)) == b""
    assert unpack_vectors(b"", 0).shape[0] == 0


def test_a_vector_of_nothing_stays_one() -> None:
    assert not unpack_vectors(pack_vectors(np.zeros((1, 8), np.float32)), 1).any()
