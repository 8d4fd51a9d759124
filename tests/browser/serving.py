"""Serves a library as `loccit serve` does, in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def serving(
    library: Path,
    settings: Mapping[str, str] | None = None,
    port: int = 0,
    options: Sequence[str] = (),
    program: str = "from assistant.interface.terminal import main; main()",
) -> Iterator[str]:
    """Serve a library, with settings of the environment beside this one's, and give the page's address."""
    served = ["serve", "--port", str(port), "--library", str(library), *options]
    command = [sys.executable, "-c", program, *served]
    environment = {**os.environ, **(settings or {})}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout is not None
            said = re.search(r"http://\S+", server.stdout.readline())
            assert said, "the server has ended before it said where it listens"
            yield said[0]
        finally:
            server.terminate()
