"""What a comparison compares, and in what respects."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.words import content_words

# A longer "subject" is a clause that only looked like one.
LONGEST_SUBJECT = 6
# A longer text is no comparison that can be read from its form.
LONGEST_PATTERN = 400
_LEAST_SUBJECTS = 2
_MOST_SUBJECTS = 8
_FEW_WORDS = 2
_COMPARATIVE = (
    r"(?:(?:more|less)\s+\w+|\w+ier|better|worse|safer|cheaper|longer|shorter|faster|slower|higher|lower|stronger|weaker|"
    r"larger|smaller|harder|greater|fewer|later|newer|older|simpler|bigger|quicker|milder|rarer)"
)
_IN = r"in\s+terms\s+of|with\s+(?:regard|respect)\s+to|regarding|concerning|as\s+to|when\s+it\s+comes\s+to|in|on|for"
_VERSUS = r"versus|vs\.?|compared\s+(?:to|with)|relative\s+to|rather\s+than"
_ANY = re.compile(
    rf"\s*(?:,\s*)?\b(?:and|or|with|to|from|than|against|{_VERSUS})\s+|\s*[,&]\s*", re.IGNORECASE
)
_LIST = re.compile(rf"\s*(?:,\s*)?\b(?:and|or|{_VERSUS})\s+|\s*[,&]\s*", re.IGNORECASE)
_OR = re.compile(rf"\s*(?:,\s*)?\b(?:or|{_VERSUS})\s+|\s*,\s*", re.IGNORECASE)
_TAIL = re.compile(rf"\s*[:;–]\s*|\s+-\s+|\s*,?\s+(?:{_IN})\s+|\s*,\s*(?=which\b)", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)
_ASKING = r"(?:is|are|was|were|do|does|did|can|could|has|have|will|would|should|what|which|how|why|when|who|where)\b"
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:(?:either|both|between|for|that\s+of|those\s+of|the\s+ones?\s+of|with|from|to|in|of|the|an?)\s+)+",
    re.IGNORECASE,
)
_AS = re.compile(r"\s+as\s+(?:a|an|the)\s+.*", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:\d+\b(?!-)|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b)", re.IGNORECASE
)
_WHICH_ONE = re.compile(
    r"(?:which|what)(?:\s+(?:one|of\s+(?:them|these|the\s+two)))?(?:\s+\w+)?\s+(?:is|are|has|have|does|do)\s+|"
    r"which(?:\s+one)?\s+",
    re.IGNORECASE,
)
_BEING = re.compile(r"(?:is|are|has|have|does|do)\s+", re.IGNORECASE)
_MORE = re.compile(r"(?:more|less|fewer|higher|lower|better|worse|greater)\s+(?:of\s+)?", re.IGNORECASE)
# What is compared, by the adjective or verb that compares it.
_NOUNS = {
    "cost": "cost costs cheap cheaper expensive costly affordable price",
    "safety": "safe safer",
    "toxicity": "toxic",
    "efficacy": "effective efficacious works",
    "persistence": "persist persists persistent persisting lasts last lived persistence",
    "availability": "available",
    "speed": "faster quicker slower fast",
}
_NOUN_OF = {word: noun for noun, words in _NOUNS.items() for word in words.split()}
_EMPTY = frozenset("better worse best longer more less most different it".split())


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison compares.

    Attributes:
        subjects: Two or more names.
        aspects: In what respects, as nouns; empty if it does not say.
    """

    subjects: tuple[str, ...]
    aspects: tuple[str, ...] = ()


def compared(text: str) -> Compared | None:
    """Read what a text compares; None if it compares nothing."""
    if len(text) > LONGEST_PATTERN:
        return None
    text = text.strip().rstrip("?!. ")
    for form, read in _FORMS:
        match = form.match(text)
        found = read(match) if match else None
        if found is not None:
            return found
    return None


def aspect_noun(words: str) -> str | None:
    """Give the noun for what an adjective or a verb says: "is safer" is about safety; None if it says nothing."""
    stripped = words.strip(" ,?.:")
    for opening in (_WHICH_ONE, _BEING, _LEADING, _MORE, _LEADING):
        found = opening.match(stripped)
        stripped = stripped[found.end() :] if found else stripped
    known = known_aspect(words)
    if known and len(stripped.split()) <= _FEW_WORDS:
        return known
    return stripped if content_words(stripped) and stripped.lower() not in _EMPTY else None


def known_aspect(words: str) -> str | None:
    """Give the aspect that one of some words is a usual word for, such as "persist" for persistence."""
    return next((_NOUN_OF[word] for word in words.lower().split() if word in _NOUN_OF), None)


def _aspects(words: str | None) -> tuple[str, ...]:
    nouns = (aspect_noun(part) for part in _LIST.split(words or "") if part)
    return tuple(dict.fromkeys(noun for noun in nouns if noun))


def _named(items: str, between: re.Pattern[str], aspect: str | None = None) -> Compared | None:
    """Read a list of subjects, with the aspect before an "of" or after an "in" if none is known."""
    before = None
    first = between.search(items)
    of = _of_before(items, first.start()) if first else None
    if of and aspect is None:
        before, items = items[: of.start()], items[of.end() :]
        first = between.search(items)
    if first is None:
        return None
    tail = _TAIL.search(items, first.end())
    after = items[tail.end() :] if tail else None
    subjects = tuple(map(_bare, between.split(items[: tail.start()] if tail else items)))
    subjects = tuple(dict.fromkeys(filter(None, subjects)))
    if not _LEAST_SUBJECTS <= len(subjects) <= _MOST_SUBJECTS or not all(map(_can_be_compared, subjects)):
        return None
    return Compared(
        subjects, _aspects(aspect if aspect is not None else before if before is not None else after)
    )


