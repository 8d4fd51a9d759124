"""Sentence vectors as bytes: one signed byte a dimension, a quarter of their size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.runtimes.runtime import Vectors


def pack_vectors(vectors: Vectors) -> bytes:
    """Store unit vectors `(sentences, dimension)` as int8, each scaled to its own largest value."""
    largest = np.abs(vectors).max(axis=1, keepdims=True) if vectors.size else np.zeros((0, 1), np.float32)
    rounded: NDArray[np.int8] = np.rint(vectors / np.maximum(largest, 1e-12) * 127).astype(np.int8)
    return rounded.tobytes()


def unpack_vectors(blob: bytes, sentences: int) -> Vectors:
    """Read vectors back, shape `(sentences, dimension)`; they are unit vectors, so the scale need not be kept."""
    if not sentences:
        return np.zeros((0, 0), dtype=np.float32)
    vectors: Vectors = np.frombuffer(blob, dtype=np.int8).astype(np.float32).reshape(sentences, -1)
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return np.asarray(vectors / lengths, dtype=np.float32)
