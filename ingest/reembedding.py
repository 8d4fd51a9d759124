"""Gives a library another embedding model: passages cut anew and embedded, while the old ones serve."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.document import Document, Passage
from corpus.embedding import embedded
from corpus.encoder import Encoder
from corpus.library import Library
from corpus.reembedding import NextIndexes
from corpus.settings import Settings
from ingest.splitting import split
from ingest.storing import BATCH_PASSAGES


def reembed(
    path: Path, settings: Settings, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> int:
    """Cut and embed every document of a library with the model that is set.

    A run that was broken off is taken up where it was. Until all is done, readers see the old passages and vectors.

    Args:
        path: The library's folder.
        settings: Name the model.
        progress: Is told how many documents of how many are done.

    Returns:
        How many documents were embedded by this run; none if the library has the model already.

    Raises:
        EmbeddingError: If the model cannot be loaded.
        LibraryLockedError: If another process is writing to the library.
    """
    encoder = Encoder.load(settings.embedding_model, settings.model_cache)
    with Library(path, settings, any_model=True) as library, library.writing() as writer:
        made_with = (library.catalogue.fact("embedding_model"), library.catalogue.fact("embedding_runtime"))
        if made_with == (settings.embedding_model, encoder.runtime):
            return 0
        writer.sweep()
        indexes = NextIndexes(library, settings.embedding_model, encoder.runtime)
        try:
            return _fill(library, indexes, encoder, progress)
        finally:
            indexes.close()


def _fill(
    library: Library, indexes: NextIndexes, encoder: Encoder, progress: Callable[[int, int], None]
) -> int:
    missing = indexes.missing()
    batch: list[tuple[Document, tuple[Passage, ...]]] = []
    for done, document_id in enumerate(missing):
        document = library.document(document_id)
        batch.append((document, split(document, encoder)))
        if sum(len(passages) for _, passages in batch) >= BATCH_PASSAGES:
            _store(indexes, batch, encoder)
            progress(done + 1, len(missing))
    _store(indexes, batch, encoder)
    indexes.take_over()
    progress(len(missing), len(missing))
    return len(missing)


def _store(indexes: NextIndexes, batch: list[tuple[Document, tuple[Passage, ...]]], encoder: Encoder) -> None:
    made = embedded(batch, encoder)
    indexes.add([(document, passages) for (document, _), passages in zip(batch, made, strict=True)])
    batch.clear()
