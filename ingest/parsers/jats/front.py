"""What the front matter of a JATS article states beside its abstract: funding, interests, contributions, data."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from corpus.document import BlockKind, SectionRole
from ingest.canonical import fold
from ingest.parsers.jats.formula import all_text

_INTERESTS = frozenset(("coi-statement", "competing-interest", "competing-interests", "conflict", "interest"))
_CONTRIBUTIONS = frozenset(("con", "contribution", "contributions", "author-contributions"))
_FUNDING = frozenset(("financial-disclosure", "funding", "supported-by"))
# About persons and their addresses, or about how the article was edited.
_LEFT_OUT = frozenset(
    (
        "corresp",
        "current-aff",
        "deceased",
        "edited-by",
        "equal",
        "on-leave",
        "present-address",
        "presented-at",
        "presented-by",
        "previously-at",
        "reviewed-by",
    )
)

# "None declared." is found in any other statement.
_SHORTEST_REPEATED = 30


class FrontNote(NamedTuple):
    """A section that a style sheet makes of the front matter."""

    heading: str
    role: SectionRole
    kind: BlockKind
    elements: list[etree._Element]


def front_notes(article: etree._Element) -> list[FrontNote]:
    """Give what the front matter states, but for what the back matter says in the same words."""
    meta = article.find("front/article-meta")
    if meta is None:
        return []
    notes = [note for note in meta.iterfind("author-notes/fn") if note.get("fn-type") not in _LEFT_OUT]
    funding = list(meta.iterfind("funding-group/funding-statement")) + list(
        meta.iterfind("funding-statement")
    )
    funding += [note for note in notes if note.get("fn-type") in _FUNDING]
    interests = [note for note in notes if str(note.get("fn-type")).lower() in _INTERESTS]
    contributions = [note for note in notes if note.get("fn-type") in _CONTRIBUTIONS]
    others = [note for note in notes if note not in (*funding, *interests, *contributions)]
    back = fold(" ".join(all_text(part) for part in article.iterfind("back/*") if part.tag != "ref-list"))
    found = [
        FrontNote("Funding", SectionRole.ACKNOWLEDGEMENTS, BlockKind.PARAGRAPH, funding),
        FrontNote("Competing interests", SectionRole.NOTES, BlockKind.NOTE, interests),
        FrontNote("Author contributions", SectionRole.NOTES, BlockKind.NOTE, contributions),
        FrontNote("Author notes", SectionRole.NOTES, BlockKind.NOTE, others),
        FrontNote("Data availability", SectionRole.NOTES, BlockKind.PARAGRAPH, _data_statements(meta)),
    ]
    return [
        note._replace(elements=[part for part in note.elements if not _is_in(part, back)]) for note in found
    ]


def _data_statements(meta: etree._Element) -> list[etree._Element]:
    return [
        value
        for custom in meta.iterfind("custom-meta-group/custom-meta")
        if fold(custom.findtext("meta-name") or "").lower().startswith("data availability")
        for value in custom.iterfind("meta-value")
    ]


def _is_in(element: etree._Element, text: str) -> bool:
    """Tell whether another place says the same; publishers repeat statements in the record."""
    paragraphs = element.findall("p") or [element]
    words = [fold(all_text(paragraph)) for paragraph in paragraphs]
    return min(map(len, words)) >= _SHORTEST_REPEATED and all(word in text for word in words)
