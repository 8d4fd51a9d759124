"""What docs/tools.md shows programs works as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from tests.browser.serving import serving

TOOLS = (Path(__file__).parents[3] / "docs" / "tools.md").read_text(encoding="utf-8")
GRADIO, MCP = re.findall(r"```python\n(.*?)```", TOOLS, re.DOTALL)
[CURL] = re.findall(r"```sh\n(.*?)```", TOOLS, re.DOTALL)
NAMED = "http://127.0.0.1:7860/"


@pytest.fixture(scope="module")
def address(starter_library: Path) -> Iterator[str]:
    with serving(starter_library, options=["--mcp"]) as served:
        yield served


def ran(command: list[str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_the_example_in_python_works(address: str) -> None:
    out = ran([sys.executable, "-c", GRADIO.replace(NAMED[:-1], address.rstrip("/"))])
    assert "[1]" in out and "contradicted" in out and "safety" in out.lower()


def test_the_example_for_mcp_works(address: str) -> None:
    out = ran([sys.executable, "-c", MCP.replace(NAMED, address)])
    assert "['ask', 'compare', 'check', 'search', 'passage']" in out and "[1]" in out


def test_the_example_for_curl_works(address: str) -> None:
    assert "event_id" in ran(["bash", "-c", CURL.replace(NAMED, address)])


def test_the_tools_are_all_that_programs_are_offered(address: str) -> None:
    offered = Client(address, verbose=False).view_api(return_format="dict", print_info=False)
    assert isinstance(offered, dict)
    assert set(offered["named_endpoints"]) == {"/ask", "/compare", "/check", "/search", "/passage"}
    assert not offered["unnamed_endpoints"]


def test_two_at_once_get_each_their_own(address: str) -> None:
    questions = ["How long do CAR-NK cells persist?", "What is trogocytosis?"] * 4
    clients = [Client(address, verbose=False) for _ in range(2)]

    def asked(number: int) -> str:
        answer = clients[number % 2].predict(question=questions[number], api_name="/ask")
        return str(answer["question"])

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(asked, range(len(questions)))) == questions


def test_a_program_is_told_in_a_sentence_what_cannot_be_answered(address: str) -> None:
    client = Client(address, verbose=False)
    with pytest.raises(AppError, match=r"'x' names no passage\. Name it DOCUMENT@START-END"):
        client.predict(passage_id="x", api_name="/passage")
