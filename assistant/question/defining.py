"""Finds the term that a question wants defined."""

from __future__ import annotations

import re

from assistant.question.clauses import ASKING
from assistant.question.listing import LISTED
from assistant.question.measuring import FIGURE

_MAKE = r"(?:made|composed|comprised|built|constructed|assembled|formed)"
_DEFINITION = re.compile(
    rf"(?:what\s+(?:is|are|was|were)\s+(?P<term9>[^?]{{2,60}}?)\s+{_MAKE}\s+(?:up\s+)?(?:of|from|out\s+of)|"
    r"what(?:\s+(?:exactly|actually|really))?(?:['’]s|\s+is|\s+are|\s+was)\s+(?P<meant>meant\s+by\s+)?(?:(?:exactly|actually|really)\s+)?"
    r"(?P<any>an?\s+)?(?P<the>the\s+)?(?P<term>[^?]{2,60}?)|"
    r"define\s+(?P<term2>.+?)|"
    r"what\s+(?:does|do|did)\s+(?:people\s+mean\s+by\s+)?(?P<term3>.+?)\s+(?:mean|stand\s+for|refer\s+to|denote)"
    r"(?:\s+(?:in|on|by|here)\b.*|\s*,.*)?|"
    r"what\s+(?:does|do)\s+(?:\w+\s+){1,3}mean\s+by\s+(?P<term6>.+?)|"
    r"(?:what(?:\s+is|['’]s)\s+)?(?:the\s+)?(?:meaning|definition)\s+of\s+(?P<term4>.+?)|"
    r"what\s+(?P<term5>[^?]{2,60}?)\s+(?:is|are|means?|stands\s+for)|"
    r"how\s+(?:do|does|would|can|could)\s+(?:you|one|we|they|\w+s)\s+define\s+(?P<term7>.+?)|"
    r"how\s+(?:is|are|was|were)\s+(?P<term8>[^?]{2,60}?)\s+defined(?:\s+(?:in|on|by|here)\b.*)?|"
    r"what\s+(?:does|do)\s+(?P<term10>[^?]{2,60}?)\s+consist\s+of|"
    r"explain\s+(?:the\s+(?:term|word|notion|concept|idea)\s+(?:of\s+)?)?(?P<term11>[^?,]{2,60}?)"
    r"(?:\s+to\s+(?:me|us)|,\s+[^?]{2,60}|\s+(?:in\s+\w+\s+(?:words|terms)|simply|briefly|please|pls))?)\s*[?.!]*\Z",
    re.IGNORECASE,
)
# Which of several things something is by definition: "how does one tell what grade a burn is".
_CLASSING = re.compile(
    r"how\s+(?:do|does|can|would|is|are)\s+(?:you|one|we|they|people|it)\s+(?:count|tell|decide|define|determined|decided)\s+(?:which|what)\s+(?:\w+\s+)?"
    r"(?:generation|class|type|kind|category|group|grade|stage|sort|order|degree|level)\b|"
    r"what\s+(?:counts|qualifies|passes)\s+as\b",
    re.IGNORECASE,
)
_IN_PLAIN_WORDS = (
    r"(?:in|put)\s+(?:plain|simple|lay|everyday|a\s+few|other|so\s+many|short)(?:\s+(?:words?|terms?|english|language))?|"
    r"plain(?:\s+\w+)?|simply|briefly|roughly|basically"
)
_IT = r"(?:that|this|it|those|these|they)"
# "KN5501?", "t-haNK cells - definition pls", "an X, what is that": the term comes first.
_TERM_FIRST = re.compile(
    r"(?P<term>[^?,:;]{2,60}?)(?:\s*[,:;?]\s*|\s+[-–—]\s+)"
    r"(?:(?:a\s+)?(?:short\s+|brief\s+|quick\s+)?(?:definition|meaning|explanation|explain(?:ed)?|definiton|define)"
    r"(?:,?\s+(?:please|pls|plz|needed|wanted|it|this))?|"
    rf"what(?:['’]?s|\s+is|\s+are|\s+was)\s+{_IT}(?:\s+(?:about|exactly|again|then|all\s+about|short\s+for|good\s+for|for))?|"
    rf"what(?:['’]?s|\s+is|\s+are)\s+(?:its|their|the)\s+(?:job|role|purpose|function|use)|what\s+(?:does|do)\s+{_IT}\s+do|"
    rf"(?:what\s+)?(?:{_IN_PLAIN_WORDS})|(?:simple|plain|easy|lay)\s+(?:words|terms|language|english)|"
    rf"what\s+(?:does|do)\s+{_IT}\s+(?:mean|stand\s+for)|meaning\s+what|for\s+(?:beginners|dummies|lay\w*))"
    rf"(?:,?\s+(?:{_IN_PLAIN_WORDS}))?\s*[?.!]*\Z",
    re.IGNORECASE,
)
_TERM_BEFORE = re.compile(
    r"(?P<term>[\w/+'’-]+(?:\s+[\w/+'’-]+){0,3}?)\s+(?:meaning|definition|definiton|defined|explained|stands?\s+for|(?:is\s+)?short\s+for|means?)"
    r"(?:\s+(?:what|please|pls|simply|briefly|to\s+(?:me|us)))?\s*[?.!]*\Z",
    re.IGNORECASE,
)
_BARE_TERM = re.compile(r"(?P<term>[\w/+-]{2,40})\s*\?+\Z")
_NAMELESS = re.compile(
    r"(?:(?:there(?:\s+is|['’]s)|is\s+there)\s+an?\s+(?:\w+\s+)?(?:term|word|name)\b|what(?:['’]s|\s+is|\s+do\s+(?:you|they|we)\s+call)\s+the\s+"
    r"(?:\w+\s+)?(?:term|word|name)\s+(?:for|of|given)\b|what\s+(?:do|does|are|is)\s+.+\s+call(?:ed)?\b)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"what(?:\s+(?:is|are|was|were)|['’]s)\s+(?P<term>.{2,60}?)\s+(?:good\s+|there\s+|used\s+|meant\s+)?for\s*[?.!]*\Z",
    re.IGNORECASE,
)
_SORT = re.compile(
    r".*\bwhat\s+(?:kind|type|sort)\s+of\s+(?:an?\s+)?[\w-]+(?:\s+[\w-]+)?\s+(?:is|are|was)\s+\S+(?:\s+\S+)?\s*[?.!]*\Z",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_FIELD = re.compile(
    r"\s+in\s+(?:this|the|that|these|your)\s+(?:\w+\s+)?(?:field|context|area|papers?|library|articles?|sense|setting|literature)\Z",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(?:of|in|for|with|from|to|by|on|used|known|about|between|when|if|after|during|behind)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\w+(?<!s)s\Z")
_POINTING = re.compile(
    r"(?:this|that|it|these|those|they|the\s+\w+s|the\s+\S+\s+\S+(?:\s.*)?)\Z", re.IGNORECASE
)
_NAMED_FIGURE = re.compile(rf"\b{FIGURE}\b", re.IGNORECASE)
# Where a term is taken to be one without a word for "a" or "the": how it is asked leaves no doubt but in its parts.
_DOUBTFUL = ("term", "term11")
# "What do the results mean" and "explain the high price" want more than a definition.
_TOLD = ("term3", "term11")


def term_first(text: str) -> str | None:
    """Give the term of "KN5501?", "ADCC meaning" or "an armoured cell, what is that"."""
    found = _TERM_FIRST.match(text) or _TERM_BEFORE.match(text)
    if found is None:
        found = _BARE_TERM.match(text)
        if found and (_NAMED_FIGURE.search(text) or LISTED.search(text) or ASKING.match(text)):
            return None
    return found["term"] if found and not ASKING.match(found["term"]) else None


def asked_term(question: str) -> str | None:
    """Give the term of "what is X", "explain X", "what is X made of"."""
    purpose = _PURPOSE.match(question)
    if purpose:
        return bare(purpose["term"])
    match = _DEFINITION.match(question)
    if match is None:
        return None
    name, term = next((n, group) for n, group in match.groupdict().items() if n.startswith("term") and group)
    term = _FIELD.sub("", term)
    if name in _TOLD and _POINTING.match(term):
        return None
    if name not in _DOUBTFUL or match["meant"] or match["any"]:
        return term
    several = _PARTS.search(term) or (match["the"] and _PLURAL.search(term))
    return None if several or (name != "term" and ASKING.match(term)) else term


def is_definition(question: str) -> bool:
    """Tell a question that wants to know what something is, whether or not it names it."""
    return any(
        (asked_term(question), _NAMELESS.match(question), _SORT.match(question), _CLASSING.match(question))
    )


def bare(term: str) -> str:
    """Give a term without its article and quotation marks."""
    return _ARTICLE.sub("", term.strip(" \"'“”"), count=1)
