"""Which English words are common: a question's other words name something particular."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

# On the Zipf scale (log10 of occurrences in a billion words): "receptor" is common, "pancreatic" is not.
COMMON_FROM = 3.7


@lru_cache(maxsize=1)
def common_words(cache: Path) -> frozenset[str]:
    """Give the common words of English by the package wordfreq (Speer 2022), in lower case.

    Args:
        cache: A folder. The words are kept there, since loading the package takes as long as a dozen answers.
    """
    path = cache / f"common-words-{COMMON_FROM}.txt"
    try:
        return frozenset(path.read_text(encoding="utf-8").split("\n"))
    except FileNotFoundError:
        found = _by_frequency()
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=cache, delete=False) as file:
            file.write("\n".join(sorted(found)))
        Path(file.name).replace(path)
        return found


def _by_frequency() -> frozenset[str]:
    from wordfreq import get_frequency_dict

    least = 10 ** (COMMON_FROM - 9)
    return frozenset(word for word, frequency in get_frequency_dict("en").items() if frequency >= least)
