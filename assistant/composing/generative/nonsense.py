"""Tells what a model says that is no answer: refusals, chatter, that the evidence lacks it, another language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from assistant.checking.claims import FoundClaim, claims_of
from assistant.composing.generative.instructions import NO_ANSWER
from assistant.words import STOP_WORDS, words

REFUSED = "The model refused to answer."
STILL_THINKING = "The model was still thinking when its answer ended."
SILENT = "The model said nothing."
OTHER_LANGUAGE = "The model answered in another language than that of the evidence."
TOO_LONG = "The model did not come to an end."
_REFUSAL = re.compile(
    r"(?:i['’]?m sorry|i am sorry|sorry|i apologi[sz]e|as an ai|i['’]m (?:unable|not able)"
    r"|i (?:can(?:no|['’])t|can not|won['’]t|will not|must decline|am unable|am not able))\b",
    re.IGNORECASE,
)
_QUOTED = r"(?:evidence|sources?|documents?|context|passages?|excerpts?|texts?)"
_LACKING = re.compile(
    rf"\b{_QUOTED}\b[^.]{{0,60}}\b(?:does|do|did|is|are)(?: not|n['’]t)\b"
    rf"|\b(?:not|no\w*)\b[^.]{{0,60}}\b(?:in|by|from) the (?:given |provided |available |quoted )?{_QUOTED}\b"
    rf"|\bi (?:do not|don['’]t) know\b|\b(?:cannot|can['’]t) be answered\b",
    re.IGNORECASE,
)
_CHATTER = re.compile(
    r"(?:sure|certainly|of course|okay|ok|great question|here (?:is|are)|here['’]s|i hope|hope this|let me|let['’]s"
    r"|feel free|if you (?:have|need|want|would)|please|thank|to answer|in answer|the answer|below (?:is|are)"
    r"|note that i|i (?:will|have|can))\b",
    re.IGNORECASE,
)
# Share of small English words that evidence in English has at least (98 of 100 stretches of papers), and below which
# an answer is not in English; and characters that it takes to tell.
ENGLISH = 0.2
HARDLY_ENGLISH = 0.14
LEAST_CHARACTERS = 120
# An answer in another language has names and numbers of its evidence, and hardly a word besides.
BORROWED = 0.4
_LATIN_ENDS = "\u024f"
_GREEK = range(0x370, 0x400)


def is_refusal(text: str) -> bool:
    """Tell whether a sentence refuses to answer."""
    return _REFUSAL.match(text) is not None


def says_it_lacks(text: str) -> bool:
    """Tell whether a sentence that names no evidence says that the evidence does not hold the answer."""
    return NO_ANSWER.casefold() in " ".join(words(text)) or _LACKING.search(text) is not None


def is_chatter(text: str) -> bool:
    """Tell whether a sentence that names no evidence says nothing of the matter."""
    return text.endswith(":") or _CHATTER.match(text) is not None or not is_claim(text)


def is_claim(text: str) -> bool:
    """Tell whether a sentence says something that can be checked: a heading or a question does not."""
    return any(isinstance(part, FoundClaim) for part in claims_of(text))


def is_in_another_language(text: str, evidence: Iterable[str]) -> bool:
    """Tell whether a text is in another language than its evidence: in another script, or not English where that is."""
    quoted = " ".join(evidence)
    if _is_latin(quoted) != _is_latin(text):
        return True
    if len(text) < LEAST_CHARACTERS or _englishness(quoted) < ENGLISH:
        return False
    # Terse English has few small words too, but those of its evidence.
    return _englishness(text) < HARDLY_ENGLISH and _share(text, frozenset(words(quoted))) < BORROWED


def _is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha() and ord(c) not in _GREEK]
    return 2 * sum(letter <= _LATIN_ENDS for letter in letters) >= len(letters)


def _englishness(text: str) -> float:
    return _share(text, STOP_WORDS)


def _share(text: str, of: AbstractSet[str]) -> float:
    said = words(text)
    return sum(word in of for word in said) / len(said) if said else 0.0
