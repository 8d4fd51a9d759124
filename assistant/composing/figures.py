"""Sets the figures side by side that a quantity question asked for: number, what it is of, in whom, by which source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from assistant.composing.draft import DraftFigure, DraftStatement
from assistant.composing.measuring import Reading, measured_stems, readings
from assistant.composing.particulars import Words, named, short_forms
from assistant.evidence import Evidence
from assistant.verification.text.language import alike, english, stem
from assistant.verification.text.names import has_name
from assistant.verification.text.parsing import parse
from assistant.verification.text.quantity import COUNT, PERCENT
from corpus.document import Span

_TIME = "time"
_MONEY = frozenset({"USD", "EUR", "GBP", "JPY"})
_PRICE = re.compile(
    r"\b(?:costs?|prices?|expensive|dollars?|euros?|afford\w*|set you back|charged?)\b", re.IGNORECASE
)
_DURATION = re.compile(
    r"\b(?:how (?:long|fast|quickly|soon|many (?:days|weeks|months|years|hours))|duration|longest"
    r"|median [\w\s-]{0,20}survival)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:percentage|percent|proportion|share|fraction|rates?|incidence|frequency|what part"
    r"|how (?:often|common|frequent)\w*)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\bhow many\s+(?P<what>(?:[\w-]+\s+){0,3}?[\w-]+)"
    r"(?=\s+(?:of|in|did|do|does|were|was|are|is|have|had|can|could|came|come|went|got|per|each|people)\b|\s*[?,]|$)",
    re.IGNORECASE,
)
_COUNTED_PEOPLE = re.compile(
    r"\bhow many(?:\s+of\b|\s+(?:people|patients|participants|landed|ended|had|got|were)\b)", re.IGNORECASE
)
_DOSE = re.compile(r"\b(?:what|which|how (?:large|high|big))\b[\w\s-]{0,20}\bdoses?\b", re.IGNORECASE)
_FOR_WHAT = re.compile(
    r"\s+(?:with|for|on)\s+(?P<what>(?:"
    r"(?!(?:set against|against|compared|versus|and|or|in|at|over|per|by|while|but|from)\b)[\w-]+\s?){1,9})(?<!\s)"
)
_HYPHENED = re.compile(r"\b[A-Za-z]+-[A-Za-z]+\b")
_ABBREVIATION = re.compile(r"\(([A-Za-z][\w-]*)\)")
# Share of what a figure is of that the question must name; and how near to the best one the others must come.
LEAST_NAMED = 0.5
AKIN = 0.5
SHARE_OF_PEOPLE = 0.6
FEWEST = 2


def figures_for(
    question: str, statements: Sequence[DraftStatement], known: Words = frozenset()
) -> tuple[DraftFigure, ...]:
    """Find the figures that answer a quantity question, where a table of them says more than the statements do.

    Args:
        question: A question for a quantity, self-contained.
        statements: The statements of the answer, in reading order.
        known: Words of general English; the others name something particular.

    Returns:
        In the order of the statements; none where only one is found whose sentence does not say whom it is about.
    """
    wanted = _names_of(question, statements, known)
    found = [
        (fit, figure)
        for index, statement in enumerate(statements)
        if _speaks_of(wanted, statement.evidence[0])
        for fit, figure in _of_statement(question, index, statement.evidence[0])
    ]
    best = max((fit for fit, _ in found), default=0.0)
    # A figure of what was asked for makes those of something akin superfluous: neurologic events, side effects.
    kept = [figure for fit, figure in found if fit > AKIN * best]
    return tuple(kept) if len(kept) >= FEWEST or any(figure.population for figure in kept) else ()


def fit_of(question: str, text: str, reading: Reading) -> float:
    """Tell how far a figure is of the kind and of the thing that is asked for, from 0 to 1.

    Args:
        question: A question for a quantity, self-contained.
        text: The sentence that the figure stands in.
        reading: The figure.
    """
    dimension = reading.quantity.dimension
    if _PRICE.search(question):
        return float(dimension in _MONEY)
    if _DOSE.search(question):
        return float(dimension.startswith("mass") or _counts("cells", text, reading))
    if _COUNTED_PEOPLE.search(question):
        # A share of people tells how many as well, though less plainly.
        weight = 1.0 if _is_people(reading) else SHARE_OF_PEOPLE if dimension == PERCENT else 0.0
        return weight * _about(question, text, reading) if weight else 0.0
    if _DURATION.search(question):
        return _about(question, text, reading) if dimension == _TIME else 0.0
    if counted := _COUNTED.search(question):
        if reading.part is not None:
            return _about(question, text, reading)
        return float(dimension == COUNT and _counts(counted["what"], text, reading))
    if _SHARE.search(question):
        return _about(question, text, reading) if dimension == PERCENT else 0.0
    return 0.0


def _names_of(question: str, statements: Sequence[DraftStatement], known: Words) -> frozenset[str]:
    """Give the names in a question, short forms in lower case among them where a statement defines them."""
    defined = {short for statement in statements for short in short_forms(statement.text)}
    written = {word.replace("-", "").lower() for word in _HYPHENED.findall(question)}
    return named(question, known) | (defined & written)


def _speaks_of(wanted: AbstractSet[str], evidence: Evidence) -> bool:
    """Tell whether a sentence, its headings or its document's title say every name that was asked about."""
    there = parse(evidence.context).reading
    return all(has_name(there, name) for name in wanted)


