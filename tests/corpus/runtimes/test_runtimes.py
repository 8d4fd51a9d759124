"""The runtimes of a model: each gives the model's own vectors, whatever the batch, and none needs another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EmbeddingError
from corpus.model_export import exported
from corpus.model_manifest import INT8_FILE, Arithmetic, FloatRuntime, Manifest
from corpus.model_trials import closeness, trial_texts
from corpus.runtimes.cuda import CudaRuntime
from corpus.runtimes.onnx import available_cores
from corpus.runtimes.runtime import Runtime, Vectors, open_runtime
from corpus.settings import DEFAULT_EMBEDDING_MODEL, Settings
from tests.corpus.building import ROOT


@pytest.fixture(scope="module")
def folder(settings: Settings) -> Path:
    return exported(DEFAULT_EMBEDDING_MODEL, settings.model_cache)


@pytest.fixture(scope="module")
def texts(folder: Path) -> list[list[int]]:
    return trial_texts(folder, Manifest.read(folder))[:12]


def floating(folder: Path, runtime: FloatRuntime) -> Runtime:
    return open_runtime(folder, replace(Manifest.read(folder), float_runtime=runtime), Arithmetic.FLOAT)


def test_all_runtimes_in_floating_point_give_the_same_vectors(folder: Path, texts: list[list[int]]) -> None:
    trusted = CudaRuntime(Manifest.read(folder), device="cpu")
    for runtime in (FloatRuntime.OPENVINO, FloatRuntime.ONNXRUNTIME):
        close = closeness(texts, floating(folder, runtime), trusted)
        assert min(close.texts.min(), close.sentences.min()) > 0.9999


def test_int8_keeps_the_meaning_of_texts_that_it_was_not_made_with(
    folder: Path, texts: list[list[int]]
) -> None:
    manifest = Manifest.read(folder)
    close = closeness(
        texts[::3], open_runtime(folder, manifest, Arithmetic.INT8), floating(folder, FloatRuntime.OPENVINO)
    )
    assert close.keeps_meaning
    assert close.sentences.min() > 0.98


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_results_come_in_the_order_given(
    folder: Path, texts: list[list[int]], arithmetic: Arithmetic
) -> None:
    runtime = open_runtime(folder, Manifest.read(folder), arithmetic)
    assert runtime.embed(texts, lambda index, _tokens, _vector: index) == list(range(len(texts)))
    assert runtime.embed([], lambda index, _tokens, _vector: index) == []


def test_an_int8_vector_does_not_depend_on_what_else_is_embedded(
    folder: Path, texts: list[list[int]]
) -> None:
    runtime = open_runtime(folder, Manifest.read(folder), Arithmetic.INT8)

    def vector(_index: int, _tokens: Vectors, vector: Vectors) -> Vectors:
        return vector

    together = runtime.embed(texts, vector)
    for text, made in zip(texts, together, strict=True):
        assert np.array_equal(runtime.embed([text], vector)[0], made)


def test_a_card_that_has_gone_since_the_export_is_not_missed(folder: Path, texts: list[list[int]]) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a CUDA card")
    close = closeness(
        texts[:2], floating(folder, FloatRuntime.CUDA), floating(folder, FloatRuntime.ONNXRUNTIME)
    )
    assert close.texts.min() > 0.9999


def test_a_missing_int8_model_says_what_to_do(random_model: Callable[[str], Path], tmp_path: Path) -> None:
    folder = exported(str(random_model("mean")), tmp_path)
    (folder / INT8_FILE).unlink(missing_ok=True)
    with pytest.raises(
        EmbeddingError, match=r"in int8, which this machine could not .*Ingest into another folder"
    ):
        open_runtime(folder, Manifest.read(folder), Arithmetic.INT8)


def test_a_damaged_compilation_is_made_again(random_model: Callable[[str], Path], tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(exported(str(random_model("mean")), tmp_path / "cache"), folder)
    texts = [[2, 5, 6, 3], [2, 5, 3]]
    trusted = floating(folder, FloatRuntime.ONNXRUNTIME)
    assert closeness(texts, floating(folder, FloatRuntime.OPENVINO), trusted).texts.min() > 0.999
    for blob in (folder / "compiled").iterdir():
        blob.write_bytes(blob.read_bytes()[: blob.stat().st_size // 2])
    assert closeness(texts, floating(folder, FloatRuntime.OPENVINO), trusted).texts.min() > 0.999


def test_embedding_imports_no_torch(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from corpus.encoder import Encoder; from corpus.model_manifest import *;"
        "[Encoder(Path(sys.argv[1]), way).encode_query('cells') for way in Arithmetic];"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=False).returncode == 0


def test_there_is_a_core_to_run_on() -> None:
    assert available_cores() >= 1
