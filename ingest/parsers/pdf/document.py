"""From the glyphs of a PDF to a document: margins off, columns in order, parts, references, record, text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document
from corpus.errors import OriginError
from ingest.parsers.metadata import title_of
from ingest.parsers.pdf.columns import lines_in_order
from ingest.parsers.pdf.front import read_front
from ingest.parsers.pdf.headings import Levels
from ingest.parsers.pdf.lines import Line
from ingest.parsers.pdf.margins import without_margins
from ingest.parsers.pdf.measures import Measures, is_reference_heading
from ingest.parsers.pdf.page import Page, Segment
from ingest.parsers.pdf.parts import PartKind, parts_of
from ingest.parsers.pdf.reading import read_pdf
from ingest.parsers.pdf.record import read_metadata
from ingest.parsers.pdf.references import references_of, split_off
from ingest.parsers.pdf.repairs import LineEnds
from ingest.parsers.pdf.text import TextWriter, has_raised_marks

_MOST_UNREADABLE = 0.2
# In languages that are written in Latin letters, a, e, i and o are about a third of the letters. Where a font's letters
# are all wrong ("uif dfmmt"), they are as rare as the letters that they stand for.
_FEWEST_VOWELS, _MOST_VOWELS = 0.25, 0.62
_ENOUGH_LETTERS = 400
_VOWELS = re.compile(r"[aeioAEIO]")
_LETTERS = re.compile(r"[A-Za-z]")
_RECOGNISED = (
    "The text was recognised from scanned pages and may differ from them: compare a quotation with the scan."
)


def document_of(data: bytes, fallback_id: str) -> Document:
    """Read a PDF.

    Args:
        data: The file's bytes.
        fallback_id: The document's identity if the article states no DOI; its title too if none is plain.

    Raises:
        OriginError: The file cannot be read, or holds no text that can.
    """
    file = read_pdf(data)
    _refuse_unreadable(file.pages)
    kept = without_margins(file.pages)
    lines = [
        line
        for page, segments in zip(file.pages, kept, strict=True)
        for line in lines_in_order(page.number, segments, page.rules)
    ]
    measures = Measures(lines)
    front = read_front(parts_of(lines, measures), measures, file.information.get("Title", ""))
    parts, listed = split_off(front.rest)
    line_ends = LineEnds(line.text for line in lines)
    references = references_of(listed, line_ends)
    writer = TextWriter(
        line_ends,
        {page.number: page.rules for page in file.pages},
        references,
        raised_marks=has_raised_marks(lines, bool(references)),
    )
    canonical = writer.write(parts, Levels([part for part in parts if part.kind is PartKind.HEADING]))
    metadata = read_metadata(file, front, _first_page(lines), _margins(file.pages, kept))
    document = metadata.document(canonical, fallback_id, title_of(fallback_id), references)
    recognised = any(page.is_recognised for page in file.pages)
    return replace(document, note=_RECOGNISED) if recognised else document


def _refuse_unreadable(pages: Sequence[Page]) -> None:
    """Refuse a scan, and fonts that do not say which letters they draw."""
    text = unicodedata.normalize("NFD", "".join(segment.text for page in pages for segment in page.segments))
    signs = len(text) - text.count(" ")
    if not signs:
        raise OriginError(
            f"the PDF has no text on its {len(pages)} pages, only pictures of it; run a text recognition (OCR) over"
            " it and add the result"
        )
    letters = len(_LETTERS.findall(text))
    vowels = len(_VOWELS.findall(text)) / letters if letters else 0.0
    is_garbled = letters > _ENOUGH_LETTERS and not _FEWEST_VOWELS < vowels < _MOST_VOWELS
    if is_garbled or sum(page.unreadable for page in pages) > _MOST_UNREADABLE * signs:
        raise OriginError(
            "the PDF's fonts do not say which letters they draw, so that its text cannot be quoted; get another version"
            " of it, or run a text recognition (OCR) over it"
        )


def _first_page(lines: Sequence[Line]) -> str:
    """Give what the first page says before any reference list, whose DOIs are others' own."""
    words: list[str] = []
    for line in lines:
        if line.page != lines[0].page or is_reference_heading(line.text):
            break
        words.append(line.text)
    return "\n".join(words)


def _margins(pages: Sequence[Page], kept: Sequence[Sequence[Segment]]) -> str:
    own = {id(segment) for segments in kept for segment in segments}
    return "\n".join(segment.text for page in pages for segment in page.segments if id(segment) not in own)
