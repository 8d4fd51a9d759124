"""Hybrid retrieval as a LlamaIndex retriever: any LlamaIndex query engine or agent can search the library."""

from __future__ import annotations

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.retrieval import Retrieval
from corpus.catalogue import Filter
from corpus.library import Library


class LoccitRetriever(BaseRetriever):
    """Retrieves a library's passages as LlamaIndex nodes."""

    def __init__(
        self,
        library: Library,
        k: int = 10,
        within: Filter | None = None,
        callbacks: CallbackManager | None = None,
    ) -> None:
        """Retrieve from `library`.

        Args:
            library: Where to search.
            k: How many passages at the most.
            within: What narrows the search.
            callbacks: LlamaIndex's hooks for tracing.
        """
        super().__init__(callback_manager=callbacks)
        self._library = library
        self._retrieval = Retrieval(library)
        self._k = k
        self._within = within

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        nodes = []
        for ranked in self._retrieval.passages(query_bundle.query_str, self._k, self._within):
            passage = ranked.stored.passage
            document = self._library.document(passage.document_id)
            node = TextNode(
                id_=passage.id,
                text=passage.span.of(document.text),
                start_char_idx=passage.span.start,
                end_char_idx=passage.span.end,
                metadata={
                    "document_id": document.id,
                    "title": document.record.title,
                    "section": " > ".join(passage.path),
                    "source_type": document.source_type.value,
                },
            )
            nodes.append(NodeWithScore(node=node, score=ranked.score))
        return nodes
