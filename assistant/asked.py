"""What form an answer must have: a question for a price wants a price, one for a duration a time."""

from __future__ import annotations

import re

from assistant.answer import Kind
from assistant.question import Question
from assistant.words import numbers

_MONEY = re.compile(r"[$€£¥]|\b(?:USD|EUR|GBP|dollars?|euros?|cents?)\b", re.IGNORECASE)
_COUNT = (
    r"(?:(?<!\d)\d{1,9}(?:[.,]\d{1,3}){0,3}"
    r"|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many|few)"
)
_TIME = re.compile(
    rf"\b{_COUNT}(?:\s*(?:-|–|to|or)\s*{_COUNT})?[\s-]+(?:more\s+)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b"
    r"|\b(?:lifelong|for life|brief(?:ly)?|short|long-?term|permanent(?:ly)?)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(?:1[89]|20)\d{2}\b")
_SHARE = re.compile(
    r"%|\bper ?cent\b|(?<!\d)\d{1,9}\s{0,2}(?:of|out of)\s{1,2}(?:the\s)?\d|\bhalf\b|\bthirds?\b|\bquarters?\b"
    r"|\bnone\b|\bno\s+(?:patients?|people|persons?|cases?)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\d[\d.,]*\s*(?:%|[mµμnk]?g\b|[mµμ]?[lL]\b|[mµμn]M\b|IU\b|units?\b|cells?\b|million\b|billion\b|[×x]\s*10)|\b10\^?\d\b"
)
_WHEN = re.compile(r"^(?:and\s+)?(?:since\s+)?when\b|\b(?:what|which)\s+year\b", re.IGNORECASE)
_MAKER = re.compile(
    r"\b(?:(?:[Cc]ompan(?:y|ies)|[Ff]irms?|[Ss]ponsors?|[Mm]anufacturers?|[Mm]akers?)"
    r"(?:,|\s+(?:such as|like|is|was|called))?\s+[A-Z]\w*"
    r"|(?:sponsored|developed|made|marketed|produced|sold|manufactured)\s+by\s+(?:the\s+(?:company|firm)\s+)?[A-Z]\w*"
    r"|Inc|Ltd|GmbH"
    r"|\w*(?:[Tt]herapeutics|[Bb]iosciences?|[Bb]iotech|[Pp]harma\w*))\b"
)
_TEMPERATURE = re.compile(
    r"\d\s*(?:°|º|degrees\b|[CFK]\b)|\b(?:room|body|ambient) temperature\b|\bliquid nitrogen\b", re.IGNORECASE
)
_ASKED = (
    (
        re.compile(r"\b(?:cost|price(?!\s+(?:paid|to\s+pay)\s+for)|expensive|afford\w*)\b", re.IGNORECASE),
        _MONEY,
    ),
    (
        re.compile(
            r"\b(?:how long|duration|how (?:fast|quickly|soon)"
            r"|how many (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?))\b",
            re.IGNORECASE,
        ),
        _TIME,
    ),
    (
        re.compile(
            r"\b(?:what|which)\s+(?:\w+\s+){0,3}(?:doses?|concentrations?)\b|\bhow much\b(?!\s+(?:of|does|do|is))",
            re.IGNORECASE,
        ),
        _AMOUNT,
    ),
    (
        re.compile(
            r"\b(?:what|which)\s+(?:company|firm|sponsor|manufacturer)\b|\bwho\s+(?:makes?|made|develop\w*|sponsor\w*|manufactur\w*|sells|markets)\b",
            re.IGNORECASE,
        ),
        _MAKER,
    ),
    (_WHEN, _DATE),
    (re.compile(r"\b(?:what|which)\s+(?:\w+\s+){0,2}temperatures?\b", re.IGNORECASE), _TEMPERATURE),
    (
        re.compile(
            r"\b(?:percentage|proportion|share|fraction|rates?|incidence|frequency|how (?:often|common|frequent)\w*)\b",
            re.IGNORECASE,
        ),
        _SHARE,
    ),
)
_HOW = re.compile(r"(?:and\s+)?how\s+(?:do|does|did|can|could|is|are|was|were|has|have)\b", re.IGNORECASE)
_MEANS = re.compile(r"\bby\s+\w+ing\b|\b(?:through|via|by means of|mechanisms?)\b", re.IGNORECASE)


def fits(question: Question, text: str) -> bool:
    """Tell whether a sentence has the form of what a question asks for."""
    for asked, given in _ASKED:
        if asked.search(question.query):
            return given.search(text) is not None
    return question.kind is not Kind.QUANTITY or bool(numbers(text)) or _SHARE.search(text) is not None


def wants_date(question: Question) -> bool:
    """Tell whether a question asks when something was."""
    return _WHEN.search(question.query) is not None


def tells_how(question: Question, text: str) -> bool:
    """Tell whether a sentence gives a manner or a means, to a question that asks how."""
    return _HOW.match(question.text) is not None and _MEANS.search(text) is not None
