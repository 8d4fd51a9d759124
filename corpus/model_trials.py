"""Tries an exported model on its machine: does its int8 version keep the meaning, and which runtime is the fastest?"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from corpus.model_int8 import AttentionShape, make_int8
from corpus.model_manifest import FLOAT_FILE, INT8_FILE, TOKENIZER_FILE, Arithmetic, FloatRuntime, Manifest
from corpus.runtimes.runtime import Runtime, Vectors, open_runtime

logger = logging.getLogger(__name__)

# Vectors of an int8 model must on average be as close as this to the model's own, texts' and sentences' alike.
LEAST_COSINE = 0.995
# Trial texts are of many lengths, as passages are; two of three show the channels' sizes, the third is the test.
TRIAL_TEXTS = 48
SHORTEST_TRIAL = 24
SENTENCE_TOKENS = 28
# Few, for the export to stay short, and of one length, as the batches of a long ingest are.
RACE_TEXTS = 12
ROUNDS = 3
# Int8 gives up a little of the meaning, so it must be worth it.
LEAST_GAIN = 1.15


@dataclass(frozen=True, slots=True)
class Closeness:
    """Cosines of one runtime's vectors to another's, over texts and over their sentences."""

    texts: Vectors
    sentences: Vectors

    @property
    def keeps_meaning(self) -> bool:
        """Whether the vectors are close enough to take each other's place."""
        return min(float(self.texts.mean()), float(self.sentences.mean())) >= LEAST_COSINE


def tried(folder: Path, manifest: Manifest, attention: AttentionShape | None) -> Manifest:
    """Make the int8 model if it keeps the meaning, race the runtimes, and give the manifest that names the fastest.

    Args:
        folder: Holds the exported model and its tokenizer; an int8 model that keeps the meaning is left there.
        manifest: The export's.
        attention: How the model's attention is laid out, if that is known.
    """
    texts = trial_texts(folder, manifest)
    floats = {
        runtime: open_runtime(folder, replace(manifest, float_runtime=runtime), Arithmetic.FLOAT)
        for runtime in (FloatRuntime.OPENVINO, FloatRuntime.ONNXRUNTIME)
    }
    int8 = _int8(folder, manifest, attention, texts, floats[FloatRuntime.ONNXRUNTIME])
    racing = [*floats.values(), *([int8] if int8 else [])]
    length = manifest.text_tokens * 3 // 4
    seconds = list(_race(racing, [text[:length] for text in texts if len(text) >= length][:RACE_TEXTS]))
    in_float, in_int8 = seconds[: len(floats)], seconds[len(floats) :]
    worth = bool(in_int8) and min(in_float) / in_int8[0] >= LEAST_GAIN
    return replace(
        manifest,
        float_runtime=list(floats)[int(np.argmin(in_float))],
        arithmetic=Arithmetic.INT8 if worth else Arithmetic.FLOAT,
    )


def trial_texts(folder: Path, manifest: Manifest) -> list[list[int]]:
    """Cut the starter corpus, which ships with Loccit, into texts of many lengths: their token ids."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer.no_truncation()
    shipped = sorted((files("corpus") / "starter" / "digests").iterdir(), key=lambda path: path.name)
    random = np.random.default_rng(0)
    texts: list[list[int]] = []
    for path in shipped:
        ids = tokenizer.encode(path.read_text(encoding="utf-8"), add_special_tokens=False).ids
        length = int(random.integers(SHORTEST_TRIAL, manifest.text_tokens + 1))
        texts.append(manifest.framed(ids[-length:]))
        if len(texts) == TRIAL_TEXTS:
            break
    return texts


def closeness(texts: Sequence[list[int]], tested: Runtime, trusted: Runtime) -> Closeness:
    """Compare the vectors that two runtimes make of the same texts, and of every few tokens pooled as a sentence is."""

    def pool(index: int, tokens: Vectors, vector: Vectors) -> Vectors:
        parts = range(0, len(texts[index]), SENTENCE_TOKENS)
        pooled = [
            tokens[first : min(first + SENTENCE_TOKENS, len(texts[index]))].mean(axis=0) for first in parts
        ]
        return np.stack([vector, *pooled])

    cosines = [
        (one * other).sum(axis=1) / (np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1))
        for one, other in zip(tested.embed(texts, pool), trusted.embed(texts, pool), strict=True)
    ]
    return Closeness(np.array([row[0] for row in cosines]), np.concatenate([row[1:] for row in cosines]))


def _int8(
    folder: Path,
    manifest: Manifest,
    attention: AttentionShape | None,
    texts: list[list[int]],
    trusted: Runtime,
) -> Runtime | None:
    """Make the int8 model; one that cannot be made or has lost the meaning is not kept."""
    path = folder / INT8_FILE
    try:
        make_int8(folder / FLOAT_FILE, path, attention, [text for n, text in enumerate(texts) if n % 3])
        int8 = open_runtime(folder, manifest, Arithmetic.INT8)
        close = closeness(texts[::3], int8, trusted)
    except Exception:
        # Any sentence-transformers model may be set, and what ONNX Runtime cannot rewrite still runs as it is.
        logger.info("%s is not run in int8: ONNX Runtime cannot rewrite it", manifest.model, exc_info=True)
        path.unlink(missing_ok=True)
        return None
    if close.keeps_meaning:
        return int8
    logger.info(
        "%s is not run in int8: cosine %.4f to its own vectors", manifest.model, close.sentences.mean()
    )
    path.unlink()
    return None


def _race(runtimes: Sequence[Runtime], texts: Sequence[list[int]]) -> Iterator[float]:
    """Give each runtime's median seconds, taken in turns: what else the machine does slows all of them."""
    taken: list[list[float]] = [[] for _ in runtimes]
    for round_number in range(ROUNDS + 1):
        for runtime, seconds in zip(runtimes, taken, strict=True):
            begun = time.perf_counter()
            runtime.embed(texts, lambda _index, _tokens, _vector: None)
            if round_number:  # The first compiles.
                seconds.append(time.perf_counter() - begun)
    return (float(np.median(seconds)) for seconds in taken)
