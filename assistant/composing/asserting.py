"""Turns a yes/no question into the claim that "yes" would make."""

from __future__ import annotations

import re

from assistant.verification.text.language import english

_AUXILIARY = r"is|are|was|were|am|do|does|did|can|could|has|have|had|will|would|should|may|might|must|shall"
_DOING = frozenset("do does did".split())
_PREFACE = re.compile(
    r"^(?:(?:so|and|but|well|ok|okay|hi|hello|hey|please|reviews? only please)\b[\s,:]*"
    r"|(?:do|does) (?:you|anyone|we) know (?:if|whether)\s+|(?:can|could) you (?:tell|say) (?:me )?(?:if|whether)\s+"
    r"|(?:i wonder|tell me|say) (?:if|whether)\s+|is it (?:true|correct|so|the case) that\s+"
    r"|is there (?:any )?(?:evidence|proof|data) (?:that|for)\s+)+",
    re.IGNORECASE,
)
# After "is it true that" the claim stands as it is.
_INDIRECT = re.compile(r"\b(?:if|whether|that)\s*$", re.IGNORECASE)
_TAG = re.compile(
    rf"[,;–-]\s*(?:(?:{_AUXILIARY})(?:n['’]t)?\s+(?:it|they|he|she|we|you|there|one)(?:\s+not)?"
    r"|right|correct|no|yes|or not)\s*$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"(?P<auxiliary>{_AUXILIARY})(?P<negated>n['’]t)?\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)
_EXISTENCE = re.compile(r"(?:there\s+)?(?:any|an?)\s+(?P<what>.+)", re.IGNORECASE | re.DOTALL)
_DENYING = re.compile(r"\b(?:not|never|no longer)\b", re.IGNORECASE)
_TURNED_ROUND = re.compile(r"(?P<said>[^,]+),\s*(?P<subject>[^,]{1,60})")
_ALTERNATIVE = re.compile(r"\s*,?\s+or (?:not|no)\s*$", re.IGNORECASE)


def asserted(question: str) -> str | None:
    """Give the claim that "yes" makes in answer to a question.

    "Can NK cells be frozen?" claims "NK cells can be frozen"; "Don't they need matching?" claims that they do. Where
    the subject's end is unsure the auxiliary is left out: what is claimed stays the same.

    Args:
        question: A question that yes or no answers, self-contained.

    Returns:
        The claim, or None where it is unsure what "yes" would mean: "Are they not toxic?".
    """
    whole = " ".join(question.split()).rstrip("?!. ")
    text = _ALTERNATIVE.sub("", _PREFACE.sub("", whole))
    untagged = _TAG.sub("", text)
    if untagged != text:
        return untagged.strip() or None
    opening = _OPENING.fullmatch(text)
    if opening is None:
        return text if _INDIRECT.search(whole[: len(whole) - len(text)]) else _terse(text)
    auxiliary, rest = opening["auxiliary"].lower(), opening["rest"]
    if _DENYING.search(rest):
        return None
    if existence := re.fullmatch(r"there\s+(?P<what>.+)", rest, re.IGNORECASE):
        return f"there {auxiliary} {existence['what']}"
    return rest if auxiliary in _DOING else _with_auxiliary(auxiliary, rest)


def _terse(text: str) -> str | None:
    """Read a question without its verb: "any brain swelling?", "irradiated before infusion, NK-92?"."""
    if existence := _EXISTENCE.fullmatch(text):
        return f"there was {existence['what']}"
    turned = _TURNED_ROUND.fullmatch(text)
    if turned and re.match(r"\w+ed\b|\w+en\b", turned["said"]):
        return f"{turned['subject']} {turned['said']}"
    return None


def _with_auxiliary(auxiliary: str, rest: str) -> str:
    """Put the auxiliary after the subject, which ends before the first word that is surely a verb or participle."""
    words = rest.split(" ")
    for place, word in enumerate(words[1:], start=1):
        low = word.lower().strip(",")
        if low in english().verbs | {"be", "have", "still", "ever"} or re.fullmatch(
            r"[a-z]{3,}(?:ed|en|ing)", low
        ):
            return " ".join((*words[:place], auxiliary, *words[place:]))
    return rest
