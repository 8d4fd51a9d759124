"""A run as one HTML file, to be read question by question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import groupby
from typing import Literal, NamedTuple

from jinja2 import Environment, StrictUndefined

from assistant.answer import Kind
from assistant.evaluation.outcome import JudgedCitation, Outcome
from assistant.evaluation.questions import PosedQuestion
from assistant.evaluation.run import Run
from assistant.evaluation.wording import shown, shown_count, shown_interval

_Mark = Literal["fact", "also"] | None


def report_of(run: Run) -> str:
    """Write a run as HTML that needs nothing but itself."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "shown": shown,
        "count": shown_count,
        "interval": shown_interval,
        "pieces": pieces,
        "verdict": _verdict,
        "standing": _standing,
    }
    template = (files("assistant.evaluation") / "report.html.jinja").read_text(encoding="utf-8")
    kinds = [kind.value for kind in Kind if any(o.posed.kind is kind for o in run.outcomes)]
    return environment.from_string(template).render(run=run, kinds=kinds)


class Piece(NamedTuple):
    """A run of quoted words, and as what they are marked."""

    text: str
    mark: _Mark


def pieces(text: str, posed: PosedQuestion) -> Iterator[Piece]:
    """Cut quoted words where they match required facts, corrections or what else is to the point.

    Put together, the pieces are the words again, their white space folded.
    """
    folded = " ".join(text.split())
    marks: list[_Mark] = [None] * len(folded)
    for start, end in _matches(posed.also, folded):
        marks[start:end] = ["also"] * (end - start)
    for start, end in _matches((*posed.required, *posed.correction), folded):
        marks[start:end] = ["fact"] * (end - start)
    for mark, run in groupby(range(len(folded)), key=marks.__getitem__):
        places = list(run)
        yield Piece(folded[places[0] : places[-1] + 1], mark)


def _verdict(outcome: Outcome) -> str:
    """Say in a word or two what became of a question."""
    if outcome.posed.unanswerable:
        if not outcome.abstained:
            return "answered, though unanswerable"
        return "declined and corrected" if outcome.corrected else "rightly declined"
    if outcome.abstained:
        return "declined, though answerable"
    if outcome.right:
        return "all found"
    return f"{outcome.score:.0%} found" if outcome.score else "nothing found"


def _standing(citation: JudgedCitation) -> str:
    """Say what a citation of an answerable question is worth."""
    if not citation.exact:
        return "not in the document as quoted"
    if citation.facts:
        return "required fact"
    if citation.also:
        return "to the point"
    return "beside the point" if citation.admitted else "beside the point, or not from an accepted document"


def _matches(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        yield from (match.span() for match in pattern.finditer(text))
