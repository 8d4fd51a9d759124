"""What all tests share: one exported embedding model and one library with the starter corpus, made once a session; a
small model that is not the default."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest

# The longest come first, so that in the end no core is left alone with one of them.
_LONGEST = ("test_readme.py", "test_kills.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in _LONGEST)


@pytest.fixture(scope="session", autouse=True)
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the exported model lies; nothing else of Loccit's environment reaches the tests or what they start."""
    cache = Path(os.environ.get("LOCCIT_MODEL_CACHE") or tmp_path_factory.mktemp("models")).resolve()
    for name in [name for name in os.environ if name.startswith("LOCCIT_") and name != "LOCCIT_CHROMIUM"]:
        del os.environ[name]
    os.environ["LOCCIT_MODEL_CACHE"] = str(cache)
    return cache


@pytest.fixture(scope="session")
def settings(model_cache: Path) -> Settings:
    return Settings(model_cache=model_cache)


@pytest.fixture(scope="session")
def starter_library(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """A library with the starter corpus. Tests that change it work on a copy."""
    folder = tmp_path_factory.mktemp("starter") / "library"
    with Library(folder, settings, create=True) as library:
        assert not Ingest(library).starter().failures
    return folder


@pytest.fixture(scope="session")
def random_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make a sentence-transformers model of random weights, pooled as named, once a session."""
    made: dict[str, Path] = {}

    def make(pooling: str) -> Path:
        if pooling not in made:
            made[pooling] = _random_model(tmp_path_factory.mktemp("model") / f"random-{pooling}", pooling)
        return made[pooling]

    return make


def _random_model(folder: Path, pooling: str) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    raw = folder / "raw"
    raw.mkdir(parents=True)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,:?-"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cells", "query", "passage", "the"]
    vocabulary = [*words, *letters, *(f"##{letter}" for letter in letters)]
    (raw / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=96,
    )
    BertModel(config).save_pretrained(raw)
    BertTokenizer(vocab={word: n for n, word in enumerate(vocabulary)}, model_max_length=96).save_pretrained(
        raw
    )
    transformer = Transformer(str(raw), max_seq_length=96)
    model = SentenceTransformer(
        modules=[transformer, Pooling(32, pooling)], prompts={"query": "query: ", "document": "passage: "}
    )
    model.save(str(folder / "model"))
    return folder / "model"
