"""Reads slips of spelling as the words of the library that were meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from assistant.question.background import Background
from assistant.question.shape import Correction
from assistant.words import STOP_WORDS
from corpus.folding import folded

# A word by itself or between hyphens; never a part of a code, nor one with capitals inside.
_WORD = re.compile(r"(?<![^\W_])(?<!\d-)[^\W\d_]{4,40}(?![^\W_])(?!-\d)")
_SHORT = 5
# Slips too short or too near other words to be told by their letters, in words that every question may have.
_HABITS = MappingProxyType(
    {
        "wat": "what", "wut": "what", "waht": "what", "wht": "what", "wich": "which", "whcih": "which", "hwo": "how",
        "wen": "when", "wehn": "when", "offen": "often", "oftn": "often", "ofen": "often", "ppl": "people",
        "wether": "whether", "teh": "the", "thier": "their", "thru": "through",
        "kno": "know", "knwo": "know", "taht": "that", "adn": "and",
    }
)  # fmt: skip
_HABIT = re.compile(rf"(?<![\w-])(?:{'|'.join(_HABITS)})(?![\w-])", re.IGNORECASE)
# The short ones are too near to names.
_MONTHS = tuple("january february september october november december".split())
# What questions are made of, whether or not the library says it.
_FORMS = tuple(
    sorted(
        word
        for word in STOP_WORDS
        | set(
            "difference differences different compared comparison between against effect effects patients patient "
            "studies study trials trial safety cost treatment disease".split()
        )
        if len(word) >= len("what") and word.isalpha()
    )
)


def corrected(text: str, background: Background) -> tuple[str, tuple[Correction, ...]]:
    """Read words that neither the library nor general English knows as the one word of the library they are nearest to.

    Args:
        text: A question.
        background: What is known.

    Returns:
        The question as read, and what was read otherwise than written.
    """
    text = _HABIT.sub(_habitual, text)
    corrections: list[Correction] = []
    pieces, end = [], 0
    for match in _WORD.finditer(text):
        read_as = _meant(match, background)
        if read_as:
            corrections.append(Correction(match[0], read_as))
            pieces += [text[end : match.start()], read_as]
            end = match.end()
    return "".join([*pieces, text[end:]]), tuple(corrections)


def _habitual(match: re.Match[str]) -> str:
    written = match[0]
    if not (written.islower() or (written.istitle() and match.start() == 0)):
        return written
    read_as = _HABITS[written.lower()]
    return read_as.capitalize() if written.istitle() else read_as


def _meant(match: re.Match[str], background: Background) -> str | None:
    written = match[0]
    word = folded(written)
    if not word.isalpha() or word in STOP_WORDS or background.knows(word):
        return None
    # A capital inside a sentence begins a name, and of names only a month's is ours to correct.
    if not (written.islower() or (written.istitle() and match.start() == 0)):
        month = _month(word) if written.istitle() else None
        return month and month.capitalize()
    candidates = (
        *background.words_by_letter.get(word[0], ()),
        *(form for form in _FORMS if form[0] == word[0]),
    )
    best = _nearest(word, candidates, background)
    return best and (best.capitalize() if written.istitle() else best)


def _month(word: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extractOne(word, _MONTHS, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else None


def _nearest(word: str, candidates: Iterable[str], background: Background) -> str | None:
    """Give the one word within reach, by edits and transpositions; None if several are equally near.

    Forms of one word count as one, the nearest in length standing for it; what questions are made of comes first.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    reach = 1 if len(word) <= _SHORT else 2
    near = [candidate for candidate in candidates if abs(len(candidate) - len(word)) <= reach]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=reach, limit=None)
    # What only a document that is gone has used is no word of the library.
    found = [hit for hit in found if hit[0] in _FORMS or background.speaks_of(hit[0])]
    if not found:
        return None
    least = min(distance for _, distance, _ in found)
    closest = [name for name, distance, _ in found if distance == least]
    closest = [name for name in closest if name in _FORMS] or closest
    if len({background.stem(name) for name in closest}) > 1:
        return None
    return min(closest, key=lambda name: (abs(len(name) - len(word)), name))
