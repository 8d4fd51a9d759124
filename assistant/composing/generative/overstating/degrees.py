"""Finds where a sentence makes more of a thing than its source: "severe", "cured", "most", "no … at all"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composing.generative.overstating.wording import Wording, any_of, limits, strong
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.denials import Denial
from assistant.verification.text.parsing import Parsed

STRONGER = "The source does not say “{}”."
EQUAL = "The source says “{}”."
FEWER = "The source says “{}”, not “{}”."
ONLY_DENIED = "The source denies only “{}”."

_MOST = any_of("most majority mostly nearly_all almost_all")
_SOME = any_of("some several minority few subset half occasional* sometimes")
_MANY = re.compile(
    r"\b(?:most|majority|mostly|mainly|predominant\w*|largely|generally|all|every|usually|typically)\b"
    r"|\d\s?%|\d+ (?:of|out of|/) \d",
    re.IGNORECASE,
)
_OUTDOES = re.compile(
    r"\b(?:more|less|better|worse|higher|lower|greater|fewer|longer|shorter|safer|stronger|faster"
    r"|\w{3,}(?<!oth)(?<!rath)er) (?:\w+ ){0,3}than\b"
    r"|\b(?:superior|inferior) to\b|\boutperform\w*\b",
    re.IGNORECASE,
)
_AS_MUCH = re.compile(
    r"\bas \w+ as\b|\b(?:similar\w*|comparabl[ey]|equivalent\w*|equally|non-?inferior\w*)\b"
    r"|\bno (?:\w+ )?difference"
    r"|\b(?:did|does|do) not (?:\w+ )?differ\b|\bthe same\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bthan\b|\b(?:more|less|better|worse|higher|lower|greater|fewer|longer|shorter|superior"
    r"|advantag\w+|outperform\w*)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(r"\bnot (?:all|every|each)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|every\w*|each|always|some|most|part\w*|few\w*|certain)\b", re.IGNORECASE)
# In tokens.
_LONGEST_DENIAL = 9


def degrees(meeting: Meeting) -> Iterator[Finding]:
    """Tell whether a sentence makes more of a thing than its source."""
    claim, quote = meeting.claim.reading.text, meeting.quote.reading.text
    for wording in strong():
        word = wording.says.search(claim)
        if word and not _is_denied(meeting.claim, word) and not wording.alike.search(quote):
            yield Finding(Outcome.LACKS, STRONGER.format(word.group().lower()))
    most, some = _MOST.search(claim), _SOME.search(quote)
    if most and some and not _MANY.search(quote):
        reason = FEWER.format(some.group().lower(), most.group().lower())
        yield Finding(Outcome.LACKS, reason, (Mark(*some.span()),))
    as_much = _AS_MUCH.search(quote)
    if (
        as_much
        and _OUTDOES.search(claim)
        and not (_COMPARES.search(quote) or _AS_MUCH.search(claim) or meeting.claim.denials)
    ):
        yield Finding(Outcome.DIFFERS, EQUAL.format(as_much.group().lower()), (Mark(*as_much.span()),))
    yield from _widened(meeting)


def _is_denied(parsed: Parsed, word: re.Match[str]) -> bool:
    """Tell whether a word is denied: who denies that a thing is severe makes no more of it."""
    tokens = parsed.reading.tokens
    return any(
        word.start() <= tokens[place].start < word.end()
        for denial in parsed.denials
        for place in denial.scope
    )


def _widened(meeting: Meeting) -> Iterator[Finding]:
    """Who has seen nothing severe has not said that nothing was seen."""
    claim, quote = meeting.claim, meeting.quote
    not_all = _NOT_ALL.search(quote.reading.text)
    if not_all and claim.denials and not _ALL.search(claim.reading.text):
        yield Finding(Outcome.DIFFERS, EQUAL.format(not_all.group().lower()), (Mark(*not_all.span()),))
    said = {claim.reading.tokens[index].stem for index in claim.denied}
    denied = [(denial, item) for denial in quote.denials for item in denial.items]
    for limit in limits():
        limited = [(item, _limit(quote, limit, denial, item)) for denial, item in denied]
        outright = [_shared(meeting, item) for item, word in limited if word is None]
        for item, word in limited:
            shared = _shared(meeting, item) & said
            if (
                word is None
                or limit.alike.search(claim.reading.text)
                or any(shared & other for other in outright)
            ):
                continue
            if shared:
                end = max(quote.reading.tokens[item[-1]].end, word.end())
                shown = quote.reading.text[word.start() : end]
                yield Finding(Outcome.LACKS, ONLY_DENIED.format(shown), (Mark(word.start(), end),))


def _shared(meeting: Meeting, item: tuple[int, ...]) -> frozenset[str]:
    """Give the stems of a sentence that say what a source denies."""
    there = {meeting.quote.reading.tokens[index].stem for index in item}
    return frozenset(mine for mine, others in meeting.matches.items() if others & there)


def _limit(quote: Parsed, limit: Wording, denial: Denial, item: tuple[int, ...]) -> re.Match[str] | None:
    """Find what a denial is limited to, between the word that denies and what is denied."""
    tokens = quote.reading.tokens
    first, last = min(denial.cue, *item), max(denial.cue, *item)
    if last - first > _LONGEST_DENIAL:
        return None
    return limit.says.search(quote.reading.text[: tokens[last].end], tokens[first].start)
