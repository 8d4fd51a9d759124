"""What is compared and in what respects, as names and nouns: clean, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question.clauses import ASKING
from assistant.question.remainder import says_something
from assistant.words import content_words

# A longer "subject" is a clause that only looked like one.
LONGEST_SUBJECT = 6
LEAST_SUBJECTS = 2
MOST_SUBJECTS = 8
_FEW_WORDS = 2
VERSUS = r"versus|vs\.?|compared\s+(?:to|with)|relative\s+to|rather\s+than"
LIST = re.compile(rf"\s*(?:,\s*)?\b(?:and|or|{VERSUS})\s+|\s*[,&]\s*", re.IGNORECASE)
LEADING = re.compile(
    r"(?:(?:either|both|between|for|that\s+of|those\s+of|the\s+ones?\s+of|with|from|to|in|on|of|after|under|by|via|through|using|the|an?|each\s+of|"
    r"(?:product|cells?|patients|people|ones?|therapy|treatment|drug|version|figures?|results?)\s+(?:given\s+|used\s+|tested\s+|seen\s+)?"
    r"(?:in|from|of)(?=\s+(?:the\s+)?(?:trial|study|paper)\b)|"
    r"(?:those|people|patients)\s+(?:given|on|receiving|treated\s+with)|"
    r"(?:(?:one|an?|each|the|single|first|second)\s+){0,3}(?:doses?|courses?|infusions?|batch(?:es)?|vials?|rounds?)\s+of)\s+)+",
    re.IGNORECASE,
)
_AS = re.compile(r"\s+as\s+.*", re.IGNORECASE)
_COUNTED = re.compile(
    # A dose such as "1 × 10^8 cells" is a name; "3 days" is a count, "grade 3" a degree.
    r"(?:(?:grade|level|stage)\s|(?!(?:19|20)\d\d\b)(?!\d+(?:\.\d+)?\s*[×x*]\s*10)\d+\b(?!-)|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b)",
    re.IGNORECASE,
)
# It stands beside what is compared.
_CIRCUMSTANCE = re.compile(
    r"(?:if|when|because|since|although|whereas|according\s+to|(?:apart|aside)\s+from|besides|except|such\s+as|including|"
    r"given\s+that|do|does|did)\b(?!-)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[()]")
_MARKS = " ,?!:;/"
_CODE = re.compile(r"\w*[A-Z]\w*[A-Z]|\w*[^\W\d_]\w*\d")
_WHICH_ONE = re.compile(
    r"(?:what|which|who)['’]s\s+|(?:which|what|who)(?:\s+(?:one|of\s+(?:them|these|the\s+two)))?(?:\s+\w+)?\s+(?:is|are|has|have|does|do)\s+|"
    r"(?:which|who)(?:\s+one)?\s+|what\s+(?:each\s+one|they|it|each|you|one)(?:\s+each)?\s+",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"(?:is|are|was|were|has|have|do|does|did)\s+(?:(?:it|they|each|both)\s+)?", re.IGNORECASE
)
_MORE = re.compile(
    r"(?:(?:carr(?:y|ies)|cause[sd]?|show(?:s|ed)?|give[sn]?|gave|ha[sd]|brings?|brought)\s+)?(?:the\s+)?"
    r"(?:more|less|fewer|higher|lower|better|worse|greater|most|least|fewest)\s+(?:of\s+)?",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\s+(?:them|it|they|each|(?:of|for|with|in)\s+(?:each|both|them|either|all)(?:\s+one)?|side\s+by\s+side(?:\s+please)?|please|pls|"
    r"(?:of\s+each\s+)?as\s+(?:an?\s+)?[\w\s-]+|(?:in|of|across|from)\s+(?:the(?:se)?\s+)?(?:two|three|four|five|six|several|both|these)\s.+)\Z",
    re.IGNORECASE,
)
# It asks for whatever there is to say.
_VAGUE = re.compile(
    r"(?:what|how)\s+(?:do|does|did|can|will|would|is|are)\s+(?:each|they|both|it|either|one|the\s+two)(?:\s+[\w-]+)?"
    r"(?:\s+(?:buy|bring|do|give|offer|add|mean|get|achieve|show|find|compare|differ|fare|about))?(?:\s+(?:you|us|me|best))?\Z|"
    r"(?:which|who|whose)(?:\s+[\w-]+){0,2}?\s+(?:do|does|did|is|are|was|were|works?|worked|fares?|fared)\s+(?:better|best|worse|worst)(?:\s+overall)?\Z|"
    r"(?:do|does|did|are|is)\s+(?:they|these|both|the\s+two)\s+(?:all\s+|both\s+)?(?:(?:\w+\s+)?the\s+same(?:\s+\w+)?|(?:dis)?agree|differ)\Z|"
    r"(?:your\s+)?(?:thoughts|views?|opinions?|differences?|pros|cons|comparison)\Z",
    re.IGNORECASE,
)
_PROS_AND_CONS = re.compile(r"\bpros\s+(?:and|&|or)\s+cons\b", re.IGNORECASE)
_HOW_MUCH = re.compile(
    r"\A(?P<how>how\s+\w+)\s+(?P<verb>do|does|did|can|could|will|would|should)\s+(?P<rest>.+)", re.IGNORECASE
)
_JOINED = re.compile(r"\s*(?:,\s*)?\b(?:and|or)\s+|\s*[,;&]\s*|\s+\+\s+", re.IGNORECASE)
# What is compared, by the adjective or verb that compares it.
_NOUNS = {
    "cost": "cost costs cheap cheaper cheapest expensive costly affordable price priced dollars euros",
    "safety": "safe safer safest safely",
    "toxicity": "toxic",
    "efficacy": "effective efficacious works",
    "persistence": "persist persists persistent persisting lasts last lived persistence outlast outlasts outlasted",
    "survival": "live lives lived survive survives survived outlive outlives outlived",
    "availability": "available",
    "speed": "faster quicker slower fast",
}
_NOUN_OF = {word: noun for noun, words in _NOUNS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison compares.

    Attributes:
        subjects: Two or more names.
        aspects: In what respects, as nouns; empty if it does not say.
    """

    subjects: tuple[str, ...]
    aspects: tuple[str, ...] = ()


