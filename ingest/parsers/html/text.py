"""The canonical text of a web article: its headings, paragraphs, lists, captions, quotations and tables."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from corpus.document import BlockKind, SectionRole, Span
from ingest.canonical import Canonical, CanonicalText, Piece
from ingest.parsers.html.clutter import names_of
from ingest.parsers.html.inline import BLOCKS, RunningText, Targets
from ingest.parsers.html.tables import is_layout, read_rows

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTATION,
    "figure": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}
_CAPTION_NAME = re.compile(
    r"(?:.*-)?(?:fig(?:ure)?-?caption|caption|figcaption|wp-caption-text|table-caption)(?:-text)?"
)
_FIGURE_NAME = re.compile(
    r"(?:.*-)?(?:table-wrap(?:per)?|fig|figure|table-container|article-table-content|tw)"
)
_NOTE_NAME = re.compile(
    r"(?:.*-)?(?:footnotes?|fn|fn-group|endnotes?|table-foot(?:notes?)?|tw-foot|tfoot|tblfn|table-notes?)"
)
_NOTE_ROLES = ("doc-footnote", "doc-endnote", "doc-endnotes")
_LABEL = re.compile(
    r"\W*(?:fig(?:ure)?|table|tab|box|scheme|chart|panel|plate|exhibit|video|supplementary (?:fig(?:ure)?|table))\.?"
    r"\s*[a-z]?\d+[a-z]?\W*",
    re.IGNORECASE,
)
_NOTE_SIGN = re.compile(r"\s*(?:\d{1,3}|[a-z]|[*†‡§¶#]{1,3})[.):]?\s*", re.IGNORECASE)
_TABLE_LABEL = re.compile(r"\W*(?:supplementary )?tab(?:le)?\b", re.IGNORECASE)
_ROLES = (
    (SectionRole.ABSTRACT, r"(?:structured |graphical |lay |plain[- ]language )?(?:abstract|summary)"),
    (SectionRole.ACKNOWLEDGEMENTS, r"acknowledge?ments?"),
    (SectionRole.APPENDIX, r"appendi(?:x|ces)\b.*|supplementa(?:ry|l) (?:information|material|data)s?"),
    (
        SectionRole.NOTES,
        r"(?:foot|end)?notes|funding.*|(?:declarations? of |competing |conflicts? of )?(?:competing )?interests?"
        r"(?: statement)?|disclosures?|declarations?|authors?['’]? (?:contributions?|information)|ethics.*"
        r"|data (?:and (?:code|materials) )?(?:availability|sharing).*|code availability|availability of data.*"
        r"|additional information|publisher['’]s note|rights and permissions|abbreviations|disclaimers?",
    ),
)


def build_text(main: etree._Element, targets: Targets, title: str = "") -> Canonical:
    """Build the canonical text of an article.

    Args:
        main: The element that holds it, clutter and reference list taken out.
        targets: What its marks can lead to.
        title: The record's title, which is no part of the text: a heading that says the same is left out.
    """
    writer = _Writer(targets, title)
    writer.write(main)
    return writer.canonical.finish()


class _Around(NamedTuple):
    """What an open element makes of the blocks in it, and how many sections were open before it."""

    element: etree._Element
    kind: BlockKind
    is_figure: bool
    depth: int


class _Opened(NamedTuple):
    """A section that a heading of this level has opened after so many blocks."""

    level: int
    blocks_before: int


class _Writer:
    """Writes elements as they begin and end in a walk, so that no depth of nesting exhausts the stack."""

    def __init__(self, targets: Targets, title: str) -> None:
        self.canonical = CanonicalText()
        self._targets = targets
        self._title = letters(title)
        self._text = RunningText(targets)
        self._around: list[_Around] = []
        self._opened: list[_Opened] = []
        self._blocks = 0
        # Words that stand at the head of the next block: a figure's label, a defined term.
        self._lead: list[Piece] = []
        # The caption's blocks since the last block of another kind: those of the table that follows.
        self._caption: Span | None = None
        self._is_table_caption = False

    def write(self, main: etree._Element) -> None:
        """Write all that an element holds."""
        self._around.append(_Around(main, BlockKind.PARAGRAPH, is_figure=False, depth=0))
        self._text.add(main.text)
        walk = etree.iterwalk(main, events=("start", "end"))
        for event, element in walk:
            if element is main:
                continue
            if event == "start":
                if self._whole(element):
                    walk.skip_subtree()
                else:
                    self._start(element)
            else:
                self._end(element)
                self._text.add(element.tail)
        self._flush()
        self._flush_lead()

    def _whole(self, element: etree._Element) -> bool:
        """Write what is not walked into: a formula, a heading, a table of data; False for all else."""
        if element.tag == "math":
            self._text.formula(element)
        elif level := _level(element):
            self._flush()
            self._heading(element, level)
        elif element.tag == "table" and not is_layout(element):
            self._flush()
            self._table(element)
        else:
            return False
        return True

    def _start(self, element: etree._Element) -> None:
        if element.tag not in BLOCKS:
            if _is_second_break(element):
                self._flush()
            self._text.open(element)
            return
        self._flush()
        is_figure = _is_figure(element)
        if is_figure:
            self._flush_lead()
            self._caption = None
        around = self._around[-1]
        kind = BlockKind.CAPTION if is_figure else _kind(element, around)
        self._around.append(_Around(element, kind, is_figure, len(self._opened)))
        self._text.add(element.text)

    def _end(self, element: etree._Element) -> None:
        if self._around[-1].element is not element:
            self._text.close(element)
            return
        self._flush()
        around = self._around.pop()
        if around.is_figure or element.tag == "dl":
            self._flush_lead()
            self._caption = None
        if element.tag in ("section", "article", "aside"):
            # Builders of pages wrap a heading in a section of its own; what it is above stands after that.
            while len(self._opened) > around.depth and self._opened[-1].blocks_before < self._blocks:
                self._close()

    def _heading(self, element: etree._Element, level: int) -> None:
        around = self._around[-1]
        text = RunningText(self._targets)
        text.collect(element)
        if _LABEL.fullmatch(text.text):
            self._write(text.take(), BlockKind.CAPTION)
            return
        if around.kind not in (BlockKind.PARAGRAPH, BlockKind.NOTE):
            self._write(text.take(), around.kind)
            return
        said = letters(text.text)
        if level == 1 and said and said == self._title:
            return
        while self._opened and self._opened[-1].level >= level:
            self._close()
        if said:
            in_box = any(part.element.tag == "aside" for part in self._around)
            role = SectionRole.BOX if in_box else _role(text.text)
            self._opened.append(_Opened(level, self._blocks))
            self.canonical.open_section(text.take(), role)

    def _table(self, element: etree._Element) -> None:
        in_figure = any(around.is_figure for around in self._around)
        own = element.find("caption")
        if own is not None:
            if not in_figure:
                self._caption = None
            text = RunningText(self._targets)
            text.collect(own)
            self._write(text.take(), BlockKind.CAPTION)
        self._flush_lead()
        caption = self._caption
        if caption and not (in_figure or own is not None or self._is_table_caption):
            caption = None
        self.canonical.add_table(read_rows(element, self._targets), caption)
        self._blocks += 1
        self._caption = None

    def _close(self) -> None:
        self._opened.pop()
        self.canonical.close_section()

    def _flush(self) -> None:
        """Write the running text as a block of the innermost open element."""
        pieces = self._text.take()
        if any(piece.text.strip() for piece in pieces):
            around = self._around[-1]
            self._write(pieces, around.kind, is_term=around.element.tag == "dt")

    def _flush_lead(self) -> None:
        if self._lead:
            kind = BlockKind.CAPTION if self._around[-1].is_figure else self._around[-1].kind
            self._write([], kind)

    def _write(self, pieces: list[Piece], kind: BlockKind, *, is_term: bool = False) -> None:
        words = "".join(piece.text for piece in pieces)
        label = {BlockKind.CAPTION: _LABEL, BlockKind.NOTE: _NOTE_SIGN}.get(kind)
        if is_term or (label and label.fullmatch(words)):
            self._lead += [*pieces, Piece(" ")]
            return
        lead, self._lead = self._lead, []
        self.canonical.add_block([*lead, *pieces], kind)
        self._blocks += 1
        written = self.canonical.last_block
        if kind is not BlockKind.CAPTION or written is None:
            self._caption = None
            return
        self._is_table_caption = bool(_TABLE_LABEL.match("".join(piece.text for piece in [*lead, *pieces])))
        self._caption = Span(self._caption.start if self._caption else written.start, written.end)


def letters(text: str) -> str:
    """Give what two printings of one title have in common: letters and digits."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _is_second_break(element: etree._Element) -> bool:
    """Tell the second of two line breaks, which part paragraphs."""
    before = element.getprevious()
    if element.tag != "br" or before is None or before.tag != "br":
        return False
    return not (before.tail or "").strip()


