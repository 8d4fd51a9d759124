"""Reads a PDF in a process of its own: what a hostile file costs has an end, and what it breaks is not ours.

PDFium is a program in C++ that is not safe across threads and cannot be interrupted. In a process it needs no lock, may
be stopped after a while, and may use no more than so much memory.
"""

from __future__ import annotations

import pickle
import subprocess
import sys

from corpus.document import Document
from corpus.errors import OriginError

_LONGEST_SECONDS = 300.0
_MOST_MEMORY = 4_000_000_000
# The child looks for modules where this process does, wherever it was started from.
_START = "import sys; sys.path[:] = sys.argv[2:]; from ingest.parsers.pdf_process import answer; answer(sys.argv[1])"


def read_apart(data: bytes, fallback_id: str, seconds: float = _LONGEST_SECONDS) -> Document:
    """Read a PDF in a new process.

    Args:
        data: The file's bytes.
        fallback_id: The document's identity and title if the file gives none.
        seconds: After so long it is given up.

    Raises:
        OriginError: The file cannot be read, or not within the time and memory that are allowed.
    """
    command = [sys.executable, "-c", _START, fallback_id, *sys.path]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise OriginError(
            f"the PDF could not be read within {seconds:.0f} seconds; print it to a new PDF, or split it, and add that"
        ) from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise OriginError(
            "the PDF cannot be read: it is damaged or needs too much memory; print it to a new PDF and add that"
            f" (exit {done.returncode}{': ' + lines[-1] if lines else ''})"
        )
    result: Document | OriginError = pickle.loads(done.stdout)
    if isinstance(result, OriginError):
        raise result
    return result


def answer(fallback_id: str) -> None:
    """Read a PDF from standard input and write the document, or the error, to standard output: the child's side."""
    _limit_memory()
    from ingest.parsers.pdf_document import document_of

    result: Document | OriginError
    try:
        result = document_of(sys.stdin.buffer.read(), fallback_id)
    except OriginError as error:
        result = error
    sys.stdout.buffer.write(pickle.dumps(result))


def _limit_memory() -> None:
    """Let the system refuse more memory than any article needs; on Windows, which cannot, time alone ends it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
