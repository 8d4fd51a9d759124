"""The reference lists of a JATS article: what each entry says, and which entry an id in the text means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.works import Reference
from ingest.canonical import fold
from ingest.parsers.jats.identifiers import (
    Identifiers,
    identified,
    identified_by_link,
    identified_in_text,
)

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
# Lines of text, as a rule; the others are lists of parts.
_PRINTED = ("mixed-citation", "citation")
_NAMES = ("name", "string-name", "collab", "person-group", "name-alternatives", "collab-alternatives")
_ALTERNATIVES = ("name-alternatives", "collab-alternatives")
_IDENTIFIERS = frozenset(("pub-id", "object-id", "elocation-id"))
# "<italic><source>Cell</source></italic>".
_STYLES = frozenset(("bold", "italic", "sc", "styled-content", "underline"))
_AUTHORS = frozenset(("allauthors", "author", "authors", "inventor"))
# Where an entry has no printed form, what stands before a part; ". " before all others.
_SEPARATORS = {
    "day": " ",
    "elocation-id": ":",
    "etal": ", ",
    "fpage": ":",
    "issue": "(",
    "lpage": "-",
    "month": " ",
    "page-range": ":",
    "volume": " ",
}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LABEL_NUMBER = re.compile(r"\W*(\d{1,4})\W*")


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """All entries of an article, in order, and how its text points to them.

    Attributes:
        entries: The records.
        indexes: Index of an entry by the ids that mean it.
        numbers: The number that each entry is printed with, if it is one.
    """

    entries: tuple[Reference, ...] = ()
    indexes: Mapping[str, int] = field(default_factory=dict)
    numbers: tuple[int | None, ...] = ()

    def targets(self, ids: str | None) -> tuple[int, ...]:
        """Give the entries that one or several ids mean; ids of anything else are passed over."""
        return tuple(self.indexes[name] for name in (ids or "").split() if name in self.indexes)


def read_references(article: etree._Element) -> ReferenceList:
    """Read every entry of every reference list, those of sub-articles left out.

    An entry that cites several works ("(a) … (b) …") stays one, as the text points to it by one number: its words are
    all there, its fields are those of the first.
    """
    entries: list[Reference] = []
    indexes: dict[str, int] = {}
    for part in ("front", "body", "floats-group", "back"):
        for element in article.iterfind(part):
            for ref in element.iter("ref"):
                for named in (ref, *ref):
                    if name := named.get("id"):
                        indexes.setdefault(name, len(entries))
                entries.append(_entry(ref))
    return ReferenceList(tuple(entries), indexes, tuple(_number(entry.label) for entry in entries))


def citation_text(citation: etree._Element) -> str:
    """Give a citation as it is printed; one of parts without punctuation is written out in their order."""
    return _Citation(citation).text


def _entry(ref: etree._Element) -> Reference:
    """Read an entry; of several forms of one citation, each does what it does best: one is printed, one has fields."""
    label: str | None = None
    texts: list[str] = []
    fields: _Citation | None = None
    others: list[str] = []
    for child in ref:
        if child.tag == "label":
            label = fold(_text(child)) or None
            continue
        elements = list(child) if child.tag == "citation-alternatives" else [child]
        choices = [_Citation(element) for element in elements if element.tag in _CITATIONS]
        if choices:
            texts.append(next((choice for choice in choices if choice.is_printed), choices[0]).text)
            fields = fields or next((choice for choice in choices if not choice.is_printed), choices[0])
            label = label or choices[0].label
        else:
            others.append(_text(child))
    if fields is None:
        return Reference(text=fold(" ".join(others)), label=label)
    found = fields.identifiers.or_else(identified_in_text(fields.text))
    return Reference(
        text=" ".join(filter(None, texts)),
        label=label,
        title=fields.title,
        authors=tuple(fields.authors),
        year=fields.year,
        container=fields.container,
        doi=found.doi,
        pmid=found.pmid,
        pmcid=found.pmcid,
        url=found.url,
    )


class _Citation:
    """One citation: what it is printed as, and its parts by what they are."""

    def __init__(self, element: etree._Element) -> None:
        self.authors: list[str] = []
        self.identifiers = Identifiers()
        # Tells a citation that is a line of text from one that is a list of parts.
        self.is_printed = element.tag in _PRINTED and (
            bool((element.text or "").strip()) or any(child.tail and child.tail.strip() for child in element)
        )
        self._parts: list[tuple[str, str]] = []
        self._texts: dict[str, str] = {}
        self._kind = element.get("publication-type") or element.get("citation-type") or ""
        line = self._read(element)
        self.text = fold("".join(line) if self.is_printed else _composed(self._parts))

    @property
    def label(self) -> str | None:
        return self._first("label")

    @property
    def title(self) -> str | None:
        return self._first("article-title", "chapter-title", "data-title", "part-title") or (
            None if self._is_in_journal else self._first("source")
        )

    @property
    def container(self) -> str | None:
        source = self._first("source")
        return source if source != self.title else None

    @property
    def year(self) -> int | None:
        match = _YEAR.search(self._texts.get("year", ""))
        return int(match[0]) if match else None

    @property
    def _is_in_journal(self) -> bool:
        """Whether a source without the title of an article is a journal, as chemists cite."""
        return self._kind == "journal" or (self._kind != "book" and "volume" in self._texts)

    def _first(self, *tags: str) -> str | None:
        return next((fold(self._texts[tag]) for tag in tags if self._texts.get(tag)), None)

    def _read(self, element: etree._Element) -> list[str]:
        """Read all parts; give the line of text that they are printed as."""
        line = [element.text or ""]
        for child in element:
            tag = str(child.tag)
            text = ""
            if tag in _NAMES:
                text = self._read_names(child)
                # Style sheets part the names that some publishers leave joined.
                if not line[-1] and len(line) > 1:
                    text = f" {text}"
            elif tag == "label":
                self._texts["label"] = _text(child)
            elif tag in _STYLES and len(child):
                text = "".join(self._read(child))
            else:
                text = self._read_part(child, tag)
            line += (text, child.tail or "")
        return line

    def _read_part(self, element: etree._Element, tag: str) -> str:
        text = _text(element)
        if tag in _IDENTIFIERS:
            self._identify(identified(text, element.get("pub-id-type")))
            text = text if tag == "elocation-id" else _printed_identifier(element, text)
        elif tag in ("ext-link", "uri"):
            self._identify(identified_by_link(element))
        else:
            self._texts.setdefault(tag, text)
            if len(element):
                self._read_links(element)
        if not self.is_printed:
            self._parts.append((tag, text))
        return text

    def _read_links(self, element: etree._Element) -> None:
        """Read the links and dates inside a comment and the like."""
        for inner in element.iter("ext-link", "uri", "year"):
            if inner.tag == "year":
                self._texts.setdefault("year", _text(inner))
            else:
                self._identify(identified_by_link(inner))

    def _read_names(self, element: etree._Element) -> str:
        """Read one name or a group of them; give them as they are printed."""
        names, printed = _names(element)
        if element.get("person-group-type", "author") in _AUTHORS:
            self.authors += names
        if not self.is_printed:
            self._parts += [("name", name) for name in names]
        return printed

    def _identify(self, found: Identifiers) -> None:
        self.identifiers = self.identifiers.or_else(found)


def _names(element: etree._Element) -> tuple[list[str], str]:
    """Give the names in an element, "Smith J" whatever the order of their parts, and all of it as it is printed."""
    names: list[str] = []
    parts = {"surname": "", "given-names": "", "suffix": ""}
    line = [element.text or ""]
    for part in element:
        tag = str(part.tag)
        if tag in _NAMES:
            inner, text = _names(part)
            # Of alternatives, the first.
            names += [] if names and element.tag in _ALTERNATIVES else inner
        else:
            text = _text(part)
            if tag in parts:
                parts[tag] = text
        line += (f" {text}" if not line[-1] and len(line) > 1 else text, part.tail or "")
    printed = "".join(line)
    if element.tag == "person-group" or names:
        return names, printed
    surname, given, suffix = parts.values()
    name = fold(f"{surname} {given} {suffix}" if surname else printed).rstrip(",;")
    return ([name] if name else []), printed


def _printed_identifier(element: etree._Element, text: str) -> str:
    """Print a DOI; numbers of databases are links in print, and bare digits in a sentence would mislead."""
    if element.get("pub-id-type") != "doi":
        return ""
    previous = element.getprevious()
    parent = element.getparent()
    before = (previous.tail if previous is not None else parent.text if parent is not None else "") or ""
    return text if "doi" in f"{before}{text}".lower() else f" doi: {text}"


def _composed(parts: Iterable[tuple[str, str]]) -> str:
    """Write out a list of parts as bibliographies do."""
    written = previous = ""
    for tag, part in parts:
        text = part.strip()
        if not text:
            continue
        separator = ", " if tag == previous == "name" else _SEPARATORS.get(tag, ". ")
        if tag == "volume" and previous == "year":
            separator = ";"
        if separator == ". " and written.endswith((".", "?", "!")):
            separator = " "
        written += f"{separator if written else ''}{text}{')' if separator == '(' else ''}"
        previous = tag
    return f"{written}." if written and not written.endswith((".", "?", "!")) else written


def _text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext()) if len(element) else element.text or ""


def _number(label: str | None) -> int | None:
    match = _LABEL_NUMBER.fullmatch(label or "")
    return int(match[1]) if match else None
