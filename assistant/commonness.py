"""Which English words are common: a question's other words name something particular."""

from __future__ import annotations

import contextlib
import math
import re
import tempfile
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from corpus.fulltext import stems

# On the Zipf scale: a stem whose words together are rarer is a term of some field; still rarer words are left out.
FAMILIAR = 3.0
RAREST = 1.5
VERY_COMMON = 4.5
LEAST_LETTERS = 4
LEAST_PART = 4
# As common as an everyday adjective.
COMMON = 3.7
_COMPARED = re.compile(r"([a-z]{3,})(?:er|est)")


@lru_cache(maxsize=4)
def known_words(cache: Path, least: float) -> frozenset[str]:
    """Give the English words that are at least so common by the package wordfreq (Speer 2022), in lower case.

    Args:
        cache: A folder. The words are kept there, since loading the package takes as long as a dozen answers.
        least: On the Zipf scale, log10 of occurrences in a billion words.
    """
    path = cache / f"english-from-{least}.txt"
    try:
        return frozenset(path.read_text(encoding="utf-8").split("\n"))
    except OSError:
        found = _by_frequency(least)
        # A cache that cannot be written only costs time.
        with contextlib.suppress(OSError):
            _keep(found, path)
        return found


@lru_cache(maxsize=4)
def familiar_stems(cache: Path) -> frozenset[str]:
    """Give the stems whose words together are common enough in English to name nothing particular.

    Args:
        cache: A folder. The stems are kept there, since making them takes a second.
    """
    path = cache / f"english-stems-from-{FAMILIAR}.txt"
    try:
        return frozenset(path.read_text(encoding="utf-8").split("\n"))
    except OSError:
        found = _stems_by_frequency()
        with contextlib.suppress(OSError):
            _keep(found, path)
        return found


@lru_cache(maxsize=4096)
def is_slip(word: str, cache: Path) -> bool:
    """Tell whether a rare word is one letter away from a very common one, as "offen" is from "often".

    Args:
        word: A word.
        cache: As for `known_words`.
    """
    from rapidfuzz.distance import OSA

    slip = word.lower()
    return len(slip) >= LEAST_LETTERS and any(
        common[:1] == slip[:1] and OSA.distance(slip, common, score_cutoff=1) <= 1
        for common in known_words(cache, VERY_COMMON)
        if abs(len(common) - len(slip)) <= 1
    )


def is_compared(word: str, cache: Path) -> bool:
    """Tell whether a word is a comparative or superlative of a common adjective, as "rougher" is of "rough".

    Args:
        word: A word.
        cache: As for `known_words`.
    """
    match = _COMPARED.fullmatch(word)
    if match is None:
        return False
    base = match[1]
    bases = {base, f"{base}e", base.removesuffix("i") + "y" if base.endswith("i") else base}
    if base[-1] == base[-2]:
        bases.add(base[:-1])
    return not bases.isdisjoint(known_words(cache, COMMON))


def is_compound(word: str, cache: Path) -> bool:
    """Tell whether a word is two common ones written together, as "rulebook" is.

    Args:
        word: A word, in lower case.
        cache: As for `known_words`.
    """
    common = known_words(cache, VERY_COMMON)
    places = range(LEAST_PART, len(word) - LEAST_PART + 1)
    return any(word[:at] in common and word[at:] in common for at in places)


def _stems_by_frequency() -> frozenset[str]:
    from wordfreq import get_frequency_dict

    together: defaultdict[str, float] = defaultdict(float)
    for word, frequency in get_frequency_dict("en").items():
        if frequency >= _at(RAREST) and word.isalpha():
            for stem in stems(word)[:1]:
                together[stem] += frequency
    return frozenset(stem for stem, frequency in together.items() if frequency >= _at(FAMILIAR))


def _at(zipf: float) -> float:
    """Turn a place on the Zipf scale, log10 of occurrences in a billion words, into a share of all words."""
    return math.pow(10, zipf - 9)


def _by_frequency(least: float) -> frozenset[str]:
    from wordfreq import get_frequency_dict

    return frozenset(word for word, frequency in get_frequency_dict("en").items() if frequency >= _at(least))


def _keep(found: frozenset[str], path: Path) -> None:
    """Write beside the target, then move into place: nobody ever reads half a list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".words-") as scratch:
        written = Path(scratch) / path.name
        written.write_text("\n".join(sorted(found)), encoding="utf-8")
        written.replace(path)
