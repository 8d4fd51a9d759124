"""The words that claims are made with, read from `wording.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

DATA = Path(__file__).with_name("wording.yaml")
# "62 kb region" is not "62 kilobases region".
_AFTER_UNIT = r"(?= (?:at|for|in|of|per|and|to|using|with|after|on|from|or|post)\b|[,.;)])"


@dataclass(frozen=True, slots=True)
class Substitution:
    """Words that may stand where `pattern` matches, as a template of `re`."""

    pattern: re.Pattern[str]
    template: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's forms; None for one that is mostly a noun."""

    base: str
    third: str | None
    past: str | None


@dataclass(frozen=True, slots=True)
class Wording:
    """All lists of words, ready to be matched."""

    synonyms: tuple[Substitution, ...]
    spelling: tuple[Substitution, ...]
    durations: tuple[Substitution, ...]
    units: tuple[Substitution, ...]
    opposites: tuple[Substitution, ...]
    verbs: tuple[Verb, ...]
    frames: tuple[re.Pattern[str], ...]
    entities: dict[str, re.Pattern[str]]


class _Lists(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    synonyms: tuple[str, ...]
    contexts: tuple[str, ...]
    spelling: tuple[str, ...]
    durations: tuple[str, ...]
    units: tuple[str, ...]
    opposites: tuple[str, ...]
    verbs: str
    frames: tuple[str, ...]
    entities: dict[str, tuple[str, ...]]


@cache
def wording() -> Wording:
    """Read the lists, once."""
    lists = _Lists.model_validate(yaml.safe_load(DATA.read_text(encoding="utf-8")))
    return Wording(
        synonyms=(*map(_context, lists.contexts), *_pairs(lists.synonyms)),
        spelling=tuple(_pairs(lists.spelling)),
        durations=tuple(
            _pairs(
                lists.durations,
                r"(?<![\w.,/-])(?<!to )(?<!or )(?<!and )",
                r"(?! (?:to|or|and|intervals?|periods?|old)\b|\w)",
            )
        ),
        units=tuple(_pairs(lists.units, r"(?<=\d )(?<!\b1 )", _AFTER_UNIT)),
        opposites=tuple(_both_ways(lists.opposites)),
        verbs=tuple(map(_verb, lists.verbs.split())),
        frames=tuple(re.compile(rf"^{frame}") for frame in lists.frames),
        entities={kind: _any_of(forms) for kind, forms in lists.entities.items()},
    )


def put(text: str, start: int, end: int, words: str) -> str:
    """Put words in place of `text[start:end]`, with "a" or "an" before them as they need it."""
    return capitalised(with_article(text[:start], words) + words + text[end:])


def with_article(before: str, words: str) -> str:
    """Mend an "a" or "an" that ends `before` as `words` need it."""
    spelt_out = re.match(r"[A-Z](?:[A-Z\d]|\b)", words) is not None
    vowel = words[:1] in set("AEFHILMNORSX" if spelt_out else "aeiouAEIOU")
    return re.sub(r"\b([Aa])n? $", r"\1n " if vowel else r"\1 ", before)


def capitalised(text: str) -> str:
    """Give words as they stand at the beginning of a sentence; "mRNA" stays as it is."""
    first = re.split(r"[\s-]", text, maxsplit=1)[0]
    return text[:1].upper() + text[1:] if first.islower() and text[1:2] != "-" else text


def forms(lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give each form with what may stand for it.

    Raises:
        ValueError: If a line's sides do not have as many forms.
    """
    for line in lines:
        left, right = (side.split("|") for side in line.split(" = "))
        if len(left) != len(right):
            raise ValueError(f"{line!r} has {len(left)} forms on its left and {len(right)} on its right")
        yield from zip(left, right, strict=True)


def _pairs(
    lines: tuple[str, ...], before: str = r"(?<![\w-])", after: str = r"(?![\w-])"
) -> Iterator[Substitution]:
    for old, new in forms(lines):
        yield Substitution(re.compile(rf"{before}{re.escape(old)}{after}"), new)


def _both_ways(lines: tuple[str, ...]) -> Iterator[Substitution]:
    """An opposite's opposite is the word itself; where several share one, the first keeps it."""
    there = dict(forms(lines))
    back: dict[str, str] = {}
    for old, new in there.items():
        back.setdefault(new, old)
    for old, new in {**back, **there}.items():
        yield Substitution(re.compile(rf"(?<![\w-]){re.escape(old)}(?!\w)"), new)


def _context(line: str) -> Substitution:
    pattern, template = line.split(" => ")
    return Substitution(re.compile(pattern), template)


def _verb(written: str) -> Verb:
    base, third, past = written.split("/")
    return Verb(base, None if third == "-" else third, None if past == "-" else past)


def _any_of(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(alternatives, key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(longest_first)})(?!\w|-[A-Z\d])")
