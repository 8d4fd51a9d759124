"""sentence-transformers on a CUDA graphics card: the one runtime that needs torch, whose import takes seconds."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.model_manifest import Manifest
from corpus.runtimes.runtime import Made, Pooling, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# A graphics card is filled by many texts at once. Not measured on one yet.
BATCH_TEXTS = 128


def has_cuda() -> bool:
    """Tell whether torch finds a graphics card."""
    import torch

    return torch.cuda.is_available()


class CudaRuntime:
    """A sentence-transformers model on a graphics card."""

    def __init__(self, manifest: Manifest, device: str = "cuda") -> None:
        """Prepare to run the model that `manifest` was exported from; it is loaded at its first use."""
        self._manifest = manifest
        self._device = device
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[list[int]], pool: Pooling[Made]) -> list[Made]:
        """Run the model over texts, grouped by length."""
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        made: dict[int, Made] = {}
        for first in range(0, len(order), BATCH_TEXTS):
            batch = order[first : first + BATCH_TEXTS]
            with self._lock:
                tokens, vectors = self._run([texts[index] for index in batch])
            for row, index in enumerate(batch):
                made[index] = pool(index, tokens[row], vectors[row])
        return [made[index] for index in range(len(texts))]

    def _run(self, texts: list[list[int]]) -> tuple[Vectors, Vectors]:
        import torch
        from torch.nn.utils.rnn import pad_sequence

        ids = pad_sequence(
            [torch.tensor(text) for text in texts], batch_first=True, padding_value=self._manifest.pad_id
        )
        mask = pad_sequence([torch.ones(len(text), dtype=torch.long) for text in texts], batch_first=True)
        features = {"input_ids": ids.to(self._device), "attention_mask": mask.to(self._device)}
        if "token_type_ids" in self._model.tokenizer.model_input_names:
            features["token_type_ids"] = torch.zeros_like(features["input_ids"])
        with torch.inference_mode():
            output = self._model(features)
        return output["token_embeddings"].float().cpu().numpy(), output[
            "sentence_embedding"
        ].float().cpu().numpy()

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(self._manifest.source, device=self._device).eval()
