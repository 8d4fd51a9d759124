"""Looks for what may turn a statement's sense where its words are not the source's: denials, comparatives, names.

Vectors are nearly the same for "killed more" and "killed less", and for one medicine and another. So each denial, each
word of degree and each particular word of a claim must be found in the quote by the rules, or the quote does not count
as saying it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from assistant.verification.comparing.denials import compare_denials
from assistant.verification.comparing.directions import compare_directions
from assistant.verification.comparing.exclusions import compare_exclusions
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.comparing.places import compare_places
from assistant.verification.comparing.reach import compare_reach
from assistant.verification.comparing.roles import compare_roles
from assistant.verification.judgement import Finding, Outcome
from assistant.verification.meaning.vectors import Worded, cosines
from assistant.verification.text.language import Direction, is_general
from assistant.verification.text.names import has_name, key_of
from assistant.verification.text.parsing import Parsed, Turn
from assistant.verification.text.reading import Token
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
# Opposites of degree: "rare", "brief", "worsened", "ineffective", "different".
_DEGREES = frozenset(
    {"amount", "quality", "strength", "duration", "speed", "frequency", "success", "sameness", "symmetry"}
)
# Within these, more is more: "more effective" is "stronger" is "better".
_GAINS = frozenset({"amount", "frequency", "quality", "strength", "success"})
# They have an opposite, but name a thing rather than a degree.
_THINGS = frozenset({"compared", "effect", "effects", "growth", "harm", "harms", "damage", "efficacy"})
# What is spared is not harmed, and what is shed not kept.
_LOSING = frozenset({Direction("harm", -1), Direction("keeping", -1)})
# In two words these kinds deny: "rule out", "keep from".
_DENYING = frozenset({"cause", "inclusion"})
_ONLY = frozenset("only solely exclusively merely sole limited restricted confined alone".split())
# "Smith and colleagues" wherever it stands, "Smith's team" where it opens a sentence.
_AUTHOR = re.compile(
    r"\b([A-Z][\w’'-]+?)(?:\s(?:and|&)\s(?:(?:his|her|their)\s)?(?:colleagues|co-?workers|co-?authors|collaborators|others)\b"
    r"|\set\sal\b)|^([A-Z][a-z]+)['’]s\b"
)
# Share of a claim's words from which the quote is in the same words: what it lacks is then another thing.
SAME_WORDS = 0.8
# A word with no cosine so high to any word of the quote is not said there in another way.
STRANGE = 0.35
# Words that open with so many of the same letters are of one kin, if they have more: "neurotoxic", "neurologic".
_KIN = 5
_LONG = 7


@dataclass(frozen=True, slots=True)
class Words:
    """What words name nothing particular.

    Attributes:
        familiar: Stems of words that many people know.
        common: Stems of common words.
    """

    familiar: AbstractSet[str]
    common: AbstractSet[str]


def objections(meeting: Meeting, claim: Worded, quote: Worded, words: Words) -> Iterator[Finding]:
    """Give what speaks against a quote's saying what a claim says, or even a part of it, however alike their words are.

    Args:
        meeting: Claim and quote.
        claim: The claim's words.
        quote: The quote's words.
        words: Which words name nothing particular.
    """
    yield from _denials(meeting)
    rules = (compare_directions(meeting), compare_roles(meeting), compare_exclusions(meeting))
    yield from (found for rule in rules for found in rule if found.outcome is Outcome.DIFFERS)
    yield from _turning(meeting)
    yield from _exclusive(meeting)
    yield from _authors(meeting)
    yield from _particulars(meeting, words.familiar)
    yield from _strange(meeting, claim, quote, words.common)


def doubts(meeting: Meeting) -> Iterator[Finding]:
    """Give what leaves it open whether a quote says all that a claim says."""
    yield from compare_reach(meeting)
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


def _turning(meeting: Meeting) -> Iterator[Finding]:
    """Look for each word of degree of the claim in the quote: one of its sense, or its opposite where it is denied."""
    there = [direction for turn in meeting.quote.turns for direction in _pointing(meeting.quote, turn)]
    for turn in meeting.claim.turns:
        mine = _degrees(turn, _pointing(meeting.claim, turn))
        if not mine or _goes_without_saying(meeting.claim, turn, there):
            continue
        if not (set(mine) & set(there) or _gained(mine, there)):
            yield Finding(Outcome.LACKS, f"The source does not say “{turn.shown}” of this.")


def _goes_without_saying(parsed: Parsed, turn: Turn, there: Sequence[Direction]) -> bool:
    """Tell whether a word of degree is part of a denial, "no longer", or an "after" that nothing speaks against."""
    if turn.token.low == "after":
        return not {direction.name for direction in turn.directions} & {direction.name for direction in there}
    before = parsed.reading.tokens[turn.index - 1].low if turn.index else ""
    return (before, turn.token.low) == ("no", "longer")


def _degrees(turn: Turn, pointing: Sequence[Direction]) -> list[Direction]:
    """Give which way a word of degree points, in each of its meanings; nothing if it is none."""
    kinds = {direction.name for direction in turn.directions}
    losing = [d for d, own in zip(pointing, turn.directions, strict=True) if own in _LOSING]
    if losing or turn.token.low in _THINGS:
        return losing
    degree = kinds & (_DENYING if turn.second else _DEGREES)
    return list(pointing) if degree or turn.token.low in _COMPARATIVES else []


def _pointing(parsed: Parsed, turn: Turn) -> tuple[Direction, ...]:
    """Give which way a word points, denials reckoned in."""
    denied = sum(turn.index in denial.scope for denial in parsed.denials) % 2 == 1
    return tuple(direction.turned() if denied else direction for direction in turn.directions)


def _gained(mine: Sequence[Direction], there: Sequence[Direction]) -> bool:
    """Tell whether a text that has no word of a kind says at least that something is more, or less."""
    if {direction.name for direction in mine} & {direction.name for direction in there}:
        return False
    signs = {direction.sign for direction in there if direction.name in _GAINS}
    return bool(signs) and signs == {direction.sign for direction in mine if direction.name in _GAINS}


def _exclusive(meeting: Meeting) -> Iterator[Finding]:
    """Look for what makes the claim say that there is no more: "only", "limited to"."""
    if not any(token.low in _ONLY for token in meeting.quote.reading.tokens):
        for token in meeting.claim.reading.tokens:
            if token.low in _ONLY:
                yield Finding(Outcome.LACKS, f"The source does not say “{token.low}”.")


def _authors(meeting: Meeting) -> Iterator[Finding]:
    for match in _AUTHOR.finditer(meeting.claim.reading.text):
        name = match[1] or match[2]
        texts = (meeting.quote.reading, meeting.context.reading)
        if not any(has_name(reading, key_of(name)) for reading in texts):
            yield Finding(Outcome.LACKS, f"The source does not mention {name}.")


def _particulars(meeting: Meeting, familiar: AbstractSet[str]) -> Iterator[Finding]:
    """Look for each word that names a thing: known by its capitals or its rarity, or as all others are the same."""
    same_words = meeting.coverage >= SAME_WORDS
    for token, shown in _lacking(meeting):
        known = set(stems(token.low)) <= familiar or _has_kin(meeting, token)
        if shown.isupper() or not known or (same_words and not is_general(token.low, token.stem)):
            yield Finding(Outcome.LACKS, f"The source does not mention {shown}.")


def _strange(meeting: Meeting, claim: Worded, quote: Worded, common: AbstractSet[str]) -> Iterator[Finding]:
    """Look for words that are not quite common, and like none of the quote's: "ovarian" beside "glioblastoma"."""
    near = cosines(claim, quote)
    nearest = {word.start: float(row.max()) for word, row in zip(claim.words, near, strict=True)}
    for token, shown in _lacking(meeting):
        known = token.low in common or set(stems(token.low)) & common or is_general(token.low, token.stem)
        if not known and not _has_kin(meeting, token) and nearest.get(token.start, 1.0) < STRANGE:
            yield Finding(Outcome.LACKS, f"The source does not mention {shown}.")


def _lacking(meeting: Meeting) -> Iterator[tuple[Token, str]]:
    """Give the content words of the claim that the quote lacks, each with how it is written."""
    text = meeting.claim.reading.text
    for index in meeting.claim.content:
        token = meeting.claim.reading.tokens[index]
        shown = text[token.start : token.end]
        if not meeting.holds(token.stem) and not (
            shown.isupper() and has_name(meeting.quote.reading, token.low)
        ):
            yield token, shown


def _has_kin(meeting: Meeting, token: Token) -> bool:
    tokens = meeting.quote.reading.tokens
    return len(token.low) >= _LONG and any(
        len(other.low) >= _LONG and other.low[:_KIN] == token.low[:_KIN] for other in tokens
    )
