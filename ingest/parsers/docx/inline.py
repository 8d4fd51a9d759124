"""The running text of a DOCX paragraph: runs, fields, tracked changes, symbols, formulas and marks of notes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from corpus.document import Span
from ingest.canonical import Piece
from ingest.parsers.docx.formula import M, formula_text
from ingest.parsers.docx.package import W
from ingest.parsers.jats.formula import OMISSION
from ingest.parsers.marks import pieces_of, plain_mark_spans
from ingest.parsers.raised import before_exponent, before_mark

TEXT_BOX = f"{W}txbxContent"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in "del moveFrom delText instrText delInstrText pPr rPr sdtPr commentReference annotationRef footnoteRef "
    "endnoteRef separator continuationSeparator object ruby".split()
)
_PICTURES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
# The marks that reference managers set, kept in fields of theirs.
_CITATION = re.compile(
    r"\s*(?:ADDIN\s+(?:ZOTERO_ITEM|EN\.CITE|CSL_CITATION|PAPERS2_CITATIONS|RW\.CITE)|CITATION\b)"
)
# Adobe's Symbol font, from "A" and from "a" on, and its signs that papers use.
_GREEK_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_GREEK_LETTERS = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOLS = {
    **{ord("A") + place: letter for place, letter in enumerate(_GREEK_CAPITALS)},
    **{ord("a") + place: letter for place, letter in enumerate(_GREEK_LETTERS)},
    **dict(zip(b"-<=>+\xa3\xa5\xae\xb0\xb1\xb3\xb4\xb7\xb9\xbb\xd7", "−<=>+≤∞→°±≥×•≠≈⋅", strict=True)),
}
_PRIVATE = 0xF000


class Fields:
    """Which fields are open, from one paragraph to the next: the code of a field is no text, its result is."""

    def __init__(self) -> None:
        """Start outside of any."""
        self._codes: list[str] = []
        self._in_code: list[bool] = []

    def see(self, run: etree._Element) -> None:
        """Take note of a sign that begins, parts or ends a field, or of its code."""
        if run.tag == f"{W}instrText" and self._codes and self._in_code[-1]:
            self._codes[-1] += run.text or ""
        if run.tag != f"{W}fldChar":
            return
        kind = run.get(f"{W}fldCharType")
        if kind == "begin":
            self._codes.append("")
            self._in_code.append(True)
        elif kind == "separate" and self._in_code:
            self._in_code[-1] = False
        elif kind == "end" and self._codes:
            self._codes.pop()
            self._in_code.pop()

    @property
    def in_code(self) -> bool:
        """Whether what comes now is the code of a field."""
        return any(self._in_code)

    @property
    def in_citation(self) -> bool:
        """Whether what comes now is a reference mark that a reference manager has set."""
        return any(_CITATION.match(code) for code in self._codes)


class NoteNumbers:
    """Numbers footnotes and endnotes in the order in which the text points to them."""

    def __init__(self) -> None:
        """Start at one."""
        self._numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def number(self, kind: str, note_id: str) -> int:
        """Give the number of a note."""
        numbers = self._numbers[kind]
        return numbers.setdefault(note_id, len(numbers) + 1)


class RunningText:
    """The text of a paragraph while it is collected; what it points to and what floats beside it is kept apart."""

    def __init__(self, fields: Fields, numbers: NoteNumbers) -> None:
        """Start empty."""
        self._fields = fields
        self._numbers = numbers
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Span] = []
        self.text_boxes: list[etree._Element] = []
        self.notes: list[tuple[str, str]] = []

    def add(self, text: str, *, is_mark: bool = False) -> None:
        """Go on with `text`."""
        if not text:
            return
        if is_mark and self._marks and self._marks[-1].end == self._length:
            self._marks[-1] = Span(self._marks[-1].start, self._length + len(text))
        elif is_mark:
            self._marks.append(Span(self._length, self._length + len(text)))
        self._parts.append(text)
        self._length += len(text)

    def collect(self, element: etree._Element) -> None:
        """Go on with all that a paragraph, or a part of one, holds."""
        for child in element:
            tag = child.tag
            self._fields.see(child)
            if tag in _PICTURES:
                self.text_boxes += outermost_boxes(child)
            elif tag in _LEFT_OUT or not isinstance(tag, str):
                continue
            elif tag == f"{W}r":
                self._run(child)
            elif tag == f"{_MC}AlternateContent":
                chosen = alternative(child)
                if chosen is not None:
                    self.collect(chosen)
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                self.add(formula_text(child))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._note(child, tag.removeprefix(W).removesuffix("Reference"))
            elif not self._fields.in_code:
                self._sign(child)

    def take(self) -> list[Piece]:
        """Give the text so far, cut at its reference marks, and start afresh."""
        text = "".join(self._parts)
        plain = [
            mark for mark in plain_mark_spans(text) if not any(mark.overlaps(other) for other in self._marks)
        ]
        pieces = pieces_of(text, sorted([*self._marks, *plain]))
        self._parts, self._length, self._marks = [], 0, []
        return pieces

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        if is_on(properties, "vanish"):
            return
        aligned = None if properties is None else properties.find(f"{W}vertAlign")
        if aligned is not None and aligned.get(f"{W}val") == "superscript":
            raised = "".join(text.text or "" for text in run.iter(f"{W}t"))
            before = self._parts[-1] if self._parts else ""
            mark = self._fields.in_citation and not (self._marks and self._marks[-1].end == self._length)
            self.add(before_mark(before) if mark else before_exponent(before, raised))
        self.collect(run)

    def _sign(self, child: etree._Element) -> None:
        """Go on with text, a sign that has an element of its own, or what an element only wraps."""
        tag = str(child.tag)
        if tag == f"{W}t":
            self.add(child.text or "", is_mark=self._fields.in_citation)
        elif tag in _SIGNS:
            self.add(_SIGNS[tag])
        elif tag == f"{W}sym":
            self.add(_symbol(child))
        else:
            self.collect(child)

    def _note(self, reference: etree._Element, kind: str) -> None:
        note_id = reference.get(f"{W}id") or ""
        self.notes.append((kind, note_id))
        number = self._numbers.number(kind, note_id)
        if not is_true(reference.get(f"{W}customMarkFollows")):
            self.add(before_mark(self._parts[-1] if self._parts else ""))
            self.add(str(number), is_mark=True)


def alternative(element: etree._Element) -> etree._Element | None:
    """Give one of several renderings of the same thing: the first, which word processors show."""
    choice = element.find(f"{_MC}Choice")
    return element.find(f"{_MC}Fallback") if choice is None else choice


def is_alternative(element: etree._Element) -> bool:
    """Tell several renderings of one thing."""
    return bool(element.tag == f"{_MC}AlternateContent")


def outermost_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Give the text boxes in a drawing, not those inside one of them, nor a second rendering of one."""
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        elif is_alternative(child):
            chosen = alternative(child)
            if chosen is not None:
                yield from outermost_boxes(chosen)
        else:
            yield from outermost_boxes(child)


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Tell whether a property is switched on: there, and not set to false."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and is_true(found.get(f"{W}val") or "true")


def is_true(value: str | None) -> bool:
    """Read a truth value."""
    return (value or "false").lower() in ("1", "true", "on")


def _symbol(element: etree._Element) -> str:
    """Give a character of a font of signs; what is not known must not silently be missing."""
    code = element.get(f"{W}char") or ""
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
    font = (element.get(f"{W}font") or "").lower()
    if font == "symbol":
        return _SYMBOLS.get(number - _PRIVATE if number >= _PRIVATE else number, OMISSION)
    is_private = _PRIVATE <= number <= _PRIVATE + 0xFF
    return OMISSION if is_private or not number else chr(number)
