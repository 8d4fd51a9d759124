"""Sentences that lean on the one before them: what "They" stands for may have been left out, or be another thing.

A verifier that reads a sentence alone cannot see that. So such a sentence stands only behind one that stands, and if
its own evidence speaks of what that one is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.generative.holding import quoted
from assistant.evidence import Evidence
from assistant.verification.text.language import english
from assistant.verification.text.names import has_name
from assistant.verification.text.parsing import parse
from assistant.verification.text.reading import read
from assistant.words import words

# They claim that one thing follows from another, which no evidence has been asked.
_INFERRING = "therefore|thus|hence|consequently|accordingly|as a result|as a consequence|so|for this reason"
_JOINING = (
    "however|moreover|furthermore|additionally|in addition|also|besides|in contrast|by contrast|conversely|similarly"
    "|likewise|overall|in summary|in conclusion|to summari[sz]e|specifically|in particular|for example|for instance"
    "|notably|importantly|finally|meanwhile|nevertheless|nonetheless|instead|indeed|in fact|in turn|first|second|third"
    "|lastly|next|then|yet|still|and|but"
)
_INFERENCE = re.compile(
    rf"(?:{_INFERRING})\s*,\s*|(?:this|which) (?:means|shows|proves|implies|explains) (?:that|why)\s+",
    re.IGNORECASE,
)
_JOINT = re.compile(rf"(?:{_JOINING})\s*,\s*", re.IGNORECASE)
_POINTING = re.compile(
    r"(?:(?:in|of|among|for|with|by|after|before|despite|as|on|to|from|because of|due to)\s+)?"
    r"(?:it|its|they|their|them|this|these|those|that|such|he|she|his|her|both (?:of|were|are|had|have)"
    r"|the (?:former|latter|same|others?))\b",
    re.IGNORECASE,
)
# Here "it" stands for nothing: "It is not known whether …".
_IDLE = re.compile(
    r"it\s+(?:is|was|has been|remains|appears|seems)\b[^.,;]{0,40}\b(?:that|whether|to)\b", re.IGNORECASE
)
_LABEL = re.compile(r"[A-Z][\w /-]{0,40}:\s+(?=[A-Z0-9])")
_PAST = re.compile(r"[a-z]{2,}ed")
# Share of what a sentence is about that evidence must speak of for the next one to point to it.
SPOKEN_OF = 0.5


def freed(text: str, *, follows: bool) -> str:
    """Take away what ties a sentence to the one before it and was not verified.

    Args:
        text: The sentence.
        follows: Whether the sentence before it stands: then only what claims an inference goes.
    """
    tie = _INFERENCE.match(text) or (None if follows else _JOINT.match(text))
    if tie is None:
        return text
    rest = text[tie.end() :]
    return rest[:1].upper() + rest[1:] if rest.split(" ", 1)[0].islower() else rest


def unlabelled(text: str, evidence: Sequence[Evidence]) -> str:
    """Take away a label of the writer's own ("Finding: No death was seen."), of which no word is in the evidence."""
    label = _LABEL.match(text)
    if label is None:
        return text
    given = {word for quote in map(quoted, evidence) for word in words(f"{quote.context} {quote.text}")}
    return text if given.intersection(words(label.group())) else text[label.end() :]


def points(text: str) -> bool:
    """Tell whether a sentence begins with what only the one before it can explain."""
    joint = _JOINT.match(text)
    rest = text[joint.end() :] if joint else text
    return _POINTING.match(rest) is not None and _IDLE.match(rest) is None


def speaks_of(evidence: Sequence[Evidence], text: str) -> bool:
    """Tell whether evidence speaks of what a sentence is about, its names and most words before its verb."""
    about = _subject(text)
    parsed = parse(about)
    readings = [read(f"{quote.context} {quote.text}") for quote in map(quoted, evidence)]
    if not all(any(has_name(reading, name.key) for reading in readings) for name in parsed.names):
        return False
    stems = parsed.content_stems
    said = sum(any(reading.saying(stem) for reading in readings) for stem in stems)
    return said >= SPOKEN_OF * len(stems)


def _subject(text: str) -> str:
    verbs = english().verbs
    for token in read(text).tokens[1:]:
        if token.low in verbs or _PAST.fullmatch(token.low):
            return text[: token.start]
    return text
