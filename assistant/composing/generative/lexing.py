"""Cuts what a model writes, as it comes, into words, the keys that it names, and lines; all markup is left out.

Characters are taken one by one, so that nothing depends on the pieces in which a text arrives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.composing.generative.marks import Cited, IsKey, Text, without_markup

# A bracket or a tag that is not closed after so many characters is none.
_LONGEST_BRACKET = 160
_LONGEST_WORD = 400
_MUTED = "think|thinking|thought|thoughts|reasoning|reflection|script|style"
_MUTING = re.compile(rf"<(?P<name>{_MUTED})(?:\s[^<>]*)?>\Z", re.IGNORECASE)
_MUTING_ENDS = re.compile(rf"</(?P<name>{_MUTED})\s*>\Z", re.IGNORECASE)
_THOUGHTS = frozenset("think thinking thought thoughts reasoning reflection".split())
_LONGEST_TAG = 24
# How some models end what they think.
_THOUGHT_ENDS = re.compile(r"(?:<\|channel\|>final<\|message\|>|\[/THINK\]|◁/think▷)\Z")
# A full stop that a key has parted from its sentence: "… rose [a12].Then …".
_PARTED_STOP = re.compile(r"[.!?]+(?=[^\W\d_])")
# Letters that look like others and are not: wide, bold or struck out ones, which readers would read and no rule.
_FOLDED = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]")
_OVERLAYS = re.compile("[\u0334-\u0338\u20d0-\u20e3]")
_OPENERS = "([{【［〔"
_CLOSERS = ")]}】］〕"
_TAG_OPENS = re.compile(r"<[A-Za-z/!|][^<>]*\Z")
_BULLET = re.compile(r"[-*+•●▪◦‣–—>]|[>*+-]{2}|\(?\d{1,2}[.)]|\(?[a-z]\)")
_HEADING = re.compile(r"#{1,6}")
_RULE = re.compile(r"[-=_*~#|:+]{2,}|\||`{3,}\w*")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space; `is_apart` if white space stands before it."""

    text: str
    is_apart: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Keys that were named in one place, in lower case, whether they exist or not; none for a citation of no key."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A new line.

    Attributes:
        is_marked: Whether it begins as an item of a list or a heading does.
        is_heading: Whether it is a heading.
        is_parted: Whether an empty line stands before it.
    """

    is_marked: bool = False
    is_heading: bool = False
    is_parted: bool = False


@dataclass(frozen=True, slots=True)
class Recanted:
    """All before this was only thought, though nothing had said so."""


Token = Word | Named | Line | Recanted


class Lexer:
    """Cuts one text; `is_key` tells which keys were handed out."""

    def __init__(self, is_key: IsKey) -> None:
        """Begin a text."""
        self._is_key = is_key
        self._chunk = ""
        self._muted = ""
        self._muted_end = ""
        self._is_apart = True
        self._breaks = 1

    def feed(self, piece: str) -> Iterator[Token]:
        """Take more of the text, and give the tokens that are complete."""
        for character in _OVERLAYS.sub("", _FOLDED.sub(_plain, piece)):
            if self._muted:
                self._mute(character)
            elif character.isspace():
                yield from self._space(character)
            elif unicodedata.category(character)[0] != "C":
                yield from self._add(character)

    def end(self) -> Iterator[Token]:
        """Give what is left."""
        yield from self._flush()
        if self._breaks:
            yield Line(is_parted=True)

    @property
    def is_thinking(self) -> bool:
        """Whether a thought has begun that has not ended."""
        return self._muted in _THOUGHTS

    def _space(self, character: str) -> Iterator[Token]:
        if character != "\n" and self._is_open():
            self._chunk += " "
            return
        yield from self._flush()
        self._is_apart = True
        self._breaks += character == "\n"

    def _add(self, character: str) -> Iterator[Token]:
        self._chunk += character
        if len(self._chunk) > _LONGEST_WORD:
            yield from self._flush()
            self._is_apart = True
        if character not in ">]▷":
            return
        if _THOUGHT_ENDS.search(self._chunk):
            self._chunk, self._is_apart, self._breaks = "", True, 1
            yield Recanted()
        elif muting := _MUTING.search(self._chunk):
            self._chunk = self._chunk[: muting.start()]
            yield from self._flush()
            self._muted, self._muted_end = muting["name"].lower(), ""
        elif (ending := _MUTING_ENDS.search(self._chunk)) and ending["name"].lower() in _THOUGHTS:
            self._chunk, self._is_apart, self._breaks = "", True, 1
            yield Recanted()

    def _mute(self, character: str) -> None:
        """Wait for the tag that ends what is not to be heard."""
        self._muted_end = (self._muted_end + character)[-_LONGEST_TAG:]
        ending = _MUTING_ENDS.search(self._muted_end) if character == ">" else None
        if ending and ending["name"].lower() == self._muted:
            self._muted, self._is_apart = "", True

    def _is_open(self) -> bool:
        """Tell whether a bracket or a tag has begun that white space does not end."""
        if not self._chunk or len(self._chunk) > _LONGEST_BRACKET:
            return False
        opened = sum(map(self._chunk.count, _OPENERS)) - sum(map(self._chunk.count, _CLOSERS))
        return opened > 0 or _TAG_OPENS.search(self._chunk) is not None

    def _flush(self) -> Iterator[Token]:
        chunk, self._chunk = self._chunk, ""
        if not chunk:
            return
        if self._breaks:
            is_heading, is_bullet = (
                _HEADING.fullmatch(chunk) is not None,
                _BULLET.fullmatch(chunk) is not None,
            )
            is_mark = is_heading or is_bullet or _RULE.fullmatch(chunk) is not None
            yield Line(is_mark, is_heading, self._breaks > 1)
            self._breaks = 0
            if is_mark:
                return
        if _RULE.fullmatch(chunk):
            return
        is_parted = False
        for part in without_markup(chunk, self._is_key):
            match part:
                case Cited(keys):
                    yield Named(keys)
                    self._is_apart, is_parted = True, True
                case Text(text):
                    stop = _PARTED_STOP.match(text) if is_parted else None
                    if stop:
                        yield Word(stop.group(), is_apart=False)
                        text = f" {text[stop.end() :]}"
                    is_parted = False
                    for place, word in enumerate(re.finditer(r"\S+", text)):
                        yield Word(word.group(), self._is_apart or bool(place) or word.start() > 0)
                        self._is_apart = text[-1:].isspace()


def _plain(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", letter.group())
