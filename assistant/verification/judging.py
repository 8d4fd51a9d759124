"""Judges a claim by quotes: each quote by the rules, then all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Verdict
from assistant.verification.aligning import align
from assistant.verification.comparing.meeting import Weight
from assistant.verification.entailment import Entailing, with_model
from assistant.verification.judgement import Evidence, Judgement
from assistant.verification.text.parsing import parse
from assistant.verification.together import by_parts, parts_of, together

if TYPE_CHECKING:
    from assistant.verification.meaning import Meaning

# Below this nearness no quote says even a part of a claim.
FAINT = 0.2


def verify(statement: str, quotes: Sequence[str]) -> Verdict:
    """Judge a statement by the quotes it cites.

    Args:
        statement: What is said.
        quotes: The cited words, reference marks left out.
    """
    return judge(statement, quotes).verdict


def judge(
    claim: str,
    quotes: Sequence[str | Evidence],
    *,
    weight: Weight | None = None,
    synonyms: Mapping[str, Sequence[str]] | None = None,
    entailment: Entailing | None = None,
    meaning: Meaning | None = None,
) -> Judgement:
    """Judge a claim by quotes.

    With an entailment model, rules on numbers and names keep a veto on "supported" and may contradict; all else is the
    model's to decide (see `entailment.decided`). Without one, meaning supports what is said in other words, where no
    rule objects (see `meaning.meaning.decided`).

    Args:
        claim: What is said.
        quotes: What it is judged by.
        weight: How much a stem says, about 1; rare stems more. All alike if left out.
        synonyms: Long forms by their abbreviation.
        entailment: Reads quotes and claims as a person would: an entailment model, or a language model.
        meaning: The sentences that were found for the same question, as a measure for what is said in other words.
    """
    evidence = [quote if isinstance(quote, Evidence) else Evidence(quote) for quote in quotes]
    alignments = tuple(align(claim, quote, weight, synonyms) for quote in evidence)
    if entailment:
        alignments = with_model(claim, evidence, alignments, entailment)
    elif meaning:
        alignments = meaning.judged(claim, evidence, alignments, synonyms)
    whole = together(alignments)
    parts = parts_of(parse(claim).reading)
    if (
        entailment
        or whole.verdict in {Verdict.SUPPORTED, Verdict.CONTRADICTED}
        or max((alignment.score for alignment in alignments), default=0.0) < FAINT
        or len(parts) == 1
    ):
        return whole
    # The cosine is that of the whole claim: it says nothing of a part.
    bare = [replace(quote, similarity=None) for quote in evidence]
    judged = [together([align(part, quote, weight, synonyms) for quote in bare]) for part in parts]
    apart = by_parts(parts, judged, whole)
    # Of a single quote, meaning has told whether it says the whole.
    told = meaning is not None and len(evidence) == 1
    return whole if told and apart.verdict is Verdict.SUPPORTED else apart
