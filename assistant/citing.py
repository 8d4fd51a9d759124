"""Numbers citations and writes the answer: from a draft to what every interface renders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import (
    Aspect,
    Citation,
    Comparison,
    Disagreement,
    Extract,
    Figure,
    Group,
    Quote,
    Statement,
    Verdict,
)
from assistant.composing.draft import Draft, DraftFigure, DraftStatement
from assistant.composing.wording import LEAD_INS, SOURCES_DIFFER, described, differing_in, remarks_on
from assistant.evidence import Evidence, shown
from assistant.verification import verify
from corpus.catalogue import StoredPassage
from corpus.document import Document, Span

NOTHING_FOUND = "*No statement found*"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~$#])")
# What would turn an address in a document into a link of its own.
_LINKING = {"://": "&#58;//", "www.": "www&#46;", "@": "&#64;"}
_LINE_OPENING = re.compile(r"^(\s*)(\d+)([.)])(\s)|^(\s*)([-+=])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cited:
    """An answer's cited parts."""

    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    comparison: Comparison | None
    groups: tuple[Group, ...] = ()
    figures: tuple[Figure, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    remarks: tuple[str, ...] = ()


def cite(draft: Draft) -> Cited:
    """Number a draft's citations, judge its statements and write its Markdown.

    Numbers run in order of appearance, those of one document together. One number is one passage.
    """
    numbers = _numbered(draft.statements)
    statements = tuple(
        _statement(index, drafted, numbers) for index, drafted in enumerate(draft.statements, start=1)
    )
    citations = tuple(_citations(draft.statements, numbers))
    if draft.subjects:
        rows = tuple(
            Aspect(name=row.aspect, cells=tuple(tuple(statements[i].id for i in cell) for cell in row.cells))
            for row in draft.rows
        )
        comparison = Comparison(subjects=draft.subjects, aspects=rows)
        return Cited(_table(comparison, statements), statements, citations, comparison)
    return _related(draft, statements, citations, numbers)


def _related(
    draft: Draft, statements: tuple[Statement, ...], citations: tuple[Citation, ...], numbers: dict[str, int]
) -> Cited:
    """Write prose, with the sides, figures and disagreements that the composer found."""
    groups = tuple(
        Group(
            stance=group.stance,
            lead_in=LEAD_INS[group.stance],
            statements=tuple(statements[i].id for i in group.statements),
        )
        for group in draft.groups
    )
    figures = tuple(_figure(figure, statements, numbers) for figure in draft.figures)
    disagreements = tuple(
        Disagreement(
            about=found.about,
            statements=tuple(statements[i].id for i in found.statements),
            differences=found.differences,
            lead_in=SOURCES_DIFFER,
            remark=differing_in(found.differences),
        )
        for found in draft.disagreements
    )
    remarks = remarks_on({group.stance for group in groups}, citations, undefined=draft.undefined)
    by_id = {statement.id: statement for statement in statements}
    parts = [
        _in_groups(groups, by_id) if groups else _prose(statements),
        *remarks,
        _figures(figures),
        *(_disagreement(found, by_id) for found in disagreements),
    ]
    text = "\n\n".join(filter(None, parts))
    return Cited(text, statements, citations, None, groups, figures, disagreements, remarks)


def escaped(text: str) -> str:
    """Escape a document's words for Markdown: nothing in them is markup, a link or a citation of ours."""
    safe = _MARKDOWN.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
    for raw, harmless in _LINKING.items():
        safe = safe.replace(raw, harmless)
    return _LINE_OPENING.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}{m[4]}" if m[2] else f"{m[5]}\\{m[6]}", safe)


def citation_of(
    number: int, document: Document, passage: StoredPassage, quoted: Iterable[Evidence]
) -> Citation:
    """Describe a cited passage as the reader sees it."""
    record = document.record
    spans = sorted({span for evidence in quoted for span in evidence.sentences})
    hosts = [block.read_at for span in spans if (block := document.block_at(span.start)) and block.read_at]
    return Citation(
        number=number,
        document_id=document.id,
        passage_id=passage.passage.id,
        text_sha256=document.text_sha256,
        title=record.title,
        authors=tuple(record.authors),
        container_title=record.container_title,
        year=record.year,
        source_type=document.source_type,
        fidelity=document.fidelity,
        commercial=document.commercial,
        retracted=document.retracted,
        section=passage.passage.path,
        page=document.page_at(spans[0].start if spans else passage.passage.span.start),
        doi=record.doi,
        url=record.link,
        licence=document.licence.name,
        read_at=tuple(dict.fromkeys(hosts)),
        note=document.note,
        quotes=tuple(Extract(start=s.start, end=s.end, text=s.of(document.text)) for s in spans),
    )


