"""Commands as tests call them: in this process, with what they print and how they end."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant.interface.terminal import run
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest

PAPERS = (
    {
        "id": "marker",
        "title": "Markers of [bold]zebrafish[/bold]",
        "text": "Zebrafish regrow [red]fins[/red] in weeks.",
    },
    {"id": "10.5/a b", "title": "Sleep of axolotls", "text": "Axolotls sleep at noon. They wake at dusk."},
)


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as the one JSON value that it must be."""
        return json.loads(self.out)

    @property
    def objects(self) -> list[dict[str, Any]]:
        """What it printed, a JSON object a line."""
        return [json.loads(line) for line in self.out.split("\n")[:-1]]


Loccit = Callable[..., Ended]


@pytest.fixture
def loccit(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Loccit:
    """Run a command over a library, with lines on its standard input."""

    def call(*arguments: str, library: Path | None = None, lines: str | bytes = "") -> Ended:
        given = lines.encode() if isinstance(lines, str) else lines
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        status = run([*arguments, "--library", str(library)] if library else arguments)
        return Ended(status, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def two_papers(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    folder = tmp_path_factory.mktemp("two")
    records = folder / "papers.jsonl"
    records.write_text("\n".join(map(json.dumps, PAPERS)), "utf-8")
    with Library(folder / "library", settings, create=True) as library:
        assert Ingest(library).paths([records]).added == len(PAPERS)
    return folder / "library"


@pytest.fixture
def own_copy(two_papers: Path, tmp_path: Path) -> Path:
    """A library with two papers that a test may change."""
    return Path(shutil.copytree(two_papers, tmp_path / "own"))
