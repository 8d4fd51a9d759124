"""What every runtime of a model does, and which one runs a given export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbeddingError
from corpus.model_manifest import FLOAT_FILE, INT8_FILE, Arithmetic, FloatRuntime, Manifest

Vectors = NDArray[np.float32]
Made = TypeVar("Made")
# Takes a text's number, its token vectors `(tokens or more, width)` and its own vector `(dimension,)`.
Pooling = Callable[[int, Vectors, Vectors], Made]


class Runtime(Protocol):
    """Runs an exported model. Safe across threads."""

    def embed(self, texts: Sequence[list[int]], pool: Pooling[Made]) -> list[Made]:
        """Run the model over texts.

        Args:
            texts: The token ids of each, special ones included.
            pool: Makes of a text's vectors what is kept; called where they were made, so that token vectors, a
                thousand times the size of what is kept, are never gathered.

        Returns:
            What `pool` made of each text, in the order given.
        """
        ...


def open_runtime(folder: Path, manifest: Manifest, arithmetic: Arithmetic) -> Runtime:
    """Open the fastest runtime of an export for one kind of arithmetic.

    Raises:
        EmbeddingError: If the export has no int8 model, or its files cannot be run.
    """
    if arithmetic is Arithmetic.INT8:
        return _int8(folder, manifest)
    if manifest.float_runtime is FloatRuntime.CUDA:
        from corpus.runtimes.cuda import CudaRuntime, has_cuda

        # The graphics card may have gone since the export.
        if has_cuda():
            return CudaRuntime(manifest)
    if manifest.float_runtime is FloatRuntime.ONNXRUNTIME:
        from corpus.runtimes.onnx import OnnxRuntime

        return OnnxRuntime(folder / FLOAT_FILE)
    from corpus.runtimes.intel import OpenVinoRuntime

    return OpenVinoRuntime(folder, manifest.pad_id)


def _int8(folder: Path, manifest: Manifest) -> Runtime:
    if not (folder / INT8_FILE).is_file():
        raise EmbeddingError(
            f"The library's vectors were made by {manifest.model} in int8, which this machine could not make of the "
            f"model without loss of meaning. Ingest into another folder with --library, or remove {folder}: the model "
            "is exported again at the next start."
        )
    from corpus.runtimes.onnx import OnnxRuntime

    return OnnxRuntime(folder / INT8_FILE)


def unrunnable(folder: Path, error: Exception) -> EmbeddingError:
    """Say that an export is damaged, and what to do."""
    return EmbeddingError(
        f"The exported embedding model in {folder} cannot be run: {str(error).partition(chr(10))[0]} "
        "Remove that folder: it is exported again at the next start."
    )
