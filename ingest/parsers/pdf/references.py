"""The reference list of a PDF: where it stands among the parts, its entries, and what marks in the text point to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.works import Reference
from ingest.parsers.pdf.identifiers import dois_in
from ingest.parsers.pdf.lines import Line
from ingest.parsers.pdf.measures import is_reference_heading, role_of
from ingest.parsers.pdf.parts import Part, PartKind
from ingest.parsers.pdf.repairs import LineEnds

_LABEL = re.compile(r"[\[(]?(\d{1,3})(?:[\]).]{1,2}\s*|\s+)(?=\S)")
_PMID = re.compile(r"\bPMID:?\s*(\d{1,8})\b", re.IGNORECASE)
_PMCID = re.compile(r"\b(PMC\d{4,9})\b")
_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?=[a-z]?(?:[^\d-]|\Z))")
_RANGE = re.compile(r"(\d{1,3})(?:\s*[\u2010-\u2015-]\s*(\d{1,3}))?")
_FEWEST_LABELLED = 3
_LONGEST_RANGE = 100


def split_off(parts: Sequence[Part]) -> tuple[list[Part], list[Line]]:
    """Part the reference list from the text.

    Args:
        parts: Of the document, in order.

    Returns:
        The parts without the list and its heading, and the list's lines; none if there is no such heading.
    """
    kept: list[Part] = []
    lines: list[Line] = []
    heading: Part | None = None
    for part in parts:
        if part.kind is PartKind.HEADING and is_reference_heading(part.text):
            heading = part
        elif heading and part.kind is PartKind.HEADING and _ends_list(part, heading):
            heading = None
            kept.append(part)
        elif heading and part.kind is not PartKind.CAPTION:
            lines += part.lines
        else:
            kept.append(part)
    return kept, sorted(lines, key=lambda line: line.page)


def _ends_list(part: Part, heading: Part) -> bool:
    alike = abs(part.first.size - heading.first.size) < 0.5 and part.first.bold == heading.first.bold  # noqa: PLR2004
    return role_of(part.text) is not None or (alike and part.text.isupper() == heading.text.isupper())


def references_of(lines: Sequence[Line], line_ends: LineEnds) -> tuple[Reference, ...]:
    """Give the entries of a reference list.

    Args:
        lines: All of its lines.
        line_ends: Joins them.
    """
    labelled = _by_labels(lines)
    entries = labelled or _by_edges(lines)
    return tuple(
        _reference(_joined(entry, line_ends), has_label=bool(labelled)) for entry in entries if entry
    )


def targets_of(mark: str, references: Sequence[Reference]) -> tuple[int, ...]:
    """Give the indexes of the entries that a mark like "[3, 5–7]" points to; labels that are not there are left out."""
    index_of = {reference.label: index for index, reference in enumerate(references) if reference.label}
    found: list[int] = []
    for match in _RANGE.finditer(mark):
        first, last = int(match[1]), int(match[2] or match[1])
        if first <= last < first + _LONGEST_RANGE:
            found += [index_of[str(number)] for number in range(first, last + 1) if str(number) in index_of]
    return tuple(dict.fromkeys(found))


def _by_labels(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut where the next number stands; the numbers must count up without a gap."""
    entries: list[list[Line]] = []
    for line in lines:
        match = _LABEL.match(line.text)
        if match and int(match[1]) == len(entries) + 1:
            entries.append([line])
        elif entries:
            entries[-1].append(line)
        else:
            return []
    return entries if len(entries) >= _FEWEST_LABELLED or len(entries) == len(lines) else []


def _by_edges(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut at lines that begin at the column's edge while others hang in, else at ends of sentences that stop short."""
    hanging = sum(_is_in(line) for line in lines)
    entries: list[list[Line]] = []
    for line in lines:
        last = entries[-1][-1] if entries else None
        if last is None:
            begins = True
        elif hanging:
            begins = not _is_in(line)
        else:
            short = last.right < last.column.right - 0.1 * last.column.width
            begins = last.text.endswith((".", ")")) and (short or line.base - last.base > 1.4 * line.size)
        if begins:
            entries.append([line])
        else:
            entries[-1].append(line)
    return entries


def _is_in(line: Line) -> bool:
    return line.left > line.column.left + 0.5 * line.size


def _joined(entry: Sequence[Line], line_ends: LineEnds) -> str:
    text = entry[0].text
    for line in entry[1:]:
        text = "".join(line_ends.join(text, line.text)) + line.text
    return " ".join(text.split())


def _reference(text: str, has_label: bool) -> Reference:
    match = _LABEL.match(text) if has_label else None
    words = text[match.end() :] if match else text
    dois = dois_in(words)
    pmid, pmcid = _PMID.search(words), _PMCID.search(words)
    years = set(_YEAR.findall(words))
    return Reference(
        text=words,
        label=match[1] if match else None,
        year=int(years.pop()) if len(years) == 1 else None,
        doi=dois[0] if len(dois) == 1 else None,
        pmid=pmid[1] if pmid else None,
        pmcid=pmcid[1] if pmcid else None,
    )
