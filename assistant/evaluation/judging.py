"""Judges an answer by what its question expects. Pure: an answer and the documents' texts in, an outcome out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.answer import Answer, Citation, Comparison, Quote, Statement
from assistant.evaluation.outcome import JudgedCells, JudgedCitation, JudgedQuote, JudgedStatement, Outcome
from assistant.evaluation.questions import ExpectedCells, PosedQuestion, Trap
from assistant.words import content_words, flat, names

# Share of content words in common (Jaccard) from which on a statement repeats another.
REPEATED = 0.6


def judge(
    posed: PosedQuestion, answer: Answer, texts: Mapping[str, str], wall_milliseconds: float
) -> Outcome:
    """Judge an answer.

    A quote counts only if it stands in its document exactly where the answer says.

    Args:
        posed: The question with what is expected.
        answer: What was answered.
        texts: The canonical text of every cited document, by id.
        wall_milliseconds: The time until the answer was there.
    """
    statements = _statements(posed, answer, texts)
    found = {fact for statement in statements for citation in statement.citations for fact in citation.facts}
    missed = tuple(fact.pattern for fact in posed.facts if fact.pattern not in found)
    cells = tuple(_cells(posed.cells, answer.comparison, statements))
    return Outcome(
        posed=posed,
        understood=answer.kind,
        standalone_question=answer.standalone_question,
        composer=answer.composer,
        abstained=answer.abstained,
        reason=answer.abstention.reason if answer.abstention else None,
        missing_terms=answer.abstention.missing_terms if answer.abstention else (),
        answer=answer.answer,
        statements=statements,
        cells=cells,
        missed=missed,
        corrected=_corrected(posed, answer.abstained, statements),
        score=_score(posed, answer.abstained, missed, cells),
        milliseconds=answer.timings_ms.total,
        wall_milliseconds=wall_milliseconds,
    )


def _statements(
    posed: PosedQuestion, answer: Answer, texts: Mapping[str, str]
) -> tuple[JudgedStatement, ...]:
    cited = {citation.number: citation for citation in answer.citations}
    judged = []
    earlier: dict[str, frozenset[str]] = {}
    for statement in answer.statements:
        words = frozenset(content_words(statement.text))
        repeats = next((name for name, known in earlier.items() if _overlap(words, known) >= REPEATED), None)
        earlier[statement.id] = words
        judged.append(
            JudgedStatement(
                id=statement.id,
                text=statement.text,
                verdict=statement.verdict,
                citations=tuple(
                    _citation(number, statement, cited.get(number), posed, texts)
                    for number in statement.citations
                ),
                facts=_held(posed.required, [statement.text, *(quote.text for quote in statement.quotes)]),
                repeats=repeats,
            )
        )
    return tuple(judged)


def _citation(
    number: int,
    statement: Statement,
    citation: Citation | None,
    posed: PosedQuestion,
    texts: Mapping[str, str],
) -> JudgedCitation:
    """Judge a citation by what this statement quotes from it; what another quotes from it is not this one's."""
    quoted = [quote for quote in statement.quotes if quote.citation == number]
    text = texts.get(citation.document_id) if citation else None
    quotes = tuple(JudgedQuote(text=quote.text, exact=_is_exact(quote, text)) for quote in quoted)
    exact = [quote.text for quote in quotes if quote.exact]
    admitted = citation is not None and (not posed.documents or citation.document_id in posed.documents)
    return JudgedCitation(
        number=number,
        document_id=citation.document_id if citation else None,
        title=citation.title if citation else None,
        quotes=quotes,
        admitted=admitted,
        facts=_held(posed.required, exact) if admitted else (),
        also=bool(_held(posed.also, exact)),
    )


def _is_exact(quote: Quote, text: str | None) -> bool:
    return (
        text is not None
        and 0 <= quote.start < quote.end <= len(text)
        and text[quote.start : quote.end] == quote.text
    )


def _held(patterns: Iterable[re.Pattern[str]], texts: Sequence[str]) -> tuple[str, ...]:
    """Give the patterns that match one of the texts; no match reaches from one text into the next."""
    folded = [" ".join(text.split()) for text in texts]
    return tuple(dict.fromkeys(p.pattern for p in patterns if any(p.search(text) for text in folded)))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _cells(
    expected: Sequence[ExpectedCells], comparison: Comparison | None, statements: Sequence[JudgedStatement]
) -> Iterable[JudgedCells]:
    by_id = {statement.id: statement for statement in statements}
    columns = _columns([cells.subject for cells in expected], comparison.subjects if comparison else ())
    for cells, column in zip(expected, columns, strict=True):
        placed: list[str] = []
        if comparison and column is not None:
            placed = [name for aspect in comparison.aspects for name in aspect.cells[column] if name in by_id]
        found = {f for name in placed for citation in by_id[name].citations for f in citation.facts}
        yield JudgedCells(
            subject=cells.subject,
            column=comparison.subjects[column] if comparison and column is not None else None,
            statements=tuple(placed),
            missed=tuple(fact.pattern for fact in cells.facts if fact.pattern not in found),
            wrong=tuple(name for name in placed if _held(cells.wrong, _words(by_id[name]))),
        )


def _words(statement: JudgedStatement) -> list[str]:
    return [statement.text, *(quote.text for citation in statement.citations for quote in citation.quotes)]


def _columns(subjects: Sequence[str], columns: Sequence[str]) -> list[int | None]:
    """Find the column of each subject: by its name, by a name that holds it, and the rest in order."""
    free = dict(enumerate(columns))
    found: dict[int, int] = {}
    for same in (_same_name, _holds_name):
        for place, subject in enumerate(subjects):
            match = next((column for column, name in free.items() if same(name, subject)), None)
            if place not in found and match is not None:
                found[place] = match
                del free[match]
    rest = iter(free)
    return [found[place] if place in found else next(rest, None) for place in range(len(subjects))]


def _same_name(column: str, subject: str) -> bool:
    return flat(column) == flat(subject)


def _holds_name(column: str, subject: str) -> bool:
    return names(column, subject) or names(subject, column)


def _corrected(posed: PosedQuestion, abstained: bool, statements: Sequence[JudgedStatement]) -> bool:
    quotes = [
        quote.text
        for statement in statements
        for citation in statement.citations
        for quote in citation.quotes
        if quote.exact
    ]
    return posed.unanswerable is Trap.FALSE_PREMISE and abstained and bool(_held(posed.correction, quotes))


def _score(
    posed: PosedQuestion, abstained: bool, missed: Sequence[str], cells: Sequence[JudgedCells]
) -> float:
    if posed.unanswerable:
        return float(abstained)
    wanted = [cell for cell, expected in zip(cells, posed.cells, strict=True) if expected.facts]
    right = len(posed.facts) - len(missed) + sum(not cell.missed for cell in wanted)
    return right / (len(posed.facts) + len(wanted))
