"""How a subject is written: abbreviated, in full, and with its parts in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from assistant.comparing.naming import Description
from assistant.glossary import Glossary
from assistant.thesaurus import plain_words
from corpus.fulltext import stems

# Long forms of a part that are tried: further ones are rarely what is meant.
MOST_FORMS = 2
_PARTS = re.compile(r"[\s\u2010-\u2015-]+")
_MOST_PARTS = 3


def names_of(subject: str, glossary: Glossary) -> tuple[str, ...]:
    """Give the names of a subject, the one that the reader wrote first.

    Args:
        subject: As the reader wrote it.
        glossary: What the library's abbreviations stand for.
    """
    return tuple(dict.fromkeys((subject, *_as_a_whole(subject, glossary), *_by_parts(subject, glossary))))


def told_by(subject: str, *, particular: bool) -> tuple[Description, ...]:
    """Give what the thesaurus says in place of a subject.

    Args:
        subject: As the reader wrote it.
        particular: Whether only the names of diseases and medicines count, which mean nothing else.
    """
    phrase, words = tuple(stems(subject)), plain_words()
    if particular and phrase not in words.particular:
        return ()
    return tuple(Description(other) for other in words.alternatives.get(phrase, ()))


def long_form(subject: str, glossary: Glossary) -> str | None:
    """Give what an abbreviated subject stands for."""
    return next(iter(glossary.longs(subject)), None)


def _as_a_whole(subject: str, glossary: Glossary) -> Iterator[str]:
    yield from glossary.longs(subject)[:MOST_FORMS]
    for short in glossary.shorts(subject)[:MOST_FORMS]:
        # "NK" for "natural killer cells" would be found in all that is made of them.
        if len(short) > _MOST_PARTS:
            yield short


def _by_parts(subject: str, glossary: Glossary) -> Iterator[str]:
    """Write "CAR-NK cells" as "chimeric antigen receptor natural killer cells", and half so."""
    parts = [part for part in _PARTS.split(subject) if part]
    if not 1 < len(parts) <= _MOST_PARTS:
        return
    forms = [(part, *(glossary.longs(part)[:1] if part.isupper() else ())) for part in parts]
    for written in product(*forms):
        if list(written) != parts:
            yield " ".join(written)
