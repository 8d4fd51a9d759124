"""Tells whether two sentences of different sources say different things of one thing; when in doubt they do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.composing.effects import Effect, effects
from assistant.composing.measuring import Reading, measured_stems, readings
from assistant.composing.particulars import Words, named
from assistant.verification.comparing.denials import compare_denials
from assistant.verification.comparing.directions import compare_directions
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Outcome
from assistant.verification.text.language import alike, english, stem
from assistant.verification.text.names import has_name
from assistant.verification.text.parsing import parse
from assistant.verification.text.quantity import COUNT, PERCENT, Bound, Quantity
from corpus.document import Document

# Shares of the shorter sentence's words that the other must have for a figure, and for a direction, to be of one thing.
SAME_STUDY = 0.5
SAME_FINDING = 0.75
SAME_FINDING_BOTH = 0.5
# Fewer words in common than this share, each in the same form, and they cannot come so near.
SHARED_WORDS = 0.4
ABOUT = 0.15
# Words outside what is measured that both must say: who was treated with what.
LEAST_COMMON = 2
_CITED = re.compile(
    r"\b([A-Z][\w'’-]+)(?: and [A-Z][\w'’-]+)? et al\b|\b([A-Z][\w'’-]+) (?:and colleagues)\b"
)
_ARM = re.compile(r"\b(?:regimen|arm|group|cohort|level|part|schedule)s?\s+([A-Z]|\d+)\b")
# "The FDA's approval summary puts …": who speaks is not what is spoken of.
_SPEAKING = re.compile(r"(?:The |A |An )?([A-Z][\w-]*)['’]s\b")
_BEING = re.compile(r"^(?:was|were|is|are|had|has|have)\s+")
_LONGEST_ABOUT = 8
# What a sentence concedes is not what it says.
_CONCEDING = re.compile(r"\W*(?:even|although|though|despite|while|whereas|notwithstanding)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the document it stands in."""

    text: str
    document: Document


def difference(first: Said, second: Said, known: Words = frozenset()) -> str | None:
    """Tell on what two sentences disagree.

    Args:
        first: A sentence.
        second: One of another document.
        known: Words of general English; the others name something particular, such as a drug.

    Returns:
        What they disagree about, in words that stand in both or name it in the first; None if they do not disagree.
    """
    if first.document.id == second.document.id:
        return None
    about = None
    if _can_be_one_thing(first, second, known, loosely=False):
        about = _by_figures(first, second)
    if about is None and _can_be_one_thing(first, second, known, loosely=True):
        about = _by_direction(first, second)
    return about


def _can_be_one_thing(first: Said, second: Said, known: Words, *, loosely: bool) -> bool:
    """Tell whether the names leave it open: each may be more particular than the other, but not both.

    Args:
        first: A sentence.
        second: Another.
        known: Words of general English.
        loosely: Whether the study may be another: a source's own name and title then count for nothing.
    """
    arms = [set(_ARM.findall(said.text)) for said in (first, second)]
    if arms[0] != arms[1]:
        return False
    return not (
        _particular(first, second, known, loosely=loosely)
        and _particular(second, first, known, loosely=loosely)
    )


def _particular(said: Said, other: Said, known: Words, *, loosely: bool) -> frozenset[str]:
    """Give the names that one says and the other does not, those aside by which a source names itself."""
    record = said.document.record
    there = parse(f"{other.text} {other.document.record.title}").reading
    own = (
        parse(f"{record.title} {' '.join(_families(said.document))}").reading
        if loosely
        else parse("").reading
    )
    speaking = _SPEAKING.match(said.text)
    aside = {name.lower() for name in _cited(said.text)} if loosely else set()
    aside |= {name.lower() for name in _families(said.document) | _families(other.document)}
    aside |= {parse(speaking[1]).reading.squeezed.strip()} if speaking else set()
    return frozenset(
        key
        for key in named(said.text, known)
        if not has_name(there, key) and not has_name(own, key) and key not in aside
    )


def _by_figures(first: Said, second: Said) -> str | None:
    """Look for two figures of one thing that cannot both be right."""
    for mine in readings(first.text):
        for theirs in readings(second.text):
            about = _measured_alike(first, mine, second, theirs) if _differ(mine, theirs) else None
            if about is not None and _common(first, second, about) and _same_study(first, second):
                return about
    return None


def _same_study(first: Said, second: Said) -> bool:
    """Tell whether both may speak of one study: each cites who the other cites or is by, and nothing is pooled."""
    for said, other in ((first, second), (second, first)):
        names = _cited(said.text)
        by = {name.lower() for name in (*_cited(other.text), *_families(other.document))}
        if names and not {name.lower() for name in names} & by:
            return False
        if _joined_with_others(said, other):
            return False
    coverage = max(_coverage(first.text, second.text), _coverage(second.text, first.text))
    return coverage >= SAME_STUDY


def _joined_with_others(said: Said, other: Said) -> bool:
    """Tell whether a name that the other lacks is joined to one that it has: "ELIANA and ENSIGN", pooled."""
    there = parse(other.text).reading
    found = parse(said.text).names
    return any(
        re.fullmatch(r"\s*(?:,|and|&|plus|with|,\s*and)\s*", said.text[one.end : two.start])
        and has_name(there, one.key) != has_name(there, two.key)
        for one, two in pairwise(found)
    )


def _coverage(claim: str, quote: str) -> float:
    return Meeting(parse(claim), parse(quote), parse("")).coverage


def _cited(text: str) -> set[str]:
    return {name for groups in _CITED.findall(text) for name in groups if name}


