"""The embedding model as a LlamaIndex embedding: any LlamaIndex index or retriever can use the library's vectors.

The library itself does not go through it: importing LlamaIndex costs more than a whole answer.
"""

from __future__ import annotations

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from corpus.document import Span
from corpus.encoder import Encoder, PassageText


class LoccitEmbedding(BaseEmbedding):
    """Embeds questions and texts with an exported model."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder) -> None:
        """Embed with `encoder`."""
        super().__init__(model_name=encoder.manifest.model)
        self._encoder = encoder

    @classmethod
    def class_name(cls) -> str:
        """Name the class as LlamaIndex does in its traces."""
        return "LoccitEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(value) for value in self._encoder.encode_query(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        given = [PassageText("", (), text, (Span(0, len(text)),)) for text in texts]
        return [[float(value) for value in made.passage] for made in self._encoder.encode_passages(given)]
