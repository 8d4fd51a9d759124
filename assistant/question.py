"""What a question asks for: its kind, its subjects, what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Kind
from assistant.words import content_words, words

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
        rf"(?:is|are|do|does|has|have|can)\s+(?P<a>{_NAME})\s+(?P<aspect1>(?:more|less|fewer|better|worse|\w+er)\b[^?]*?)\s+than\s+(?P<b>{_NAME})",
        rf"(?:which|what)\s+(?:is|are)\s+(?P<aspect1>[^?,:]+?)\s*[,:]\s*(?P<a>{_NAME})\s+or\s+(?P<b>{_NAME})",
        rf"(?P<a>{_NAME})\s+(?:versus|vs\.?|compared\s+(?:to|with))\s+(?P<b>{_NAME}){_ASPECT}",
        rf"(?!{_ASKING})(?P<a>[\w\s+-]{{2,40}}?)\s+or\s+(?P<b>[\w\s+-]{{2,40}}?){_ASPECT}",
    )
)
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
_DEPENDENT = re.compile(
    r"(?:and|but|so|or|also|what about|how about|what of|only|since)\b|"
    r".*\b(?:it|its|they|them|their|theirs|this|these|those|that one|the same|the former|the latter)\b",
    re.IGNORECASE,
)


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
    text = " ".join(text.split())
    standalone = _standalone(text, history)
    subjects, aspect = _compared(text)
    kind = Kind.COMPARISON if subjects else _kind(text)
    if kind is Kind.DEFINITION:
        subjects = _defined(text)
    return Question(text, standalone, kind, subjects, aspect, tuple(content_words(standalone)))


def _standalone(text: str, history: Sequence[str]) -> str:
    """Put a question that leans on the conversation after the question it leans on."""
    if not history:
        return text
    if _DEPENDENT.match(text) is None and content_words(text):
        return text
    # A chain of follow-ups leans on the last question that stood alone.
    anchor = next(
        (earlier for earlier in reversed(history) if _DEPENDENT.match(earlier) is None), history[-1]
    )
    return f"{' '.join(anchor.split()).rstrip('?!. ')}: {text}"


def _compared(text: str) -> tuple[tuple[str, ...], str | None]:
    for pattern in _COMPARISONS:
        match = pattern.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        subjects = tuple(_ARTICLE.sub("", groups[name].strip()) for name in ("a", "b"))
        if (
            all(words(subject) and content_words(subject) for subject in subjects)
            and max(map(_length, subjects)) <= LONGEST_SUBJECT
        ):
            aspect = groups.get("aspect") or groups.get("aspect1")
            return subjects, _ARTICLE.sub("", aspect.strip()) if aspect else None
    return (), None


def _length(subject: str) -> int:
    return len(subject.split())


def _kind(text: str) -> Kind:
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
