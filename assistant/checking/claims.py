"""Cuts a pasted text into claims, each with its place; questions and headings are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.verification.text.language import english
from assistant.verification.text.parsing import parse
from assistant.verification.text.reading import read
from corpus.document import Span

# Their full stop ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:al|approx|ca|cf|Dr|e\.g|eg|etc|Fig|Figs|fig|i\.e|ie|incl|Mr|Mrs|Ms|No|no|Prof|pp|Ref|resp|St|vs|vol)|\b[A-Z])\Z"
)
_STOP = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|\Z)|\n\s*\n|\n(?=\s*(?:[-*•●]|\d{1,2}[.)])\s)|\n")
_MARK = re.compile(r"\s*(?:[-*•●▪]|\(?\d{1,2}[.)]|#{1,6})\s+")
_JOINT = re.compile(r",?\s*;\s*|,\s+(?:and|but|while|whereas|yet)\s+|\s+(?:but|while|whereas)\s+")
_POINTING = frozenset(
    "it its they their them this these those that he she which who such both neither either".split()
)
_PAST = re.compile(r"[a-z]{2,}ed")
_PRESENT = re.compile(r"[a-z]{2,}[^s\W]s")
_FEWEST_WORDS = 4
_FEWEST_AT_ALL = 2
# Words that say what it is about, in a clause that is judged alone.
_FEWEST_SAYING = 3
_SMALL = frozenset("of in with for and or to by on at from the as".split())


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim: its place in the text and the sentence that it belongs to."""

    span: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class NoClaim:
    """Words that claim nothing, and why."""

    span: Span
    reason: str


def claims_of(text: str) -> Iterator[FoundClaim | NoClaim]:
    """Cut a text into claims, in order, with what in between is none."""
    for sentence in sentences_of(text):
        words = sentence.of(text)
        if words.rstrip("\"”’')] ").endswith("?"):
            yield NoClaim(sentence, "This is a question, not a claim.")
        elif not _says(words):
            yield NoClaim(sentence, "This is a heading or a fragment: it says nothing that could be checked.")
        else:
            yield from (FoundClaim(part, sentence) for part in _conjoined(text, sentence))


def sentences_of(text: str) -> Iterator[Span]:
    """Cut a text into sentences; the marks of lists and headings belong to none."""
    begin = 0
    for match in _STOP.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(
            text[max(begin, match.start() - 8) : match.start()]
        ):
            continue
        following = text[match.end() :].lstrip()[:1]
        broken = match.group().strip() == "" and not _ends_line(text, match.start(), following)
        if broken or (match.group()[0] == "." and following.islower()):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, len(text))


def _ends_line(text: str, position: int, following: str) -> bool:
    """Tell whether a line break ends what was said: a line that was only wrapped goes on in lower case."""
    before = text[:position].rstrip()[-1:]
    return not (following.islower() or before == ",")


def _trimmed(text: str, begin: int, end: int) -> Iterator[Span]:
    """Give a span without white space and the mark of a list or heading, if anything is left."""
    if mark := _MARK.match(text, begin, end):
        begin = mark.end()
    words = text[begin:end]
    start = begin + len(words) - len(words.lstrip())
    if words.strip():
        yield Span(start, start + len(words.strip()))


def _says(words: str) -> bool:
    """Tell whether words may claim something: they have a finite verb, or end as sentences do."""
    lows = [token.low for token in read(words).tokens if token.is_word]
    if len(lows) < _FEWEST_AT_ALL:
        return False
    if words.rstrip("\"”’')] ")[-1:] in ".!…" and len(lows) >= _FEWEST_WORDS:
        return True
    return any(_may_be_verb(low, following) for low, following in zip(lows, [*lows[1:], ""], strict=True))


def _may_be_verb(low: str, following: str) -> bool:
    if low in english().verbs or _PAST.fullmatch(low) or low.endswith("n't"):
        return True
    return _PRESENT.fullmatch(low) is not None and bool(following) and following not in _SMALL


def _conjoined(text: str, sentence: Span) -> Iterator[Span]:
    """Cut a sentence where a clause with a subject and a verb of its own begins."""
    begin = sentence.start
    for joint in _JOINT.finditer(text, sentence.start, sentence.end):
        before, after = text[begin : joint.start()], text[joint.end() : sentence.end]
        if _stands_alone(before) and _stands_alone(after) and not _leans(after):
            yield Span(begin, joint.start())
            begin = joint.end()
    yield Span(begin, sentence.end)


def _stands_alone(words: str) -> bool:
    tokens = [token.low for token in read(words).tokens if token.is_word]
    clause = read(words).tokens
    first = [token.low for token in clause if token.is_word and token.clause == clause[0].clause]
    enough = len(tokens) >= _FEWEST_WORDS and len(parse(words).content) >= _FEWEST_SAYING
    return enough and any(low in english().verbs or _PAST.fullmatch(low) for low in first)


def _leans(words: str) -> bool:
    """Tell whether a clause needs the one before: it has no subject, points back or speaks of a number only."""
    tokens = read(words).tokens
    first = next((token.low for token in tokens if token.is_word), "")
    verb = next((i for i, token in enumerate(tokens) if token.low in english().verbs), len(tokens))
    if all(index >= verb for index in parse(words).content):
        return True
    return first in _POINTING or first in english().verbs or _PAST.fullmatch(first) is not None
