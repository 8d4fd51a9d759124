"""What a question asks for: its kind, its subjects, what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Kind
from assistant.words import content_words

_IN = r"in terms of|with regard to|with respect to|regarding|concerning|in|on|for|as to|when it comes to"
_ASPECT = rf"(?:\s*(?:,|:|;|-|–|\b(?:{_IN}))\s+(?P<aspect>[^?.]+))?"
_NAME = r"[^?,;:]+?"
_AND = r"\s+(?:and|&|from|with|to|against|versus|vs\.?|or|than)\s+"
_VERSUS = r"\s+(?:versus|vs\.?|against|compared\s+(?:to|with)|rather than|or)\s+"
_ASKING = (
    r"(?:is|are|do|does|did|can|could|has|have|will|would|should|may|what|which|how|why|when|who|where)\b"
)
_COMPARISONS = tuple(
    re.compile(pattern + r"\s*[?.!]*$", re.IGNORECASE)
    for pattern in (
        rf"(?:please\s+)?(?:compare|contrast)\s+(?P<a>{_NAME}){_AND}(?P<b>{_NAME}){_ASPECT}",
        rf"how\s+(?:does|do|did|is|are)\s+(?P<a>{_NAME})\s+(?:compare|differ|different)(?:d|s)?\s*"
        rf"(?:from|with|to|against|and)\s+(?P<b>{_NAME}){_ASPECT}",
        rf"(?:what|which)\s+(?:is|are)\s+(?:the\s+)?(?:main\s+|key\s+)?(?:differences?|distinctions?)"
        rf"(?:\s+in\s+(?P<aspect1>[^?]+?))?\s+between\s+(?P<a>{_NAME})\s+and\s+(?P<b>{_NAME}){_ASPECT}",
        rf"what\s+(?:makes|distinguishes|separates)\s+(?P<a>{_NAME})\s+(?:different\s+)?from\s+"
        rf"(?P<b>{_NAME}){_ASPECT}",
        rf"(?:is|are)\s+(?:the\s+)?(?P<aspect1>[\w\s-]{{3,40}}?)\s+(?:higher|lower|better|worse|more \w+|less \w+)\s+"
        rf"(?:with|in|for|after)\s+(?P<a>{_NAME})\s+than\s+(?:with|in|for|after)\s+(?P<b>{_NAME})",
        rf"(?:is|are|do|does|has|have|can)\s+(?P<a>{_NAME})\s+(?P<aspect1>(?:more|less|fewer|better|worse|\w+er)\b[^?]*?)\s+than\s+(?P<b>{_NAME})",
        rf"(?P<a>{_NAME})\s+(?:and|or|vs\.?|versus)\s+(?P<b>{_NAME})\s*[,:]\s*which\s+(?:\w+\s+)?(?:is|are)\s+(?P<aspect1>[^?]+)",
        rf"which\s+(?:\w+\s+)?(?:is|are)\s+(?P<aspect1>[^?,:]+?)\s*[,:]\s*(?P<a>{_NAME})\s+or\s+(?P<b>{_NAME})",
        r"(?:is|are)\s+(?P<a>[\w-]+(?:\s+[\w-]+)?)\s+or\s+(?P<b>[\w-]+(?:\s+[\w-]+)?)\s+"
        r"(?P<aspect1>(?:more|less)\s+\w+|\w+er)",
        rf"(?P<a>{_NAME})\s+(?:versus|vs\.?|compared\s+(?:to|with))\s+(?P<b>{_NAME}){_ASPECT}",
        rf"(?!{_ASKING})(?P<a>[\w\s+-]{{2,40}}?)\s+or\s+(?P<b>[\w\s+-]{{2,40}}?){_ASPECT}",
    )
)
_LONGEST_PATTERN = 400
LONGEST_QUESTION = 4000
_ASPECT_OF = re.compile(r"(?P<aspect>[\w\s-]{2,40}?)\s+of\s+(?P<name>.+)", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:that|those|the\s+one|the\s+ones)\s+of|with|from|to|in|of)\s+", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b)", re.IGNORECASE
)
# What is compared, by the adjective that compares it.
_ASPECT_NOUNS = {
    "safer": "safety",
    "more safe": "safety",
    "more toxic": "toxicity",
    "less toxic": "toxicity",
    "cheaper": "cost",
    "more expensive": "cost",
    "less expensive": "cost",
    "more costly": "cost",
    "more effective": "efficacy",
    "less effective": "efficacy",
    "more persistent": "persistence",
    "longer lived": "persistence",
}
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_QUANTITY = re.compile(
    r"\bhow\s+(?:many|much|long|often|large|high|low|big|old|fast|far|expensive|frequent(?:ly)?|common(?:ly)?)\b|"
    r"\bwhat\s+(?:\w+\s+){0,5}?(?:percentage|proportion|share|fraction|rates?|number|doses?|price|cost|incidence|frequency|"
    r"median|duration|amount|size|age)\b|\bwhat\s+(?:do|does|did|would|will)\s+.+\s+cost\b|\bwhen\b|\bwhat\s+year\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may|might)\b", re.IGNORECASE
)
_DEFINITION = re.compile(
    r"(?:what(?:'s|\s+is|\s+are|\s+was)\s+(?:an?\s+|the\s+)?(?P<term>[\w\s+()-]{2,60}?)|"
    r"define\s+(?P<term2>.+?)|what\s+does\s+(?P<term3>.+?)\s+(?:mean|stand\s+for)|"
    r"(?:what\s+is\s+)?(?:the\s+)?(?:meaning|definition)\s+of\s+(?P<term4>.+?))"
    r"\s*[?.!]*$",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"(?:why|how come|what\s+(?:causes?|caused|explains?))\b|.*\bthe\s+(?:reasons?|causes?)\s+(?:for|of)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:which|list|name|enumerate)\b|what\s+(?:are|were)\b|what\s+(?:(?:kinds?|types?|sorts?)\s+of\s+)?\w+s\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:how|what|who|where|in what|to what|describe|explain|tell|summari[sz]e)\b", re.IGNORECASE
)
# A longer "subject" is a clause that only looked like one.
LONGEST_SUBJECT = 6
_DEPENDENT_OPENING = re.compile(
    r"(?:and|but|so|or|also|what about|how about|what of|only|since)\b", re.IGNORECASE
)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|this|these|those|that one|the same|the former|the latter)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b[A-Z][\w-]*[A-Z0-9]|(?<=[\w,;]\s)[A-Z][\w-]+")
_EXPLETIVE = re.compile(r"\bit\s+(?:is|was)\b|\bis\s+it\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as retrieval and composing read it.

    Attributes:
        text: As the reader wrote it.
        standalone: With what it refers to in earlier questions.
        kind: What it asks for.
        subjects: What a comparison compares, or the one thing that a definition defines; empty for other kinds.
        aspect: In what respect a comparison compares, if it says so.
        terms: Content words of the standalone question, in lower case.
    """

    text: str
    standalone: str
    kind: Kind
    subjects: tuple[str, ...]
    aspect: str | None
    terms: tuple[str, ...]


