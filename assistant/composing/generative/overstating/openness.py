"""Finds what a source asks, plans, advises or reports of others, and a sentence says outright."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composing.generative.overstating.wording import any_of, modalities
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.language import english

# Share of the words that sentence and source have in common that must stand behind "whether" for it to govern them.
MOSTLY = 0.5
# Of what is supposed, so many words are shown.
MOST_SHOWN = 12
ASKED = "The source only asks this."
OPEN = "The source leaves open whether this is so."
UNDER_CONDITION = "The source says so only with a condition: “{}”."
SUPPOSED = "The source only supposes this: “{}”."
LESS = "The source only says so with “{}”."

# What follows them is not said to be so.
_WHETHER = re.compile(
    r"\bwhether\b(?! or not\b)"
    r"|\b(?:unclear|unknown|uncertain|unsure|not (?:yet )?(?:known|clear)|unresolved|debated|asked|questioned"
    r"|wondered) if\b"
    r"|\b(?:need\w*|require\w*|remain\w*|fail\w*|unable|necessary|order|aim\w*|hope\w*|trials?|stud(?:y|ies)) to"
    r" (?:\w+ )?(?:establish|show|prove|confirm|demonstrate|determine|verify) (?:if|that)\b"
    r"|\b(?:possibility|hypothesis|hypotheses|assumption|idea|notion|suspicion|prospect|theory|belief|myth|claims?"
    r"|fears?) that\b",
    re.IGNORECASE,
)
_NO_MATTER = re.compile(
    r"\b(?:regardless|irrespective|independent(?:ly)?) of\s*\Z|\bmatters?\s*\Z", re.IGNORECASE
)
_OPENNESS = any_of(
    "whether if ask* question* unclear unknown uncertain* open unresolved not_known not_yet_known not_clear"
    " not_yet_clear"
    " know knows investigat* test* examin* assess* evaluat* explor* study studies studied determin*"
    " find_out see clarif*"
    " depend depends remain remains may might could would compar* decid* establish* wonder* look* check*"
    " debat* possib*"
    " hypothe* assum* idea notion suspect* suspicion theor* belie* think* thought claim* fear* need* fail"
    " failed fails"
    " suggest* prove proves proof proven confirm* demonstrat* verif* try tries tried await* prospect"
)
# "Only in combination with X", "unless treated": without the condition it is not said.
_CONDITION = re.compile(
    r"\b(?:only (?:if|when|in|with|after|during|together|under)|unless|provided(?: that)?|as long as|except)"
    r" (?P<on>[^,.;]+)",
    re.IGNORECASE,
)
_SUPPOSING = re.compile(
    r"\bif\b[^.;]*\b(?:would|could|might)\b|\b(?:would|could|might)\b[^.;]*\bif\b", re.IGNORECASE
)
_SUPPOSED = re.compile(
    r"\b(?:if|would|could|may|might|should|were|provided|unless|when|once)\b", re.IGNORECASE
)


def openness(meeting: Meeting) -> Iterator[Finding]:
    """Tell whether a source leaves open, or says with less certainty, what a sentence says outright."""
    claim, quote = meeting.claim.reading.text, meeting.quote.reading.text
    if quote.rstrip(" ”\"'’)").endswith("?"):
        if not claim.rstrip(" ”\"'’)").endswith("?"):
            yield Finding(Outcome.DIFFERS, ASKED)
        return
    if not _OPENNESS.search(claim) and any(_governs(meeting, match) for match in _WHETHER.finditer(quote)):
        yield Finding(Outcome.DIFFERS, OPEN)
    supposing = _SUPPOSING.search(quote)
    if supposing and not _SUPPOSED.search(claim) and _shared(meeting, *supposing.span()) >= MOSTLY:
        yield Finding(Outcome.DIFFERS, SUPPOSED.format(_short(supposing.group())))
    yield from _conditions(meeting)
    for modality in modalities():
        match = modality.says.search(quote)
        if (
            match
            and not modality.alike.search(claim)
            and not _hedged(meeting)
            and _shared_clause(meeting, match)
        ):
            reason = LESS.format(match.group().lower())
            yield Finding(Outcome.LACKS, reason, (Mark(*match.span()),))


def _conditions(meeting: Meeting) -> Iterator[Finding]:
    """Look for the conditions of a source in a sentence, in any words."""
    places, pale = set(_places(meeting)), english().pale_words
    tokens = meeting.quote.reading.tokens
    for match in _CONDITION.finditer(meeting.quote.reading.text):
        start, end = match.span("on")
        named = [
            tokens[i].start
            for i in meeting.quote.content
            if start <= tokens[i].start < end and tokens[i].stem not in pale
        ]
        if named and not places.intersection(named) and _near(meeting, match):
            yield Finding(
                Outcome.LACKS, UNDER_CONDITION.format(_short(match.group())), (Mark(*match.span()),)
            )


def _near(meeting: Meeting, match: re.Match[str]) -> bool:
    """Tell whether a sentence takes up what stands in a clause with a condition, or right behind it."""
    tokens = meeting.quote.reading.tokens
    own = {token.clause for token in tokens if match.start() <= token.start < match.end()}
    clauses = (
        own | {min(own) - 1, max(own) + 1} if match.start() == 0 or "unless" in match.group().lower() else own
    )
    places = _places(meeting)
    return any(token.start in places and token.clause in clauses for token in tokens)


def _governs(meeting: Meeting, whether: re.Match[str]) -> bool:
    """Tell whether most of what sentence and source share stands behind a "whether" that leaves it open."""
    quote = meeting.quote.reading.text
    if _NO_MATTER.search(quote[: whether.start()]):
        return False
    end = re.search(
        r"[.;]|\b(?:is|was|are|remains?|has not)\b[^.;]*\b(?:un\w+|not)\b|\Z", quote[whether.end() :]
    )
    return _shared(meeting, whether.end(), whether.end() + (end.start() if end else 0)) >= MOSTLY


def _shared(meeting: Meeting, start: int, end: int) -> float:
    """Give the share of the words that a sentence has in common with its source that stand in a stretch of it."""
    places = _places(meeting)
    return sum(start <= place < end for place in places) / len(places) if places else 0.0


def _shared_clause(meeting: Meeting, match: re.Match[str]) -> bool:
    """Tell whether the sentence takes up what follows a word in its clause."""
    tokens = meeting.quote.reading.tokens
    clause = next((t.clause for t in tokens if t.start >= match.start() and t.is_word), None)
    places = {place for place in _places(meeting) if place >= match.end()}
    return any(token.start in places and token.clause == clause for token in tokens)


def _places(meeting: Meeting) -> list[int]:
    pale = english().pale_words
    shared = {other for mine, there in meeting.matches.items() if mine not in pale for other in there}
    return [token.start for token in meeting.quote.reading.tokens if token.stem in shared]


def _hedged(meeting: Meeting) -> bool:
    return any(token.low in english().hedges for token in meeting.claim.reading.tokens)


def _short(words: str) -> str:
    first = words.split()[:MOST_SHOWN]
    return words if len(first) == len(words.split()) else f"{' '.join(first)} …"
