"""Finds where a sentence says more than its evidence, though in the evidence's own words.

Words that are shared tell that both speak of one thing. They do not tell that a source only asks whether it is so, has
seen it in mice, or does not say that the one comes of the other. A model's sentences are new, so all of this may be in
them; what stands word for word in its evidence never says more than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Verdict
from assistant.composing.generative.overstating.causes import causes
from assistant.composing.generative.overstating.degrees import degrees
from assistant.composing.generative.overstating.figures import figures
from assistant.composing.generative.overstating.openness import openness
from assistant.composing.generative.overstating.strangers import strangers
from assistant.composing.generative.overstating.subjects import subjects
from assistant.verification import Evidence, judge
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding
from assistant.verification.text.parsing import parse
from assistant.verification.together import parts_of

__all__ = ["overstated"]


def overstated(text: str, quotes: Sequence[Evidence]) -> tuple[Finding, ...]:
    """Give what a sentence says beyond quotes that otherwise bear it out.

    Args:
        text: The sentence.
        quotes: One that bears it out alone, or several that do so together.

    Returns:
        Findings: what the source leaves out lacks, what it says otherwise differs.
    """
    said = " ".join(text.lower().split()).rstrip(" .")
    if any(said == " ".join(quote.text.lower().split()).rstrip(" .") for quote in quotes):
        return ()
    return tuple(_alone(text, quotes[0]) if len(quotes) == 1 else _together(text, quotes))


def _alone(text: str, quote: Evidence) -> Iterator[Finding]:
    meeting = Meeting(parse(text), parse(quote.text), parse(quote.context))
    yield from causes(meeting, are_several=False)
    yield from degrees(meeting)
    yield from openness(meeting)
    yield from figures(meeting)
    yield from subjects(meeting)
    yield from strangers(meeting)


def _together(text: str, quotes: Sequence[Evidence]) -> Iterator[Finding]:
    """Hold what joins the parts of a sentence to all quotes, and each part to those that bear it out."""
    claim = parse(text)
    joined = Meeting(claim, parse(" ".join(quote.text for quote in quotes)), parse(""))
    yield from causes(joined, are_several=True)
    for part in parts_of(claim.reading):
        bearing = [quote for quote in quotes if judge(part, [quote]).verdict is Verdict.SUPPORTED]
        found = [tuple(_alone(part, quote)) for quote in bearing]
        if found and all(found):
            yield from found[0]
