"""What the paragraphs of a DOCX file are, by their styles: headings of a level, captions, quotations, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from corpus.document import BlockKind
from ingest.parsers.docx.package import W

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_KINDS = (
    (BlockKind.CAPTION, re.compile(r"caption|figure legend|table (?:title|caption)|legend", re.IGNORECASE)),
    (BlockKind.QUOTATION, re.compile(r"(?:intense |block )?quot(?:e|ation)s?|block text", re.IGNORECASE)),
    (BlockKind.NOTE, re.compile(r"(?:foot|end)note text|table note", re.IGNORECASE)),
    (BlockKind.LIST_ITEM, re.compile(r"list(?: (?:bullet|number|paragraph))(?: \d)?", re.IGNORECASE)),
)
_DEEPEST = 20
_BODY_LEVEL = 9


class ListPlace(NamedTuple):
    """Which list a paragraph is an item of, and how deep."""

    number_id: str
    level: int


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph is: all that is known of its style and of those that it is based on."""

    name: str = ""
    level: int | None = None
    kind: BlockKind = BlockKind.PARAGRAPH
    place: ListPlace | None = None

    @property
    def is_title(self) -> bool:
        """Whether it is the document's title."""
        return self.name.lower() == "title"

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of the table of contents or of an index, which repeats headings."""
        return bool(re.fullmatch(r"(?:toc|index) \d|toc heading|table of figures", self.name, re.IGNORECASE))


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, part: etree._Element | None) -> None:
        """Read them from their part."""
        found = [] if part is None else part.findall(f"{W}style")
        self._elements = {style.get(f"{W}styleId") or "": style for style in found}
        defaults = [style for style in found if style.get(f"{W}default") in ("1", "true")]
        self._default = next(
            (s.get(f"{W}styleId") or "" for s in defaults if s.get(f"{W}type") == "paragraph"), ""
        )
        self._known: dict[str, Style] = {}

    def of(self, paragraph: etree._Element) -> Style:
        """Tell what a paragraph is, by its style and its own properties."""
        properties = paragraph.find(f"{W}pPr")
        name = _value(properties, "pStyle") or self._default
        if name not in self._known:
            self._known[name] = self._read(name)
        style = self._known[name]
        level, place = _level(properties), _place(properties)
        return Style(
            style.name,
            style.level if level is None else (level if level < _BODY_LEVEL else None),
            style.kind,
            place or style.place,
        )

    def _read(self, name: str, depth: int = 0) -> Style:
        element = self._elements.get(name)
        if element is None or depth > _DEEPEST:
            return Style(name)
        base = self._read(_value(element, "basedOn"), depth + 1) if _value(element, "basedOn") else Style()
        printed = _value(element, "name") or name
        properties = element.find(f"{W}pPr")
        level = _level(properties)
        if level is None:
            heading = _HEADING.fullmatch(printed)
            level = int(heading[1]) - 1 if heading else base.level
        kind = next((kind for kind, pattern in _KINDS if pattern.fullmatch(printed)), base.kind)
        place = _place(properties)
        return Style(
            printed, level if level is None or level < _BODY_LEVEL else None, kind, place or base.place
        )


def _level(properties: etree._Element | None) -> int | None:
    level = _value(properties, "outlineLvl")
    return int(level) if level.isascii() and level.isdigit() else None


def _place(properties: etree._Element | None) -> ListPlace | None:
    numbering = None if properties is None else properties.find(f"{W}numPr")
    number_id = _value(numbering, "numId")
    level = _value(numbering, "ilvl")
    return (
        ListPlace(number_id, int(level) if level.isascii() and level.isdigit() else 0) if number_id else None
    )


def _value(element: etree._Element | None, name: str) -> str:
    found = None if element is None else element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val") or ""
