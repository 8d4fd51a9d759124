"""Tells keys from words in a stretch of what a model wrote, and leaves markup, links and made-up citations out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

IsKey = Callable[[str], bool]

_ENTITIES = {"&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&quot;": '"', "&#39;": "'", "&amp;": "&"}
_ENTITY = re.compile("|".join(map(re.escape, _ENTITIES)))
# An address in round brackets, which may hold brackets itself.
_TARGET = r"\((?:[a-z]{2,12}:|www\.|/|#)(?:[^()]|\([^()]*\))*\)"
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_LINK = re.compile(rf"\[([^\[\]]*)\]{_TARGET}", re.IGNORECASE)
_LONE_TARGET = re.compile(rf"(?<=\]){_TARGET}", re.IGNORECASE)
# Tags, what chat templates are made of, escapes and emphasis; a sign between letters is none: "HLA-A*02:01".
_MARKUP = re.compile(
    r"</?[A-Za-z!][^<>]*>|<\|[^<>|]*\|>|\\cite[a-z]*\*?(?=[\[{])|\$\^?(?=\{*\[)|(?<=\])\}*\$|\\(?=[^\w\s])"
    r"|`+|\*{2,}|~~|(?<!\w)[*_]+|[*_]+(?!\w)"
)
# Raised or circled numbers behind a word or a stop are reference marks, those of a unit or a power are not.
_RAISED = r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]"
_RAISED_MARKS = re.compile(
    rf"(?:(?<=[a-z]{{4}})|(?<=[.,;:!?)])|(?<!\S)){_RAISED}(?:[\u207b\u02d2,–-]?{_RAISED})*|\u207d{_RAISED}+\u207e"
    r"|[\u2460-\u2473\u24f5-\u24fe\u2776-\u2793†‡]"
)
_ADDRESS = re.compile(
    r"(?:\b(?:[a-z]{2,12}://|javascript:|data:|mailto:)|\bwww\.)(?:[^\s()\[\]]*[^\s()\[\].,;:!?])?",
    re.IGNORECASE,
)

_SQUARE_OPEN, _SQUARE_CLOSE = "[【［〔{", "]】］〕}"
_OPEN, _CLOSE = rf"[(\{_SQUARE_OPEN}]", r"[)\]】］〕}]"
_LABEL = (
    r"(?:key|source|evidence|ref|reference|citation|document|doc|passage|excerpt|statement|study|note)s?\b(?:\s+needed)?"
    r"|see\b|from\b|cited\b|based\s+on\b|according\s+to\b|e\.g\.|cf\.?"
)
_LABELS = re.compile(rf"[\s^]*(?:(?:{_LABEL})[\s:#.,]*)*", re.IGNORECASE)
_BRACKET = re.compile(
    rf"(?P<label>\(\s*(?:{_LABEL})[\s:]*(?={_OPEN}))?(?P<open>{_OPEN}+)(?P<inside>[^()\[\]【】［］〔〕{{}}]*)(?P<close>{_CLOSE}*)",
    re.IGNORECASE,
)
_LISTING = re.compile(r"(?:[a-z0-9]+|[\s,;:/&+|·.^–—-])*", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z0-9]+", re.IGNORECASE)
# "[1.2, 3.4]" is an interval.
_DECIMAL = re.compile(r"\d[.·]\d")
_JOINING = frozenset({"and", "or"})
_LIKE_KEY = re.compile(r"[a-z]{0,4}[0-9][a-z0-9]{0,5}", re.IGNORECASE)
_BARE = re.compile(r"(?<![^\W_])[a-z]{1,4}[0-9]{2}(?![^\W_])", re.IGNORECASE)
# "(Marin et al., 2024)": what a citation looks like that nobody here made.
_AUTHORED = re.compile(
    rf"{_OPEN}(?:see\s|e\.g\.,?\s)?(?:[A-Z][^\[\]()]{{0,60}}\bet\s+al\b[^\[\]()]{{0,40}}"
    rf"|[A-Z][\w'’-]+(?:\s(?:and|&)\s[A-Z][\w'’-]+)?,\s(?:19|20)\d\d[a-z]?|(?:PMID|PMCID|DOI)\b[^\[\]()]*){_CLOSE}"
)
_PAIRED = re.compile(r"[\[【［〔]([^\[\]【】［］〔〕]*)[\]】］〕]")
_LONE = re.compile(r"[\[\]【】［］〔〕]")


@dataclass(frozen=True, slots=True)
class Text:
    """Words as a reader may see them."""

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Keys that are named in a place, in lower case; none where something looked like a citation and is none."""

    keys: tuple[str, ...]


