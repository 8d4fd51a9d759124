"""What is usual in a document, its type and its leading, and what stands out from it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from corpus.document import SectionRole
from ingest.parsers.pdf.lines import Line
from ingest.parsers.pdf.repairs import spaced_letters_joined

_LARGER = 1.07
_LONGEST_HEADING = 220
_MOST_HEADING_LINES = 4
_FEWEST_LETTERS = 3
# A gap between lines that is so much larger than usual parts them.
_GAP = 1.3
_USUAL_LEADING = 1.2
_LARGEST_LEADING = 3.5

_NUMBERED = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?)|[IVX]{1,4}\.|[A-H]\.)\s+(?=[^\W\d_])")
# Well known names of sections, in small letters.
_NAMES = {
    SectionRole.ABSTRACT: r"(?:(?:structured|author|plain language|executive|graphical) )?(?:abstract|summary)",
    SectionRole.ACKNOWLEDGEMENTS: (
        r"(?:acknowledge?ments?|funding|financial (?:support|disclosure)|grants?)(?: (?:and|&) \w+(?: \w+)?)?"
        r"|(?:competing|conflicts? of|declarations? of(?: competing)?) interests?"
        r"|author contributions?|contributors|disclosures?"
    ),
    SectionRole.APPENDIX: (
        r"(?:appendix|appendices|supplementary (?:material|information|data)|supporting information)\b.*"
    ),
    SectionRole.BODY: (
        r"introduction|background|(?:materials?|subjects?|patients?) and methods|methods?(?: and materials?)?"
        r"|experimental (?:procedures|section|design)|results?(?: and discussion)?|discussion|conclusions?"
        r"|limitations|objectives?|aims?|findings|interpretation|related work|case (?:report|presentation)"
        r"|data availability(?: statement)?|ethics(?: statement| approval)?|abbreviations|keywords?"
    ),
}
_REFERENCES = re.compile(
    r"(?:references?(?: and notes| cited| list)?|bibliography|literature(?: cited)?|works cited|citations)",
    re.IGNORECASE,
)


def bare_heading(text: str) -> str:
    """Give a heading without its number and closing sign, as known names are written."""
    words = spaced_letters_joined(text.strip())
    return _NUMBERED.sub("", words, count=1).strip(" .:").lower()


def role_of(text: str) -> SectionRole | None:
    """Give what a section of a well known name is for; None if the name is not known."""
    bare = bare_heading(text)
    return next((role for role, pattern in _NAMES.items() if re.fullmatch(pattern, bare)), None)


def is_reference_heading(text: str) -> bool:
    """Tell the heading of a reference list."""
    return _REFERENCES.fullmatch(bare_heading(text)) is not None


def number_of(text: str) -> str | None:
    """Give the number before a heading: "2.1"."""
    match = _NUMBERED.match(text.strip())
    return match[0].strip().rstrip(".") if match else None


class Measures:
    """The usual size, leading and ends of pages of a document."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Measure.

        Args:
            lines: All lines of the document, page by page.
        """
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.size = max(sizes, key=lambda size: sizes[size]) if sizes else 10.0
        self._leading = self._usual_leading(lines)
        self._ends: dict[tuple[int, float], float] = defaultdict(float)
        for line in lines:
            if line.size > 0.93 * self.size and len(line.cells) == 1:
                key = (line.page, line.column.left)
                self._ends[key] = max(self._ends[key], line.base)

    def end_of_text(self, line: Line) -> float:
        """Give the last baseline, in the line's column, of type as large as the text's."""
        return self._ends[line.page, line.column.left]

    def is_gap(self, above: Line, below: Line) -> bool:
        """Tell whether two lines stand further apart than those of one paragraph."""
        leading = self._leading.get(below.size, _USUAL_LEADING * max(above.size, below.size))
        return below.base - above.base > max(_GAP * leading, leading + 2)

    def is_indented(self, lines: Sequence[Line]) -> bool:
        """Tell whether the first of some lines begins further in than the others, or than its column."""
        rest = min((line.left for line in lines[1:]), default=lines[0].column.left)
        return lines[0].left > rest + 0.7 * lines[0].size

    def is_heading(self, lines: Sequence[Line]) -> bool:
        """Tell a heading by its size, weight or capitals, or by a well known name."""
        text = " ".join(line.text for line in lines)
        letters = sum(map(str.isalpha, text))
        signs = len(text) - len(number_of(text) or "")
        if letters < _FEWEST_LETTERS or len(lines) > _MOST_HEADING_LINES or len(text) > _LONGEST_HEADING:
            return False
        if 2 * letters < signs or any(len(line.cells) > 1 for line in lines):
            return False
        if is_reference_heading(text) or role_of(text) is not None:
            return True
        if not (text[0].isupper() or number_of(text) or text[0].isdigit()) or text.endswith((",", ";")):
            return False
        size = min(line.size for line in lines)
        stands_out = size > _LARGER * self.size or (size > 0.97 * self.size and self._is_heavy(lines, text))
        return stands_out and not (text.endswith(".") and len(text) > _LONGEST_HEADING / 2)

    @staticmethod
    def _is_heavy(lines: Sequence[Line], text: str) -> bool:
        if all(line.bold for line in lines) or text.isupper():
            return True
        return all(line.italic for line in lines) and not text.endswith(".") and len(lines) == 1

    @staticmethod
    def _usual_leading(lines: Sequence[Line]) -> dict[float, float]:
        """Give the commonest distance of baselines for each size of type."""
        distances: dict[float, Counter[float]] = defaultdict(Counter)
        for above, below in pairwise(lines):
            distance = below.base - above.base
            alike = above.size == below.size and above.column == below.column
            if alike and 0 < distance < _LARGEST_LEADING * below.size:
                distances[below.size][round(2 * distance) / 2] += 1
        return {
            size: max(found, key=lambda distance: (found[distance], -distance))
            for size, found in distances.items()
            if found.total() > _FEWEST_LETTERS
        }
