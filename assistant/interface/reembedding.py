"""Gives a library another embedding model for the command line."""

from __future__ import annotations

from pathlib import Path

from rich.progress import Progress as Bar

from assistant.interface.console import plain, to_stderr, to_stdout
from corpus.settings import Settings
from ingest.reembedding import reembed


def reembed_library(folder: Path | None, model: str | None) -> None:
    """Embed every document of a library anew and print what to do next.

    Args:
        folder: Of the library; None for the one in the settings.
        model: The embedding model; None for the one in the settings.

    Raises:
        LoccitError: If the model cannot be loaded, or the library not be read or written.
    """
    settings = Settings()
    if model is not None:
        settings = settings.model_copy(update={"embedding_model": model})
    console = to_stderr()
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Embedding", total=None)
        done = reembed(
            folder or settings.library,
            settings,
            lambda done, total: bar.update(task, completed=done, total=total),
        )
    name = settings.embedding_model
    words = f"{done} documents embedded with {name}." if done else f"The library has {name} already."
    if model is not None and model != Settings().embedding_model:
        words += f" Set LOCCIT_EMBEDDING_MODEL={name} to use it."
    to_stdout().print(plain(words), soft_wrap=True)
