"""The embedding model: its vectors are the original's, however they are batched and whoever asks for them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus.document import Span
from corpus.encoder import Encoder, PassageText
from corpus.errors import EmbeddingError
from corpus.model_manifest import Arithmetic
from corpus.runtimes.runtime import Vectors
from corpus.settings import DEFAULT_EMBEDDING_MODEL, Settings

SENTENCES = (
    "CAR-NK cells were tolerated.",
    "Cytokine release syndrome was seen in 42% of patients, but of grade 3 or higher in only 2%.",
    "α-GalCer activates iNKT cells 😀.",
    "The cells were infused after lymphodepletion with fludarabine and cyclophosphamide. " * 2,
    "Abc",
)


@pytest.fixture(scope="module", params=list(Arithmetic))
def encoder(settings: Settings, request: pytest.FixtureRequest) -> Encoder:
    return Encoder.load(DEFAULT_EMBEDDING_MODEL, settings.model_cache, request.param)


def passage(text: str, title: str = "", *path: str) -> PassageText:
    return PassageText(title, path, text, (Span(0, len(text)),))


def cosine(one: Vectors, other: Vectors) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def test_vectors_are_those_of_sentence_transformers(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    from corpus.model_export import _source

    original = SentenceTransformer(_source(DEFAULT_EMBEDDING_MODEL), device="cpu")
    texts = ["What does IL-15 do in CAR-NK cells?", *SENTENCES]
    expected = original.encode(texts, normalize_embeddings=True)
    made = encoder.encode_passages([passage(text) for text in texts])
    least = 0.9999 if encoder.runtime == "float" else 0.985
    for text, vector, both in zip(texts, expected, made, strict=True):
        assert cosine(vector, both.passage) > least
        assert cosine(vector, encoder.encode_query(text)) > least


@pytest.fixture(scope="module")
def alone(encoder: Encoder) -> Callable[[str], Vectors]:
    @cache
    def encode(text: str) -> Vectors:
        return encoder.encode_passages([passage(text)])[0].passage

    return encode


@hypothesis_settings(max_examples=8, deadline=None)
@given(order=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_a_vector_does_not_depend_on_its_batch(
    encoder: Encoder, alone: Callable[[str], Vectors], order: list[str]
) -> None:
    for text, made in zip(order, encoder.encode_passages([passage(text) for text in order]), strict=True):
        assert cosine(made.passage, alone(text)) > 0.9995
        assert abs(float(np.linalg.norm(made.passage)) - 1) < 1e-3


def test_each_sentence_has_a_vector_of_its_own(encoder: Encoder) -> None:
    text = "CAR-NK cells were tolerated. Costs were high."
    spans = (Span(0, 28), Span(29, 45))
    made = encoder.encode_passages([PassageText("A trial", ("Results",), text, spans)])[0]
    assert made.sentences.shape == (2, encoder.manifest.dimension)
    question = encoder.encode_query("How expensive was it?")
    assert made.sentences[1] @ question > made.sentences[0] @ question


def test_a_sentence_of_which_the_tokenizer_keeps_nothing_has_a_vector_of_nothing(encoder: Encoder) -> None:
    made = encoder.encode_passages([PassageText("", (), "Cells.\u200d", (Span(0, 6), Span(6, 7)))])[0]
    assert np.isfinite(made.sentences).all()
    assert not made.sentences[1].any()


def test_no_passages_are_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_passages([]) == []
    assert encoder.encode_passages([PassageText("", (), "x", ())])[0].sentences.shape[0] == 0


def test_a_passage_that_is_too_long_is_never_cut_in_silence(encoder: Encoder) -> None:
    with pytest.raises(
        EmbeddingError, match=r"A passage of 600 tokens does not fit the 254 that all-MiniLM-L6-v2 reads"
    ):
        encoder.encode_passages([passage("cell " * 600)])


def test_a_question_that_is_too_long_is_cut_at_its_end(encoder: Encoder) -> None:
    assert cosine(encoder.encode_query("cell " * 5_000), encoder.encode_query("cell " * 254)) > 0.9999


def test_a_long_title_gives_way_to_the_headings(encoder: Encoder) -> None:
    assert encoder.header_tokens("", ()) == 0
    assert encoder.header_tokens("word " * 500, ("Results",)) == 48
    assert encoder.header_tokens("word " * 500, ("word " * 500,)) == 48
    assert encoder.header_tokens("", ("word " * 500,)) == 24


def test_threads_that_encode_at_once_get_the_same_vectors(encoder: Encoder) -> None:
    fresh = Encoder(encoder.folder, encoder.arithmetic)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(fresh.encode_query, list(SENTENCES) * 8))
    for number, vector in enumerate(made):
        assert cosine(vector, made[number % len(SENTENCES)]) > 0.99999


def test_a_library_names_what_made_its_vectors_and_gets_the_same_again(settings: Settings) -> None:
    for name in Arithmetic:
        assert Encoder.load(DEFAULT_EMBEDDING_MODEL, settings.model_cache, name.value).runtime == name.value
    with pytest.raises(EmbeddingError, match=r"made by 'abacus', which this version .* does not have"):
        Encoder.load(DEFAULT_EMBEDDING_MODEL, settings.model_cache, "abacus")


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_another_model_pools_and_prompts_as_it_was_made_to(
    random_model: Callable[[str], Path], tmp_path: Path, pooling: str
) -> None:
    from sentence_transformers import SentenceTransformer

    folder = random_model(pooling)
    original = SentenceTransformer(str(folder), device="cpu")
    encoder = Encoder.load(str(folder), tmp_path, Arithmetic.FLOAT.value)
    assert encoder.manifest.pools_sentences == (pooling == "mean")
    assert encoder.manifest.max_tokens == 96
    texts = ["the cells", "query: the passage, again"]
    for text in texts:
        question = original.encode(text, prompt_name="query", normalize_embeddings=True)
        assert cosine(question, encoder.encode_query(text)) > 0.999
        stored = original.encode(text, prompt_name="document", normalize_embeddings=True)
        made = encoder.encode_passages([passage(text)])[0]
        assert cosine(stored, made.passage) > 0.999
        assert abs(float(np.linalg.norm(made.passage)) - 1) < 1e-3
        if pooling == "cls":
            assert cosine(stored, made.sentences[0]) > 0.999
