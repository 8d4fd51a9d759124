"""Opens libraries for one command, and quickly: a reader waits for the whole start at every question."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.encoder import Encoder
    from corpus.library import Library


def open_library(folder: Path | None, *, create: bool = False) -> Library:
    """Open the library in a folder, or where the settings say.

    Raises:
        LoccitError: If there is none, or it cannot be read.
    """
    from corpus.library import Library
    from corpus.settings import Settings

    settings = Settings()
    return Library(folder or settings.library, settings, create=create)


def open_assistant(folder: Path | None) -> Assistant:
    """Open an assistant that is ready to answer: both indexes open, the embedding model compiled.

    The model is compiled by native code while this thread imports Chroma, which takes longer.

    Raises:
        LoccitError: If there is no library, or it cannot be read.
    """
    with _without_collecting():
        library = open_library(folder)
        try:
            compiling = threading.Thread(target=_compile, args=(library.encoder,))
            compiling.start()
            try:
                from assistant.assistant import Assistant

                _ = library.fulltext, library.vectors
            finally:
                compiling.join()
        except BaseException:
            library.close()
            raise
        return Assistant(library)


def _compile(encoder: Encoder) -> None:
    # What goes wrong here goes wrong again at the question itself, where it is told.
    with suppress(Exception):
        encoder.encode_query("")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Spare a start the collector's passes over modules that stay for good."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
