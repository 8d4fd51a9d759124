"""Finds in whom something was measured: "37 people with B-cell lymphoma", "mice", as a span of the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.verification.text.language import english
from corpus.document import Span

PEOPLE = frozenset(
    "patients people persons participants recipients individuals adults children infants adolescents men women "
    "volunteers donors survivors responders carriers twins newborns students nurses physicians mice rats rabbits "
    "monkeys macaques dogs pigs zebrafish animals".split()
)
_COUNT = (
    r"(?:\d[\d,\u00a0\u2009]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)"
)
# What stands right before a group: a preposition, an article or a number, not a verb such as "follow".
_OPENED = re.compile(
    rf"(?:^|\b(?:of|in|among|from|for|by|on|with|the|a|an|these|those|all|and|or|both|other|{_COUNT})\s+|[,;:(]\s?)$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    rf"(?<![\w-])(?:{_COUNT}\s+)?(?:[^\W_][\w+-]*\s+){{0,3}}?(?:{'|'.join(sorted(PEOPLE))})\b", re.IGNORECASE
)
# "21% of 40 patients".
_BESIDE = re.compile(r"\s+(?:of|in|among)\s+(?:(?:the|all|these|those)\s+)*", re.IGNORECASE)
_COUNTED = re.compile(rf"{_COUNT}\s", re.IGNORECASE)
_WORD = re.compile(r"\s+([^\W_][\w+/-]*)")
_WITH = re.compile(r"\s+with(?=\s)")
_LONGEST_WITH = 6
_ENDING = re.compile(r"(?:[^s]s|ia|oma|itis|osis|emia|aemia|ease)$", re.IGNORECASE)


def population_in(text: str, number: Span, clause: Span) -> Span | None:
    """Give whom a figure is about, if the sentence leaves no doubt.

    Args:
        text: The sentence.
        number: The figure.
        clause: What of the sentence is about the figure.

    Returns:
        The only group named in the figure's clause; else the only one of the sentence, where it stands before the
        figure. A group of which nothing but "patients" is said is none.
    """
    groups = list(groups_in(text))
    beside = [group for group in groups if _BESIDE.fullmatch(text[number.end : max(number.end, group.start)])]
    if beside:
        return beside[0] if " " in beside[0].of(text) else None
    own = [group for group in groups if clause.contains(group) or number.overlaps(group)]
    candidates = own or [group for group in groups if group.end <= number.start]
    if len(candidates) != 1 or (not own and len(groups) > 1):
        return None
    return (
        candidates[0]
        if " " in candidates[0].of(text) or candidates[0].of(text).lower() in {"mice", "rats"}
        else None
    )


def groups_in(text: str) -> Iterator[Span]:
    """Give the groups of people or animals that a sentence names, with what they have: "with recurrent lupus"."""
    for match in _GROUP.finditer(text):
        yield Span(_beginning(text, match.start(), match.end()), _with(text, match.end()))


def _beginning(text: str, start: int, end: int) -> int:
    """Drop words before a group that are no part of its name, as far as the sentence shows it."""
    small, verbs = english().stop_words, english().verbs
    words = [(start + m.start(), m.group().lower()) for m in re.finditer(r"\S+", text[start:end])]
    for place in range(len(words) - 1, 0, -1):
        before = words[place - 1][1]
        if re.fullmatch(_COUNT, words[place][1]):
            return words[place][0]
        if before in small or before in verbs or before.endswith("ing"):
            return words[place][0]
    if _COUNTED.match(text, start) or _OPENED.search(text[:start]):
        return start
    return words[-1][0]


def _with(text: str, end: int) -> int:
    """Take in "with relapsed lymphoma", as far as it surely reaches."""
    opening = _WITH.match(text, end)
    if opening is None:
        return end
    position, words, low = opening.end(), 0, ""
    while words < _LONGEST_WITH and (word := _WORD.match(text, position)):
        following = word[1].lower()
        if following in english().stop_words | english().verbs or re.fullmatch(_COUNT, following):
            break
        low, position, words = following, word.end(), words + 1
        if _ENDING.search(low):
            break
    return position if _ENDING.search(low) else end
