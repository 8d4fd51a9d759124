"""ONNX Runtime: one text on each core at a time, nothing padded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.model_manifest import INT8_FILE
from corpus.runtimes.runtime import Made, Pooling, unrunnable


class OnnxRuntime:
    """An ONNX file, run text by text.

    A text alone needs no padding, which a batch spends 9 % of its time on; cores that never wait for each other
    do 15 % more than cores that share one text; and a vector does not depend on what else was embedded.
    """

    def __init__(self, path: Path) -> None:
        """Open a model.

        Raises:
            EmbeddingError: If the file is damaged.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The int8 file is optimised already; ONNX Runtime would fuse sums with layer norms, which makes them slower.
        if path.name == INT8_FILE:
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
        except Exception as error:  # What it raises has no base class of its own.
            raise unrunnable(path.parent, error) from error

    def embed(self, texts: Sequence[list[int]], pool: Pooling[Made]) -> list[Made]:
        """Run the model over texts: the longest first, so that no core ends long after the others."""

        def embed_one(index: int) -> Made:
            ids = np.array([texts[index]], dtype=np.int64)
            given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            tokens, vectors = self._session.run(["token_embeddings", "sentence_embedding"], given)
            return pool(index, tokens[0], vectors[0])

        if len(texts) == 1:
            return [embed_one(0)]
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        made = dict(zip(order, self._cores.map(embed_one, order), strict=True))
        return [made[index] for index in range(len(texts))]

    @cached_property
    def _cores(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(available_cores(), thread_name_prefix="embedding")


def available_cores() -> int:
    """Count the cores that this process may use; a container may be given fewer than the machine has."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
