"""Holds a sentence to the evidence that it names: what the evidence says of it, and which of it bears the sentence out.

No evidence is ever looked for that the sentence does not name: what a model meant by a wrong key is not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Verdict
from assistant.composing.generative.demands import demands
from assistant.composing.generative.overstating import overstated
from assistant.evidence import Evidence, shown
from assistant.verification import Evidence as Quoted
from assistant.verification import Judgement, judge
from assistant.verification.comparing.denials import compare_denials
from assistant.verification.comparing.directions import compare_directions
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Outcome
from assistant.verification.text.parsing import parse
from assistant.words import numbers

NAMES_NONE = "It names no evidence."
NAMES_UNKNOWN = "It names evidence that does not exist."
NOT_BORNE_OUT = "The evidence that it names does not say this."


class Judging(Protocol):
    """A verifier: `verification.judge`, or that with weights, an entailment model or what else it takes."""

    def __call__(
        self, claim: str, quotes: Sequence[Quoted], *, synonyms: Mapping[str, Sequence[str]]
    ) -> Judgement:
        """Judge a claim by quotes."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """How far evidence bears a sentence out.

    Attributes:
        verdict: What `evidence` says of it; of all that was named, where none is left.
        evidence: What of the named evidence bears it out, wholly or, for a partial verdict, in part.
        reasons: Why, in short sentences for the reader.
    """

    verdict: Verdict
    evidence: tuple[Evidence, ...]
    reasons: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether the sentence may be shown."""
        return bool(self.evidence)


def support(text: str, named: Sequence[Evidence], judging: Judging = judge) -> Support:
    """Judge a sentence by the evidence that it names.

    A citation stays if its evidence supports the sentence alone; if none does, and all together do, those stay that
    support a part. A sentence of which the evidence says only some stands as partial, unless what is lacking is a
    number, a name, a whole clause, or what turns its sense.

    Args:
        text: What is said.
        named: The evidence that it names.
        judging: The verifier.
    """
    if not named:
        return Support(Verdict.NOT_FOUND, (), (NAMES_NONE,))
    whole = _judged(text, named, judging)
    alone = [whole] if len(named) == 1 else [_judged(text, [found], judging) for found in named]
    if whole.verdict is Verdict.SUPPORTED:
        kept = [found for found, one in zip(named, alone, strict=True) if one.verdict is Verdict.SUPPORTED]
        are_joined = not kept
        if are_joined:
            kept = [
                found
                for found, alignment in zip(named, whole.alignments, strict=True)
                if alignment.verdict is Verdict.SUPPORTED
            ]
            # What contradicts a part is left out, and may have been all that supported another.
            whole = _judged(text, kept, judging)
        if whole.verdict is Verdict.SUPPORTED:
            lacking = _numbers_lacking(text, kept)
            if not lacking:
                return _moderated(text, kept, whole.reasons, are_joined=are_joined)
            return Support(Verdict.NOT_FOUND, (), (f"The evidence does not give {', '.join(lacking)}.",))
    if whole.verdict is Verdict.PARTIAL and not _numbers_lacking(text, named):
        kept = [found for found, one in zip(named, alone, strict=True) if _says_part(text, found, one)]
        groups = [[found] for found in kept]
        return _partial(text, groups, whole.reasons)
    return Support(whole.verdict, (), whole.reasons if whole.deciding else (NOT_BORNE_OUT,))


def quoted(found: Evidence) -> Quoted:
    """Give evidence as the verifier reads it: its words, under the title and the headings that they stand under.

    A title that tells its reader what to say reports nothing.
    """
    above = (found.document.record.title, *found.passage.passage.path)
    context = ". ".join(text for text in above if text and not demands(text))
    return Quoted(shown(found.document, found.sentences), context)


def _judged(text: str, named: Sequence[Evidence], judging: Judging) -> Judgement:
    synonyms: dict[str, list[str]] = {}
    for document in {found.document.id: found.document for found in named}.values():
        for abbreviation in document.abbreviations:
            synonyms.setdefault(abbreviation.short, []).append(abbreviation.long)
    return judging(text, [quoted(found) for found in named], synonyms=synonyms)


def _moderated(text: str, kept: Sequence[Evidence], reasons: tuple[str, ...], *, are_joined: bool) -> Support:
    """Let a sentence be supported by what says as much as it does; less lets it stand as partial, or not at all.

    Args:
        text: What is said.
        kept: What bears it out.
        reasons: Why.
        are_joined: Whether all of it is needed, or each bears the sentence out alone.
    """
    groups = [list(kept)] if are_joined else [[found] for found in kept]
    equal = [found for group in groups if not _overstated(text, group) for found in group]
    return Support(Verdict.SUPPORTED, tuple(equal), reasons) if equal else _partial(text, groups, ())


def _partial(text: str, groups: Sequence[Sequence[Evidence]], reasons: tuple[str, ...]) -> Support:
    """Let a sentence stand as partial by what does not say otherwise."""
    judged = [(group, _overstated(text, group)) for group in groups]
    kept = [
        (group, findings)
        for group, findings in judged
        if all(finding.outcome is not Outcome.DIFFERS for finding in findings)
    ]
    if kept:
        told = reasons or tuple(finding.reason for finding in kept[0][1])
        return Support(Verdict.PARTIAL, tuple(found for group, _ in kept for found in group), told)
    against = next((f for _, findings in judged for f in findings if f.outcome is Outcome.DIFFERS), None)
    return Support(Verdict.NOT_FOUND, (), (against.reason,) if against else reasons or (NOT_BORNE_OUT,))


def _overstated(text: str, group: Sequence[Evidence]) -> tuple[Finding, ...]:
    return overstated(text, [quoted(found) for found in group])


def _says_part(text: str, found: Evidence, alone: Judgement) -> bool:
    """Tell whether evidence says some of a sentence, and only words are lacking: no number, name, clause or denial."""
    only = alone.alignments[0]
    if not alone.verdict is only.verdict is Verdict.PARTIAL or only.vetoed:
        return False
    quote = quoted(found)
    meeting = Meeting(parse(text), parse(quote.text), parse(quote.context))
    turned = (*compare_denials(meeting), *compare_directions(meeting))
    return all(finding.outcome is Outcome.AGREES for finding in turned)


def _numbers_lacking(text: str, named: Sequence[Evidence]) -> list[str]:
    """Give the numbers of a sentence that the evidence has in no form and that no rule of the verifier has compared.

    The verifier knows that 120 minutes are 2 hours; a number that it takes for none must be there as it stands.
    """
    quotes = [quoted(found) for found in named]
    given = numbers(" ".join(f"{quote.context} {quote.text}" for quote in quotes))
    parsed = parse(text)
    places = [(found.start, found.end) for found in parsed.quantities]
    places += [(name.start, name.end) for name in parsed.names]
    compared = numbers(" ".join(text[start:end] for start, end in places))
    return sorted(numbers(text) - given - compared)
