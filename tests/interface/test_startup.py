"""What a command imports decides how fast it answers: heavy packages come in where they are used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Runs a command and then names, on standard error, the packages that it has imported.
NAME_PACKAGES = """
import sys
from assistant.interface.terminal import run
status = run(sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(status)
"""
NEVER_TO_ANSWER = {"torch", "sentence_transformers", "transformers", "gradio", "onnx", "playwright"}
# pydantic comes with Typer's own reading of arguments.
NEVER_TO_HELP = NEVER_TO_ANSWER | {
    "chromadb",
    "llama_index",
    "numpy",
    "openvino",
    "pydantic_settings",
    "tantivy",
}


def packages(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", NAME_PACKAGES, *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ended.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["serve", "--help"]])
def test_help_imports_nothing_that_it_does_not_need(arguments: list[str]) -> None:
    assert not packages(*arguments) & NEVER_TO_HELP


def test_an_answer_needs_neither_the_models_framework_nor_the_page(starter_library: Path) -> None:
    imported = packages("ask", "What does IL-15 do in CAR-NK cells?", "--library", str(starter_library))
    # Which of them is the faster depends on the machine.
    assert imported & {"openvino", "onnxruntime"}
    assert not imported & NEVER_TO_ANSWER


def test_the_contents_are_listed_without_opening_an_index(starter_library: Path) -> None:
    for arguments in (["documents"], ["show", "source-article"]):
        imported = packages(*arguments, "--library", str(starter_library))
        assert not imported & (NEVER_TO_ANSWER | {"chromadb", "openvino"})
