"""Reads comparisons from what a question names, however it is put: like things, and a word that compares them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.background import Background
from assistant.question.entities import Entity, Sort, entities_in
from assistant.question.pairing import compared_among
from assistant.question.subjects import Compared, aspects_of, comparison_of
from assistant.words import words

_IN_RESPECT = re.compile(
    r",?\s+(?:in\s+terms\s+of|with\s+(?:regard|respect)\s+to|regarding|concerning|when\s+it\s+comes\s+to)\s+(?P<said>.+)",
    re.IGNORECASE,
)
_SET_OFF = re.compile(r"\s*[:,]\s+|\s+[-–—]+\s+")
_FOLLOWING = re.compile(r"\s+(?:in|on|for|regarding)\s+(?P<said>[^,;:?]+)", re.IGNORECASE)
_ASKED_OF = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have)\s+(?P<said>[a-z][\w\s-]{2,50}?)"
    r"(?:\s+(?:more|less)\s+\w+|\s+\w{3,}er|\s+(?:any\s+)?(?:better|worse|equally))?\s+(?:in|with|of|for|after|on|under)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:.*\b(?:from|in|of)\s+(?:the\s+)?)?\Z", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|can['’]t|could|will|would|has|have|had|it|they|I|we|you)\b(?!-)"
)
_GOES_ON = re.compile(r"(?:both|and|or|but|which)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:what|how)\s+about\s+(?=\S)", re.IGNORECASE)
_SHORT = 3
# They belong to the name that they follow.
_HEAD = re.compile(r"(?:cells?|therap(?:y|ies)|products?|treatments?|trials?|stud(?:y|ies))\b", re.IGNORECASE)


def related(text: str, background: Background) -> Compared | None:
    """Read what a question compares from the things that it names; None if it sets none in relation.

    Args:
        text: A question, of a length that patterns can bear.
        background: What the library knows.
    """
    text = text.strip().rstrip("?!. ")
    entities = entities_in(text, background)
    group = compared_among(entities, text)
    return comparison_of([one.name for one in group], _aspects(text, group, entities)) if group else None


def is_clause(subject: str) -> bool:
    """Tell a clause that was taken for a name: "it is with axi-cel", "I can't decide between cilta-cel"."""
    return _CLAUSE.search(subject) is not None


def lays_out_nothing(found: Compared, background: Background) -> bool:
    """Tell whether a comparison has a subject of plain words, in which nothing is named, not even by a term: "killing".

    Args:
        found: What was read from how a question is put.
        background: What the library knows.
    """
    return any(
        not entities_in(subject, background) and background.familiar_english.issuperset(words(subject))
        for subject in found.subjects
    )


def are_names(found: Compared, background: Background) -> bool:
    """Tell whether each subject of a comparison has a name in it, rather than terms alone."""
    named = (entities_in(subject, background) for subject in found.subjects)
    return all(any(one.sort is not Sort.TERM for one in entities) for entities in named)


def trimmed(found: Compared, background: Background) -> Compared:
    """Part the names of a comparison from words that only stand beside them: "axi-cel response rates".

    Args:
        found: What was read from how a question is put.
        background: What the library knows.
    """
    named = [entities_in(subject, background) for subject in found.subjects]
    subjects, others = _without_works(found.subjects, named), list(found.aspects)
    tails = [_tail(subject, entities) for subject, entities in zip(subjects, named, strict=True)]
    last = next((place for place, tail in enumerate(tails) if tail), None)
    if last and last < len(subjects) - 1 and _is_apart(named, last):
        others += subjects[last + 1 :]
        subjects, tails = subjects[: last + 1], tails[: last + 1]
    cut = _beside(tails)
    if any(cut):
        subjects = [subject.removesuffix(part).rstrip() for subject, part in zip(subjects, cut, strict=True)]
        others = others if found.aspects else [*aspects_of(" and ".join(filter(None, cut))), *others]
    further = [_ANOTHER.sub("", aspect) for aspect in others if _ANOTHER.match(aspect)]
    others = [aspect for aspect in others if not _ANOTHER.match(aspect)]
    again = comparison_of([*subjects, *further], tuple(dict.fromkeys(others)))
    return again or found


def _beside(tails: Sequence[str | None]) -> list[str]:
    """Give what stands after only some of like names: "patients live", beside "patients", leaves "live"."""
    if None in tails:
        return ["" for _ in tails]
    words = [(tail or "").split() for tail in tails]
    shared = set.intersection(*map(set, words))
    cut = [" ".join(word for word in own if word not in shared) for own in words]
    # One more word may be of the name: "NKG2A knockout".
    return [part if shared or " " in part else "" for part in cut]


def _without_works(subjects: Sequence[str], named: Sequence[Sequence[Entity]]) -> list[str]:
    """Give the trial for "the cells from the trial"."""
    return [
        entities[0].name
        if len(entities) == 1 and entities[0].sort is Sort.WORK and _FROM.match(subject[: entities[0].start])
        else subject
        for subject, entities in zip(subjects, named, strict=True)
    ]


def _tail(subject: str, entities: Sequence[Entity]) -> str | None:
    """Give the plain words after the name that a subject begins with; None if it is put together otherwise."""
    first, *others = entities or (None,)
    if (
        first is None
        or not subject.startswith(first.name)
        or any(one.sort is not Sort.TERM for one in others)
    ):
        return None
    tail = subject[len(first.name) :].strip()
    return tail if tail == tail.lower() and not _HEAD.match(tail) else None


def _is_apart(named: Sequence[Sequence[Entity]], last: int) -> bool:
    """Tell whether what follows the last like name is of another sort: "and QALYs"."""
    first = named[0]
    return bool(first) and not any(first[0].is_kin(one) for rest in named[last + 1 :] for one in rest)


def _aspects(text: str, group: Sequence[Entity], entities: Sequence[Entity]) -> tuple[str, ...]:
    """Read in what respect: what is said to be it, else what is asked of the first, follows the last or is set off."""
    said = _IN_RESPECT.search(text)
    if said:
        return aspects_of(said["said"])
    asked = _ASKED_OF.match(text[: group[0].start])
    if asked:
        return aspects_of(asked["said"]) if len(asked["said"].split()) <= _SHORT else ()
    after = text[group[-1].end :]
    following = _FOLLOWING.match(after) or _SET_OFF.match(after)
    if following is None:
        return ()
    words = (following.groupdict().get("said") or after[following.end() :]).strip()
    is_name = any(one.name == words for one in entities)
    return () if is_name or _GOES_ON.match(words) else aspects_of(words)
