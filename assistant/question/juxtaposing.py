"""Reads comparisons from how they are laid out: what stands side by side, and what is set off from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.clauses import ASKING, asked, clauses
from assistant.question.subjects import (
    LEAST_SUBJECTS,
    LIST,
    VERSUS,
    Compared,
    aspects_of,
    bare,
    can_be_compared,
    comparison_of,
    known_aspect,
)

_BESIDE = (
    rf"{VERSUS}|(?:(?:set|put|held|placed|laid|stacked\s+up|pitted|measured|weighed)\s+)?side\s+by\s+side\s+with|"
    r"(?:set|put|held|stacked\s+up|pitted|measured|weighed|as)\s+against|head[\s-]to[\s-]head\s+with|"
    r"next\s+to|alongside|beside|as\s+opposed\s+to|in\s+contrast\s+(?:to|with)|in\s+comparison\s+(?:to|with)"
)
_CONTRAST = re.compile(rf",?\s+(?:{_BESIDE})\s+", re.IGNORECASE)
_AGAINST = re.compile(r",?\s+against\s+", re.IGNORECASE)
_TOGETHER = re.compile(
    r"(?P<items>.+?),?\s+(?:(?:laid|put|placed|set|held)\s+)?(?:side\s+by\s+side|head[\s-]to[\s-]head|next\s+to\s+each\s+other|"
    r"in\s+parallel|compared|in\s+comparison|respectively)(?:,|\Z|\s+(?:on|in|for|regarding|in\s+terms\s+of|when\s+it\s+comes\s+to)\s)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_RESPECT = re.compile(
    r",?\s+(?:in\s+terms\s+of|with\s+(?:regard|respect)\s+to|regarding|concerning|as\s+to|when\s+it\s+comes\s+to|on|for)\s+|"
    r",\s+(?!and\b|or\b)|,?\s+in\s+(?!(?:the\s+)?(?:trials?|stud(?:y|ies)|papers?)\b)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?P<before>.*?)\b(?:do|does|did|is|are|was|were|have|has|can|could|will|would)\s+"
    r"(?:(?P<items>[^?:;]+?)\s+(?:each|respectively)|each\s+of\s+(?P<of>[^?:;]+?)\s+(?=\w+\Z))(?:\s+(?P<rest>.*))?\Z",
    re.IGNORECASE,
)
_EQUALLY = re.compile(
    r"(?:do|does|did|is|are|was|were|have|can|will)\s+(?P<one>[\w-]+(?:\s[\w-]+){0,3}?)\s+and\s+(?P<other>[\w-]+(?:\s[\w-]+){0,3}?)\s+"
    r"(?:(?:do|work|last|fare|perform|respond|behave|act|respond(?:ed)?)\s+)?"
    r"(?:(?:equally|similarly|just\s+as|the\s+same|alike|differently|comparabl[ey]|similar|comparable|different)\b)\s*(?P<rest>[\w\s-]*).*",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\s+(?:of|in|with|for|after|by|from|on|given|through|via|using|under)\s+", re.IGNORECASE
)
_OPENING_PREPOSITION = re.compile(
    r"\A(?:(?:that|those)\s+)?(?P<preposition>of|in|with|for|after|by|from|on|among|at)\s+", re.IGNORECASE
)
_ASPECTS_OF = re.compile(r"(?P<said>.+?)\s+(?:of|for|with|in|between)\s+(?P<items>.+)", re.IGNORECASE)
_DOING = re.compile(
    r"(?!(?-i:[A-Z]\w+\s+[A-Z][a-z]+\b))\w{2,}ing\s+(?:(?:out|in|off|up|down|away)\s+)?(?=\S)", re.IGNORECASE
)
_PUT = re.compile(
    r"(?:please\s+)?(?:put|set|place|weigh|hold|pit|stack|lay|show(?:\s+me)?|give(?:\s+me)?)\s+",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:each|both|which|either|respective(?:ly)?|compared?|comparison|differences?|(?:the|these|those|in|of)\s+(?:two|three|four|five|"
    r"six)|(?:two|three|four|five|six)\s+(?:\w+\s+){0,3}\w+s|pros\s+and\s+cons|better|best|side\s+by\s+side|who)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b|&", re.IGNORECASE)
# "Which cytokines are released: A, B or C?" asks for items.
_ITEMS = re.compile(r"(?:which|what)\s+[\w-]+s\s+(?:are|were|have\s+been)\s+\w+(?:ed|en|wn)\b", re.IGNORECASE)
_COMMON_GROUND = re.compile(
    r"(?:the|that|those|an?)\s+(?:[\w.-]+\s+){0,3}?(?:product|trial|study|arm|group|cohort|count|figures?|results?|controls?|one|ones|"
    r"others?|version|data|approach|method|cells?)\b",
    re.IGNORECASE,
)
_THE_OTHERS = re.compile(r"(?:all\s+)?the\s+(?:others?|rest)\b(?!\s+\w)", re.IGNORECASE)
_NAME = re.compile(r"\b\w*[A-Z]\w*|\w*\d\w*|[^\W\d_]+[\u2010-\u2015-][^\W_]+")
_PART = re.compile(r"[^\W_]+")
_SMALL = frozenset("the a an of in on with for and or by from after".split())
_YES_NO = re.compile(r"(?!what|which|how|why|when|who|where|whether)", re.IGNORECASE)
_THREE = 3
_MUCH_LONGER = 3


def juxtaposed(text: str) -> Compared | None:
    """Read what a text sets side by side; None if nothing.

    Args:
        text: Of a length that patterns can bear, without its last mark.
    """
    parts = [_PUT.sub("", clause, count=1) for clause in clauses(text)]
    return _of_each(text) or _equal(text) or _contrasted(parts) or _listed(parts)


def headed(first: str, other: str) -> tuple[str, str]:
    """Part what leads to a subject from it: "side effects in lupus", set against lymphoma, is about lupus."""
    opening = _OPENING_PREPOSITION.match(other)
    if opening:
        same = list(re.finditer(rf"\s{opening['preposition']}\s+", first, re.IGNORECASE))
        return (first[: same[-1].start()], first[same[-1].end() :]) if same else ("", first)
    cuts = list(_PREPOSITION.finditer(first))
    if not cuts or _PREPOSITION.search(other) or _is_paper(first):
        doing = _DOING.match(first)
        return (doing[0].strip(), first[doing.end() :]) if doing and not _DOING.match(other) else ("", first)
    head, subject = first[: cuts[-1].start()], first[cuts[-1].end() :]
    if len(first.split()) > len(other.split()) + _MUCH_LONGER:
        return head, subject
    return (head, subject) if _kin(subject, other) >= _kin(head, other) else ("", first)


def is_name(words: str) -> bool:
    """Tell a name ("NK-92", "tisa-cel", "Liu 2020") by its form; a small word such as "cord blood" has none."""
    return _NAME.search(words) is not None


def _of_each(text: str) -> Compared | None:
    """Read "what do A, B and C each cost"."""
    match = _EACH.match(text)
    if match is None:
        return None
    items = LIST.split(match["items"] or match["of"])
    rest = match["rest"] or ""
    known = known_aspect(rest)
    noun = re.match(r"(?:.*,\s*)?(?:what|which|how)\s+(?P<noun>.*\S)\s*\Z", match["before"], re.IGNORECASE)
    aspects = (known,) if known else aspects_of(noun["noun"] if noun else rest)
    return comparison_of(items, aspects) if len(items) > 1 else None


def _equal(text: str) -> Compared | None:
    """Read "do A and B work equally well"."""
    match = _EQUALLY.match(text)
    if match is None:
        return None
    known = known_aspect(match["rest"])
    respect = _OPENING_PREPOSITION.match(match["rest"])
    in_it = respect is not None and respect["preposition"].lower() == "in"
    aspects = (known,) if known else aspects_of(match["rest"]) if in_it else ()
    return comparison_of([match["one"], match["other"]], aspects)


def _contrasted(parts: Sequence[str]) -> Compared | None:
    """Read the clause in which one thing stands against another; what is set off from it says in what respect."""
    for place, part in enumerate(parts):
        others = " and ".join(other for index, other in enumerate(parts) if index != place)
        together = _TOGETHER.match(part)
        if together:
            return _side_by_side(together["items"], " and ".join(filter(None, (others, together["rest"]))))
        if ASKING.match(part):
            continue
        sides = _CONTRAST.split(part)
        if len(sides) < LEAST_SUBJECTS:
            sides = _AGAINST.split(part)
            if len(sides) != LEAST_SUBJECTS or not _stand_against(*sides, apart=bool(others)):
                continue
        found = _of_sides(sides, others)
        if found:
            return found
    return None


def _stand_against(one: str, other: str, *, apart: bool) -> bool:
    """Tell "CAR-T against CAR-NK" from "cells against tumours"."""
    one = one.rsplit(",", 1)[-1]
    if apart and _THE_OTHERS.match(other):
        return True
    return bool(_parts(one) & _parts(other)) or (
        apart and is_name(one) and _COMMON_GROUND.match(other) is not None
    )


def _side_by_side(items: str, others: str) -> Compared | None:
    *context, last = re.split(r",\s+(?=[^,]*\s(?:and|&)\s)", items) if "," in items else [items]
    names = LIST.split(last)
    if len(names) < LEAST_SUBJECTS or ASKING.match(items):
        return None
    if len(context) and all(len(one.split()) <= LEAST_SUBJECTS for one in context):
        names, context = LIST.split(items), []
    said, names[0] = headed(names[0], names[1])
    of = _ASPECTS_OF.match(last)
    if of and LIST.search(of["items"]) and not is_name(of["said"]):
        said, names = of["said"], LIST.split(of["items"])
    return comparison_of(names, aspects_of(others or said or " and ".join(context)))


def _of_sides(sides: Sequence[str], others: str) -> Compared | None:
    """Read the sides of a contrast: what leads to the first and follows the last is in what respect."""
    *context, first = sides[0].split(", ")
    if context and all(_kin(one, sides[1]) >= _kin(first, sides[1]) > 1 for one in context):
        return comparison_of([*context, first, *sides[1:]], aspects_of(others))
    last, *respect = _RESPECT.split(sides[-1], maxsplit=1)
    if not last.strip():
        last, respect = sides[-1], []
    each = [_ASPECTS_OF.match(side) for side in (first, last)]
    measures = [known_aspect(of["said"]) if of else None for of in each]
    if len(sides) == LEAST_SUBJECTS and each[0] and each[1] and measures[0] and measures[0] == measures[1]:
        return comparison_of([each[0]["items"], each[1]["items"]], (measures[0],))
    said, first = headed(first, sides[1])
    if said:
        sides, last = (
            [_OPENING_PREPOSITION.sub("", side) for side in sides],
            _OPENING_PREPOSITION.sub("", last),
        )
    subjects = [first, *sides[1:-1], *LIST.split(last)]
    aspects = aspects_of(respect[0] if respect else others or said or ", ".join(context))
    return comparison_of(subjects, aspects)


def _is_paper(subject: str) -> bool:
    return re.search(r"\b(?:trial|study|paper|review)\b|\bet\s+al\b", subject, re.IGNORECASE) is not None


def _listed(parts: Sequence[str]) -> Compared | None:
    """Read a list of names that stands apart from what is asked of each."""
    if len(parts) < LEAST_SUBJECTS:
        return None
    for place in (0, len(parts) - 1):
        others = " and ".join(other for index, other in enumerate(parts) if index != place)
        names = _names(parts[place])
        if names is None or not all(map(can_be_compared, names)):
            continue
        if (_is_list_before if place == 0 else _is_list_after)(names, parts[place], others):
            return comparison_of(names, aspects_of(others))
    return None


def _names(part: str) -> list[str] | None:
    """Give the items of a list, without what leads to the first and follows the last."""
    if ASKING.match(part):
        return None
    items = LIST.split(part)
    if len(items) < LEAST_SUBJECTS or not all(items):
        return None
    items[0] = headed(items[0], items[1])[1]
    if not _is_paper(items[-1]):
        items[-1] = _PREPOSITION.split(items[-1], maxsplit=1)[0]
    return [bare(item) for item in items]


def _is_list_before(names: Sequence[str], part: str, others: str) -> bool:
    """Tell the subjects that a question opens with: "A or B: which …", "A, B and C - cost of each"."""
    if _OR.search(part) or _SEVERAL.search(others):
        return True
    return all(map(is_name, names)) and (len(names) >= _THREE or bool(_parts(names[0]) & _parts(names[1])))


def _is_list_after(names: Sequence[str], part: str, others: str) -> bool:
    """Tell the subjects that a question ends with: "response rate: A, B, C"."""
    question = asked(others)
    if _ITEMS.match(question):
        return False
    if _SEVERAL.search(others):
        return True
    if not all(map(is_name, names)) or (ASKING.match(question) and _YES_NO.match(question)):
        return False
    alike = bool(_parts(names[0]) & _parts(names[1]))
    return alike or (
        not is_name(question[:1].lower() + question[1:])
        and (len(names) >= _THREE or _OR.search(part) is not None)
    )


def _parts(name: str) -> set[str]:
    return {part.lower() for part in _PART.findall(name)} - _SMALL


def _kin(one: str, other: str) -> int:
    """Count what two names have in common: their parts, and their form."""
    return 2 * len(_parts(one) & _parts(other)) + (is_name(bare(one)) == is_name(bare(other)))
