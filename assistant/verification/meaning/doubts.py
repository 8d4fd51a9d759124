"""Looks for what may turn a statement's sense where its words are not the source's: denials, comparatives, names.

Vectors are nearly the same for "killed more" and "killed less", and for one medicine and another. So each denial, each
comparative and each particular word of a claim must be found in the quote by the rules, or it is left open whether the
quote says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise

from assistant.verification.comparing.denials import compare_denials
from assistant.verification.comparing.directions import compare_directions
from assistant.verification.comparing.exclusions import compare_exclusions
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.comparing.places import compare_places
from assistant.verification.comparing.reach import compare_reach
from assistant.verification.comparing.roles import compare_roles
from assistant.verification.judgement import Finding, Outcome
from assistant.verification.text.language import is_general
from assistant.verification.text.names import has_name, key_of
from assistant.verification.text.parsing import Parsed
from corpus.fulltext import stems

DENIED = "The source and the statement do not deny the same things."
# They set one thing against another and deny no statement: "7 rather than 5".
_CONTRASTING = frozenset({"instead", "rather", "non"})
# In a row they are one denial: "neither A nor B", "no A and no B".
_SERIAL = frozenset({"no", "nor", "neither", "none", "nothing", "nobody", "never", "without"})
# Denials of a row stand within so many tokens of each other.
_CLOSE = 14
# Whatever else has an opposite is as often said in words that have none.
_COMPARATIVES = frozenset(
    "more most less least fewer fewest higher highest lower lowest longer shorter better best worse worst "
    "greater smaller larger bigger later earlier sooner before after faster slower quicker easier harder "
    "stronger weaker often seldom rarely frequently usually".split()
)
# "Smith and colleagues" wherever it stands, "Smith's team" where it opens a sentence.
_AUTHOR = re.compile(
    r"\b([A-Z][\w’'-]+?)(?:\s(?:and|&)\s(?:(?:his|her|their)\s)?(?:colleagues|co-?workers|co-?authors|collaborators|others)\b"
    r"|\set\sal\b)|^([A-Z][a-z]+)['’]s\b"
)
# Share of a claim's words from which the quote is in the same words: what it lacks is then another thing.
SAME_WORDS = 0.8
# Words that open with so many of the same letters are of one kin, if they have more: "neurotoxic", "neurologic".
_KIN = 5
_LONG = 7


def doubts(meeting: Meeting, familiar: AbstractSet[str]) -> Iterator[Finding]:
    """Give what leaves it open whether a quote says what a claim says, however alike their words are.

    Args:
        meeting: Claim and quote.
        familiar: Stems of words that name nothing particular.
    """
    yield from _denials(meeting)
    rules = (compare_directions(meeting), compare_roles(meeting), compare_exclusions(meeting))
    yield from (found for rule in rules for found in rule if found.outcome is Outcome.DIFFERS)
    yield from _comparatives(meeting)
    yield from compare_reach(meeting)
    yield from _authors(meeting)
    yield from _particulars(meeting, familiar)
    yield from compare_places(meeting)


def _denials(meeting: Meeting) -> Iterator[Finding]:
    found = list(compare_denials(meeting))
    yield from (one for one in found if one.outcome is Outcome.DIFFERS)
    mine, theirs = _rows(meeting.claim), _rows(meeting.quote)
    met = not mine or any(one.outcome is Outcome.AGREES for one in found)
    if mine + _free(meeting.claim) != theirs + _free(meeting.quote) or not met:
        yield Finding(Outcome.LACKS, DENIED)


def _rows(parsed: Parsed) -> int:
    """Count the denials of a text: those of one row as one, that of a compound such as "never-frozen" not at all."""
    tokens, text = parsed.reading.tokens, parsed.reading.text
    cues = [
        denial.cue
        for denial in parsed.denials
        if tokens[denial.cue].low not in _CONTRASTING and text[tokens[denial.cue].end :][:1] != "-"
    ]
    joined = sum(
        {tokens[first].low, tokens[second].low} <= _SERIAL and second - first <= _CLOSE
        for first, second in pairwise(cues)
    )
    return len(cues) - joined


def _free(parsed: Parsed) -> int:
    """Count the compounds that deny: "progression-free" is "without progression"."""
    text = parsed.reading.text
    return sum(token.low == "free" and text[: token.start].endswith("-") for token in parsed.reading.tokens)


def _comparatives(meeting: Meeting) -> Iterator[Finding]:
    """Look for each comparative of the claim in the quote: a word of its sense, or of its opposite."""
    there = {direction for turn in meeting.quote.turns for direction in turn.directions}
    for turn in meeting.claim.turns:
        if turn.token.low in _COMPARATIVES and not there.intersection(turn.directions):
            yield Finding(Outcome.LACKS, f"The source does not say “{turn.shown}” of this.")


def _authors(meeting: Meeting) -> Iterator[Finding]:
    for match in _AUTHOR.finditer(meeting.claim.reading.text):
        name = match[1] or match[2]
        texts = (meeting.quote.reading, meeting.context.reading)
        if not any(has_name(reading, key_of(name)) for reading in texts):
            yield Finding(Outcome.LACKS, f"The source does not mention {name}.")


def _particulars(meeting: Meeting, familiar: AbstractSet[str]) -> Iterator[Finding]:
    """Look for each word that names a thing: known by its capitals or its rarity, or as all others are the same."""
    same_words = meeting.coverage >= SAME_WORDS
    text = meeting.claim.reading.text
    kin = {token.low[:_KIN] for token in meeting.quote.reading.tokens if len(token.low) >= _LONG}
    for index in meeting.claim.content:
        token = meeting.claim.reading.tokens[index]
        shown = text[token.start : token.end]
        known = set(stems(token.low)) <= familiar or (len(token.low) >= _LONG and token.low[:_KIN] in kin)
        particular = shown.isupper() or not known or (same_words and not is_general(token.low, token.stem))
        if particular and not meeting.holds(token.stem):
            yield Finding(Outcome.LACKS, f"The source does not mention {shown}.")
