"""What all tests share: one exported embedding model and one library with the starter corpus, made once a session."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest


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
