"""What "how many" counts, and whether a sentence gives a number of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.verification.text.language import sayings, stem
from assistant.words import words

# The noun that is counted stands before the verb: "how many cord blood units were screened".
_COUNTED = re.compile(
    r"(?:and\s+|in\s+[\w ]{1,40},\s*)?how\s+many\s+(?!of\b)(?P<thing>(?:[\w/-]+\s+){0,3}?[\w/-]+)"
    r"(?=\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|must|should|may|might|of|in|on|per|got|get|went|took|take"
    r"|\w+ed)\b)",
    re.IGNORECASE,
)
# Of people, shares and remainders are given as often as counts, and times have a form of their own.
_OTHERWISE_GIVEN = frozenset(
    map(
        stem,
        "people patients persons individuals participants subjects recipients adults children kids men women cases"
        " responders volunteers seconds minutes hours days weeks months years times fold percent other others"
        " more".split(),
    )
)
_NUMERAL = re.compile(
    r"\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|hundreds?|thousands?"
    r"|millions?|dozens?|several|few|many|no|none|both|single|pair|half|all|each|every|most)\Z"
)
# So many words may stand between a number and what it counts, but none of these.
_FARTHEST = 5
_PARTING = frozenset("with in to for by at from on than and or".split())


def counts_it(question: Question, texts: Sequence[str]) -> bool:
    """Tell whether any text may give the number that a question asks for.

    Args:
        question: The question; true if it does not ask how many there are of a thing.
        texts: What the library says about it.
    """
    match = _COUNTED.match(question.query)
    if match is None:
        return True
    thing = stem(words(match["thing"])[-1])
    if thing in _OTHERWISE_GIVEN:
        return True
    said = sayings(thing)
    spoken = [(words(text), text) for text in texts]
    places = [(line, i) for line, _ in spoken for i, word in enumerate(line) if stem(word) in said]
    # A word that no text has is the reader's own for something that they count.
    return not places or any(_is_counted(line, i) for line, i in places)


def _is_counted(line: Sequence[str], place: int) -> bool:
    """Tell whether a number stands before a word, and nothing that parts them in between."""
    for word in reversed(line[max(0, place - _FARTHEST) : place]):
        if _NUMERAL.match(word):
            return True
        if word in _PARTING:
            return False
    return False
