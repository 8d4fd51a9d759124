"""Tells which side of a yes/no question a statement takes, by the verifier's rules; a wrong side is worse than none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.answer import Stance, Verdict
from assistant.composing.asserting import asserted
from assistant.composing.draft import DraftStatement
from assistant.composing.effects import Effect, Way, effects
from assistant.evidence import Evidence
from assistant.verification import judge
from assistant.verification.text.denials import VEILING
from assistant.verification.text.language import alike, english, stem
from assistant.verification.text.parsing import parse

MOST_ADDED = 2
_STANCES = {Verdict.SUPPORTED: Stance.FOR, Verdict.CONTRADICTED: Stance.AGAINST}
# They join cause and effect, or say that there is something: a sentence may do without them.
_JOINING = frozenset(
    map(
        stem,
        (
            "cause make lead produce induce have get occur give use come there anyone anybody still ever really"
        ).split(),
    )
)
# "against leukaemia", "at risk of relapse" take nothing back.
_JOINING_NOUNS = frozenset({"against", "risk"})


def stances(question: str, statements: Sequence[DraftStatement]) -> list[Stance]:
    """Tell for each statement which side it takes.

    Args:
        question: A question that yes or no answers, self-contained.
        statements: The statements of an answer.
    """
    claim = asserted(question)
    if claim is None:
        return [Stance.NEITHER] * len(statements)
    return [stance_of(claim, statement.evidence[0]) for statement in statements]


def missing_side(
    question: str, statements: Sequence[DraftStatement], candidates: Sequence[Evidence]
) -> list[DraftStatement]:
    """Find what speaks for the side of a question that no statement takes, where one takes the other.

    Args:
        question: A question that yes or no answers, self-contained.
        statements: The chosen statements.
        candidates: Further evidence, best first.

    Returns:
        A statement or two, of different documents; none if both sides are taken, or neither.
    """
    taken = set(stances(question, statements)) - {Stance.NEITHER}
    claim = asserted(question)
    if claim is None or len(taken) != 1:
        return []
    missing = Stance.AGAINST if Stance.FOR in taken else Stance.FOR
    found: dict[str, DraftStatement] = {}
    for candidate in candidates:
        if candidate.document.id not in found and stance_of(claim, candidate) is missing:
            found[candidate.document.id] = DraftStatement(candidate.text, (candidate,))
            if len(found) == MOST_ADDED:
                break
    return list(found.values())


def stance_of(claim: str, evidence: Evidence) -> Stance:
    """Tell which side of a claim a sentence takes.

    If the claim says which way something goes ("killing is lower after freezing"), what the sentence says of that
    decides; else the verifier's judgement, where the sentence speaks of all that the claim is about. One "yes" too many
    misleads more than one too few: what is denied, or only rare, never speaks for a claim.
    """
    return _stance(claim, evidence.text, evidence.document.record.title)


@lru_cache(maxsize=1024)
def _stance(claim: str, text: str, title: str) -> Stance:
    if effects(claim):
        return _by_effect(claim, text)
    if not _speaks_of_all(claim, text, title):
        return Stance.NEITHER
    stance = _STANCES.get(judge(claim, [text]).verdict, Stance.NEITHER)
    return Stance.NEITHER if stance is Stance.FOR and _takes_back(claim, text) else stance


def _speaks_of_all(claim: str, text: str, title: str) -> bool:
    """Tell whether a sentence has every telling word of a claim, or its opposite; a name may stand in the title."""
    claimed, said, titled = parse(claim), parse(text), parse(title)
    aside = english().pale_words | _JOINING
    turned = {direction.name for turn in said.turns for direction in turn.directions}
    for index in claimed.content:
        token = claimed.reading.tokens[index]
        if token.stem in aside or any(alike(token.stem, other) for other in said.reading.stems):
            continue
        named = any(name.start <= token.start < name.end for name in claimed.names)
        opposite = any(direction.name in turned for direction in english().directions.get(token.low, ()))
        if not opposite and not (named and token.stem in titled.reading.stems):
            return False
    return True


def _takes_back(claim: str, text: str) -> bool:
    """Tell whether a sentence denies, or calls rare, something that the claim is about."""
    claimed, said = parse(claim), parse(text)
    if claimed.denials:
        return False
    words = claimed.reading.stems
    if any(
        token.low in VEILING - _JOINING_NOUNS and token.stem not in words for token in said.reading.tokens
    ):
        return True
    telling = {claimed.reading.tokens[index].stem for index in claimed.content}
    denied = {said.reading.tokens[denial.cue].clause for denial in said.denials}
    return any(
        token.clause in denied and any(alike(token.stem, other) for other in telling)
        for token in said.reading.tokens
        if token.is_word
    )


def _by_effect(claim: str, text: str) -> Stance:
    """Compare which way claim and sentence say that one thing goes, from one cause."""
    found = {
        _compared(claimed, said)
        for claimed in effects(claim)
        for said in effects(text)
        if claimed.shares(said) and _one_cause(claim, claimed, said)
    }
    return found.pop() if len(found) == 1 else Stance.NEITHER


def _one_cause(claim: str, claimed: Effect, said: Effect) -> bool:
    """Tell whether the sentence names what the claim says brings it about."""
    outcome = set(claimed.outcomes)
    causes = claimed.causes or {stem for stem in parse(claim).content_stems if stem not in outcome}
    return any(alike(a, b) for a in causes for b in said.causes)


def _compared(claimed: Effect, said: Effect) -> Stance:
    kept = {Way.UNCHANGED, Way.UP} if claimed.way is Way.UNCHANGED else {claimed.way}
    return Stance.FOR if said.way in kept else Stance.AGAINST
