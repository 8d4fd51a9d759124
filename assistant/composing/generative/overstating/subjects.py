"""Finds where a sentence says of people, or of all, what a source says of animals, of cells in a dish, or of some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Mark, Outcome
from assistant.verification.text.language import english
from assistant.verification.text.parsing import parse

OF_OTHERS = "The source says this of “{}”, not of people."
OF_SOME = "The source says this only of “{}”."
NOT_ITSELF = "The source's title speaks of this, the cited words do not."

# Share of what a sentence says that the cited words themselves must say, without their title and headings.
OWN_WORDS = 0.34
# Below this share, they must have the words on which it turns.
MOSTLY_OWN = 0.51
# What title and words say together must be so much of it, or it is not by the title that it is borne out.
BY_TITLE = 0.5

_NOTHING = parse("")
_ANIMALS = (
    r"mice|rats|rabbits|dogs|monkeys|macaques|pigs|hamsters|rodents|(?:non-?human )?primates|ferrets|animals|zebrafish"
    r"|guinea pigs"
)
_MODELS = (
    r"(?:mouse|murine|animal|rat|rodent|xenograft|preclinical|pre-clinical|macaque|canine|porcine)(?: \w+){0,2}"
    r" (?:models?|studies|study|experiments?)"
)
_DISH = (
    r"in vitro(?! (?:expan|transcri|cultur|diagnos|fertili))|in silico|preclinical(?:ly)?|xenografts?"
    r"|(?:in|against|on|with) (?:\w+ ){0,3}cell lines?"
)
_OTHERS = re.compile(rf"\b(?:{_MODELS}|{_ANIMALS}|{_DISH})\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:patients?(?!-derived|-specific| derived)|people|persons?|humans|men|women|children|adults"
    r"|infants|participants|volunteers"
    r"|clinical(?:ly)?|clinic|recipients|donors?|in humans?|human (?:trials?|studies))\b",
    re.IGNORECASE,
)
_LABORATORY = re.compile(
    r"\b(?:mouse|mice|murine|rat|rats|rabbits?|dogs?|canine|monkeys?|macaques?|primates?|pigs?|porcine"
    r"|hamsters?|rodents?|ferrets?|animals?"
    r"|xenograft\w*|zebrafish|in vitro|in vivo|ex vivo|in silico|pre-?clinical\w*|lab|labs|laborator\w+"
    r"|dish\w*|test tubes?|cultures?|cultured"
    r"|cell lines?|lines?|experiment\w*|models?|bench)\b",
    re.IGNORECASE,
)
# "… in leukaemia, and in mice" says it of more than mice.
_BESIDES = re.compile(r"\band(?: also)? (?:in|on|of|for) (?:\w+ ){0,2}\Z", re.IGNORECASE)
_SOME_PEOPLE = (
    r"patients|people|children|adults|women|men|infants|participants|those|persons|volunteers|subjects|recipients|smokers"
    r"|non-?smokers|survivors|carriers|responders|non-?responders|adolescents|newborns|pregnant women|toddlers|veterans"
)
# "In patients older than 65 years, …": of whom alone it is said; "… who completed treatment"; "… in smokers".
_RESTRICTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:\A|[,;] )(?:in|among|for|of)\b (?P<whom>[^,;.]*?\b(?:{_SOME_PEOPLE})\b[^,;.]*),",
        r"\b(?<!than )(?P<whom>(?:patients|people|participants|those|persons) who"
        r" (?!received|were given|were treated)[^,;.]+)",
        r"\b(?:in|among) (?:\w+ )?(?P<whom>(?:non-?)?(?:smokers|responders)|survivors|carriers|pregnant women|infants"
        r"|newborns|children|adolescents|women|men|athletes|veterans|toddlers)(?=[,.;]|\Z| (?!with|who|and|or)\w)",
    )
)


def subjects(meeting: Meeting) -> Iterator[Finding]:
    """Tell whether a sentence speaks of others, or of more, than the cited words do."""
    yield from _people(meeting)
    yield from _restricted(meeting)
    yield from _own(meeting)


def _people(meeting: Meeting) -> Iterator[Finding]:
    claim, quote = meeting.claim.reading.text, meeting.quote.reading.text
    others = _OTHERS.search(quote)
    if (
        others is None
        or _BESIDES.search(quote[: others.start()])
        or _PEOPLE.search(quote)
        or _LABORATORY.search(claim)
    ):
        return
    mark = (Mark(*others.span()),)
    if _PEOPLE.search(claim):
        yield Finding(Outcome.DIFFERS, OF_OTHERS.format(others.group()), mark)
    else:
        yield Finding(Outcome.LACKS, OF_SOME.format(others.group()), mark)


def _restricted(meeting: Meeting) -> Iterator[Finding]:
    for pattern in _RESTRICTED:
        for match in pattern.finditer(meeting.quote.reading.text):
            if not _takes_up(meeting, *match.span("whom")):
                yield Finding(Outcome.LACKS, OF_SOME.format(match["whom"]), (Mark(*match.span("whom")),))
                return


def _takes_up(meeting: Meeting, start: int, end: int) -> bool:
    """Tell whether a sentence has any word of a stretch of its source that says something, or else its number."""
    pale, tokens = english().pale_words, meeting.quote.reading.tokens
    inside = [i for i in meeting.quote.content if start <= tokens[i].start < end]
    inside = [i for i in inside if tokens[i].stem not in pale]
    if inside:
        said = {other for there in meeting.matches.values() for other in there}
        return any(tokens[i].stem in said for i in inside)
    numbered = [quantity for quantity in meeting.quote.quantities if start <= quantity.start < end]
    return not numbered or any(
        (mine.dimension, mine.low) == (theirs.dimension, theirs.low)
        for mine in meeting.claim.quantities
        for theirs in numbered
    )


def _own(meeting: Meeting) -> Iterator[Finding]:
    """A title says what a whole paper is about: what only the title bears out is not said where it is cited."""
    bare = Meeting(meeting.claim, meeting.quote, _NOTHING, meeting.weight, meeting.synonyms)
    if meeting.predication < BY_TITLE or bare.predication == meeting.predication:
        return
    if bare.predication < OWN_WORDS or (bare.unmet and not meeting.unmet and bare.predication < MOSTLY_OWN):
        yield Finding(Outcome.DIFFERS, NOT_ITSELF)
