"""The doors for LlamaIndex: its own machinery over our embedding and our retrieval."""

from __future__ import annotations

from pathlib import Path

import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.schema import TextNode

from assistant.llamaindex import LoccitRetriever
from assistant.retrieval import Retrieval
from corpus.library import Library
from corpus.llamaindex import LoccitEmbedding
from corpus.settings import Settings


@pytest.fixture(scope="module")
def library(starter_library: Path, settings: Settings) -> Library:
    return Library(starter_library, settings)


def test_the_retriever_gives_the_products_own_passages_in_their_order(library: Library) -> None:
    question = "How long do CAR-NK cells persist?"
    nodes = LoccitRetriever(library, k=5).retrieve(question)
    ranked = Retrieval(library).passages(question, 5)
    assert [node.node.node_id for node in nodes] == [passage.stored.passage.id for passage in ranked]
    for node in nodes:
        document = library.document(node.node.metadata["document_id"])
        assert node.node.get_content() == document.text[node.node.start_char_idx : node.node.end_char_idx]  # type: ignore[attr-defined]


def test_an_index_of_llamaindex_works_with_the_embedding(library: Library) -> None:
    nodes = [
        TextNode(text=text, id_=text) for text in ("NK cells kill tumour cells.", "The price rose in spring.")
    ]
    index = VectorStoreIndex(nodes, embed_model=LoccitEmbedding(library.encoder))
    (best,) = index.as_retriever(similarity_top_k=1).retrieve("What did it cost?")
    assert best.node.node_id == "The price rose in spring."
