"""Lets several quotes decide together, over a claim as a whole and over its parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answer import Verdict
from assistant.verification.judgement import Alignment, Judgement
from assistant.verification.text.language import english
from assistant.verification.text.reading import Reading

# A quote that contradicts outweighs one that supports only if it is nearer by so much.
CLEARLY_NEARER = 0.15
# A part of a claim shorter than this, in content words, is judged with the rest.
SHORTEST_PART = 3
# A quote that says part of a claim outweighs one that contradicts if it is nearer by so much.
MUCH_NEARER = 0.2


def together(alignments: Sequence[Alignment]) -> Judgement:
    """Let the strongest quote decide; where quotes speak for and against, both are kept."""
    for_, against, part = (
        sorted(
            (i for i, a in enumerate(alignments) if a.verdict is verdict), key=lambda i: -alignments[i].score
        )
        for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.PARTIAL)
    )
    if for_ and not (against and alignments[against[0]].score > alignments[for_[0]].score + CLEARLY_NEARER):
        reasons = alignments[for_[0]].reasons
        return Judgement(Verdict.SUPPORTED, reasons, (*for_, *against), tuple(alignments))
    if against and not (part and _outweighs(alignments[part[0]], alignments[against[0]])):
        return Judgement(
            Verdict.CONTRADICTED, alignments[against[0]].reasons, (*against, *for_), tuple(alignments)
        )
    if part:
        return Judgement(Verdict.PARTIAL, alignments[part[0]].reasons, tuple(part), tuple(alignments))
    return Judgement(Verdict.NOT_FOUND, ("Nothing that was found speaks of this.",), (), tuple(alignments))


def by_parts(parts: Sequence[str], judged: Sequence[Judgement], whole: Judgement) -> Judgement:
    """Support a claim whose every part is supported by some quote; contradict one with a part that is contradicted.

    Args:
        parts: The claim's clauses.
        judged: What the quotes say of each.
        whole: What they say of the claim as a whole, if no better is to be had.
    """
    verdicts = {judgement.verdict for judgement in judged}
    deciding = tuple(dict.fromkeys(index for judgement in judged for index in judgement.deciding))
    if verdicts == {Verdict.SUPPORTED}:
        reasons = ("Each part of the claim is supported.",)
        return Judgement(Verdict.SUPPORTED, reasons, deciding, _best(judged, whole))
    if Verdict.CONTRADICTED in verdicts:
        against = next(judgement for judgement in judged if judgement.verdict is Verdict.CONTRADICTED)
        return Judgement(Verdict.CONTRADICTED, against.reasons, against.deciding, _best(judged, whole))
    if whole.verdict is Verdict.NOT_FOUND and Verdict.SUPPORTED in verdicts:
        return Judgement(Verdict.PARTIAL, (_half(parts, judged),), deciding, _best(judged, whole))
    return whole


def parts_of(reading: Reading) -> list[str]:
    """Cut a claim into clauses that can be judged alone; a short one stays with the one before."""
    small, verbs = english().stop_words, english().verbs
    bounds: list[tuple[int, int]] = []
    for _, group in groupby(reading.tokens, key=lambda token: token.clause):
        tokens = [token for token in group if token.is_word]
        if not tokens:
            continue
        content = sum(token.low not in small for token in tokens)
        verb = any(token.low in verbs or token.low.endswith("ed") for token in tokens)
        if bounds and (content < SHORTEST_PART or not verb):
            bounds[-1] = (bounds[-1][0], tokens[-1].end)
        else:
            bounds.append((tokens[0].start, tokens[-1].end))
    if len(bounds) > 1 and len(reading.text[slice(*bounds[0])].split()) < SHORTEST_PART:
        bounds[:2] = [(bounds[0][0], bounds[1][1])]
    return [reading.text[start:end] for start, end in bounds]


def _outweighs(part: Alignment, against: Alignment) -> bool:
    """Tell whether a quote that says part of a claim outweighs one that contradicts it.

    One that lacks a number or a name of the claim has nothing to say against another number or name.
    """
    return part.score > against.score + MUCH_NEARER and not part.vetoed


def _best(judged: Sequence[Judgement], whole: Judgement) -> tuple[Alignment, ...]:
    """Give for each quote how it stands to the part that it speaks to most."""
    order = [Verdict.CONTRADICTED, Verdict.SUPPORTED, Verdict.PARTIAL, Verdict.NOT_FOUND]
    return tuple(
        min(
            (judgement.alignments[index] for judgement in (*judged, whole)),
            key=lambda a: order.index(a.verdict),
        )
        for index in range(len(whole.alignments))
    )


def _half(parts: Sequence[str], judged: Sequence[Judgement]) -> str:
    lacking = [
        part
        for part, judgement in zip(parts, judged, strict=True)
        if judgement.verdict is not Verdict.SUPPORTED
    ]
    return f"Only part of the claim is supported; not this: “{lacking[0]}”."
