"""Aligns a claim with one quote: all rules, and the verdict that they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Verdict
from assistant.verification.comparing.denials import compare_denials
from assistant.verification.comparing.directions import compare_directions
from assistant.verification.comparing.exclusions import compare_exclusions
from assistant.verification.comparing.meeting import Meeting, Weight
from assistant.verification.comparing.names import compare_names
from assistant.verification.comparing.places import compare_places
from assistant.verification.comparing.quantities import compare_quantities
from assistant.verification.comparing.reach import compare_reach
from assistant.verification.comparing.roles import compare_roles
from assistant.verification.judgement import Alignment, Evidence, Finding, Mark, Outcome
from assistant.verification.text.language import english, is_general
from assistant.verification.text.names import has_name
from assistant.verification.text.parsing import Parsed, parse

# Share of a claim's words, by weight, that a quote must have: to support it by words alone, to support it where a
# number, a denial or a direction of it agrees, to contradict it, and to speak of the same thing at all. Calibrated on
# 60 true and 64 false paraphrases of sentences of the starter corpus.
SUPPORTING = 0.6
SUPPORTING_CHECKED = 0.5
CONTRADICTING = 0.5
NEAR = 0.45
# Share from which a quote that lacks a particular thing of the claim still says part of it.
MOSTLY_COVERED = 0.75
# Cosine by which a quote means the same though its words are others, and the words it must then share all the same.
SAME_MEANING = 0.7
SUPPORTING_ALIKE = 0.3
# Cosine below which a quote is about something else, unless it has this share of the words.
LEAST_SIMILARITY = 0.25
WHOLLY_COVERED = 0.9
# Share of what a quote says of its names that a claim must say for another name to contradict: the sentence is the same
# but for the name.
SAME_SENTENCE = 0.7
# Share of what a claim says of its names, by weight, that a quote must say too.
SAID = 0.6
# Of so few words one is half of what is said: "deaths occurred" says nothing of "fever occurred".
FEW_WORDS = 3
ALL_SAID = 0.95
# Below this share it does not speak of it; where it lacks the word on which the claim turns, below the higher one.
LEAST_SAID = 0.34
MOSTLY_SAID = 0.6
# Stems, beside those that every paper has, that claim and quote must share for one to contradict the other.
FEWEST_SHARED = 3
MOST_MISSING = 3


def align(
    claim: str, evidence: Evidence, weight: Weight | None, synonyms: Mapping[str, Sequence[str]] | None
) -> Alignment:
    """Judge a claim by one quote."""
    meeting = Meeting(parse(claim), parse(evidence.text), parse(evidence.context), weight, synonyms)
    if _stands_in(meeting):
        return Alignment(Verdict.SUPPORTED, 1.0, ("The source says so in these words.",))
    coverage = meeting.coverage
    similarity = coverage if evidence.similarity is None else evidence.similarity
    score = (coverage + similarity) / 2
    alike = similarity >= SAME_MEANING and coverage >= SUPPORTING_ALIKE
    if similarity < LEAST_SIMILARITY and coverage < WHOLLY_COVERED:
        return Alignment(Verdict.NOT_FOUND, score)
    if coverage < NEAR and not alike:
        return Alignment(Verdict.NOT_FOUND, score)
    named, counted = tuple(compare_names(meeting)), tuple(compare_quantities(meeting))
    placed = tuple(compare_places(meeting)) if coverage >= SUPPORTING else ()
    named += tuple(_of(Outcome.DIFFERS, placed))
    opposed = (*compare_directions(meeting), *compare_roles(meeting), *compare_exclusions(meeting))
    said = (*counted, *compare_denials(meeting), *opposed, *_of(Outcome.LACKS, placed))
    alignment = _weighed(meeting, named, said, score, alike=alike, found=evidence.similarity is not None)
    vetoed = any(finding.outcome is not Outcome.AGREES for finding in (*named, *counted))
    return replace(alignment, vetoed=vetoed, renamed=bool(_of(Outcome.DIFFERS, named)))


def _weighed(
    meeting: Meeting,
    named: Sequence[Finding],
    said: Sequence[Finding],
    score: float,
    *,
    alike: bool,
    found: bool,
) -> Alignment:
    """Reach a verdict from all findings: what differs, then what lacks, then whether enough of the words agree.

    A quote that was cited is about the claim; one that was merely found must show it before it contradicts.
    """
    coverage = meeting.coverage
    says_little = len(meeting.said_of_names) <= FEW_WORDS
    if meeting.predication < (MOSTLY_SAID if meeting.unmet or says_little else LEAST_SAID):
        return Alignment(Verdict.NOT_FOUND, score)
    differing = _of(Outcome.DIFFERS, said)
    other_name = _of(Outcome.DIFFERS, named)
    elsewhere = bool(_of(Outcome.LACKS, named))
    renamed = bool(other_name) and meeting.mirrored.predication >= SAME_SENTENCE
    if (
        coverage >= CONTRADICTING
        and (renamed or (differing and not other_name and not elsewhere))
        and (_about_it(meeting) or not found)
    ):
        return _alignment(Verdict.CONTRADICTED, score, [*other_name, *differing])
    if differing or other_name or (elsewhere and coverage < SUPPORTING):
        return Alignment(Verdict.NOT_FOUND, score)
    specific = _lacks_specific(meeting)
    if specific and coverage < MOSTLY_COVERED:
        return Alignment(Verdict.NOT_FOUND, score)
    lacking = _of(Outcome.LACKS, (*named, *said, *compare_reach(meeting)))
    if lacking:
        return _alignment(Verdict.PARTIAL, score, lacking)
    agreeing = _of(Outcome.AGREES, said)
    enough = coverage >= SUPPORTING or (agreeing and coverage >= SUPPORTING_CHECKED)
    if (
        (alike or (enough and meeting.predication >= (ALL_SAID if says_little else SAID)))
        and not meeting.unmet
        and not specific
    ):
        return Alignment(Verdict.SUPPORTED, score, (), _marks([*agreeing, _words(meeting)]))
    return _alignment(Verdict.PARTIAL, score, [Finding(Outcome.LACKS, _missing(meeting)), _words(meeting)])


def _about_it(meeting: Meeting) -> bool:
    """Tell whether claim and quote share enough to speak of one thing: "86 patients were treated" is said of many."""
    pale = english().pale_words
    shared = {
        stem for stem, there in meeting.matches.items() if there and stem not in pale
    } | meeting.abbreviated
    named = any(has_name(meeting.quote.reading, name.key) for name in meeting.claim.names)
    return named or len(shared) >= FEWEST_SHARED or meeting.mirrored.predication >= SAME_SENTENCE


def _lacks_specific(meeting: Meeting) -> bool:
    """Tell whether the quote lacks a word of the claim that names a particular thing."""
    tokens = (meeting.claim.reading.tokens[index] for index in meeting.claim.content)
    return any(not is_general(t.low, t.stem) and not meeting.holds(t.stem) for t in tokens)


def _of(outcome: Outcome, findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.outcome is outcome]


def _stands_in(meeting: Meeting) -> bool:
    """Tell whether the claim stands in the quote word for word, and nothing around it denies or weakens it."""
    claim, quote = _flat(meeting.claim.reading.text), _flat(meeting.quote.reading.text)
    at = quote.find(claim) if claim else -1
    if at < 0 or (quote[at - 1 : at].isalnum() and at) or quote[at + len(claim) :][:1].isalnum():
        return False
    if len(claim) == len(quote):
        return True
    words = meeting.claim.reading.squeezed
    before = meeting.quote.reading.squeezed.partition(words)[0].count(" ")
    places = [i for i, token in enumerate(meeting.quote.reading.tokens) if token.is_word][before:][
        : words.count(" ") - 1
    ]
    inside = set(places)
    hedges = _hedged(meeting.quote, inside)
    return not any(
        denial.cue not in inside and denial.scope & inside for denial in meeting.quote.denials
    ) and not any(meeting.quote.reading.tokens[i].clause in hedges for i in inside)


def _hedged(parsed: Parsed, inside: set[int]) -> set[int]:
    """Give the clauses that a hedge outside some words weakens."""
    hedges = english().hedges
    return {t.clause for i, t in enumerate(parsed.reading.tokens) if t.low in hedges and i not in inside}


@lru_cache(maxsize=4096)
def _flat(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(" .")


def _alignment(verdict: Verdict, score: float, findings: Sequence[Finding]) -> Alignment:
    reasons = tuple(dict.fromkeys(finding.reason for finding in findings if finding.reason))
    return Alignment(verdict, score, reasons, _marks(findings))


def _marks(findings: Sequence[Finding]) -> tuple[Mark, ...]:
    """Give the deciding words of several findings, in order; those that touch or overlap as one."""
    merged: list[Mark] = []
    for mark in sorted({mark for finding in findings for mark in finding.marks}):
        if merged and mark.start <= merged[-1].end:
            merged[-1] = Mark(merged[-1].start, max(mark.end, merged[-1].end))
        else:
            merged.append(mark)
    return tuple(merged)


def _words(meeting: Meeting) -> Finding:
    """Mark the words that claim and quote share, the pale ones aside."""
    pale, small = english().pale_words, english().stop_words
    said = {stem for mine, there in meeting.matches.items() if mine not in pale for stem in there}
    places = [
        index
        for index, token in enumerate(meeting.quote.reading.tokens)
        if token.stem in said and token.low not in small
    ]
    return Finding(Outcome.AGREES, "", meeting.marks_of(places))


def _missing(meeting: Meeting) -> str:
    """Name the words of the claim that the quote lacks, the weightiest first."""
    lacking: dict[str, str] = {}
    for index in meeting.claim.content:
        token = meeting.claim.reading.tokens[index]
        if not meeting.holds(token.stem):
            lacking.setdefault(token.stem, meeting.claim.reading.text[token.start : token.end])
    heaviest = sorted(lacking, key=lambda stem: -meeting.weigh(stem))[:MOST_MISSING]
    words = ", ".join(f"“{word}”" for stem, word in lacking.items() if stem in heaviest)
    return (
        f"The source says only part of this; it does not mention {words}."
        if words
        else "The source says only part of this."
    )
