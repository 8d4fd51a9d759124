"""What a verdict is called, and the mark and colour that go with the word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from assistant.answer import Verdict
from assistant.interface.kinds import listed


class Said(NamedTuple):
    """A verdict in a reader's words.

    Attributes:
        word: Stands alone, beside the mark.
        counted: Follows a number: "2 partly supported".
        mark: Seen before the word is read.
        colour: A class of `check.css`.
        meaning: What it tells the reader, in a sentence.
    """

    word: str
    counted: str
    mark: str
    colour: str
    meaning: str


VERDICTS = {
    Verdict.SUPPORTED: Said(
        "Supported", "supported", "✓", "supported", "A source says so; its words are shown."
    ),
    Verdict.PARTIAL: Said(
        "Partly supported",
        "partly supported",
        "◐",
        "partial",
        "A source says some of it, or says it with less certainty.",
    ),
    Verdict.CONTRADICTED: Said(
        "Contradicted",
        "contradicted",
        "✕",
        "contradicted",
        "A source says otherwise: another number, the opposite, or something else in its place.",
    ),
    Verdict.NOT_FOUND: Said(
        "Not found",
        "not found",
        "?",
        "not-found",
        "No source speaks of it. That makes it neither true nor false.",
    ),
}


def tally(verdicts: Iterable[Verdict]) -> str:
    """Count verdicts in one line: "3 claims: 2 supported, 1 contradicted"."""
    number = Counter(verdicts)
    total = number.total()
    if total == 1:
        return f"1 claim: {VERDICTS[next(iter(number))].counted}"
    parts = [f"{number[verdict]} {said.counted}" for verdict, said in VERDICTS.items() if number[verdict]]
    return f"{total} claims: {listed(parts)}"
