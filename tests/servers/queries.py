"""The part of Europe PMC's query language that Loccit writes, and plain words with AND, OR and NOT."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from tests.servers.papers import Paper

Predicate = Callable[[Paper], bool]

_TOKEN = re.compile(r'\(|\)|(?:[A-Z_]+:)?(?:"[^"]*"|\[[^\]]*\])|[^\s()]+')


def matching(query: str) -> Predicate:
    """Read a query.

    Raises:
        ValueError: It is not well formed.
    """
    parser = _Parser(_TOKEN.findall(query))
    predicate = parser.any_of()
    if parser.tokens:
        raise ValueError(f"unexpected {parser.tokens[0]}")
    return predicate


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def any_of(self) -> Predicate:
        parts = [self.all_of()]
        while self.tokens[:1] == ["OR"]:
            self.tokens.pop(0)
            parts.append(self.all_of())
        return lambda paper: any(part(paper) for part in parts)

    def all_of(self) -> Predicate:
        parts = [self.one()]
        while self.tokens and self.tokens[0] not in (")", "OR"):
            if self.tokens[0] == "AND":
                self.tokens.pop(0)
            parts.append(self.one())
        return lambda paper: all(part(paper) for part in parts)

    def one(self) -> Predicate:
        if not self.tokens:
            raise ValueError("unexpected end")
        token = self.tokens.pop(0)
        if token == "NOT":
            inner = self.one()
            return lambda paper: not inner(paper)
        if token == "(":
            group = self.any_of()
            if self.tokens[:1] != [")"]:
                raise ValueError("a bracket is not closed")
            self.tokens.pop(0)
            return group
        return _term(token)


def _term(token: str) -> Predicate:
    field, colon, value = token.partition(":")
    if not colon or not field.isupper():
        return _phrase(token, lambda paper: paper.words)
    if field not in _FIELDS:
        raise ValueError(f"no field {field}")
    return _FIELDS[field](value.strip('"'))


def _in_years(value: str) -> Predicate:
    first, _, last = value.strip("[]").partition(" TO ")
    return lambda paper: int(first) <= paper.year <= int(last or first)


def _phrase(phrase: str, text: Callable[[Paper], str]) -> Predicate:
    """Compare words: to the service, too, "cc by" is found in "cc by-nc"."""
    wanted = _words(phrase)
    return lambda paper: f" {wanted} " in f" {_words(text(paper))} "


def _words(text: str) -> str:
    """Give the words of a text without tags, capitals and accents."""
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>", " ", text)).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


_FIELDS: dict[str, Callable[[str], Predicate]] = {
    "PMCID": lambda value: lambda paper: paper.pmcid == value,
    "DOI": lambda value: lambda paper: (paper.doi or "").lower() == value.lower(),
    "EXT_ID": lambda value: lambda paper: paper.number == value,
    "SRC": lambda value: lambda paper: paper.source == value,
    "OPEN_ACCESS": lambda value: lambda paper: paper.open_access == (value.lower() == "y"),
    "LICENSE": lambda value: _phrase(value, lambda paper: paper.licence or ""),
    "TITLE": lambda value: _phrase(value, lambda paper: paper.title),
    "AUTH": lambda value: _phrase(value, lambda paper: " ".join(family for _, family in paper.authors)),
    "PUB_YEAR": _in_years,
}
