"""Which English words are common: a question's other words name something particular."""

from __future__ import annotations

import contextlib
import tempfile
from functools import lru_cache
from pathlib import Path


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


def _by_frequency(least: float) -> frozenset[str]:
    from wordfreq import get_frequency_dict

    return frozenset(
        word for word, frequency in get_frequency_dict("en").items() if frequency >= 10 ** (least - 9)
    )


def _keep(found: frozenset[str], path: Path) -> None:
    """Write beside the target, then move into place: nobody ever reads half a list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".words-") as scratch:
        written = Path(scratch) / path.name
        written.write_text("\n".join(sorted(found)), encoding="utf-8")
        written.replace(path)
