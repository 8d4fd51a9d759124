"""Puts words that stand where JATS wants paragraphs into paragraphs, so that none are lost."""

from __future__ import annotations

from lxml import etree

# Where only blocks belong, and some files have bare words: "<abstract>We saw …</abstract>".
_CONTAINERS = (
    "abstract",
    "ack",
    "answer",
    "app",
    "back",
    "body",
    "boxed-text",
    "caption",
    "def",
    "disp-quote",
    "explanation",
    "fn",
    "fn-group",
    "list",
    "list-item",
    "notes",
    "option",
    "question",
    "question-wrap",
    "sec",
    "speech",
    "statement",
    "table-wrap-foot",
)
_INLINE = frozenset(
    (
        "bold",
        "email",
        "ext-link",
        "inline-formula",
        "inline-graphic",
        "italic",
        "monospace",
        "named-content",
        "sc",
        "styled-content",
        "sub",
        "sup",
        "underline",
        "uri",
        "xref",
    )
)


def wrap_loose_text(article: etree._Element) -> None:
    """Wrap each run of bare words, and the inline elements among them, in a paragraph in its place."""
    loose = [
        element
        for element in article.iter(*_CONTAINERS)
        if _is_text(element.text) or any(_is_text(child.tail) for child in element)
    ]
    for element in loose:
        _wrap(element)


def _wrap(element: etree._Element) -> None:
    children = list(element)
    paragraph = _paragraph(element.text)
    element.text = None
    for child in children:
        element.remove(child)
    for child in children:
        if child.tag in _INLINE:
            paragraph.append(child)
            continue
        tail, child.tail = child.tail, None
        _close(element, paragraph)
        element.append(child)
        paragraph = _paragraph(tail)
    _close(element, paragraph)


def _paragraph(text: str | None) -> etree._Element:
    paragraph = etree.Element("p")
    paragraph.text = text
    return paragraph


def _close(element: etree._Element, paragraph: etree._Element) -> None:
    if len(paragraph) or _is_text(paragraph.text):
        element.append(paragraph)


def _is_text(text: str | None) -> bool:
    return text is not None and not text.isspace() and text != ""
