"""Opens libraries for one command, and quickly: a reader waits for the whole start at every question."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.interface.options import ModelOptions

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.encoder import Encoder
    from corpus.library import Library


def open_library(folder: Path | None, model: ModelOptions | None = None, *, create: bool = False) -> Library:
    """Open the library in a folder, or where the settings say.

    Args:
        folder: Of the library.
        model: What the options say of the language model, if there are any.
        create: Whether a library is made where there is none.

    Raises:
        LoccitError: If there is none, or it cannot be read.
    """
    from corpus.library import Library
    from corpus.settings import Settings

    given = {name: value for name, value in asdict(model or ModelOptions()).items() if value is not None}
    settings = Settings(**given)
    return Library(folder or settings.library, settings, create=create)


def open_assistant(folder: Path | None, model: ModelOptions | None = None) -> Assistant:
    """Open an assistant that is ready to answer: both indexes open, the embedding model compiled.

    The model is compiled by native code while this thread imports Chroma, which takes longer.

    Args:
        folder: Of the library; None for the one in the settings.
        model: What the options say of the language model, if there are any.

    Raises:
        LoccitError: If there is no library, or it cannot be read; or if the language model cannot be used here.
    """
    with _without_collecting():
        library = open_library(folder, model)
        try:
            compiling = threading.Thread(target=_compile, args=(library.encoder,))
            compiling.start()
            try:
                from assistant.assistant import Assistant

                assistant = Assistant(library)
                if assistant.model:
                    # What its first word would wait for comes in while the indexes are opened.
                    assistant.model.prepare()
                _ = library.fulltext, library.vectors
            finally:
                compiling.join()
        except BaseException:
            library.close()
            raise
        return assistant


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