def _level(element: etree._Element) -> int:
    """Give the level of a heading, 0 for what is none."""
    if element.get("role") == "heading" and element.tag in BLOCKS:
        level = element.get("aria-level") or "2"
        return int(level) if level in "123456" else 6
    return _LEVELS.get(str(element.tag), 0)


def _is_figure(element: etree._Element) -> bool:
    if element.tag == "figure":
        return True
    named = element.tag in ("div", "section") and any(
        _FIGURE_NAME.fullmatch(name) for name in names_of(element)
    )
    return named and next(element.iter("section", "h1", "h2"), None) is None


def _kind(element: etree._Element, around: _Around) -> BlockKind:
    names = names_of(element)
    if element.get("role") in _NOTE_ROLES or any(_NOTE_NAME.fullmatch(name) for name in names):
        return BlockKind.NOTE
    if any(_CAPTION_NAME.fullmatch(name) for name in names):
        return BlockKind.CAPTION
    if element.tag == "pre" and around.is_figure:
        return BlockKind.PARAGRAPH
    own = _KINDS.get(str(element.tag), around.kind)
    keeps = own is BlockKind.LIST_ITEM and around.kind is not BlockKind.PARAGRAPH
    return around.kind if keeps else own


def _role(heading: str) -> SectionRole:
    words = " ".join(heading.split()).strip(" .:").lower()
    return next((role for role, pattern in _ROLES if re.fullmatch(pattern, words)), SectionRole.BODY)
