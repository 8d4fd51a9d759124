"""What a question is about, so that the next one can lean on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from assistant.question.background import Background
from assistant.question.comparisons import compared
from assistant.question.kinds import defined, plain
from assistant.question.subjects import known_aspect
from assistant.words import STOP_WORDS, content_words
from corpus.folding import folded

_TOKEN = re.compile(r"[^\W_][\w+/’'\u2010-\u2015-]*")
# "CAR-NK", "FT596", "iPSC", "tisa-cel", "Kymriah" inside a sentence.
_NAME = re.compile(r"\w*[A-Z]\w*[A-Z].*|.*[^\W\d_].*\d.*|[^\W\d_]\w*[\u2010-\u2015-]\w+.*|[a-z]+[A-Z].*")
# What may stand before or after a name and belongs to it: "NK cells", "engineered NK cells".
_HEADS = frozenset(
    "cell cells therapy therapies product products treatment treatments line lines trial study drug drugs receptor "
    "receptors infusion infusions gene genes protein proteins syndrome disease patients".split()
)
_AUXILIARY = re.compile(
    r"\b(?P<verb>do|does|did|can|could|will|would|should|may|might|is|are|was|were|has|have|had)\s+",
    re.IGNORECASE,
)
_NEEDS_VERB = frozenset("do does did can could will would should may might".split())
_OF = re.compile(r"\b(?:of|about|on|with|from|by)\s+(?P<rest>.+)", re.IGNORECASE)
_BOUNDARY = frozenset(
    "in for after before during with without of from by to at on among against than as when if".split()
)
_LETTERS = frozenset(ascii_uppercase) - {"A", "I"}
_ARTICLES = frozenset({"the", "a", "an"})
_LONGEST_TOPIC = 6


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about.

    Attributes:
        question: The question.
        words: The name, as it stands there.
        start: Where it stands.
        names: All names in the question with their places.
        aspect: The noun for what is asked of it, if it is one of those that comparisons know.
    """

    question: str
    words: str
    start: int
    names: tuple[tuple[int, int], ...]
    aspect: str | None

    def is_like(self, other: str) -> bool:
        """Tell whether a name shares a part with one of the question: "tisa-cel" and "axi-cel"."""
        return any(_likeness(self.question[slice(*place)], other) > 1 for place in self.names)

    def replaced_by(self, other: str) -> str:
        """Ask the same of something else, which takes the place of the name that is most like it."""
        places = self.names or ((self.start, self.start + len(self.words)),)
        start, end = max(
            places, key=lambda place: (_likeness(self.question[slice(*place)], other), -place[0])
        )
        old = self.question[start:end].split()
        head = (
            f" {old[-1]}"
            if len(old) > 1 and old[-1] in _HEADS and other.rsplit(maxsplit=1)[-1] not in _HEADS
            else ""
        )
        return f"{self.question[:start]}{other}{head}{self.question[end:]}"


def topic_of(question: str, background: Background | None) -> Topic | None:
    """Find what a question is about: the subjects of a comparison, a defined term, else its first name."""
    names = tuple(_names(question, background))
    comparison = compared(question)
    words = " and ".join(comparison.subjects) if comparison else next(iter(defined(question)), None)
    if words and not comparison and words not in question:
        words = None
    if words is None and names:
        words = question[slice(*_subject_among(question, names))]
    words = words or _noun_phrase(question)
    if not words:
        return None
    aspect = known_aspect(" ".join(content_words(question.replace(words, " "))))
    return Topic(question, words, max(0, question.find(words)), names, aspect)


def is_name(text: str, background: Background | None) -> bool:
    """Tell a name ("CAR-T", "tisa-cel", "bispecifics") from a common noun ("safety", "side effects")."""
    tokens = [token for token in _TOKEN.findall(text) if token.lower() not in _ARTICLES]
    if len(tokens) > 1 and tokens[-1].lower() in _HEADS:
        return True
    # A first word in capitals may be a name or the beginning of a sentence: only a familiar word is none.
    first_inside = background is None
    return any(
        _is_name_token(token, background, inside=first_inside or place > 0)
        for place, token in enumerate(tokens)
        if token.lower() not in _HEADS
    )


