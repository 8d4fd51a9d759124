"""A sentence or a row of a table as the verifier reads it, and the way back to the document's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, standing_sentences
from assistant.retrieval import RankedPassage
from assistant.verification import Mark
from corpus.document import BlockKind, Document, SectionRole, Span, Table


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of what is read that stands in the document, and where."""

    start: int
    end: int
    place: int


@dataclass(frozen=True, eq=False)
class Candidate:
    """A sentence that may speak to a claim.

    Attributes:
        evidence: The sentence, with those it leans on.
        text: What the verifier reads: its words, reference marks blank, the cells of a row under their headings.
        context: What it stands under.
        table: The table that it is a row of.
    """

    evidence: Evidence
    text: str
    context: str
    table: Table | None
    pieces: tuple[_Piece, ...]

    @property
    def similarity(self) -> float | None:
        """Cosine to the claim; None for a row, whose vector knows nothing of its header."""
        return None if self.table else self.evidence.similarity

    def places(self, marks: Sequence[Mark]) -> list[Span]:
        """Give the document's own words that marks of the read text stand for."""
        return [
            Span(
                piece.place + max(mark.start, piece.start) - piece.start,
                piece.place + min(mark.end, piece.end) - piece.start,
            )
            for mark in marks
            for piece in self.pieces
            if mark.start < piece.end and piece.start < mark.end
        ]


def candidate(document: Document, ranked: RankedPassage, index: int) -> Candidate | None:
    """Read a sentence of a passage; None if it is no finding: thanks, or a question."""
    stored = ranked.stored
    sentence = stored.passage.sentences[index]
    block = document.block_at(sentence.start)
    if block is None or sentence.of(document.text).endswith("?"):
        return None
    if block.section is not None and document.sections[block.section].role is SectionRole.ACKNOWLEDGEMENTS:
        return None
    table = document.table_at(sentence.start) if block.kind is BlockKind.TABLE_ROW else None
    if table and table.header and table.header.contains(sentence):
        return None
    standing = (sentence,) if table else standing_sentences(document, stored, index) or (sentence,)
    evidence = Evidence(
        document,
        stored,
        (sentence,),
        sentence,
        stored.sentence_vectors[index],
        float(ranked.similarities[index]),
        0.0,
        ranked.score,
    )
    text, pieces = _row(document, table, sentence) if table else _plain(document, sentence)
    return Candidate(evidence, text, _context(document, evidence, standing, table), table, pieces)


def _context(document: Document, evidence: Evidence, standing: Sequence[Span], table: Table | None) -> str:
    """Give what tells of whom a sentence speaks: record, headings, what it leans on, a table's caption."""
    record = document.record
    parts = [
        record.title,
        *evidence.passage.passage.path,
        *(span.of(document.text) for span in standing if span != evidence.main),
        table.caption.of(document.text) if table and table.caption else "",
        *(author.split(",")[0] for author in record.authors[:3]),
        str(record.year or ""),
    ]
    return ". ".join(filter(None, parts))


def _plain(document: Document, sentence: Span) -> tuple[str, tuple[_Piece, ...]]:
    """Give a sentence with its reference marks blank, so that every place stays where it is."""
    text = sentence.of(document.text)
    for mark in document.reference_marks:
        if mark.overlaps(sentence):
            first, last = (
                max(mark.start, sentence.start) - sentence.start,
                min(mark.end, sentence.end) - sentence.start,
            )
            text = text[:first] + " " * (last - first) + text[last:]
    return text, (_Piece(0, len(text), sentence.start),)


def _row(document: Document, table: Table, row: Span) -> tuple[str, tuple[_Piece, ...]]:
    """Give each cell of a row behind the headings of its column."""
    headings: dict[int, str] = {}
    if table.header:
        for line in table.header.of(document.text).split("\n"):
            for column, cell in enumerate(line.split("\t")):
                headings[column] = f"{headings.get(column, '')} {cell.strip()}".strip()
    text, pieces, place = "", [], row.start
    for column, cell in enumerate(row.of(document.text).split("\t")):
        heading = headings.get(column, "")
        text += ("; " if text else "") + (f"{heading}: " if heading and cell.strip() and column else "")
        pieces.append(_Piece(len(text), len(text) + len(cell), place))
        text += cell
        place += len(cell) + 1
    return text, tuple(pieces)
