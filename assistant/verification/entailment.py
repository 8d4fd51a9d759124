"""A reader of quotes and claims, where one is set: does the quote entail the claim, contradict it, or neither?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, Self

from assistant.answer import Verdict
from assistant.verification.judgement import Alignment, Evidence
from corpus.errors import LoccitError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_LABELS = ("entailment", "contradiction", "neutral")


# Nearness or cosine from which the entailment model is asked; its probability from which it decides.
WORTH_ASKING = 0.4
LIKELY = 0.5
_FOR = "{reader} reads the source as saying so."
_AGAINST = "{reader} reads the source as saying the contrary."
_UNSURE = "{reader} does not find that the source says so."


class EntailmentError(LoccitError):
    """The entailment model cannot be loaded, or is none."""


@dataclass(frozen=True, slots=True)
class Entailed:
    """How likely a quote entails and contradicts a claim; the rest is neither."""

    entailment: float
    contradiction: float


class Entailing(Protocol):
    """A reader of quotes and claims.

    Attributes:
        reader: What it is called, as a sentence about it begins.
        method: How verdicts are reached with it, for the reader.
        most: How many quotes of a claim it is asked of, the nearest; None for all.
    """

    reader: str
    method: str
    most: int | None

    def judge(self, claim: str, quotes: Sequence[Evidence]) -> Sequence[Entailed | None]:
        """Tell for each quote how it stands to a claim; None where it has nothing to say."""
        ...


class Entailment:
    """A cross-encoder with the labels entailment, contradiction and neutral."""

    reader = "The entailment model"
    most: int | None = None

    def __init__(self, name: str, model: CrossEncoder, places: tuple[int, int]) -> None:
        """Judge with a loaded model, whose labels entailment and contradiction stand at `places`."""
        self._model = model
        self._places = places
        self.method = f"Numbers and names compared by rule, the rest by the entailment model {name}."

    @classmethod
    def load(cls, name: str) -> Self:
        """Load a model.

        Args:
            name: A folder, or a name on the hub.

        Raises:
            EntailmentError: If there is no such model, or its labels are others.
        """
        from sentence_transformers import CrossEncoder

        try:
            model = CrossEncoder(name)
        except (OSError, ValueError, KeyError) as error:
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise EntailmentError(
                f"The entailment model {name!r} cannot be loaded: {reason}. Set LOCCIT_NLI_MODEL to the folder or "
                "hub name of a sentence-transformers cross-encoder, or leave it unset."
            ) from error
        labels = {str(label).lower(): int(place) for place, label in model.config.id2label.items()}
        if not set(_LABELS) <= set(labels):
            raise EntailmentError(
                f"The model {name!r} judges {', '.join(sorted(labels))}, not {', '.join(_LABELS)}. Set "
                "LOCCIT_NLI_MODEL to a cross-encoder for natural-language inference, or leave it unset."
            )
        return cls(name, model, (labels["entailment"], labels["contradiction"]))

    def judge(self, claim: str, quotes: Sequence[Evidence]) -> list[Entailed]:
        """Tell for each quote how it stands to a claim."""
        if not quotes:
            return []
        scores = self._model.predict([(quote.text, claim) for quote in quotes], apply_softmax=True)
        entailing, contradicting = self._places
        return [Entailed(float(row[entailing]), float(row[contradicting])) for row in scores]


def with_model(
    claim: str, evidence: Sequence[Evidence], alignments: Sequence[Alignment], entailment: Entailing
) -> tuple[Alignment, ...]:
    """Let the model judge every quote that may be about the claim at all and that rules do not settle.

    A quote without a cosine was not found by one, but named by whoever made the claim.
    """
    worth = [
        i
        for i, (quote, a) in enumerate(zip(evidence, alignments, strict=True))
        if not is_settled(a)
        and (a.score >= WORTH_ASKING or quote.similarity is None or quote.similarity >= WORTH_ASKING)
    ]
    nearest = sorted(worth, key=lambda i: -max(alignments[i].score, evidence[i].similarity or 0.0))
    asked = nearest[: entailment.most]
    answers = entailment.judge(claim, [evidence[i] for i in asked])
    judged = {
        i: decided(alignments[i], answer, entailment.reader)
        for i, answer in zip(asked, answers, strict=True)
        if answer is not None
    }
    return tuple(judged.get(i, alignment) for i, alignment in enumerate(alignments))


def is_settled(alignment: Alignment) -> bool:
    """Tell whether no reading changes a verdict: a claim stands there word for word, or with another number or name."""
    literal = alignment.verdict is Verdict.SUPPORTED and alignment.score == 1.0 and not alignment.marks
    return literal or (alignment.verdict is Verdict.CONTRADICTED and alignment.vetoed)


def decided(alignment: Alignment, answer: Entailed, reader: str = Entailment.reader) -> Alignment:
    """Combine the rules' verdict with the model's.

    A quote that says the claim word for word supports it, and one with another number or name contradicts it, whatever
    the model thinks. Otherwise contradiction or entailment, if likelier than not, is the verdict; but entailment
    supports only in part where a number or a name of the claim is missing. Where the model sees neither, rules alone do
    not support.

    Args:
        alignment: What the rules make of a quote.
        answer: What the model makes of it.
        reader: What the model is called.
    """
    if is_settled(alignment):
        return alignment
    if answer.contradiction > LIKELY:
        return replace(
            alignment,
            verdict=Verdict.CONTRADICTED,
            score=answer.contradiction,
            reasons=(_AGAINST.format(reader=reader),),
        )
    if answer.entailment > LIKELY:
        if alignment.vetoed:
            return replace(alignment, verdict=Verdict.PARTIAL, score=answer.entailment)
        reasons = (_FOR.format(reader=reader),)
        return replace(alignment, verdict=Verdict.SUPPORTED, score=answer.entailment, reasons=reasons)
    if alignment.verdict in {Verdict.SUPPORTED, Verdict.CONTRADICTED}:
        return replace(alignment, verdict=Verdict.PARTIAL, reasons=(_UNSURE.format(reader=reader),))
    return alignment