def names_something(text: str, background: Background | None) -> bool:
    """Tell whether a name stands anywhere in a text."""
    return next(_names(text, background), None) is not None


def _subject_among(question: str, names: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Choose among names: the one that an auxiliary stands before, else the first."""
    auxiliary = _AUXILIARY.search(question)
    after = [place for place in names if auxiliary and place[0] >= auxiliary.end()]
    return after[0] if after else names[0]


def _names(question: str, background: Background | None) -> Iterator[tuple[int, int]]:
    """Find the names in a question, each with the words that belong to it."""
    tokens = list(_TOKEN.finditer(question))
    index = 0
    while index < len(tokens):
        if not _is_name_token(tokens[index][0], background, inside=index > 0):
            index += 1
            continue
        last = index
        while last + 1 < len(tokens) and _goes_on(question, tokens[last], tokens[last + 1], background):
            last += 1
        yield tokens[index].start(), tokens[last].end()
        index = last + 1


def _goes_on(question: str, one: re.Match[str], other: re.Match[str], background: Background | None) -> bool:
    joined = question[one.end() : other.start()] == " "
    return joined and (other[0] in _HEADS or _is_name_token(other[0], background, inside=True))


def _is_name_token(token: str, background: Background | None, *, inside: bool) -> bool:
    """Tell the token of a name; a capital says nothing at the beginning of a sentence."""
    lowered = token.lower().rstrip("'’")
    if lowered in STOP_WORDS:
        # "T cells" have a name of one letter.
        return inside and token in _LETTERS
    if _NAME.fullmatch(token) or (inside and token[:1].isupper()):
        return True
    if background is None or not token.isalpha():
        return False
    return folded(token) not in background.familiar_english


def _noun_phrase(question: str) -> str | None:
    """Find what is asked about where nothing looks like a name: after an auxiliary, or after an "of"."""
    text = plain(question).rstrip("?!. ")
    of = _OF.search(text)
    auxiliary = _AUXILIARY.search(text)
    if of and (auxiliary is None or content_words(text[auxiliary.end() : of.start()])):
        phrase = _up_to_boundary(of["rest"].split())
        return " ".join(phrase) or None
    if auxiliary is None:
        phrase = _up_to_boundary(text.split())
    else:
        words = text[auxiliary.end() :].split()
        phrase = _up_to_boundary(words)
        ends = len(phrase) == len(words) or words[len(phrase)].lower() in _BOUNDARY
        if (
            ends
            and len(phrase) > 1
            and (auxiliary["verb"].lower() in _NEEDS_VERB or phrase[-1] not in _HEADS)
        ):
            phrase = phrase[:-1]
    while phrase and phrase[0].lower() in _ARTICLES:
        phrase = phrase[1:]
    return " ".join(phrase) if phrase and content_words(" ".join(phrase)) else None


def _up_to_boundary(words: list[str]) -> list[str]:
    phrase: list[str] = []
    for word in words[:_LONGEST_TOPIC]:
        if word.lower() in _BOUNDARY or not word[-1].isalnum():
            return [*phrase, word.rstrip(",;:")] if word.lower() not in _BOUNDARY else phrase
        phrase.append(word)
    return phrase


def _likeness(one: str, other: str) -> int:
    """Count what two names have in common: parts between hyphens, and their form."""
    parts, others = (set(re.split(r"[\W_]+", name.lower())) - _HEADS for name in (one, other))
    shape, other_shape = (_shape(name) for name in (one, other))
    return 2 * len(parts & others) + (shape == other_shape)


def _shape(name: str) -> tuple[bool, bool, bool]:
    first = name.split(maxsplit=1)[0]
    return "-" in first, any(map(str.isdigit, first)), first.isupper()
