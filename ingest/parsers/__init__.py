"""One parser a format: bytes → documents. A parser is imported when its format is first met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import cast

from corpus.document import Document
from corpus.errors import OriginError

# Takes the bytes and the identity of last resort. A bad record among many is yielded as an error and does not
# stop the others; a file that is bad as a whole raises it. Messages give the place in the file, not its name.
Parser = Callable[[bytes, str], Iterator[Document | OriginError]]

_MODULES = {
    ".xml": "jats",
    ".nxml": "jats",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".jsonl": "jsonlines",
    ".ndjson": "jsonlines",
}

SUFFIXES = tuple(_MODULES)
"""The endings of file names that a parser is known for."""


def parser_for(name: str) -> Parser | None:
    """Give the parser for a file's name, or None if its ending is not known."""
    module = _MODULES.get(PurePath(name).suffix.lower())
    return cast(Parser, import_module(f"ingest.parsers.{module}").parse) if module else None
