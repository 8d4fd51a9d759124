"""English as answers need it: words that say nothing, that lean on a neighbour, that stand for numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from corpus.folding import folded

# Words of a question that name nothing it is about.
STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are aren't as at be because been before being below
    between both but by can cannot could did do does doing down during each else ever few for from further get give
    given gives had has have having he her here hers him his how i if in into is it its itself just know let like long
    many may me might more most much must my need no nor not now of off on once one only or other our out over own per
    please s same say says shall she should show so some such t tell than that the their them then there these they
    thing things this those through to too under until up upon us use used uses using very via vs versus want was way
    ways we well were what whatever when where whether which while who whom whose why will with within without would
    you your compare contrast define describe enumerate explain list mean means name stand summarise
    summarize""".split()
)

_ABBREVIATIONS = re.compile(r"\b([A-Z]{2,})s\b")
# A sentence that opens with one of these is about something its neighbour named.
_LEANING_OPENINGS = (
    "accordingly",
    "additionally",
    "also",
    "although still",
    "as a consequence",
    "as a result",
    "as such",
    "at the same time",
    "besides",
    "both of",
    "but",
    "by contrast",
    "compared to",
    "consequently",
    "conversely",
    "despite",
    "for example",
    "for instance",
    "for this",
    "furthermore",
    "he",
    "hence",
    "however",
    "in addition",
    "in all cases",
    "in both",
    "in comparison",
    "in contrast",
    "in fact",
    "in other words",
    "in particular",
    "in turn",
    "indeed",
    "instead",
    "it",
    "likewise",
    "meanwhile",
    "moreover",
    "more importantly",
    "nevertheless",
    "nonetheless",
    "nor",
    "on the contrary",
    "on the other hand",
    "one of",
    "other",
    "others",
    "otherwise",
    "overall,",
    "rather",
    "respectively",
    "she",
    "similarly",
    "so",
    "specifically",
    "still",
    "such",
    "that",
    "the above",
    "the former",
    "the latter",
    "the other",
    "the same",
    "the remaining",
    "then",
    "therefore",
    "they",
    "this",
    "those",
    "these",
    "thus",
    "together",
    "to this end",
    "two of",
    "we also",
    "yet",
)
_LEANING_OPENING = re.compile(rf"(?:and\s+)?(?:{'|'.join(_LEANING_OPENINGS)})(?!\w)", re.IGNORECASE)
# "Extending their survival …", "In mice these cells …": the word it stands for comes before the sentence.
_POINTING_WORDS = frozenset(
    "it its itself he his she her they them their this these those such former latter".split()
)
_POINTING_REACH = 4
# "CAR-NK therapy builds upon this natural capability": a demonstrative reaches back from further on.
_DEMONSTRATIVES = frozenset("this these those such".split())
_DEMONSTRATIVE_REACH = 8
# "Patients and their families": what it stands for has just been named.
_JOINING = frozenset({"and", "or"})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_HYPHENS = re.compile(r"[-\u2010-\u2015\u2212/]")
_GENERAL_HEADS = frozenset("cell cells therapy therapies product products treatment treatments".split())
_LEAST_LETTERS = 3
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w])")
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|neither|nor|without|cannot|absence of|absent|failed to|lacks?|lacked|lacking)\b|n['’]t\b",
    re.IGNORECASE,
)


def words(text: str) -> list[str]:
    """Give the words of a text in lower case, hyphens apart: "CAR-NK" is "car", "nk"."""
    return [match.group().lower() for match in _WORD.finditer(text)]


def has_words(text: str, least: int) -> bool:
    """Tell whether a text has at least so many words, reading no further than that."""
    return len(_first_words(text, least)) == least


def _first_words(text: str, most: int) -> list[str]:
    return [match.group().lower() for match in islice(_WORD.finditer(text), most)]


def content_words(text: str) -> list[str]:
    """Give the words that say what a text is about, in order, each once."""
    return [word for word in dict.fromkeys(words(text)) if word not in STOP_WORDS]


def leans(sentence: str) -> bool:
    """Tell whether a sentence needs the one before it to be understood."""
    first = _first_words(sentence, _DEMONSTRATIVE_REACH)
    return (
        _LEANING_OPENING.match(sentence) is not None
        or any(
            word in _POINTING_WORDS and before not in _JOINING
            for before, word in zip(["", *first], first[:_POINTING_REACH], strict=False)
        )
        or any(word in _DEMONSTRATIVES for word in first)
    )


def numbers(text: str) -> frozenset[str]:
    """Give the numbers of a text, written as digits or as words up to twenty, without thousands separators."""
    digits = {match.group().replace(",", "") for match in _NUMBER.finditer(text)}
    spelt = {_NUMBER_WORDS[word] for word in words(text) if word in _NUMBER_WORDS and word != "one"}
    return frozenset(digits | spelt)


def negated(text: str) -> bool:
    """Tell whether a text denies something."""
    return _NEGATION.search(text) is not None


def singular(text: str) -> str:
    """Give a text with its abbreviations in the singular: "QALY" for "QALYs"."""
    return _ABBREVIATIONS.sub(r"\1", text)


def flat(text: str) -> str:
    """Fold a text for finding names in it: lower case, hyphens and white space as one space, a space at both ends."""
    return f" {' '.join(_WORD.findall(_HYPHENS.sub(' ', folded(text))))} "


def names(text: str, name: str) -> bool:
    """Tell whether a text names something, hyphens, plurals and general words aside.

    "CAR T cells" names "CAR-T therapy"; "CAR-NK cells" does not name "NK cells", which they are made of.
    """
    return _pattern(name).search(text) is not None


@lru_cache(maxsize=256)
def _pattern(name: str) -> re.Pattern[str]:
    parts = words(name)
    while len(parts) > 1 and parts[-1] in _GENERAL_HEADS and len("".join(parts[:-1])) >= _LEAST_LETTERS:
        parts.pop()
    if not parts:
        return re.compile(r"(?!)")
    parts[-1] = parts[-1].removesuffix("s") if len(parts[-1]) > _LEAST_LETTERS else parts[-1]
    joined = r"[-\s\u2010-\u2015/]?".join(map(re.escape, parts))
    return re.compile(rf"(?<!\w)(?<!\w[-\u2010-\u2015]){joined}s?(?!\w)", re.IGNORECASE)
