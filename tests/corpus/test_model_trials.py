"""The trial of a model: int8 is refused where it loses the meaning or cannot be made, and the export goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import model_trials
from corpus.model_export import exported
from corpus.model_int8 import AttentionShape
from corpus.model_manifest import FLOAT_FILE, INT8_FILE, Arithmetic, FloatRuntime, Manifest
from corpus.model_trials import closeness, trial_texts, tried
from corpus.runtimes.runtime import open_runtime


@pytest.fixture(scope="module")
def made(random_model: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(str(random_model("mean")), tmp_path_factory.mktemp("cache"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "model")


def test_a_trial_names_runtimes_that_run(folder: Path) -> None:
    manifest = Manifest.read(folder)
    assert manifest.float_runtime in set(FloatRuntime)
    runtime = open_runtime(folder, manifest, manifest.arithmetic)
    assert runtime.embed([[2, 3]], lambda _index, _tokens, vector: vector.shape) == [(32,)]


def test_an_int8_model_that_loses_the_meaning_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_trials, "LEAST_COSINE", 1.01)
    manifest = tried(folder, Manifest.read(folder), AttentionShape(2, 32))
    assert manifest.arithmetic is Arithmetic.FLOAT
    assert not (folder / INT8_FILE).exists()


def test_a_model_that_cannot_be_made_int8_runs_as_it_is(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "corpus.model_trials")
    manifest = tried(folder, Manifest.read(folder), AttentionShape(3, 5))
    assert manifest.arithmetic is Arithmetic.FLOAT
    assert not (folder / INT8_FILE).exists()
    assert "is not run in int8: ONNX Runtime cannot rewrite it" in caplog.text


def test_trial_texts_are_as_the_model_reads_them(folder: Path) -> None:
    manifest = Manifest.read(folder)
    texts = trial_texts(folder, manifest)
    assert len(texts) == model_trials.TRIAL_TEXTS
    assert all(len(text) <= manifest.max_tokens for text in texts)
    assert all(text[:1] == list(manifest.prefix_ids) for text in texts)


def test_attention_that_is_not_known_keeps_its_parts_apart(folder: Path) -> None:
    manifest = Manifest.read(folder)
    tried(folder, manifest, None)
    floating = open_runtime(
        folder, replace(manifest, float_runtime=FloatRuntime.ONNXRUNTIME), Arithmetic.FLOAT
    )
    assert (folder / FLOAT_FILE).is_file()
    if (folder / INT8_FILE).is_file():
        int8 = open_runtime(folder, manifest, Arithmetic.INT8)
        assert closeness(trial_texts(folder, manifest)[::3], int8, floating).keeps_meaning