def _numbered(statements: Sequence[DraftStatement]) -> dict[str, int]:
    """Number passages by their index ids."""
    by_document: dict[str, dict[str, None]] = {}
    for statement in statements:
        for evidence in statement.evidence:
            by_document.setdefault(evidence.document.id, {})[evidence.passage.index_id] = None
    ordered = (passage for passages in by_document.values() for passage in passages)
    return {passage: number for number, passage in enumerate(ordered, start=1)}


def _statement(index: int, drafted: DraftStatement, numbers: dict[str, int]) -> Statement:
    quotes = [
        Quote(
            citation=numbers[evidence.passage.index_id],
            start=span.start,
            end=span.end,
            text=_words(evidence, span),
        )
        for evidence in drafted.evidence
        for span in evidence.sentences
    ]
    return Statement(
        id=f"s{index}",
        text=drafted.text,
        verdict=drafted.verdict
        or verify(
            drafted.text, [shown(evidence.document, evidence.sentences) for evidence in drafted.evidence]
        ),
        citations=tuple(sorted({quote.citation for quote in quotes})),
        quotes=tuple(quotes),
    )


def _words(evidence: Evidence, span: Span) -> str:
    return span.of(evidence.document.text)


def _citations(statements: Sequence[DraftStatement], numbers: dict[str, int]) -> Iterable[Citation]:
    by_passage: dict[str, list[Evidence]] = {}
    for statement in statements:
        for evidence in statement.evidence:
            by_passage.setdefault(evidence.passage.index_id, []).append(evidence)
    for name, number in numbers.items():
        quoted = by_passage[name]
        yield citation_of(number, quoted[0].document, quoted[0].passage, quoted)


def _prose(statements: Sequence[Statement]) -> str:
    """Write the first statement as a paragraph and the others as a list; a listed statement keeps its items."""
    if not statements:
        return ""
    lead, *others = statements
    parts = [_with_marks(lead)]
    if others:
        parts.append(_listed(others))
    return "\n\n".join(parts)


def _in_groups(groups: Sequence[Group], by_id: dict[str, Statement]) -> str:
    """Write each side as a list under its lead-in."""
    return "\n\n".join(
        f"{group.lead_in}\n\n{_listed([by_id[name] for name in group.statements])}" for group in groups
    )


def _listed(statements: Sequence[Statement]) -> str:
    return "\n".join(
        f"- {_with_marks(statement).replace(chr(10), chr(10) + '  ')}" for statement in statements
    )


def _figure(drafted: DraftFigure, statements: Sequence[Statement], numbers: dict[str, int]) -> Figure:
    text, number = drafted.evidence.document.text, numbers[drafted.evidence.passage.index_id]

    def extract(span: Span) -> Extract:
        return Extract(start=span.start, end=span.end, text=span.of(text))

    return Figure(
        statement=statements[drafted.statement].id,
        citation=number,
        number=extract(drafted.number),
        unit=extract(drafted.unit) if drafted.unit else None,
        measured=extract(drafted.measured) if drafted.measured else None,
        population=extract(drafted.population) if drafted.population else None,
        source=described(drafted.evidence.document),
    )


def _figures(figures: Sequence[Figure]) -> str:
    """Write figures as a table; a cell of which nothing is sure stays empty."""
    if not figures:
        return ""
    lines = ["| Figure | Of what, in whom | Source |", "|---|---|---|"]
    for figure in figures:
        whom = [part.text for part in (figure.measured, figure.population) if part]
        cells = figure.number.text, " · ".join(whom), figure.source
        lines.append(
            f"| {' | '.join(escaped(' '.join(cell.split())) for cell in cells)} [{figure.citation}] |"
        )
    return "\n".join(lines)


def _disagreement(found: Disagreement, by_id: dict[str, Statement]) -> str:
    marks = ", ".join("".join(f"[{n}]" for n in by_id[name].citations) for name in found.statements)
    about = escaped(" ".join(found.about.split()))
    return " ".join(filter(None, (f"**{found.lead_in}** {about} {marks}.", found.remark)))


def _with_marks(statement: Statement) -> str:
    first, *items = escaped(statement.text).split("\n")
    marks = "".join(f"[{number}]" for number in statement.citations)
    if statement.verdict is Verdict.PARTIAL:
        marks = f"{marks} (partly supported)"
    if not items:
        return f"{first} {marks}"
    return "\n".join([f"{first} {marks}", *(f"- {item}" for item in items)])


def _table(comparison: Comparison, statements: Sequence[Statement]) -> str:
    by_id = {statement.id: statement for statement in statements}
    lines = ["| | " + " | ".join(map(escaped, comparison.subjects)) + " |"]
    lines.append("|---" * (len(comparison.subjects) + 1) + "|")
    for row in comparison.aspects:
        cells = [_cell([by_id[name] for name in cell]) for cell in row.cells]
        lines.append(f"| **{escaped(row.name)}** | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(statements: Sequence[Statement]) -> str:
    texts = [_with_marks(statement).replace("\n- ", " • ") for statement in statements]
    return "<br><br>".join(texts) or NOTHING_FOUND