def _of_before(items: str, connector: int) -> re.Match[str] | None:
    """Give the "of" that parts aspects from subjects: "mode of action of A and B", "safety and cost of A and B"."""
    found = list(_OF.finditer(items))
    before = [of for of in found if of.start() < connector]
    if before:
        return before[-1]
    return found[0] if found and _LIST.search(items, found[0].end()) else None


def _bare(subject: str) -> str:
    subject = _AS.sub("", subject.strip(" ,"))
    leading = _LEADING.match(subject)
    return subject[leading.end() :] if leading else subject


def _can_be_compared(subject: str) -> bool:
    """Tell a name from a clause or a number that only looked like one."""
    named = bool(content_words(subject)) and len(subject.split()) <= LONGEST_SUBJECT
    return named and _COUNTED.match(subject) is None and re.match(_ASKING, subject, re.IGNORECASE) is None


def _all(match: re.Match[str]) -> Compared | None:
    return _named(match["items"], _ANY)


def _joined(match: re.Match[str]) -> Compared | None:
    return _named(f"{match['one']} {match['rest']}", _ANY)


def _between(match: re.Match[str]) -> Compared | None:
    return _named(match["items"], _LIST, match["aspect"])


def _listed(match: re.Match[str]) -> Compared | None:
    return _named(match["items"], _LIST, match.groupdict().get("aspect"))


def _chosen(match: re.Match[str]) -> Compared | None:
    """Read "which lasts longer, A or B": the subjects are joined by "or"."""
    return _named(match["items"], _OR, match.groupdict().get("aspect"))


def _set_against(match: re.Match[str]) -> Compared | None:
    """Read "does A cause less harm than B": the verb belongs to neither the subject nor the aspect."""
    one, aspect = match["one"], match["aspect"]
    if match["verb"].lower() in {"do", "does", "did", "can", "will"} and len(one.split()) > 1:
        one, _, verb = one.rpartition(" ")
        aspect = _NOUN_OF.get(verb.lower(), aspect)
    return _named(f"{one} or {match['other']}", _OR, aspect)


def _in_brief(match: re.Match[str]) -> Compared | None:
    """Read a bare "A or B"; with an "of" in it, it is about one thing."""
    return None if _OF.search(match["items"]) else _named(match["items"], _OR)


_Reader = Callable[[re.Match[str]], Compared | None]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern + r"\Z", re.IGNORECASE), read)
    for pattern, read in (
        (r"(?:compare|contrast|(?:a\s+)?comparison\s+(?:of|between))\s+(?P<items>.+)", _all),
        (
            r"how\s+(?:do|does|did|is|are)\s+(?P<one>.+?)\s+(?:compared?|differ|differs|different)\b\s*(?P<rest>.*)",
            _joined,
        ),
        (
            r"[\w' ]{0,40}?\b(?:differences?|distinctions?)\s+(?:in\s+(?P<aspect>.+?)\s+)?between\s+(?P<items>.+)",
            _between,
        ),
        (
            r"what\s+(?:makes|distinguishes|separates|sets)\s+(?P<one>.+?)(?:\s+(?:different|apart))?\s+(?P<rest>from\s.+)",
            _joined,
        ),
        (
            r"(?:is|are)\s+(?:the\s+)?(?P<aspect>[\w\s-]{3,40}?)\s+(?:higher|lower|better|worse|more\s\w+|less\s\w+)\s+"
            r"(?:with|in|for|after)\s+(?P<items>.+?\sthan\s(?:with|in|for|after)\s.+)",
            lambda match: _named(match["items"], re.compile(r"\s+than\s+"), match["aspect"]),
        ),
        (
            r"(?:which|what)\s+of\s+(?P<items>.+?)\s+(?P<aspect>(?:is|are|has|have|costs?|lasts?|persists?)\b.*)",
            _listed,
        ),
        (r"(?P<aspect>(?:which|what|who)\b[^,:;]*?)\s*[,:;–]\s*(?P<items>.+)", _chosen),
        (r"(?P<items>.+?)(?:\s*[,:;–?]|\s-)\s*(?P<aspect>which\b.+)", _listed),
        (
            rf"(?P<verb>is|are|do|does|did|has|have|can|will)\s+(?P<one>.+?)\s+(?P<aspect>{_COMPARATIVE}\b.*?)\s+than\s+"
            r"(?P<other>.+)",
            _set_against,
        ),
        (
            r"(?:is|are)\s+(?P<one>.+?)\s+(?P<aspect>[\w-]+)\s+(?:compared\s+(?:to|with)|versus|vs\.?|relative\s+to)\s+"
            r"(?P<other>.+)",
            lambda match: _named(f"{match['one']} or {match['other']}", _OR, match["aspect"]),
        ),
        (
            rf"(?:is|are|do|does)\s+(?P<items>[\w-]+(?:\s[\w-]+){{0,2}}\s+or\s+[\w-]+(?:\s[\w-]+){{0,2}}?)\s+"
            rf"(?P<aspect>(?:\w+\s+)?{_COMPARATIVE}.*)",
            _chosen,
        ),
        (r"(?P<items>.+?)[,:]?\s+(?:compared|in\s+comparison)", _listed),
        (
            rf"(?:what|how)\s+(?P<aspect>\w+\s+)?(?:is|are|do|does)\s+(?P<items>.+\s(?:{_VERSUS})\s.+)",
            _chosen,
        ),
        (rf"(?!{_ASKING})(?P<items>.+\s(?:{_VERSUS})\s.+)", _chosen),
        (
            rf"(?!{_ASKING})(?P<items>[\w\s+/-]{{2,40}}(?:,[\w\s+/-]{{2,40}})*,?\sor\s[\w\s+/-]{{2,60}}(?:[:,].*)?)",
            _in_brief,
        ),
    )
)
