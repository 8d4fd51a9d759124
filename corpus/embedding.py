"""What the embedding model sees of a document's passages, and the passages with what it made of them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document, Passage
from corpus.encoder import Encoder, PassageText
from corpus.rows import IndexedPassage


def header_path(document: Document, path: tuple[str, ...], start: int) -> tuple[str, ...]:
    """Give the headings under which a passage is embedded: rows of a table have its caption too.

    Args:
        document: The document.
        path: Heading path of the passage's section.
        start: Where the passage starts.
    """
    table = document.table_at(start)
    return (*path, table.caption.of(document.text)) if table and table.caption else path


def passage_text(document: Document, passage: Passage) -> PassageText:
    """Give what the model sees of a passage."""
    start = passage.span.start
    return PassageText(
        title=document.record.title,
        path=header_path(document, passage.path, start),
        text=passage.span.of(document.text),
        sentences=tuple(sentence.shifted(-start) for sentence in passage.sentences),
    )


def embedded(
    documents: Sequence[tuple[Document, Sequence[Passage]]], encoder: Encoder
) -> list[tuple[IndexedPassage, ...]]:
    """Embed the passages of several documents together, so that passages of one length share a batch.

    Args:
        documents: Documents with their passages.
        encoder: The embedding model.

    Returns:
        For each document its passages with their vectors.
    """
    texts = [passage_text(document, passage) for document, passages in documents for passage in passages]
    vectors = iter(encoder.encode_passages(texts))
    return [
        tuple(
            IndexedPassage(passage, made.passage, made.sentences)
            for passage, made in zip(passages, vectors, strict=False)
        )
        for _, passages in documents
    ]
