"""Without a hosted model, nothing leaves the machine: not from the import to the answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assistant.models.conftest import need, small_model_file

# Runs in a process of its own. Python tells of every connection it makes; those of native code are seen in the kernel's
# table, at every event of the answer.
WATCHED = """
import json, sys
from pathlib import Path

told = []

def watch(event, details):
    if event in ("socket.connect", "socket.sendto"):
        told.append(str(details[1]))
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        told.append(str(details[0]))

sys.addaudithook(watch)

def connected():
    owned = set()
    for fd in Path("/proc/self/fd").iterdir():
        try:
            owned.add(str(fd.readlink()))
        except OSError:
            pass
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path("/proc/self/net", table).read_text().splitlines()[1:]:
            fields = line.split()
            if f"socket:[{fields[9]}]" in owned and int(fields[2].rpartition(":")[2], 16):
                yield fields[2]

from assistant import Assistant
from corpus.settings import Settings

library, llm, question, spending = sys.argv[1:]
settings = Settings(
    llm=llm, llm_context=1024, llm_threads=1, llm_timeout=120, max_tokens_per_answer=900, spending=Path(spending)
)
seen, words = set(), 0
with Assistant.open(library, settings) as assistant:
    for event in assistant.stream(question):
        seen.update(connected())
        words += type(event).__name__ == "Wrote"
print(json.dumps({"told": told, "seen": sorted(seen), "statements": len(event.answer.statements), "words": words,
                  "asked": event.answer.written is not None}))
"""
LOOPBACK = (
    "('127.",
    "('::1'",
    "127.",
    "::1",
    "localhost",
    "/",
    "b'",
    "0100007F:",
    "00000000000000000000000001000000:",
)


def watched(library: Path, llm: str, tmp_path: Path) -> dict[str, object]:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            WATCHED,
            str(library),
            llm,
            "How long do CAR-NK cells persist?",
            tmp_path / "s",
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
    return found


def beyond(found: dict[str, object]) -> list[str]:
    told, seen = found["told"], found["seen"]
    assert isinstance(told, list) and isinstance(seen, list)
    addresses: list[str] = [*told, *seen]
    return [address for address in addresses if not address.startswith(LOOPBACK)]


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's table is Linux's")


def test_the_default_answers_without_a_connection(starter_library: Path, tmp_path: Path) -> None:
    found = watched(starter_library, "none", tmp_path)
    assert found["statements"] and not found["asked"]
    assert not beyond(found)


def test_a_model_file_answers_without_a_connection_beyond_this_machine(
    starter_library: Path, tmp_path: Path
) -> None:
    found = watched(starter_library, f"gguf:{small_model_file()}", tmp_path)
    assert found["statements"] and found["asked"]
    assert not beyond(found)


def test_the_watch_would_see_a_connection(starter_library: Path, tmp_path: Path) -> None:
    need("llama_index.llms.openai_like", "loccit[openai-like]")
    # An address that is set aside for documentation: nothing answers there.
    found = watched(starter_library, "openai-like:http://192.0.2.1:9/v1#any", tmp_path)
    assert beyond(found)
