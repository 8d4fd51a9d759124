"""Reads what a model writes, as it comes: whole sentences with the keys that they name, in whatever form.

Keys stand before or after the full stop, in one bracket or several, at the start of a sentence, on a line of their own.
The text of a sentence holds none of them, and no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.claims import sentences_of
from assistant.composing.generative.lexing import Lexer, Line, Named, Recanted, Token, Word
from assistant.composing.generative.marks import IsKey
from assistant.composing.generative.nonsense import is_chatter
from assistant.composing.generative.phrases import (
    leading,
    lists_sources,
    may_lead,
    may_open,
    opens,
    says,
    says_that,
)

# No sentence is so long; what goes on without a stop is none.
LONGEST_SENTENCE = 1500
# As much of a sentence as tells whether a full stop ends it.
_TAIL = 60
_STOPPED = re.compile(r"[.!?…。！？؟۔।][\"”’'»)]*\Z")
_FULL_WIDTH = re.compile(r"[。！？][」』”’）]*\Z")
_CLINGING = ".,;:!?)…"
# Words that lead to a key are no more than these.
_MOST_LEADING = 6
# At the beginning of a sentence these are left of something that was dropped; ".5 mg" begins with a number.
_SIGNS = re.compile(r"\A[.,;:!?)…]+(?![\d.])")
_EMPTY = re.compile(r"[(){}<>\[\]]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """More text of the sentence of this number; the pieces of a sentence together are its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that has ended.

    Attributes:
        number: Its number in this text, from 1.
        text: Plain text, white space folded.
        keys: The keys that it names, in lower case, each once; whether they exist or not.
        is_whole: Whether it has come to its end.
        is_heading: Whether it stands as a heading.
    """

    number: int
    text: str
    keys: tuple[str, ...]
    is_whole: bool = True
    is_heading: bool = False


Read = Piece | Sentence | Recanted


class Reader:
    """Reads one text; `is_key` tells which keys, in lower case, were handed out."""

    def __init__(self, is_key: IsKey) -> None:
        """Begin a text."""
        self._lexer = Lexer(is_key)
        self._number = 1
        self._is_listing = False
        # Whether this text names keys before what they are for.
        self._leads = False
        self._begin()

    def read(self, piece: str) -> Iterator[Read]:
        """Take more of the text, and give what is known of it by now."""
        for token in self._lexer.feed(piece):
            yield from self._take(token)

    @property
    def is_thinking(self) -> bool:
        """Whether a thought has begun that has not ended: what is said is still to come."""
        return self._lexer.is_thinking

    def end(self) -> Iterator[Read]:
        """Take the text as ended."""
        for token in self._lexer.end():
            yield from self._take(token)
        is_whole = self._has_ended or self._line is not None or self._after_key
        yield from self._finish([*self._after, *self._alone], [], is_whole=is_whole)

    def _begin(self, keys: Sequence[str] = ()) -> None:
        """Begin a sentence, of which keys may have been named before."""
        self._text = ""
        self._waiting: list[Word] = []
        self._keys = list(keys)
        self._after: list[str] = []
        self._alone: list[str] = []
        self._line: Line | None = None
        self._is_heading = False
        self._after_key = bool(keys)
        self._was_cut = bool(keys)

    @property
    def _has_begun(self) -> bool:
        return bool(self._text or self._waiting)

    @property
    def _whole(self) -> str:
        return _joined(self._text, self._waiting)

    @property
    def _has_ended(self) -> bool:
        return _STOPPED.search(self._whole) is not None

    def _take(self, token: Token) -> Iterator[Read]:
        match token:
            case Recanted():
                self._number += self._has_begun
                self._begin()
                self._is_listing = self._leads = False
                yield token
            case Line():
                self._take_line(token)
            case _ if self._is_listing:
                return
            case Named(keys):
                yield from self._take_keys(keys)
            case Word():
                yield from self._take_word(token)

    def _take_line(self, line: Line) -> None:
        if line.is_heading:
            self._is_listing = False
        if not self._has_begun:
            self._is_heading = line.is_heading
            return
        # Keys alone on their line belong to what was said before, unless this text names them first.
        if not self._leads:
            self._after += self._alone
            self._alone = []
        self._line = line

    def _take_keys(self, keys: Sequence[str]) -> Iterator[Read]:
        words = [word.text for word in self._waiting]
        if dropped := leading(words, between=self._after_key):
            self._is_listing = not self._text and lists_sources(" ".join(words[-dropped:]))
            del self._waiting[-dropped:]
            self._was_cut = True
        # A comma may stand before the key of a remark that ends here.
        comma = bool(self._waiting) and self._waiting[-1].text == ","
        yield from self._release(len(self._waiting) - comma)
        if not self._text:
            self._leads = self._leads or (self._number == 1 and bool(keys))
            self._keys += keys
            self._was_cut = True
        elif self._line:
            self._alone += keys
        elif self._has_ended:
            self._after += keys
        else:
            self._keys += keys
        self._after_key = True

    def _take_word(self, word: Word) -> Iterator[Read]:
        if self._has_begun and self._is_next(word):
            line = self._line or Line()
            yield from self._finish(*self._shared(word), is_whole=True)
            self._is_heading = line.is_heading
            if self._is_listing and not line.is_heading:
                return
            self._is_listing = False
        self._keys += [*self._after, *self._alone]
        self._after, self._alone, self._line = [], [], None
        yield from self._hold(word)
        if len(self._text) > LONGEST_SENTENCE:
            yield from self._finish([], [], is_whole=False)

    def _shared(self, word: Word) -> tuple[list[str], list[str]]:
        """Share the keys behind a sentence out between it and the next one, which begins with `word`."""
        after, alone = self._after, self._alone
        if self._line is None:
            return ([], after) if self._leads or says(word.text) else (after, [])
        # "A.\n[a12] B.\n[b34] C.": the line ends where the key does.
        is_owed = not (self._leads or self._line.is_marked or self._line.is_parted or self._keys or after)
        return ([*after, *alone], []) if is_owed and not is_chatter(self._whole) else (after, alone)

    def _is_next(self, word: Word) -> bool:
        """Tell whether a word begins another sentence."""
        if self._line and (self._line.is_marked or self._is_heading):
            return True
        text = self._whole
        if _FULL_WIDTH.search(text):
            return True
        if not self._line and not (_STOPPED.search(text) and (word.is_apart or self._after)):
            return False
        if self._after and self._keys and not self._line and says(word.text):
            return True
        gap = ("\n\n" if self._line.is_parted else "\n") if self._line else " "
        tail = text[-_TAIL:]
        spans = list(sentences_of(f"{tail}{gap}{word.text}"))
        return bool(spans) and spans[-1].start > len(tail)

    def _hold(self, word: Word) -> Iterator[Read]:
        """Hold a word back as long as it may belong to a key; drop what begins a sentence and says nothing."""
        if _EMPTY.fullmatch(word.text):
            return
        text = word.text if self._has_begun else _SIGNS.sub("", word.text)
        if not text:
            return
        if self._waiting and self._waiting[-1].text == "," and text[0] in _CLINGING:
            self._waiting.pop()
        bare, comma = (text[:-1], ",") if text.endswith(",") and len(text) > 1 else (text, "")
        for part, is_apart in ((bare, word.is_apart), (comma, False)):
            if part:
                yield from self._hold_part(Word(part, is_apart))

    def _hold_part(self, word: Word) -> Iterator[Read]:
        words = [*(held.text for held in self._waiting), word.text]
        if not self._text and opens(words, after_key=self._after_key):
            self._waiting, self._was_cut = [], True
            return
        # "…, whereas [a12] reports that …"
        if self._text and self._after_key and says_that(words):
            self._waiting = []
            return
        self._waiting.append(word)
        if not self._text and (may_open(words) or (self._after_key and len(words) == 1)):
            return
        if self._text and self._after_key and len(words) == 1 and says(word.text):
            return
        if may_lead(word.text):
            # Only the last words can lead to a key.
            begin = max(0, len(words) - _MOST_LEADING)
            first = next(n for n in range(begin, len(words)) if all(map(may_lead, words[n:])))
            yield from self._release(first)
            return
        yield from self._release()

    def _release(self, count: int | None = None) -> Iterator[Read]:
        """Take words that were held back into the sentence."""
        count = len(self._waiting) if count is None else count
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        if not taken:
            return
        before = self._text
        if not before and self._was_cut:
            taken[0] = Word(_capitalised(taken[0].text), taken[0].is_apart)
        self._text = _joined(before, taken)
        self._after_key = False
        yield Piece(self._number, self._text[len(before) :])

    def _finish(self, keys: Sequence[str], others: Sequence[str], *, is_whole: bool) -> Iterator[Read]:
        """End the sentence; `others` are keys of the next one."""
        yield from self._release()
        if self._text:
            named = tuple(dict.fromkeys([*self._keys, *keys]))
            yield Sentence(self._number, self._text, named, is_whole, self._is_heading)
            self._number += 1
            self._is_listing = lists_sources(self._text)
        self._begin(others)


def _joined(text: str, words: Sequence[Word]) -> str:
    for word in words:
        clings = word.text[0] in _CLINGING and not word.text[1:2].isalnum()
        text += word.text if not text or clings or not word.is_apart else f" {word.text}"
    return text


def _capitalised(word: str) -> str:
    """Give a plain word a capital; a name such as "mTOR" is written as it is."""
    return word[:1].upper() + word[1:] if word.isalpha() and word.islower() else word
