"""Gives each content word of a text its vector, as the embedding model reads it among its neighbours."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.verification.text.parsing import Parsed, parse
from assistant.verification.text.reading import Token
from corpus.document import Span
from corpus.encoder import Encoder, PassageText
from corpus.runtimes.runtime import Vectors

# Texts whose vectors are kept: those of several answers; a text takes about 25 kB.
REMEMBERED = 1024


@dataclass(frozen=True, eq=False)
class Worded:
    """A text whose content words have vectors.

    Attributes:
        parsed: The text, taken apart.
        words: Its content words, in order.
        vectors: Their unit vectors, shape `(words, dimension)`.
        is_whole: Whether the model has read it to its end.
    """

    parsed: Parsed
    words: tuple[Token, ...]
    vectors: Vectors
    is_whole: bool


class WordVectors:
    """The vectors of words, remembered by the text in which they stand. Safe across threads."""

    def __init__(self, encoder: Encoder) -> None:
        """Read with `encoder`."""
        self._encoder = encoder
        self._known: OrderedDict[str, Worded] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> list[Worded]:
        """Read texts; those that were read before cost nothing."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= dict(zip(new, self._read(new), strict=True))
            with self._lock:
                self._known |= known
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        return [known[text] for text in texts]

    def _read(self, texts: Sequence[str]) -> list[Worded]:
        read = [self._readable(text) for text in texts]
        words = [_content(parse(text), len(part)) for text, part in zip(texts, read, strict=True)]
        made = self._encoder.encode_passages(
            [
                PassageText("", (), part, tuple(Span(word.start, word.end) for word in inside))
                for part, inside in zip(read, words, strict=True)
            ]
        )
        return [
            Worded(parse(text), inside, vectors.sentences, len(part) == len(text))
            for text, part, inside, vectors in zip(texts, read, words, made, strict=True)
        ]

    def _readable(self, text: str) -> str:
        """Give a text, or as much of it as the model reads."""
        limit = self._encoder.max_passage_tokens
        if len(text) <= limit:  # A token has a character at least.
            return text
        starts = self._encoder.token_starts(text)
        return text if len(starts) <= limit else text[: int(starts[limit])]


def _content(parsed: Parsed, end: int) -> tuple[Token, ...]:
    tokens = (parsed.reading.tokens[index] for index in parsed.content)
    return tuple(token for token in tokens if token.end <= end)


def cosines(first: Worded, second: Worded) -> Vectors:
    """Give the cosine of each word of one text with each word of another, shape `(words, other words)`."""
    return np.asarray(first.vectors @ second.vectors.T, dtype=np.float32)
