"""Reads slips of spelling as the words of the library that were meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.question.background import Background
from assistant.question.shape import Correction
from assistant.words import STOP_WORDS
from corpus.folding import folded

# A word by itself or between hyphens; never a part of a code, nor one with capitals inside.
_WORD = re.compile(r"(?<![^\W_])(?<!\d-)[^\W\d_]{4,40}(?![^\W_])(?!-\d)")
_SHORT = 5
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
    corrections: list[Correction] = []
    pieces, end = [], 0
    for match in _WORD.finditer(text):
        read_as = _meant(match, background)
        if read_as:
            corrections.append(Correction(match[0], read_as))
            pieces += [text[end : match.start()], read_as]
            end = match.end()
    return "".join([*pieces, text[end:]]), tuple(corrections)


def _meant(match: re.Match[str], background: Background) -> str | None:
    written = match[0]
    # A capital inside a sentence begins a name, and a name is not ours to correct.
    if not (written.islower() or (written.istitle() and match.start() == 0)):
        return None
    word = folded(written)
    if not word.isalpha() or word in STOP_WORDS or background.knows(word):
        return None
    candidates = (
        *background.words_by_letter.get(word[0], ()),
        *(form for form in _FORMS if form[0] == word[0]),
    )
    best = _nearest(word, candidates, background)
    return best and (best.capitalize() if written.istitle() else best)


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