def without_markup(chunk: str, is_key: IsKey) -> Iterator[Text | Cited]:
    """Take a stretch of text apart.

    Args:
        chunk: What stands between white space, or brackets with all that they hold.
        is_key: Tells whether a key, in lower case, was handed out.
    """
    plain = _AUTHORED.sub(" ", _without_tags(chunk))
    end = 0
    for match in _BRACKET.finditer(plain):
        found = _cited(match, is_key)
        if found is None:
            continue
        cited, length = found
        yield from _text(plain[end : match.start()], is_key)
        yield cited
        end = match.start() + length
    yield from _text(plain[end:], is_key)


def _without_tags(chunk: str) -> str:
    """Leave out what is no text until nothing of it is left: what is taken out may leave a new tag behind."""
    before = None
    while before != chunk:
        before = chunk
        chunk = _ENTITY.sub(lambda entity: _ENTITIES[entity.group()], chunk)
        chunk = _LONE_TARGET.sub("", _LINK.sub(_unlinked, _IMAGE.sub(" ", chunk)))
        chunk = _MARKUP.sub("", chunk)
    return chunk


def _unlinked(link: re.Match[str]) -> str:
    """Keep the words of a link; a single one may be a key in its brackets."""
    return link[1] if " " in link[1] else f"[{link[1]}]"


def _cited(bracket: re.Match[str], is_key: IsKey) -> tuple[Cited, int] | None:
    """Read a bracket that cites; None if it is part of what is said.

    Returns:
        The keys, and how many characters they take.
    """
    inside = bracket["inside"]
    label = _LABELS.match(inside)
    start = label.end() if label else 0
    if not bracket["close"]:
        return _unclosed(bracket, start, is_key)
    named = [token.lower() for token in _TOKEN.findall(inside[start:]) if token.lower() not in _JOINING]
    is_square = any(sign in _SQUARE_OPEN for sign in bracket["open"])
    is_labelled = bool(bracket["label"] or inside[:start].strip(" ^"))
    if any(map(is_key, named)):
        lists = _LISTING.fullmatch(inside) is not None and all(map(_LIKE_KEY.fullmatch, named))
        if not (is_square or lists):
            return None
        return Cited(tuple(name for name in named if is_key(name) or (lists and not name.isdigit()))), len(
            bracket.group()
        )
    if not (is_square or is_labelled) or _DECIMAL.search(inside) or not all(map(_LIKE_KEY.fullmatch, named)):
        return None
    return Cited(tuple(name for name in named if not name.isdigit())), len(bracket.group())


def _unclosed(bracket: re.Match[str], start: int, is_key: IsKey) -> tuple[Cited, int] | None:
    """Read the keys after a bracket that nobody closed."""
    keys, end = [], 0
    for token in _TOKEN.finditer(bracket["inside"], start):
        between = bracket["inside"][max(end, start) : token.start()]
        if not is_key(token.group().lower()) or between.strip(" ,;&"):
            break
        keys.append(token.group().lower())
        end = token.end()
    return (Cited(tuple(keys)), bracket.start("inside") - bracket.start() + end) if keys else None


def _text(words: str, is_key: IsKey) -> Iterator[Text | Cited]:
    """Give words, and the keys that stand among them as if they were some."""
    words = _LONE.sub("", _PAIRED.sub(r"(\1)", _RAISED_MARKS.sub("", _ADDRESS.sub(" ", words))))
    end = 0
    for match in _BARE.finditer(words):
        if is_key(match.group().lower()):
            yield from _some(words[end : match.start()])
            yield Cited((match.group().lower(),))
            end = match.end()
    yield from _some(words[end:])


def _some(words: str) -> Iterator[Text]:
    if words:
        yield Text(words)
