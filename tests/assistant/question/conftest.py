"""What the starter library knows of words, names and sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.question.background import Background
from corpus.library import Library
from corpus.settings import Settings


@pytest.fixture(scope="session")
def background(starter_library: Path, settings: Settings) -> Iterator[Background]:
    with Library(starter_library, settings) as library:
        yield Background(library)
