"""Reads comparisons from what a question names, however it is put: like things, and a word that compares them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.question.background import Background
from assistant.question.entities import Entity, Sort, entities_in
from assistant.question.subjects import LEAST_SUBJECTS, MOST_SUBJECTS, Compared, aspects_of, comparison_of

_CONTRASTING = re.compile(
    r"\b(?:(?<!other\s)than|versus|vs\.?|compared?\s+(?:to|with)|relative\s+to|next\s+to|alongside|beside|rather\s+than|"
    r"instead\s+of|as\s+opposed\s+to|in\s+contrast\s+(?:to|with))(?:\s|\Z)",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"\W*\bor\b|\A\s?/\s?\Z", re.IGNORECASE)
_ADDING = re.compile(
    r"\A\W*(?:and|&|with|to|from|against)\b|\A\s*[,/&]\s*(?:and\b)?|\A\W*as\s+\w+\s+as\b", re.IGNORECASE
)
_ENDS = re.compile(r"[.?!;]\s|\s[-–—]+\s")
_COUNTED = re.compile(r"\b\w+\s+than\s+(?:an?\b|one\b|\d)", re.IGNORECASE)
_CHOOSING = re.compile(
    r"\b(?:better|worse|best|worst|safer|cheaper|more|less|fewer|fewest|the\s+(?:most|least)|higher|highest|lower|lowest|longer|"
    r"longest|shorter|shortest|sooner|faster|slower|stronger|weaker|larger|smaller|harder|easier|greater|earlier|later|"
    r"which\s+(?:one|of\s+(?:them|these|the\s+two))|whose|each|both|differ\w*|the\s+same|similar\w*|equal(?:ly)?|same|compar\w+|prefer\w*|instead|rather)\b",
    re.IGNORECASE,
)
_OF_EACH = re.compile(
    r"\b(?:each|respective(?:ly)?|differ(?:s|ed|ences?|ent(?:ly)?)?|compar\w+|the\s+same|similar(?:ly|ity|ities)?|equal(?:ly)?|"
    r"alike|side\s+by\s+side|head[\s-]to[\s-]head|which\s+(?:one|of)|whose)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow\s+(?:much|many|long|often|high|low|fast|large|common|well|likely)\b", re.IGNORECASE
)
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
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?\Z", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:both|and|or|but|which)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:what|how)\s+about\s+(?=\S)", re.IGNORECASE)
_FEW_WORDS = 9
_LEAST_LISTED = 3
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
    for first in range(len(entities) - 1):
        group = _group(entities, first, text)
        if len(group) >= LEAST_SUBJECTS:
            return comparison_of([one.name for one in group], _aspects(text, group, entities))
    return None


def is_clause(subject: str) -> bool:
    """Tell a clause that was taken for a name: "it is with axi-cel", "I can't decide between cilta-cel"."""
    return _CLAUSE.search(subject) is not None


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


def _group(entities: Sequence[Entity], first: int, text: str) -> list[Entity]:
    """Give the things that stand in relation with one of them, from that one on."""
    group = [entities[first]]
    bare = _COUNTED.sub("", text)
    is_of_each = _OF_EACH.search(bare) is not None
    for other in entities[first + 1 :]:
        if len(group) < MOST_SUBJECTS and _relates(group[-1], other, text, bare):
            group.append(other)
        elif _ENDS.search(text, group[-1].end, other.start):
            break
    joins = [text[one.end : other.start] for one, other in pairwise(group)]
    if is_of_each or not all(map(_ADDING.search, joins)):
        return group
    # "How much was given with A, B and C" asks it of each.
    is_list = len(group) >= _LEAST_LISTED and not any(c.isdigit() for one in group for c in one.name)
    return group if is_list or _BETWEEN.search(text[: group[0].start]) else []


def _relates(one: Entity, other: Entity, text: str, bare: str) -> bool:
    between = text[one.end : other.start]
    if len(between.split()) > _FEW_WORDS or _ENDS.search(between):
        return False
    kin = one.is_kin(other)
    alike = kin or (one.sort is other.sort and one.sort in {Sort.NAME, Sort.TERM})
    if _CONTRASTING.search(between):
        return alike
    if _ALTERNATIVE.match(between):
        return alike and _CHOOSING.search(bare) is not None
    if _ADDING.search(between) is None:
        return False
    if _OF_EACH.search(bare):
        return kin or _BETWEEN.search(text[: one.start]) is not None
    return kin and Sort.PARTICULAR is not one.sort and _HOW_MUCH.search(bare) is not None


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
