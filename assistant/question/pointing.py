"""Puts what the last question was about where a question points to it: "it", "these cells", "their"."""

from __future__ import annotations

import re

from assistant.question.background import Background
from assistant.question.topics import Topic, names_something
from assistant.words import content_words

POSSESSIVE = re.compile(r"\b(?:its|their)\s+(?P<owned>[^?!.,;:]+)", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b(?:it|they|them|these|those|this|that\s+one|the\s+former|the\s+same)\b(?!\s+(?:that|to)\b)",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\bit\s+(?:is|was)\s+(?:\w+\s+){1,3}(?:that|to)\b|\b(?:is|was)\s+it\s+(?:\w+\s+){1,3}(?:that|to)\b",
    re.IGNORECASE,
)
_DETERMINING = re.compile(
    r"\b(?:these|those|this|that)\s+(?:cells?|therap(?:y|ies)|drugs?|products?|treatments?|approach|methods?)\b(?!\s+(?:of|from|with|that|which)\b)",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(r"(?:these|those|this|that)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:and|but|or|if|when|because|after|before|while)\b", re.IGNORECASE)
_AUXILIARY = re.compile(r"\b(?P<verb>do|does|is|are|was|were|has|have)\s+\Z", re.IGNORECASE)
_PLURALS = {"does": "do", "is": "are", "was": "were", "has": "have"}
_SINGULARS = {plural: singular for singular, plural in _PLURALS.items()}


def with_topic(text: str, topic: Topic | None, background: Background | None) -> str | None:
    """Put the topic where a question points to it; None if it points nowhere."""
    if topic is None:
        return None
    bare = _EXPLETIVE.sub(lambda match: "\0" * len(match[0]), text)
    owned = POSSESSIVE.search(bare)
    if owned and not _antecedes(text[: owned.start()], background):
        return f"{text[: owned.start()]}the {owned['owned']} of {topic.words}{text[owned.end() :]}"
    determining = _DETERMINING.search(bare)
    subject = determining or _SUBJECT.search(bare)
    if subject is None or _antecedes(text[: subject.start()], background):
        return None
    points = determining is None and _DEMONSTRATIVE.match(subject[0])
    if points and names_something(bare[subject.end() :], background):
        return None
    return f"{_agreeing(text[: subject.start()], topic.words)}{topic.words}{text[subject.end() :]}"


def _agreeing(before: str, noun: str) -> str:
    """Put an auxiliary that stands before a noun into its number: "Does it" of cells is "Do cells"."""
    auxiliary = _AUXILIARY.search(before)
    if auxiliary is None:
        return before
    verb = auxiliary["verb"]
    agreeing = (_PLURALS if _is_plural(noun) else _SINGULARS).get(verb.lower(), verb)
    agreeing = agreeing.capitalize() if verb[0].isupper() else agreeing
    return f"{before[: auxiliary.start()]}{agreeing}{before[auxiliary.end('verb') :]}"


def _is_plural(noun: str) -> bool:
    return (
        " and " in noun or re.search(r"(?<![siu])s\Z|(?:people|children|mice|data|men)\Z", noun) is not None
    )


def _antecedes(before: str, background: Background | None) -> bool:
    """Tell whether the words before a pronoun name what it stands for: "What is CRS and how is it treated?"."""
    return names_something(before, background) or (
        _CLAUSE.search(before) is not None and bool(content_words(before))
    )
