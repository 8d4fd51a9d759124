"""English that goes with a key and not with what is said: "as shown in [a12]", "Based on the evidence, …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SAYINGS = (
    "report reports reported show shows showed shown state states stated suggest suggests suggested indicate indicates "
    "indicated note notes noted find finds found say says said describe describes described mention mentions mentioned "
    "see seen demonstrate demonstrates demonstrated conclude concludes concluded"
)
_SAYING = f"(?:{'|'.join(_SAYINGS.split())})"
_GIVEN = r"(?:provided|given|available|above|following|quoted|cited|presented)"
_EVIDENCE = r"(?:evidence|sources?|context|information|texts?|excerpts?|documents?|passages?)"
_OPENING = re.compile(
    r"(?:(?:the )?(?:final )?(?:answer|response) ?:"
    rf"|(?:based on|according to|from|in) (?:the |this )?(?:{_GIVEN} )?{_EVIDENCE}(?: {_GIVEN})? ?,"
    rf"|(?:the )?(?:{_GIVEN} )?{_EVIDENCE}(?: {_GIVEN})? {_SAYING} that)",
    re.IGNORECASE,
)
_OPENING_AFTER_KEY = re.compile(rf"{_SAYING} that|[:–—-]", re.IGNORECASE)
_TO_KEY = re.compile(
    rf"(?:, ?)?(?:as )?(?:{_SAYING} )?(?:in|by|per)"
    r"|(?:, ?)?(?:see|per|as per|according to|(?:sources?|references?|keys?|evidence|citations?) ?:)",
    re.IGNORECASE,
)
_BETWEEN_KEYS = re.compile(r",? ?(?:and|or)|[,;&+/–—-]", re.IGNORECASE)
_LISTING = re.compile(
    r"(?:a list of |list of |the )?(?:sources?|references?|citations?|keys?|bibliography|works cited)"
    r"(?: used| cited)? ?:?\W*",
    re.IGNORECASE,
)
_OPENING_WORDS = frozenset(
    f"the this final answer response based on according to from in provided given available above following quoted "
    f"cited presented evidence source sources context information text texts excerpt excerpts document documents "
    f"passage passages that {_SAYINGS}".split()
)
_LEADING_WORDS = frozenset(
    f"as in by per according to and or source sources reference references key keys evidence citation citations "
    f"{_SAYINGS}".split()
)
_MOST_HELD = 10
_SAYING_THAT = 2


def may_open(words: Sequence[str]) -> bool:
    """Tell whether words may be how a sentence begins before it says anything."""
    return len(words) <= _MOST_HELD and all(
        _bare(word) in _OPENING_WORDS or not _bare(word) for word in words
    )


def opens(words: Sequence[str], *, after_key: bool) -> bool:
    """Tell whether words are such a beginning, whole."""
    said = " ".join(words)
    return _OPENING.fullmatch(said) is not None or (
        after_key and _OPENING_AFTER_KEY.fullmatch(said) is not None
    )


def may_lead(word: str) -> bool:
    """Tell whether a word may belong to what leads to a key, or joins two."""
    return _bare(word) in _LEADING_WORDS or _BETWEEN_KEYS.fullmatch(word) is not None


def leading(words: Sequence[str], *, between: bool) -> int:
    """Count the last words that lead to a key that follows; `between` where a key stands before them all."""
    for first in range(len(words)):
        said = " ".join(words[first:])
        if _TO_KEY.fullmatch(said) or (between and not first and _BETWEEN_KEYS.fullmatch(said)):
            return len(words) - first
    return 0


def says(word: str) -> bool:
    """Tell whether a word may say what a source does: "[a12] reports …"."""
    return word in _SAYINGS.split()


def says_that(words: Sequence[str]) -> bool:
    """Tell whether words are what stands between a source and what it says: "reports that"."""
    return len(words) == _SAYING_THAT and says(words[0]) and words[1] == "that"


def lists_sources(text: str) -> bool:
    """Tell whether a line announces a list of sources, after which nothing more is said."""
    return _LISTING.fullmatch(text) is not None


def _bare(word: str) -> str:
    return word.lower().strip(",:;.")
