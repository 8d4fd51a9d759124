"""The entailment model: how it is loaded, and what it may decide. Its weights are random: no quality is claimed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Verdict
from assistant.verification import judge
from assistant.verification.entailment import Entailed, Entailment, EntailmentError, decided
from assistant.verification.judgement import Alignment, Evidence

NLI = ("contradiction", "entailment", "neutral")


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], str]:
    """Make a small cross-encoder with the labels named."""

    def make(labels: tuple[str, ...]) -> str:
        import torch
        from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

        folder = tmp_path_factory.mktemp("classifier") / "model"
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cells", *"abcdefghijklmnopqrstuvwxyz"]
        torch.manual_seed(0)
        config = BertConfig(
            vocab_size=len(words),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=1,
            intermediate_size=16,
            max_position_embeddings=64,
            id2label=dict(enumerate(labels)),
            label2id={label: place for place, label in enumerate(labels)},
        )
        BertForSequenceClassification(config).save_pretrained(folder)
        BertTokenizer(vocab={word: n for n, word in enumerate(words)}, model_max_length=64).save_pretrained(
            folder
        )
        return str(folder)

    return make


def test_labels_are_read_from_the_model(classifier: Callable[[tuple[str, ...]], str]) -> None:
    model = Entailment.load(classifier(NLI))
    turned = Entailment.load(classifier(NLI[::-1]))
    (one,), (other,) = (m.judge("cells kill", [Evidence("cells")]) for m in (model, turned))
    # The same weights, whose first label is contradiction in one and neutral in the other.
    assert one.entailment == pytest.approx(other.entailment)
    assert one.contradiction != pytest.approx(other.contradiction)
    assert model.judge("cells", []) == []


def test_a_model_for_something_else_is_refused(classifier: Callable[[tuple[str, ...]], str]) -> None:
    with pytest.raises(EntailmentError, match="not entailment, contradiction, neutral"):
        Entailment.load(classifier(("negative", "positive", "mixed")))


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "nowhere")
    with pytest.raises(EntailmentError, match="cannot be loaded"):
        Entailment.load(missing)


def test_a_model_takes_part_in_a_judgement(classifier: Callable[[tuple[str, ...]], str]) -> None:
    model = Entailment.load(classifier(NLI))
    quote = "37 cells were seen."
    assert judge("73 cells were seen.", [quote], entailment=model).verdict is Verdict.CONTRADICTED
    assert judge(quote, [quote], entailment=model).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("rules", "vetoed", "answer", "verdict"),
    [
        (Verdict.PARTIAL, False, Entailed(0.9, 0.0), Verdict.SUPPORTED),
        (Verdict.PARTIAL, True, Entailed(0.9, 0.0), Verdict.PARTIAL),
        (Verdict.CONTRADICTED, True, Entailed(0.9, 0.0), Verdict.CONTRADICTED),
        (Verdict.SUPPORTED, False, Entailed(0.0, 0.9), Verdict.CONTRADICTED),
        (Verdict.SUPPORTED, False, Entailed(0.1, 0.1), Verdict.PARTIAL),
        (Verdict.NOT_FOUND, False, Entailed(0.1, 0.1), Verdict.NOT_FOUND),
    ],
)
def test_numbers_and_names_keep_a_veto_and_the_model_decides_the_rest(
    rules: Verdict, vetoed: bool, answer: Entailed, verdict: Verdict
) -> None:
    assert decided(Alignment(rules, 0.7, vetoed=vetoed), answer).verdict is verdict
