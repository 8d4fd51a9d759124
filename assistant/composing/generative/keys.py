"""Short random keys for evidence, known to one request only, and text that a model may read without harm."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assistant.evidence import Evidence

# Without letters that look like digits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_LEAST_NUMBER = 10
_NUMBERS = 90
# So many draws in vain, and keys get one letter more: a document may hold every short key there is.
_MOST_DRAWS = 1000
_ALPHANUMERIC = re.compile(r"[^\W_]+")
# Invisible though Unicode calls them letters or marks: fillers, joiners, variation selectors.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_BRACKETS = str.maketrans("[]【】［］〔〕", "()()()()")
# "<|im_end|>", "</s>": what chat templates are made of. "p <0.05" is no such thing.
_CONTROL_MARK = re.compile(r"<(?=[^\s\d=.,≤<-])|(?<=\|)>")


class Keys:
    """The keys of one request.

    A key that was not handed out names nothing. None occurs in a text of the evidence or in the question, so a text
    cannot name evidence: it was written before the key was drawn.
    """

    def __init__(self, evidence: Sequence[Evidence], question: str = "") -> None:
        """Draw a key for each evidence."""
        occurring = set(_words([question, *(text for found in evidence for text in _read_with(found))]))
        self._evidence: dict[str, Evidence] = {}
        letters, draws = 1, 0
        for found in evidence:
            while (key := _drawn(letters)) in occurring or key in self._evidence:
                draws += 1
                letters = 1 + draws // _MOST_DRAWS
            self._evidence[key] = found
        self._keys = {id(found): key for key, found in self._evidence.items()}

    def __contains__(self, key: str) -> bool:
        """Tell whether a key was handed out."""
        return key in self._evidence

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence that has keys."""
        return tuple(self._evidence.values())

    def of(self, evidence: Evidence) -> str:
        """Give the key of evidence."""
        return self._keys[id(evidence)]

    def named(self, keys: Iterable[str]) -> tuple[Evidence, ...]:
        """Give the evidence that keys name, each once; a key that was not handed out names none."""
        return tuple(self._evidence[key] for key in dict.fromkeys(keys) if key in self._evidence)


def fence(texts: Iterable[str]) -> str:
    """Draw a word that occurs in none of some texts, to part quoted text from the rest of a prompt."""
    occurring = set(_words(texts))
    while (word := secrets.token_hex(4)) in occurring:
        pass
    return word


def harmless(text: str) -> str:
    """Make text that others wrote fit to be read by a model; what is quoted and judged stays as it is.

    What no reader sees is left out (control, zero-width and tag characters, changes of direction), square brackets, in
    which keys stand, become round, marks of chat templates are broken, and it is one line.
    """
    seen = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    seen = unicodedata.normalize("NFC", _INVISIBLE.sub("", seen)).translate(_BRACKETS)
    return " ".join(_CONTROL_MARK.sub(lambda mark: "< " if mark.group() == "<" else " >", seen).split())


def _drawn(letters: int) -> str:
    letter = "".join(secrets.choice(_LETTERS) for _ in range(letters))
    return f"{letter}{_LEAST_NUMBER + secrets.randbelow(_NUMBERS)}"


def _words(texts: Iterable[str]) -> Iterator[str]:
    """Give the words of texts as a model will read them."""
    return (match.group().lower() for text in texts for match in _ALPHANUMERIC.finditer(harmless(text)))


def _read_with(found: Evidence) -> tuple[str, ...]:
    """Give all that a model may read with an evidence."""
    return (found.document.record.title, *found.passage.passage.path, found.text)
