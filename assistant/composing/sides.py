"""Tells which side of a yes/no question a statement takes, by the verifier's rules; a wrong side is worse than none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answer import Stance, Verdict
from assistant.composing.asserting import asserted
from assistant.composing.draft import DraftStatement
from assistant.composing.effects import Effect, Way, effects, is_restricted
from assistant.evidence import Evidence
from assistant.verification import judge
from assistant.verification.text.denials import VEILING
from assistant.verification.text.language import alike, english, stem
from assistant.verification.text.parsing import parse

MOST_ADDED = 2
# Share of the best score: further down a sentence has the words of a claim for other reasons.
LEAST_NEAR = 0.3
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
# Their stems are those of pale words, but whether something is effective is what is asked: no sentence may do without.
_JUDGING = ("useful", "useless", "effectiv", "ineffectiv", "severe", "significant")
_UNIVERSAL = re.compile(
    r"\b(?:every|all|each|always|everyone|everybody|everything|only|any)\b", re.IGNORECASE
)
# "Is there a downside?" claims too little for a sentence to be held against it.
LEAST_CLAIMED = 2
# "It is named for the one; for the other it is not": what is denied is whatever was said before.
_ELLIPTIC = re.compile(r"\b(?:is|are|was|were) not\s*(?=[.;,]|$)", re.IGNORECASE)
# What a sentence sets its finding against is not what it finds: "…, which contrasts with reports of damage".
_SET_AGAINST = re.compile(
    r",?\s*(?:\b(?:which|that|and)\s+)?\b(?:(?:contrasts?|conflicts?|contrasting|conflicting|disagrees?|in contrast"
    r"|at odds|inconsistent) (?:with|to)|contrary to|as opposed to|unlike|rather than|instead of)\b[^,;.]*",
    re.IGNORECASE,
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
    """Find what speaks for the sides of a question that no statement takes.

    Args:
        question: A question that yes or no answers, self-contained.
        statements: The chosen statements.
        candidates: Further evidence, best first.

    Returns:
        A statement or two for each, of different documents; none if both sides are taken.
    """
    claim = asserted(question)
    missing = {Stance.FOR, Stance.AGAINST} - set(stances(question, statements))
    if claim is None or not missing:
        return []
    found: dict[Stance, dict[str, DraftStatement]] = {stance: {} for stance in missing}
    best = max((candidate.score for candidate in candidates), default=0.0)
    for candidate in candidates:
        if candidate.score < LEAST_NEAR * best:
            continue
        of_side = found.get(stance_of(claim, candidate))
        if of_side is not None and len(of_side) < MOST_ADDED:
            of_side.setdefault(candidate.document.id, DraftStatement(candidate.text, (candidate,)))
    return [statement for of_side in found.values() for statement in of_side.values()]


def stance_of(claim: str, evidence: Evidence) -> Stance:
    """Tell which side of a claim a sentence takes.

    If the claim says which way something goes ("killing is lower after freezing"), what the sentence says of that
    decides; else the verifier's judgement, where the sentence speaks of all that the claim is about. One "yes" too many
    misleads more than one too few: what is denied, or only rare, never speaks for a claim.
    """
    return _stance(claim, evidence.text, evidence.document.record.title)


@lru_cache(maxsize=1024)
def _stance(claim: str, text: str, title: str) -> Stance:
    text = _SET_AGAINST.sub("", text)
    if effects(claim):
        return _by_effect(claim, text)
    if is_restricted(text) or not _speaks_of_all(claim, text, title):
        return Stance.NEITHER
    stance = _STANCES.get(judge(claim, [text]).verdict, Stance.NEITHER)
    if stance is Stance.FOR and (_takes_back(claim, text) or _is_one_case(claim, text)):
        return Stance.NEITHER
    return Stance.NEITHER if stance is Stance.AGAINST and _ELLIPTIC.search(text) else stance


def _speaks_of_all(claim: str, text: str, title: str) -> bool:
    """Tell whether a sentence has every telling word of a claim, or its opposite; a name may stand in the title."""
    claimed, said, titled = parse(claim), parse(text), parse(title)
    aside = english().pale_words | _JOINING
    if sum(claimed.reading.tokens[i].stem not in aside for i in claimed.content) < LEAST_CLAIMED:
        return False
    turned = {direction.name for turn in said.turns for direction in turn.directions}
    for index in claimed.content:
        token = claimed.reading.tokens[index]
        if judged := next((word for word in _JUDGING if token.low.startswith(word)), None):
            if not any(other.low.startswith(judged) for other in said.reading.tokens):
                return False
            continue
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


def _is_one_case(claim: str, text: str) -> bool:
    """Tell whether a claim is made of all, and the sentence is not: "Is every receptor a brake?"."""
    return _UNIVERSAL.search(claim) is not None and _UNIVERSAL.search(text) is None


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
