"""The README's commands do what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.settings import Settings
from tests.assistant.models.conftest import small_model_file
from tests.servers.europepmc import EuropePMCServer
from tests.servers.papers import papers

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = dict.fromkeys(("sh", "python"), "")
for language, body in re.findall(r"```(sh|python)\n(.*?)```", README, re.DOTALL):
    BLOCKS[language] += body
LOCCIT = str(Path(sys.executable).with_name("loccit"))
COMMANDS = [line for line in BLOCKS["sh"].splitlines() if line.startswith("loccit ")]


@pytest.fixture(scope="module")
def europepmc() -> Iterator[EuropePMCServer]:
    """A server that has the papers which the README names, and some that its query finds."""
    named = re.findall(r"(PMC\d+)|pmid:(\d+)|doi:(10\.[^\s`]+)", BLOCKS["sh"])
    records = [
        replace(paper, pmcid=pmcid or paper.pmcid, pmid=pmid or paper.pmid, doi=doi or paper.doi)
        for paper, (pmcid, pmid, doi) in zip(papers(len(named)), named, strict=True)
    ]
    found = [
        replace(paper, abstract="CAR-NK cells in leukaemia.") for paper in papers(3, first=len(named) + 1)
    ]
    with EuropePMCServer([*records, *found]) as server:
        yield server


@pytest.fixture(scope="module")
def environment(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings, europepmc: EuropePMCServer
) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("readme")
    (folder / "path" / "to" / "papers").mkdir(parents=True)
    (folder / "path" / "to" / "papers" / "note.md").write_text("# A note\n\nNK cells kill tumour cells.\n")
    (folder / "path" / "to" / "zotero.bib").write_text(
        f"@article{{one, title = {{{papers(1)[0].title}}}, pmcid = {{{europepmc.records[0].pmcid}}}}}\n"
    )
    (folder / "path" / "to" / "questions.yaml").write_text(
        "questions: [{id: q1, question: 'What is trogocytosis?', kind: definition, facts: [trogocytosis]}]\n"
    )
    (folder / "path" / "to" / "model.gguf").symlink_to(small_model_file())
    return os.environ | {
        "LOCCIT_SPENDING": str(folder / "spending.sqlite"),
        "LOCCIT_EUROPEPMC_URL": europepmc.url,
        "LOCCIT_WEB_CACHE": str(folder / "web"),
        "LOCCIT_LIBRARY": str(folder / ".loccit" / "library"),
        "LOCCIT_MODEL_CACHE": str(settings.model_cache),
        "README_FOLDER": str(folder),
    }


def test_every_command_of_the_readme_succeeds_in_its_order(environment: dict[str, str]) -> None:
    assert len(COMMANDS) >= 10
    for command in COMMANDS:
        arguments = shlex.split(command)[1:]
        ran = subprocess.run(
            [LOCCIT, *arguments],
            env=environment,
            cwd=environment["README_FOLDER"],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert ran.returncode == 0, f"{command}: {ran.stderr}"
        assert ran.stdout.strip() or "ingest" in command or "remove" in command, command


def test_the_python_of_the_readme_runs(environment: dict[str, str]) -> None:
    subprocess.run(
        [LOCCIT, "ingest"],
        env=environment,
        check=True,
        timeout=300,
    )
    ran = subprocess.run(
        [sys.executable, "-c", BLOCKS["python"]],
        env=environment,
        cwd=environment["README_FOLDER"],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert "at least 12 months" in ran.stdout


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_two_commands_of_the_readme_are_targets_of_the_makefile(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_file_that_the_readme_links_to_is_there() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / link).is_file(), link


def test_every_setting_of_the_readme_exists_and_none_is_left_out() -> None:
    named = set(re.findall(r"`LOCCIT_([A-Z_]+)`", README))
    assert named == {name.upper() for name in Settings.model_fields}
