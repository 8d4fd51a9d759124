"""Put "not" to the verb of a sentence's main clause, or take a negation away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.perturbing.wording import put, wording

_PARTICIPLE = (
    r"(?= (?:\w+ly )?(?:\w+ed|been|shown|become|led|grown|found|given|made|taken|arisen|had|begun|kept)\b)"
)
_AUXILIARY = re.compile(
    rf"\b(?<!to )(?:(?:is|are|was|were|can|could|will|would|should|must)\b(?! to\b)|(?:has|have|had)\b{_PARTICIPLE})"
)
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whose|where|when|because|although|though|while|whereas|if|as|since|so|than|once|unless|"
    r"until|whether)\b",
    re.IGNORECASE,
)
# "Some were treated" and "some were not" are both true, and so they are of two.
_PART = re.compile(
    r"\b(?:some|several|many|most|few|often|frequently|sometimes|usually|generally|rarely|seldom|only|partly|mainly|"
    r"mostly|primarily|either|any|not|no|never|nor|neither|without|cannot|none|another|a number of|little|may|might|"
    r"the (?:more|less|worse|longer|higher))\b|^(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|\d+ )",
    re.IGNORECASE,
)
_COMPARED = r"(?!longer|more|less|fewer|later|other|one\b)"
_NEGATIONS = (
    (
        re.compile(
            r"\b(is|are|was|were|has|have|had|could|can|will|would|should|must|did|do|does) not (?!only\b)"
        ),
        r"\1 ",
    ),
    (re.compile(r"\bcannot (?!only\b)"), "can "),
    (re.compile(r"(?<!or )\bwithout (?!which\b)"), "with "),
    (re.compile(rf"^No {_COMPARED}"), ""),
    (
        re.compile(
            rf"\b(is|are|was|were|saw|had|have|has|caused|showed|with|brought|need|of) no {_COMPARED}"
        ),
        r"\1 ",
    ),
    (re.compile(r"\bnone (?=was|were|had|is|are)"), "some "),
    (re.compile(r"\bnever (?!again)"), ""),
)
_NEW_CLAUSE = re.compile(
    r"[,;]|\b(?:and|but|or|that|which|who|where|when|because|although|though|while|as|than|so|if)\b"
)
# Before a verb of its own stands its subject, not what goes with a participle: "the 12 treated patients".
_SUBJECT = (
    r"\b(?!(?:the|a|an|of|with|by|and|or|in|to|from|for|be|been|is|are|was|were|has|have|had|having|not|both|who|that|which|"
    r"where|when)\b)(?P<subject>[A-Za-z][\w+-]*\)?)"
)
_NO_PARTICIPLE = r"(?! (?:by|from|with|using|on|under|against|as)\b)"


@dataclass(frozen=True, slots=True)
class Turned:
    """A sentence that says the contrary, and the words that make it do so."""

    text: str
    was: str
    now: str


def without_negation(text: str) -> Turned | None:
    """Take a negation of the main clause away, if it has one."""
    for pattern, template in _NEGATIONS:
        match = pattern.search(text)
        if match is not None and not _SUBORDINATE.search(text[: match.start()]):
            now = match.expand(template)
            return Turned(put(text, match.start(), match.end(), now), match[0].strip(), now.strip())
    return None


def with_negation(text: str) -> Turned | None:
    """Negate the main clause, unless it speaks of a part of something only: then both may be true."""
    auxiliary = _AUXILIARY.search(text)
    verb, negated = next(iter(sorted(_bare_verbs(text), key=_place)), (None, ""))
    if auxiliary is not None and (
        verb is None or auxiliary.start() < verb.start() or _belongs(text, verb, auxiliary)
    ):
        verb, negated = auxiliary, "cannot" if auxiliary[0] == "can" else f"{auxiliary[0]} not"
    if verb is None or not _is_main(text, verb.start()):
        return None
    return Turned(put(text, verb.start(), verb.end(), negated), verb[0], negated)


def _place(found: tuple[re.Match[str], str]) -> int:
    return found[0].start()


def _belongs(text: str, participle: re.Match[str], auxiliary: re.Match[str]) -> bool:
    """Tell whether no new clause begins between: then the first is no verb of its own ("cells kept cold are dead")."""
    return _NEW_CLAUSE.search(text[participle.end() : auxiliary.start()]) is None


def _bare_verbs(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Find verbs without an auxiliary, each with its negated form."""
    for pattern, template in _negatable():
        if match := pattern.search(text):
            yield match, match.expand(template)


@cache
def _negatable() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give each verb's forms in the places where they are verbs, with templates of what negates them."""
    found: list[tuple[str, str]] = []
    for verb in wording().verbs:
        found.append((rf"(?<=[a-rt-z]s ){verb.base}\b", f"do not {verb.base}"))
        if verb.third:
            found.append((rf"(?<=[a-z\d)] ){verb.third}\b", f"does not {verb.base}"))
        if verb.past:
            found.append((rf"{_SUBJECT} {verb.past}\b{_NO_PARTICIPLE}", rf"\g<subject> did not {verb.base}"))
    return tuple((re.compile(pattern), template) for pattern, template in found)


def _is_main(text: str, start: int) -> bool:
    before = text[:start]
    return _SUBORDINATE.search(before) is None and _PART.search(text[: start + 20]) is None