def _of_statement(question: str, index: int, evidence: Evidence) -> Iterator[tuple[float, DraftFigure]]:
    """Give the figures of a statement that may answer, each with how far it is of what was asked."""
    for sentence in evidence.sentences:
        text = _plain(evidence, sentence)
        said: set[tuple[str, float, float]] = set()
        before: Reading | None = None
        for one in readings(text):
            reading = before = _priced(text, one, before)
            key = reading.quantity.dimension, reading.quantity.low, reading.quantity.high
            fit = fit_of(question, text, reading)
            sure = reading.measured or reading.population
            if key in said or not fit or not sure:
                continue
            said.add(key)
            whom = reading.population
            yield (
                fit,
                DraftFigure(
                    index,
                    evidence,
                    reading.number.shifted(sentence.start),
                    _shifted(reading.unit, sentence.start),
                    _shifted(reading.measured, sentence.start),
                    _shifted(whom if whom and not reading.number.contains(whom) else None, sentence.start),
                ),
            )


def _priced(text: str, reading: Reading, before: Reading | None) -> Reading:
    """Tell what a price is for, "$621 K with the older drug"; a second price is of what the first one is."""
    product = _FOR_WHAT.match(text, reading.number.end) if reading.quantity.dimension in _MONEY else None
    if product is None:
        return reading
    span = Span(*product.span("what"))
    measured = reading.measured
    if measured is None or measured.overlaps(span):
        measured = before.measured if before and before.population else None
    if measured is None:
        return replace(reading, measured=span)
    return reading if measured.overlaps(span) else replace(reading, measured=measured, population=span)


def _plain(evidence: Evidence, sentence: Span) -> str:
    """Give a sentence with its reference marks blanked out: "12" in brackets is no figure, and places stay."""
    text = sentence.of(evidence.document.text)
    for mark in evidence.document.reference_marks:
        if mark.overlaps(sentence):
            start, end = (
                max(mark.start, sentence.start) - sentence.start,
                min(mark.end, sentence.end) - sentence.start,
            )
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _shifted(span: Span | None, offset: int) -> Span | None:
    return span.shifted(offset) if span else None


def _is_people(reading: Reading) -> bool:
    if reading.part is not None:
        return True
    counted = reading.quantity.dimension == COUNT and reading.population is not None
    return counted and reading.population is not None and reading.number.overlaps(reading.population)


def _about(question: str, text: str, reading: Reading) -> float:
    """Tell how far the question and what a figure is of name the same, in words or by the abbreviation."""
    asked = parse(question)
    short = _ABBREVIATION.search(reading.measured.of(text)) if reading.measured else None
    if short and stem(short[1].lower()) in asked.content_stems:
        return 1.0
    measured = measured_stems(text, reading)
    named = [m for m in measured if any(alike(a, m) for a in asked.content_stems)]
    if not measured or len(named) < LEAST_NAMED * len(measured):
        return 0.0
    names = {t.stem for name in asked.names for t in asked.reading.tokens if name.start <= t.start < name.end}
    telling = [s for s in asked.content_stems if s not in english().pale_words | names]
    met = [a for a in telling if any(alike(a, m) for m in measured)]
    return len(named) / len(measured) * len(met) / max(1, len(telling))


def _counts(what: str, text: str, reading: Reading) -> bool:
    """Tell whether a number counts what is asked for, by the noun beside it."""
    unit = reading.unit.of(text).lower().split()[-1] if reading.unit else ""
    return bool(unit) and alike(stem(what.lower().split()[-1]), stem(unit))
