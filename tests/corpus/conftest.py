"""An empty library of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path, settings: Settings) -> Iterator[Library]:
    with Library(folder, settings, create=True) as opened:
        yield opened
