"""Plain text → document: blank lines part paragraphs, and a short first line by itself is the title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Document
from ingest.canonical import CanonicalText, fold
from ingest.parsers.decoding import decode
from ingest.parsers.marks import plain_pieces
from ingest.parsers.metadata import Metadata, title_of

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+|\f")
_LONGEST_TITLE = 200


def parse(data: bytes, fallback_id: str) -> Iterator[Document]:
    """Read one document.

    Args:
        data: The file's bytes: UTF-8, or UTF-16 with a byte order mark.
        fallback_id: The document's identity; its title too if the text begins with none.

    Raises:
        OriginError: The bytes are in another encoding, or hold no text.
    """
    found = paragraphs(decode(data))
    title = ""
    if len(found) > 1 and _is_title(found[0]):
        title = fold(found.pop(0))
    canonical = CanonicalText()
    for paragraph in found:
        canonical.add_block(plain_pieces(paragraph))
    yield Metadata().document(canonical.finish(), fallback_id, title or title_of(fallback_id))


def paragraphs(text: str) -> list[str]:
    """Cut a text at its blank lines."""
    return [paragraph for paragraph in _BLANK_LINES.split(text.strip()) if fold(paragraph)]


def _is_title(paragraph: str) -> bool:
    """Tell a title from a first sentence, which must stay in the text."""
    words = paragraph.strip()
    return "\n" not in words and len(words) <= _LONGEST_TITLE and not words.endswith((".", ":", ";", ","))
