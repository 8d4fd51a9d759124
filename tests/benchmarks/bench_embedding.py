"""The runtimes of the embedding model against sentence-transformers: speed, cosine, and what they retrieve."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from rich.console import Console
from rich.table import Table
from tokenizers import Tokenizer

from corpus.encoder import Encoder
from corpus.errors import OriginError
from corpus.model_manifest import TOKENIZER_FILE, Arithmetic, FloatRuntime
from corpus.model_trials import closeness
from corpus.runtimes.cuda import CudaRuntime
from corpus.runtimes.runtime import Runtime, Vectors, open_runtime
from corpus.settings import DEFAULT_EMBEDDING_MODEL, Settings
from ingest.parsers.jats import parse
from ingest.splitting import split
from tests.benchmarks.inputs import PLOS, PUBMEDQA, articles, require

TRUSTED = "sentence-transformers, torch"


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=128, help="real passages to embed in each round")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runtime runs")
    parser.add_argument("--questions", type=int, default=200, help="PubMedQA questions and abstracts (1,000)")
    given = parser.parse_args()
    require(PLOS, PUBMEDQA)
    encoder = Encoder.load(DEFAULT_EMBEDDING_MODEL, Settings().model_cache)
    runtimes = _runtimes(encoder)
    texts = _passages(encoder, given.passages)
    seconds = _race(list(runtimes.values()), texts, given.rounds)
    tokens = sum(map(len, texts))
    title = f"{len(texts)} PLOS passages, {tokens} tokens, {given.rounds} rounds"
    columns = (
        "passages a second",
        "ratio (spread)",
        "cosine of passages",
        "of sentences",
        "PubMedQA recall@1",
    )
    table = Table("runtime", *columns, title=title)
    for name, taken in zip(runtimes, seconds, strict=True):
        ratios = seconds[0] / taken
        close = closeness(texts, runtimes[name], runtimes[TRUSTED])
        table.add_row(
            name,
            f"{len(texts) / np.median(taken):.1f}",
            f"{np.median(ratios):.2f} ({ratios.min():.2f} to {ratios.max():.2f})",
            _mean_and_least(close.texts),
            _mean_and_least(close.sentences),
            f"{_recall(encoder, runtimes[name], given.questions):.3f}",
        )
    table.caption = f"A new library here is made in {encoder.runtime}."
    Console().print(table)


def _runtimes(encoder: Encoder) -> dict[str, Runtime]:
    """Give every runtime that this machine has, the one that the others are measured by first."""
    folder, manifest = encoder.folder, encoder.manifest
    runtimes: dict[str, Runtime] = {TRUSTED: CudaRuntime(manifest, device="cpu")}
    for name in (FloatRuntime.OPENVINO, FloatRuntime.ONNXRUNTIME):
        runtimes[name.value] = open_runtime(folder, replace(manifest, float_runtime=name), Arithmetic.FLOAT)
    runtimes["onnxruntime, int8"] = open_runtime(folder, manifest, Arithmetic.INT8)
    if manifest.float_runtime is FloatRuntime.CUDA:
        runtimes["sentence-transformers, CUDA"] = CudaRuntime(manifest)
    return runtimes


def _passages(encoder: Encoder, count: int) -> list[list[int]]:
    """Cut articles as the product does, and take some passages of all lengths: their token ids, title first."""
    passages: list[str] = []
    for path in articles(10):
        document = next(iter(parse(path.read_bytes(), path.stem)))
        if not isinstance(document, OriginError):
            for passage in split(document, encoder):
                header = ". ".join([document.record.title, *passage.path])
                passages.append(f"{header}. {passage.span.of(document.text)}")
    random.Random(0).shuffle(passages)
    return _token_ids(encoder, passages[:count])


def _token_ids(encoder: Encoder, texts: Sequence[str]) -> list[list[int]]:
    """Give each text's tokens as the model reads them, cut at its limit."""
    tokenizer = Tokenizer.from_file(str(encoder.folder / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return [encoder.manifest.framed(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]


def _race(runtimes: Sequence[Runtime], texts: Sequence[list[int]], rounds: int) -> list[Vectors]:
    """Give each runtime's seconds, round by round, taken in turns after one that compiles."""
    taken: list[list[float]] = [[] for _ in runtimes]
    for _ in range(rounds + 1):
        for runtime, seconds in zip(runtimes, taken, strict=True):
            begun = time.perf_counter()
            runtime.embed(texts, lambda _index, _tokens, _vector: None)
            seconds.append(time.perf_counter() - begun)
    return [np.array(seconds[1:], dtype=np.float32) for seconds in taken]


def _recall(encoder: Encoder, runtime: Runtime, count: int) -> float:
    """Tell how often a question finds its own abstract first, among `count` of them cut at what the model reads."""
    lines = PUBMEDQA.read_text(encoding="utf-8").split("\n")[:count]
    records = [json.loads(line) for line in lines if line]
    abstracts = [" ".join(section["text"] for section in record["sections"]) for record in records]

    def embedded(texts: Sequence[str]) -> Vectors:
        ids = _token_ids(encoder, texts)
        vectors = np.stack(runtime.embed(ids, lambda _index, _tokens, vector: vector))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    scores = embedded([record["question"] for record in records]) @ embedded(abstracts).T
    return float((scores.argmax(axis=1) == np.arange(len(records))).mean())


def _mean_and_least(cosines: Vectors) -> str:
    return f"{cosines.mean():.4f} (least {cosines.min():.4f})"


if __name__ == "__main__":
    main()