def _families(document: Document) -> set[str]:
    return {name.family for name in document.record.author if name.family}


def _measured_alike(first: Said, mine: Reading, second: Said, theirs: Reading) -> str | None:
    """Give the words for what both figures are of, if it is the same, of the same grade, at the same time."""
    if mine.labels != theirs.labels or mine.times != theirs.times:
        return None
    one, two = measured_stems(first.text, mine), measured_stems(second.text, theirs)
    if not one or not two or not _mutual(one, two):
        return None
    phrases = [r.measured.of(said.text) for said, r in ((first, mine), (second, theirs)) if r.measured]
    return _BEING.sub("", max(phrases, key=len))


def _mutual(one: frozenset[str], two: frozenset[str]) -> bool:
    return all(any(alike(a, b) for b in two) for a in one) and all(any(alike(a, b) for a in one) for b in two)


def _common(first: Said, second: Said, about: str) -> bool:
    """Tell whether both say enough else alike: the product, the disease, the trial."""
    mine, theirs = parse(first.text), parse(second.text)
    aside = english().pale_words | {stem(word) for word in re.findall(r"\w+", about.lower())}
    shared = {
        a for a in mine.content_stems if a not in aside and any(alike(a, b) for b in theirs.content_stems)
    }
    return len(shared) >= LEAST_COMMON


def _differ(mine: Reading, theirs: Reading) -> bool:
    """Tell whether two figures cannot both be right, rounding and "about" reckoned in."""
    one, two = mine.quantity, theirs.quantity
    if mine.part is not None and theirs.part is not None and (mine.whole is None) != (theirs.whole is None):
        # "seven of those eight" against "8 of 11": those eight are part of the eleven, so the parts compare.
        return mine.part != theirs.part and PERCENT in {one.dimension, two.dimension}
    if one.dimension != two.dimension or one.per != two.per:
        return False
    if (
        one.dimension == COUNT
        and one.nouns
        and two.nouns
        and not any(alike(a, b) for a in one.nouns for b in two.nouns)
    ):
        return False
    low, high = sorted((_extent(one), _extent(two)))
    slack = _slack(one, two)
    return low[1] + slack < high[0]


def _extent(quantity: Quantity) -> tuple[float, float]:
    if quantity.bound is Bound.AT_LEAST:
        return quantity.low, float("inf")
    if quantity.bound is Bound.AT_MOST:
        return float("-inf"), quantity.high
    slack = ABOUT * abs(quantity.high) if quantity.bound is Bound.ABOUT else 0.0
    return quantity.low - slack, quantity.high + slack


def _slack(one: Quantity, two: Quantity) -> float:
    """Give how far two figures may lie apart for rounding."""
    decimals = min(one.decimals, two.decimals)
    return 0.51 * max(one.unit, two.unit) * 10.0**-decimals if one.decimals != two.decimals else 1e-9


def _by_direction(first: Said, second: Said) -> str | None:
    """Look for one finding that goes up in one and down, or not at all, in the other."""
    for mine in effects(first.text):
        for theirs in effects(second.text):
            outcome = mine.shares(theirs)
            if outcome and mine.way != theirs.way and _same_finding(mine, theirs):
                return _common_words(first, second)
    if not _could_be_opposed(first.text, second.text):
        return None
    coverages = _coverage(first.text, second.text), _coverage(second.text, first.text)
    near = max(coverages) >= SAME_FINDING and min(coverages) >= SAME_FINDING_BOTH
    if not (near and _same_study(first, second)):
        return None
    both = _opposed(first.text, second.text) and _opposed(second.text, first.text)
    return _common_words(first, second) if both else None


def _could_be_opposed(first: str, second: str) -> bool:
    """Tell quickly whether two sentences share words enough, and one denies or both point somewhere."""
    if _CONCEDING.match(first) or _CONCEDING.match(second):
        return False
    one, two = parse(first), parse(second)
    if not (one.denials or two.denials or (one.turns and two.turns)):
        return False
    mine, theirs = set(one.content_stems), set(two.content_stems)
    return len(mine & theirs) >= SHARED_WORDS * min(len(mine), len(theirs))


def _opposed(claim: str, quote: str) -> bool:
    """Tell whether the verifier finds that one denies the other or says the opposite."""
    meeting = Meeting(parse(claim), parse(quote), parse(""))
    found = (*compare_denials(meeting), *compare_directions(meeting))
    return any(finding.outcome is Outcome.DIFFERS for finding in found)


def _same_finding(mine: Effect, theirs: Effect) -> bool:
    """Tell whether two effects on one outcome are of one cause: the clauses of both name it."""
    outcomes = (*mine.outcomes, *theirs.outcomes)
    causes = [cause for cause in mine.causes if not any(alike(cause, outcome) for outcome in outcomes)]
    return any(alike(a, b) for a in causes for b in theirs.causes)


def _common_words(first: Said, second: Said) -> str:
    """Give the stretch of the first sentence that has most of what the second says too."""
    mine, theirs = parse(first.text), parse(second.text)
    pale = english().pale_words
    tokens = mine.reading.tokens
    common = [
        index
        for index in mine.content
        if tokens[index].stem not in pale and any(alike(tokens[index].stem, b) for b in theirs.content_stems)
    ]
    stretches = [
        (sum(start <= index <= end for index in common), start - end, -start, end)
        for start in common
        for end in common
        if 0 <= end - start < _LONGEST_ABOUT and tokens[start].clause == tokens[end].clause
    ]
    if not stretches:
        return ""
    _, _, start, end = max(stretches)
    return mine.reading.text[tokens[-start].start : tokens[end].end]
