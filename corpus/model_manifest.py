"""What must be known to run an exported model, kept beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

MANIFEST_FILE = "manifest.json"
FLOAT_FILE = "model.onnx"
INT8_FILE = "model-int8.onnx"
TOKENIZER_FILE = "tokenizer.json"


class Arithmetic(StrEnum):
    """How a model's numbers are computed. Vectors made by different arithmetic do not mix in one library."""

    FLOAT = "float"
    INT8 = "int8"


class FloatRuntime(StrEnum):
    """What runs a model in floating point. Their vectors are the same (cosine above 0.9999), their speeds are not."""

    OPENVINO = "openvino"
    ONNXRUNTIME = "onnxruntime"
    CUDA = "cuda"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What must be known to run an exported model.

    Attributes:
        model: The name or folder it was exported from.
        source: The folder, or the name on the hub, that its weights come from.
        max_tokens: Tokens the model reads, special ones included.
        dimension: Length of its vectors.
        pools_sentences: Whether a sentence's vector is the mean of its tokens' vectors, as a text's is.
        prefix_ids: Special tokens before a text.
        suffix_ids: Special tokens after a text.
        pad_id: Token that fills a batch up.
        query_prompt: Words the model wants before a question.
        passage_prompt: Words the model wants before a passage.
        arithmetic: The fastest on the machine that exported the model; what a new library uses.
        float_runtime: The fastest in floating point on that machine.
    """

    model: str
    source: str
    max_tokens: int
    dimension: int
    pools_sentences: bool
    prefix_ids: tuple[int, ...]
    suffix_ids: tuple[int, ...]
    pad_id: int
    query_prompt: str
    passage_prompt: str
    arithmetic: Arithmetic = Arithmetic.FLOAT
    float_runtime: FloatRuntime = FloatRuntime.OPENVINO

    @property
    def text_tokens(self) -> int:
        """Tokens that the model reads of a text, special ones left out."""
        return self.max_tokens - len(self.prefix_ids) - len(self.suffix_ids)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of an exported model."""
        fields: dict[str, Any] = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        for name in ("prefix_ids", "suffix_ids"):
            fields[name] = tuple(fields[name])
        fields["arithmetic"] = Arithmetic(fields["arithmetic"])
        fields["float_runtime"] = FloatRuntime(fields["float_runtime"])
        return cls(**fields)

    def write(self, folder: Path) -> None:
        """Write the manifest beside its model."""
        (folder / MANIFEST_FILE).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    def framed(self, ids: list[int]) -> list[int]:
        """Put the special tokens around a text's own, as many as the model reads."""
        return [*self.prefix_ids, *ids[: self.text_tokens], *self.suffix_ids]
