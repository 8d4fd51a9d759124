"""OpenVINO: batches of one padded length, on an Intel graphics card where there is one, otherwise on the processor."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.model_manifest import FLOAT_FILE
from corpus.runtimes.runtime import Made, Pooling, Vectors, unrunnable

if TYPE_CHECKING:
    import openvino

# OpenVINO compiles every shape it meets: few shapes keep memory small and first runs rare.
LENGTH_STEP = 32
BATCH_TOKENS = 2048


class OpenVinoRuntime:
    """The exported model, run in batches; in bf16 where the processor computes in it."""

    def __init__(self, folder: Path, pad_id: int) -> None:
        """Prepare to run the model in `folder`; it is compiled at its first use."""
        self._folder = folder
        self._pad_id = pad_id
        self._thread = threading.local()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[list[int]], pool: Pooling[Made]) -> list[Made]:
        """Run the model over texts, grouped by length.

        Raises:
            EmbeddingError: If the model's file is damaged.
        """
        made: dict[int, Made] = {}
        for batch in _batches(texts):
            tokens, vectors = self._run([texts[index] for index in batch])
            for row, index in enumerate(batch):
                made[index] = pool(index, tokens[row], vectors[row])
        return [made[index] for index in range(len(texts))]

    def _run(self, texts: list[list[int]]) -> tuple[Vectors, Vectors]:
        """Run one batch: token vectors `(texts, tokens, width)` and text vectors `(texts, dimension)`."""
        length = _padded(max(len(ids) for ids in texts))
        input_ids = np.full((len(texts), length), self._pad_id, dtype=np.int64)
        mask = np.zeros((len(texts), length), dtype=np.int64)
        for row, ids in enumerate(texts):
            input_ids[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        output = self._request().infer({"input_ids": input_ids, "attention_mask": mask})
        return output["token_embeddings"], output["sentence_embedding"]

    def _request(self) -> openvino.InferRequest:
        """Give this thread its own request: one request must not run twice at once."""
        if not hasattr(self._thread, "request"):
            with self._lock:  # `cached_property` alone would compile the model once a thread.
                self._thread.request = self._compiled.create_infer_request()
        request: openvino.InferRequest = self._thread.request
        return request

    @cached_property
    def _compiled(self) -> openvino.CompiledModel:
        import openvino

        core = openvino.Core()
        device = "GPU" if "GPU" in core.available_devices else "CPU"
        options = {"PERFORMANCE_HINT": "LATENCY", "CACHE_DIR": str(self._folder / "compiled")}
        try:
            return core.compile_model(str(self._folder / FLOAT_FILE), device, options)
        except RuntimeError as error:
            raise unrunnable(self._folder, error) from error


def _batches(texts: Sequence[list[int]]) -> Iterator[list[int]]:
    """Group by length: texts of one padded length share a batch of about `BATCH_TOKENS` tokens."""
    batch: list[int] = []
    for index in sorted(range(len(texts)), key=lambda index: len(texts[index])):
        if batch and (len(batch) + 1) * _padded(len(texts[index])) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _padded(length: int) -> int:
    return -(-length // LENGTH_STEP) * LENGTH_STEP
