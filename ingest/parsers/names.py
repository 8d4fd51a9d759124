"""Names of authors as they are printed → family and given names."""

from __future__ import annotations

import re

from corpus.record import Name
from ingest.canonical import fold

_LONGEST_NAME = 120
_GIVEN_FIRST = re.compile(
    r"(?P<given>.+?) (?:(?P<particle>[^\W\d_A-Z][^\WA-Z]*(?: [^\W\d_A-Z][^\WA-Z]*)*) )?(?P<family>\S+)"
)


def name_of(words: str) -> Name | None:
    """Read a name as pages print it: "Marin, David" or "David Marin"; one word is the name of a body."""
    words = fold(words)
    family, comma, given = (part.strip() for part in words.partition(","))
    if comma and family and given:
        return Name(family=family, given=given)
    if len(words) <= _LONGEST_NAME and (match := _GIVEN_FIRST.fullmatch(words)):
        return Name(given=match["given"], particle=match["particle"], family=match["family"])
    return Name(literal=words) if words else None
