"""What kind of answer a question asks for, read from its form."""

from __future__ import annotations

import re

from assistant.answer import Kind
from assistant.question.comparisons import LONGEST_PATTERN

_POLITE = re.compile(
    r"(?:(?:please|so|ok(?:ay)?|well|now|and|but|also|hi|hello|hey|i\s+wonder|just)\b[,!.\s]+)+|"
    r"(?:can|could|would|will)\s+(?:you|we)\s+(?:please\s+)?(?:tell|show)\s+(?:me|us)\s+(?:about\s+)?|"
    r"(?:can|could|would|will)\s+you\s+(?:please\s+)?(?=(?:explain|describe|list|name|define|compare|summari[sz]e|give)\b)|"
    r"(?:i|we)(?:\s+would|['’]d)?\s+(?:like|want|need)\s+to\s+(?:know|understand|learn)\s+(?:about\s+)?|"
    r"(?:do|does)\s+(?:you|anyone|anybody)\s+know\s+|(?:please\s+)?tell\s+(?:me|us)\s+",
    re.IGNORECASE,
)
_FIGURE = (
    r"(?:percentages?|proportion|share|fraction|rates?|numbers?|doses?|price|costs?|incidence|frequency|median|duration|"
    r"amount|size|age|prevalence|probability|half-life)"
)
_QUANTITY = re.compile(
    r"\bhow\s+(?:many|much|long|often|large|high|low|big|old|fast|far|soon|quickly|expensive|frequent(?:ly)?|"
    r"common(?:ly)?)\b|"
    rf"\bwhat\s+(?:\w+\s+){{0,5}}?{_FIGURE}\b|\bwhat\s+(?:do|does|did|would|will)\s+.+\s+cost\b|"
    r"(?:in\s+)?(?:since\s+)?(?:when|what\s+year|which\s+year)\b",
    re.IGNORECASE,
)
# Whatever it is about: "what does the review say about cost?" asks for no figure.
_SAID = re.compile(
    r"what\s+(?:do|does|did)\s+.{1,80}?\b(?:say|report|find|state|conclude|claim)\b", re.IGNORECASE
)
_BARE_FIGURE = re.compile(rf"\b{_FIGURE}\b", re.IGNORECASE)
_YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may|might|whether|isn['’]t|aren['’]t|"
    r"don['’]t|doesn['’]t)\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"(?:what(?:['’]s|\s+is|\s+are|\s+was)\s+(?:meant\s+by\s+)?(?:an?\s+|(?P<the>the\s+))?(?P<term>[^?]{2,60}?)|"
    r"define\s+(?P<term2>.+?)|what\s+(?:does|do)\s+(?P<term3>.+?)\s+(?:mean|stand\s+for)|"
    r"(?:what\s+is\s+)?(?:the\s+)?(?:meaning|definition)\s+of\s+(?P<term4>.+?)|"
    r"what\s+(?P<term5>[^?]{2,60}?)\s+(?:is|are|means?|stands\s+for))\s*[?.!]*\Z",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_PARTS = re.compile(
    r"\b(?:of|in|for|with|from|to|by|on|used|known|about|between|when|if|after|during)\b", re.IGNORECASE
)
_PLURAL = re.compile(r"\w+(?<!s)s\Z")
_CAUSE = re.compile(
    r"(?:why|how\s+come|what\s+(?:causes?|caused|explains?|drives?))\b|.*\b(?:reasons?|causes?)\s+(?:for|of|why)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:which|list|name|enumerate|give\s+(?:me\s+)?(?:some\s+|all\s+)?examples?|examples?\s+of)\b|"
    r"what\s+(?:are|were)\b|what\s+(?:kinds?|types?|sorts?|classes)\s+of\b|"
    r"what\s+(?:\w+\s+){0,2}?(?!(?:is|was|does|has|this|happens|makes|determines|limits)\b)\w{3,}(?<!s)s\s+"
    r"(?:are|were|have|can|could|do|did|may|exist)\b|what\s+(?:else|all)\b",
    re.IGNORECASE,
)
# What one asks for in bare words and wants several of.
_LISTED = re.compile(
    r"\b(?:side\s+effects|adverse\s+events|examples|types|kinds|targets|sources|advantages|disadvantages|limitations|risks|"
    r"benefits|challenges|drawbacks|symptoms|complications|approaches|methods|strategies|options|trials)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:how|what|who|whose|where|in\s+what|to\s+what|describe|explain|tell|summari[sz]e|discuss|give|overview|about)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 8


def kind_of(text: str) -> Kind:
    """Read the kind of a question that compares nothing."""
    if len(text) > LONGEST_PATTERN:
        return Kind.OTHER
    text = plain(text)
    for kind, is_one in (
        (Kind.OPEN, _SAID.match),
        (Kind.CAUSE, _CAUSE.match),
        (Kind.YES_NO, _YES_NO.match),
        (Kind.QUANTITY, _QUANTITY.search),
    ):
        if is_one(text):
            return kind
    if defined(text):
        return Kind.DEFINITION
    if _LIST.match(text):
        return Kind.LIST
    return Kind.OPEN if _OPEN.match(text) else _of_bare_words(text)


def defined(text: str) -> tuple[str, ...]:
    """Give the term that a question wants defined, if that is what it wants."""
    match = _DEFINITION.match(plain(text)) if len(text) <= LONGEST_PATTERN else None
    if match is None:
        return ()
    groups = match.groupdict()
    asked = groups["term"]
    several = asked is not None and (_PARTS.search(asked) or (groups["the"] and _PLURAL.search(asked)))
    term = next(term for name, term in groups.items() if name != "the" and term)
    return () if several else (_ARTICLE.sub("", term.strip(), count=1),)


def plain(text: str) -> str:
    """Leave out the politeness before a question."""
    opening = _POLITE.match(text)
    while opening and opening.end() < len(text):
        text = text[opening.end() :]
        opening = _POLITE.match(text)
    return text


def _of_bare_words(text: str) -> Kind:
    """Read the kind of words that are no sentence: "price of aspirin", "side effects?"."""
    if len(text.split()) > _FEW_WORDS:
        return Kind.OTHER
    if _BARE_FIGURE.search(text):
        return Kind.QUANTITY
    return Kind.LIST if _LISTED.search(text) else Kind.OTHER
