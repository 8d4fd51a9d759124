"""A reranking model, where one is set, decides the order of the best evidence. Its weights are random: no quality is
claimed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant import Assistant
from assistant.concepts import Concepts
from assistant.evidence import Evidence, gather, prior
from assistant.question import Question, understand
from assistant.reranking import BEST, Reranker, RerankingError
from assistant.retrieval import Retrieval
from corpus.library import Library
from corpus.settings import Settings

QUESTION = "How do CAR-NK cells recognise tumour cells?"


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Make a small cross-encoder that gives so many scores."""

    def make(scores: int) -> Path:
        import torch
        from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

        folder = tmp_path_factory.mktemp("cross-encoder") / "model"
        letters = "abcdefghijklmnopqrstuvwxyz0123456789"
        words = [
            "[PAD]",
            "[UNK]",
            "[CLS]",
            "[SEP]",
            "[MASK]",
            *letters,
            *(f"##{letter}" for letter in letters),
        ]
        torch.manual_seed(0)
        config = BertConfig(
            vocab_size=len(words),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=1,
            intermediate_size=16,
            max_position_embeddings=128,
            id2label={place: str(place) for place in range(scores)},
            # Wide enough that no two sentences have nearly the same score.
            initializer_range=0.5,
        )
        BertForSequenceClassification(config).save_pretrained(folder)
        vocabulary = {word: n for n, word in enumerate(words)}
        BertTokenizer(vocab=vocabulary, model_max_length=128).save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="module")
def model(cross_encoder: Callable[[int], Path]) -> Path:
    return cross_encoder(1)


@pytest.fixture(scope="module")
def question() -> Question:
    return understand(QUESTION)


@pytest.fixture(scope="module")
def evidence(starter_library: Path, settings: Settings, question: Question) -> list[Evidence]:
    with Library(starter_library, settings) as library:
        concepts = Concepts(question, library.fulltext, library.catalogue.counts()[1])
        found = gather(question, Retrieval(library).passages(question.query, 60), library, concepts)
    assert len(found) > BEST
    return found


@pytest.fixture(scope="module")
def reranking(starter_library: Path, settings: Settings, model: Path) -> Iterator[Assistant]:
    with Assistant.open(starter_library, settings.model_copy(update={"reranker": str(model)})) as opened:
        yield opened


def place(found: Evidence) -> tuple[str, int, int]:
    return found.document.id, found.main.start, found.main.end


def bare_scores(evidence: list[Evidence]) -> NDArray[np.float64]:
    """Take the sources' priors off again."""
    return np.array([found.score - prior(found.document) for found in evidence])


def judged_by(model: Path, question: Question, evidence: list[Evidence]) -> NDArray[np.float64]:
    """Ask the model itself."""
    from sentence_transformers import CrossEncoder

    pairs = [(question.query, f"{found.document.record.title} {found.text}") for found in evidence]
    return np.asarray(CrossEncoder(str(model)).predict(pairs), dtype=np.float64)


def test_the_best_evidence_stands_in_the_order_of_the_models_scores(
    model: Path, question: Question, evidence: list[Evidence]
) -> None:
    best = evidence[:BEST]
    reranked = Reranker.load(str(model)).rerank(question, best)
    assert list(map(place, reranked)) != list(map(place, best))
    judged = dict(zip(map(place, best), judged_by(model, question, best), strict=True))
    by_prior_apart = sorted(reranked, key=lambda found: -(found.score - prior(found.document)))
    assert list(map(place, by_prior_apart)) == sorted(judged, key=lambda name: -judged[name])


def test_scores_keep_their_scale(model: Path, question: Question, evidence: list[Evidence]) -> None:
    best = evidence[:BEST]
    reranked = Reranker.load(str(model)).rerank(question, best)
    before, after = bare_scores(best), bare_scores(reranked)
    assert after.mean() == pytest.approx(before.mean())
    assert after.std() == pytest.approx(before.std())
    assert [found.score for found in reranked] == sorted((found.score for found in reranked), reverse=True)


def test_nothing_is_lost_and_what_was_not_read_keeps_its_score(
    model: Path, question: Question, evidence: list[Evidence]
) -> None:
    reranked = Reranker.load(str(model)).rerank(question, evidence)
    assert sorted(map(place, reranked)) == sorted(map(place, evidence))
    scores = {place(found): found.score for found in reranked}
    assert all(scores[place(found)] == found.score for found in evidence[BEST:])
    assert any(scores[place(found)] != found.score for found in evidence[:BEST])


def test_what_a_retracted_paper_says_stays_behind_all_else(
    model: Path, question: Question, evidence: list[Evidence]
) -> None:
    sound, tainted = evidence[:5], evidence[5:10]
    tainted = [replace(found, document=replace(found.document, retracted=True)) for found in tainted]
    reranked = Reranker.load(str(model)).rerank(question, [*sound, *tainted])
    assert [found.document.retracted for found in reranked] == [False] * 5 + [True] * 5


def test_little_evidence_stays_as_it_is(model: Path, question: Question, evidence: list[Evidence]) -> None:
    reranker = Reranker.load(str(model))
    assert reranker.rerank(question, []) == []
    [alone] = reranker.rerank(question, evidence[:1])
    assert alone.score == pytest.approx(evidence[0].score)


def test_a_reranked_answer_is_another_and_still_quotes_word_for_word(
    reranking: Assistant, starter_library: Path, settings: Settings
) -> None:
    answer = reranking.ask(QUESTION)
    with Assistant.open(starter_library, settings) as plain:
        usual = plain.ask(QUESTION)
    assert not answer.abstained
    assert [s.text for s in answer.statements] != [s.text for s in usual.statements]
    assert reranking.ask(QUESTION).answer == answer.answer
    documents = {c.number: reranking.library.document(c.document_id) for c in answer.citations}
    quotes = [quote for statement in answer.statements for quote in statement.quotes]
    assert quotes
    for quote in quotes:
        assert quote.text == documents[quote.citation].text[quote.start : quote.end]


def test_a_model_that_is_not_there_is_named_at_the_first_question(
    starter_library: Path, settings: Settings, tmp_path: Path
) -> None:
    missing = str(tmp_path / "nowhere")
    with Assistant.open(starter_library, settings.model_copy(update={"reranker": missing})) as assistant:
        assert assistant.search(QUESTION).passages
        with pytest.raises(RerankingError, match=r"no such folder\. Set LOCCIT_RERANKER") as raised:
            assistant.ask(QUESTION)
    assert missing in str(raised.value)


def test_a_damaged_model_is_refused(cross_encoder: Callable[[int], Path]) -> None:
    damaged = cross_encoder(1)
    weights = damaged / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(RerankingError, match="cannot be loaded"):
        Reranker.load(str(damaged))


def test_a_model_that_classifies_is_refused(cross_encoder: Callable[[int], Path]) -> None:
    with pytest.raises(RerankingError, match="gives 3 scores where a reranking model gives one"):
        Reranker.load(str(cross_encoder(3)))


def test_a_model_that_embeds_is_refused(random_model: Callable[[str], Path]) -> None:
    with pytest.raises(RerankingError, match="was not trained to score pairs"):
        Reranker.load(str(random_model("mean")))
