"""The export of a model: the right weights, whole or not at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import model_export
from corpus.document import Span
from corpus.encoder import Encoder, PassageText
from corpus.errors import EmbeddingError
from corpus.library import Library
from corpus.model_export import exported
from corpus.model_manifest import Arithmetic
from corpus.settings import DEFAULT_EMBEDDING_MODEL, Settings
from ingest.pipeline import Ingest
from tests.corpus.building import ROOT

# Exports as the product does, but for torch, whose import takes seconds.
EXPORTING = """
import os, shutil, sys, time
from pathlib import Path
from corpus import model_export

def write(model, source, transformer, target):
    # Long enough for another process to begin, too.
    time.sleep(0.5)
    print("exported", file=sys.stderr)
    shutil.copytree(sys.argv[3], target, dirs_exist_ok=True)
    if {killed}:
        os.kill(os.getpid(), 9)

model_export._load = lambda model, source: None
model_export._write = write
print(model_export.exported(sys.argv[1], Path(sys.argv[2])))
"""


def exporting(model: Path, cache: Path, made: Path, *, killed: bool = False) -> subprocess.Popen[str]:
    code = EXPORTING.format(killed=killed)
    command = [sys.executable, "-c", code, str(model), str(cache), str(made)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_packaged_weights_that_are_not_the_official_ones_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "model"
    copy.mkdir()
    weights = Path(model_export._source(DEFAULT_EMBEDDING_MODEL)) / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    (copy / "model.safetensors").write_bytes(content)
    monkeypatch.setattr(model_export, "_source", lambda _model: str(copy))
    with pytest.raises(
        EmbeddingError, match=r"weights are not the official ones: .*Install the package .* again"
    ):
        exported(DEFAULT_EMBEDDING_MODEL, tmp_path / "cache")
    (copy / "model.safetensors").unlink()
    with pytest.raises(EmbeddingError, match="weights cannot be read"):
        exported(DEFAULT_EMBEDDING_MODEL, tmp_path / "cache")


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_export, "PACKAGED_MODEL", "no_such_package")
    with pytest.raises(EmbeddingError, match="no_such_package is not installed"):
        exported(DEFAULT_EMBEDDING_MODEL, tmp_path)


def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(
        EmbeddingError, match=r"'.*model' cannot be loaded: .*Set LOCCIT_EMBEDDING_MODEL to the folder"
    ):
        exported(str(tmp_path / "model"), tmp_path / "cache")
    assert not [entry for entry in (tmp_path / "cache").iterdir() if entry.is_dir()]


def test_a_model_is_exported_once(random_model: Callable[[str], Path], tmp_path: Path) -> None:
    folder = exported(str(random_model("mean")), tmp_path)
    written = (folder / "model.onnx").stat().st_mtime_ns
    assert exported(str(random_model("mean")), tmp_path) == folder
    assert (folder / "model.onnx").stat().st_mtime_ns == written


def test_a_changed_model_is_exported_anew(random_model: Callable[[str], Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(random_model("mean"), copy)
    first = exported(str(copy), tmp_path / "cache")
    (copy / "model.safetensors").touch()
    assert exported(str(copy), tmp_path / "cache") != first


def test_an_interrupted_export_leaves_nothing_that_is_taken_for_a_model(
    random_model: Callable[[str], Path], tmp_path: Path
) -> None:
    made = exported(str(random_model("mean")), tmp_path / "made")
    cache = tmp_path / "cache"
    process = exporting(random_model("mean"), cache, made, killed=True)
    process.communicate()
    assert process.returncode == -9
    assert not [entry for entry in cache.iterdir() if not entry.name.startswith(".")]
    assert Encoder.load(str(random_model("mean")), cache).encode_query("cells").shape == (32,)


def test_of_two_processes_that_need_a_model_at_once_one_exports_it(
    random_model: Callable[[str], Path], tmp_path: Path
) -> None:
    made = exported(str(random_model("mean")), tmp_path / "made")
    cache = tmp_path / "cache"
    processes = [exporting(random_model("mean"), cache, made) for _ in range(2)]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(errors.count("exported") for _, errors in said) == [0, 1]
    (folder,) = {Path(out.strip()) for out, _ in said}
    assert {entry.name for entry in cache.iterdir()} - {f".{folder.name}.lock"} == {folder.name}


def test_a_damaged_export_says_what_to_remove(random_model: Callable[[str], Path], tmp_path: Path) -> None:
    folder = exported(str(random_model("mean")), tmp_path)
    (folder / "model.onnx").write_bytes(b"nothing")
    with pytest.raises(EmbeddingError, match=r"cannot be run: .*Remove that folder: it is exported again"):
        Encoder(folder, Arithmetic.FLOAT).encode_query("cells")


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_a_library_works_with_another_model_and_with_no_other(
    random_model: Callable[[str], Path], tmp_path: Path, settings: Settings, pooling: str
) -> None:
    model = str(random_model(pooling))
    other = settings.model_copy(
        update={"embedding_model": model, "model_cache": tmp_path / "cache", "chroma_url": None}
    )
    (tmp_path / "text.md").write_text("# Cells\n\n" + "The cells grow in the query. " * 60)
    with Library(tmp_path / "library", other, create=True) as library:
        report = Ingest(library).paths([tmp_path / "text.md"])
        assert (report.added, report.failures) == (1, [])
        assert report.passages > 5
        hits = library.search_vectors(library.encoder.encode_query("the cells grow"), 3)
        found = library.passages([hit.index_id for hit in hits])
        assert len(found) == 3
        assert next(iter(found.values())).sentence_vectors.shape[1] == 32
    with pytest.raises(EmbeddingError, match=f"made with the embedding model '{model}'"):
        Library(tmp_path / "library", settings)


def test_the_longest_passage_leaves_room_for_what_stands_around_it(
    random_model: Callable[[str], Path], tmp_path: Path
) -> None:
    encoder = Encoder.load(str(random_model("mean")), tmp_path)
    room = encoder.max_passage_tokens
    prompt = len(encoder._prompt_ids)
    assert room + prompt + 2 == 96
    text = "cells " * room
    encoder.encode_passages([PassageText("", (), text.strip(), (Span(0, 5),))])
    with pytest.raises(EmbeddingError, match="does not fit"):
        encoder.encode_passages([PassageText("", (), text + "cells", (Span(0, 5),))])
