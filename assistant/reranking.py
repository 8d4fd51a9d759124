"""A reranking model, where one is set: it reads question and sentence together, and puts the best evidence in order."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import Evidence, prior, standardised
from assistant.question import Question
from corpus.errors import LoccitError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# How many sentences are read with the question: each costs a run of the model.
BEST = 50


class RerankingError(LoccitError):
    """The reranking model cannot be loaded, or is none."""


class Reranker:
    """A cross-encoder that tells how well a text answers a question (Nogueira and Cho 2019). Safe across threads."""

    def __init__(self, model: CrossEncoder) -> None:
        """Rerank with a loaded model, which gives one score."""
        self._model = model
        self._lock = threading.Lock()

    @classmethod
    def load(cls, name: str) -> Self:
        """Load a model.

        Args:
            name: A folder, or a name on the hub.

        Raises:
            RerankingError: If there is no such model, or it was not trained to score pairs of texts.
        """
        model = _load(name)
        if model.num_labels != 1:
            raise RerankingError(
                f"The model {name!r} gives {model.num_labels} scores where a reranking model gives one. {_REMEDY}"
            )
        if not _is_trained(model):
            raise RerankingError(
                f"The model {name!r} is no cross-encoder: it was not trained to score pairs of texts. {_REMEDY}"
            )
        return cls(model)

    def rerank(self, question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Put the best evidence in the order of the model's scores.

        These are brought to the mean and the spread of the scores that they replace, so that scores mean as much to a
        composer as before, and a source's prior weighs as much.

        Args:
            question: The question.
            evidence: Scored sentences, best first.

        Returns:
            All of it, best first, what retracted documents say after all else.
        """
        best, rest = evidence[:BEST], evidence[BEST:]
        if not best:
            return []
        priors = np.array([prior(found.document) for found in best])
        former = np.array([found.score for found in best]) - priors
        read = [f"{found.document.record.title} {found.text}".strip() for found in best]
        scores = former.mean() + former.std() * standardised(self._scores(question.query, read)) + priors
        reranked = [replace(found, score=float(score)) for found, score in zip(best, scores, strict=True)]
        return sorted((*reranked, *rest), key=lambda found: (found.document.retracted, -found.score))

    def _scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Score texts for a query: the model's bare output, since a sigmoid makes all good ones alike."""
        pairs = [(query, text) for text in texts]
        # Its tokenizer is not safe across threads.
        with self._lock:
            scores = self._model.predict(pairs, activation_fn=lambda output: output, show_progress_bar=False)
        return np.asarray(scores, dtype=np.float64)


_REMEDY = (
    "Set LOCCIT_RERANKER to the folder or hub name of a sentence-transformers cross-encoder for reranking, or leave it "
    "unset."
)
# What the classes of models that score a whole input are called.
_SCORING = "ForSequenceClassification"


def _load(name: str) -> CrossEncoder:
    # Taken for a name on the hub, a folder that is not there would be called misspelt.
    if Path(name).is_absolute() and not Path(name).is_dir():
        raise RerankingError(
            f"The reranking model {name!r} cannot be loaded: there is no such folder. {_REMEDY}"
        )
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as transformers_logging

    # Bars and warnings of loading would stand among what the command itself says; what is wrong is told below.
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        model: CrossEncoder = CrossEncoder(name)
    # Configuration, tokenizer and weights are read by a library each, which fails in its own way.
    except Exception as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__
        raise RerankingError(f"The reranking model {name!r} cannot be loaded: {reason}. {_REMEDY}") from error
    return model


def _is_trained(model: CrossEncoder) -> bool:
    """Tell whether the scores come with the model: to a bare transformer the package adds random ones, unasked."""
    architectures = model.config.architectures if model.config else None
    return len(model) > 1 or any(name.endswith(_SCORING) for name in architectures or ())
