"""The few tags in Europe PMC's titles and abstracts: headings and paragraphs part the text, the others vanish."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.canonical import fold

# Only what is known to be a tag is one: "n<30 and p>0.05" is text, and so is "a<b".
_TAG = re.compile(
    r"<(?P<end>/?)(?:jats:)?(?P<name>a|b|bold|br|div|em|h[1-6]|i|inline-formula|italic|li|list|list-item|ol|p|sc|sec"
    r"|small|span|strong|sub|sup|title|tt|u|ul|underline)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title"))
_BREAKS = frozenset(("br", "div", "li", "list", "list-item", "ol", "p", "sec", "ul"))
_EXPONENT_BASE = re.compile(r"(?<![^\W_])\d[\d.,]*$")
_EXPONENT = re.compile(r"\s*[+\-\u2010-\u2015\u2212]?\s?\d+(?:\.\d+)?\s*")


class Stretch(NamedTuple):
    """Text between two tags that part it."""

    text: str
    is_heading: bool = False


def stretches(marked: str) -> Iterator[Stretch]:
    """Cut a text with tags into headings and paragraphs, in order, without empty ones."""
    parts: list[str] = []
    heading = False
    position = 0
    for tag in _TAG.finditer(marked):
        parts.append(_unescaped(marked[position : tag.start()]))
        position = tag.end()
        name = tag["name"].lower()
        if name in _HEADINGS or (name in _BREAKS and not heading):
            if text := fold("".join(parts)):
                yield Stretch(text, heading)
            parts = []
            heading = name in _HEADINGS and not tag["end"]
        elif name in _BREAKS:
            parts.append(" ")
        elif name == "sup" and not tag["end"] and _raises_a_number(parts, marked[position:]):
            # "10<sup>7</sup>" is not 107.
            parts.append("^")
    parts.append(_unescaped(marked[position:]))
    if text := fold("".join(parts)):
        yield Stretch(text, heading)


def in_one_line(marked: str) -> str:
    """Give a text with tags, such as a title, as plain text."""
    return " ".join(stretch.text for stretch in stretches(marked))


def _raises_a_number(before: list[str], after: str) -> bool:
    raised = after.partition("<")[0]
    return bool(_EXPONENT_BASE.search("".join(before)) and _EXPONENT.fullmatch(_unescaped(raised)))


def _unescaped(text: str) -> str:
    # Not html.unescape on all of it: it also reads "&copy2" and "&lt5", which are nothing but text.
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