def understand(text: str, history: Sequence[str] = ()) -> Question:
    """Read a question.

    Args:
        text: As the reader wrote it.
        history: Earlier questions of the conversation, the oldest first.
    """
    text = " ".join(text.split())[:LONGEST_QUESTION]
    standalone = _standalone(text, history)[:LONGEST_QUESTION]
    subjects, aspect = _compared(text)
    kind = Kind.COMPARISON if subjects else _kind(text)
    if kind is Kind.DEFINITION:
        subjects = _defined(text)
    return Question(text, standalone, kind, subjects, aspect, tuple(content_words(standalone)))


def _standalone(text: str, history: Sequence[str]) -> str:
    """Put a question that leans on the conversation after the question it leans on."""
    if not history:
        return text
    if not _depends(text):
        return text
    # A chain of follow-ups leans on the last question that stood alone.
    anchor = next((earlier for earlier in reversed(history) if not _depends(earlier)), history[-1])
    return f"{' '.join(anchor.split()).rstrip('?!. ')}: {text}"


def _depends(text: str) -> bool:
    """Tell whether a question leans on the conversation: it opens so, or points without naming anything itself."""
    if _DEPENDENT_OPENING.match(text) or not content_words(text):
        return True
    return _POINTING.search(_EXPLETIVE.sub("", text)) is not None and _NAMED.search(text) is None


def _compared(text: str) -> tuple[tuple[str, ...], str | None]:
    if len(text) > _LONGEST_PATTERN:
        return (), None
    for pattern in _COMPARISONS:
        match = pattern.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        aspect = groups.get("aspect") or groups.get("aspect1")
        lifted, first = _aspect_apart(groups["a"].strip(), aspect)
        subjects = tuple(_bare(subject) for subject in (first, groups["b"]))
        if all(map(_can_be_compared, subjects)):
            return subjects, _as_noun(lifted) if lifted else None
    return (), None


def _aspect_apart(subject: str, aspect: str | None) -> tuple[str | None, str]:
    """Take "the safety of CAR-NK" apart where no aspect is named elsewhere."""
    match = None if aspect else _ASPECT_OF.fullmatch(_ARTICLE.sub("", subject))
    return (match["aspect"], match["name"]) if match else (aspect, subject)


def _bare(subject: str) -> str:
    return _ARTICLE.sub("", _LEADING.sub("", _ARTICLE.sub("", subject.strip())))


def _can_be_compared(subject: str) -> bool:
    """Tell a name from a clause or a number that only looked like one."""
    named = bool(content_words(subject)) and len(subject.split()) <= LONGEST_SUBJECT
    return named and _COUNTED.match(subject) is None


def _as_noun(aspect: str) -> str:
    aspect = _ARTICLE.sub("", aspect.strip())
    return _ASPECT_NOUNS.get(aspect.lower(), aspect)


def _kind(text: str) -> Kind:
    if len(text) > _LONGEST_PATTERN:
        return Kind.OTHER
    if _QUANTITY.search(text):
        return Kind.QUANTITY
    if _CAUSE.match(text):
        return Kind.CAUSE
    if _YES_NO.match(text):
        return Kind.YES_NO
    definition = _DEFINITION.match(text)
    if definition and not _asks_for_several(definition.group("term")):
        return Kind.DEFINITION
    if _LIST.match(text):
        return Kind.LIST
    return Kind.OPEN if _OPEN.match(text) else Kind.OTHER


def _defined(text: str) -> tuple[str, ...]:
    match = _DEFINITION.match(text)
    return tuple(_ARTICLE.sub("", term.strip()) for term in match.groups() if term)[:1] if match else ()


def _asks_for_several(term: str | None) -> bool:
    """Tell "what are CAR-NK cells", a definition, from "what are the side effects of CAR-T", a list."""
    return term is not None and re.search(r"\b(?:of|in|for|with|from|to)\b", term) is not None
