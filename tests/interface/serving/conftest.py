"""Readers with passwords, and the whole application of the page, in this process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.interface.serving.named import NamedReaders
from corpus.settings import Settings

NAME, PASSWORD = "anna", "correct horse battery"


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one reader: hashing takes a third of a second."""
    path = tmp_path_factory.mktemp("named") / "readers.txt"
    NamedReaders(path).put(NAME, PASSWORD)
    return path


@pytest.fixture
def readers(named: Path, tmp_path: Path) -> NamedReaders:
    """Readers whose file a test may change."""
    return NamedReaders(Path(shutil.copy2(named, tmp_path / "readers.txt")))


@pytest.fixture(scope="module")
def assistant(two_papers: Path, settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(two_papers, settings) as opened:
        yield opened