def aspect_noun(words: str) -> str | None:
    """Give the noun for what an adjective or a verb says: "is safer" is about safety; None if it says nothing."""
    stripped = words.strip(" ,?.:")
    if _VAGUE.match(stripped) and not known_aspect(stripped):
        return None
    for opening in (_WHICH_ONE, _BEING, LEADING, _MORE, LEADING):
        found = opening.match(stripped)
        stripped = stripped[found.end() :] if found else stripped
    stripped = _TRAILING.sub("", _HOW_MUCH.sub(_stated, stripped))
    known = known_aspect(words)
    if known and len(stripped.split()) <= _FEW_WORDS:
        return known
    if known and stripped.split(maxsplit=1)[0].lower() in _NOUN_OF:
        return " ".join((known, *stripped.split()[1:]))
    return stripped if says_something(stripped) else None


def known_aspect(words: str) -> str | None:
    """Give the aspect that one of some words is a usual word for, such as "persist" for persistence."""
    return next((_NOUN_OF[word] for word in words.lower().split() if word in _NOUN_OF), None)


def aspects_of(words: str | None) -> tuple[str, ...]:
    """Give the aspects that some words name, each once."""
    spelt = _PROS_AND_CONS.sub("advantages and disadvantages", (words or "").strip())
    # A list ends where something is said of each: "pros and cons of each as raw material".
    spelt = _TRAILING.sub("", spelt.rstrip(" ?!.,"))
    if _VAGUE.match(spelt) and not known_aspect(spelt):
        return ()
    nouns = (aspect_noun(part) for part in _JOINED.split(spelt) if part)
    return tuple(dict.fromkeys(noun for noun in nouns if noun))


def _stated(match: re.Match[str]) -> str:
    """Say "how long cells could be traced" for "how long could cells be traced", as a noun would stand."""
    if re.match(r"(?:it|they|that)\b", match["rest"], re.IGNORECASE):
        return match["how"].lower()
    rest = match["rest"]
    if match["verb"].lower() in {"can", "could", "will", "would", "should"}:
        rest = re.sub(r"\sbe\s", f" {match['verb']} be ", rest, count=1)
    return f"{match['how'].lower()} {rest}"


def bare(subject: str) -> str:
    """Leave out what stands before a name and after it, and the half of a pair of brackets."""
    subject = _AS.sub("", subject.strip(_MARKS))
    if subject.count("(") != subject.count(")"):
        subject = max(_BRACKET.split(subject), key=lambda part: (is_coded(part), len(part))).strip(_MARKS)
    leading = LEADING.match(subject)
    return subject[leading.end() :] if leading else subject


def is_coded(text: str) -> bool:
    """Tell whether a code or an abbreviation is all that stands there: "NKG2A", not "NK cells"."""
    return _CODE.match(text.strip()) is not None and " " not in text.strip()


def can_be_compared(subject: str) -> bool:
    """Tell a name from a clause or a number that only looked like one."""
    named = bool(content_words(subject)) and len(subject.split()) <= LONGEST_SUBJECT
    return named and not any(other.match(subject) for other in (_COUNTED, ASKING, _CIRCUMSTANCE))


def comparison_of(subjects: list[str], aspects: tuple[str, ...]) -> Compared | None:
    """Make a comparison of names, if that is what they all are and there are enough."""
    named = tuple(dict.fromkeys(filter(None, map(bare, subjects))))
    if not LEAST_SUBJECTS <= len(named) <= MOST_SUBJECTS or not all(map(can_be_compared, named)):
        return None
    return Compared(named, aspects)
