"""One parser a format: bytes → documents. A parser is imported when its format is first met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
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
    ".pdf": "pdf",
    ".txt": "text",
    ".jsonl": "jsonlines",
    ".ndjson": "jsonlines",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
}

SUFFIXES = tuple(_MODULES)
"""The endings of file names that a parser is known for."""

# What other origins give, under endings that no file of a reader's has.
_OWN_MODULES = {
    ".starter": "starter",
    ".europepmc": "europepmc",
}


def parser_for(suffix: str) -> Parser | None:
    """Give the parser for the ending of a file's name (".xml"), or None if it is not known."""
    module = {**_MODULES, **_OWN_MODULES}.get(suffix.lower())
    return cast(Parser, import_module(f"ingest.parsers.{module}").parse) if module else None
