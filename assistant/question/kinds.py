"""What kind of answer a question asks for, read from its form."""

from __future__ import annotations

import re

from assistant.answer import Kind
from assistant.question.clauses import ASKING, LONGEST_PATTERN, asked
from assistant.question.defining import asked_term, bare, is_definition, term_first
from assistant.question.listing import asks_for_several, names_several, wants_all
from assistant.question.measuring import asks_for_a_figure, names_a_figure

_ANYONE = r"(?:you|we|someone|somebody|anyone|anybody)"
_POLITE = re.compile(
    r"(?:(?:please|so|ok(?:ay)?|well|now|and|but|also|hi|hello|hey|i\s+wonder|just)\b[,!.\s]+)+|"
    rf"(?:can|could|would|will)\s+{_ANYONE}\s+(?:please\s+)?(?:tell|show)\s+(?:me|us)\s+(?:about\s+)?|"
    rf"(?:can|could|would|will)\s+{_ANYONE}\s+(?:please\s+)?(?=(?:explain|describe|list|name|define|compare|summari[sz]e|give)\b)|"
    r"(?:i|we)(?:\s+would|['’]d)?\s+(?:like|want|need)\s+to\s+(?:know|understand|learn)\s+(?:about\s+)?|"
    r"(?:do|does)\s+(?:you|anyone|anybody)\s+know\s+|(?:please\s+)?tell\s+(?:me|us)\s+|(?:any|some)\s+idea\s+(?=wh|how)|"
    r"(?:explain|describe|clarify|say)\s+(?:to\s+(?:me|us)\s+)?(?=(?:what|why|how|when|where|who|which)\b)",
    re.IGNORECASE,
)
_EMPHATIC = re.compile(r"(?<=\w)\s+(?:on\s+earth|in\s+the\s+world|the\s+(?:hell|heck))\b", re.IGNORECASE)
# Whatever it is about: "what does the review say about cost?" asks for no figure.
_SAID = re.compile(
    r"what\s+(?:do|does|did)\s+.{1,80}?\b(?:say|report|find|state|conclude|claim)\b", re.IGNORECASE
)
_CAUSE = re.compile(
    r"(?:why|how\s+come|what\s+(?:causes?|caused|explains?|explained|drives?|drove|prompted|triggers?|triggered|led|leads|underlies|"
    r"accounts?|motivated|persuaded|convinced|possessed|prevents?|prevented|stops?|stopped|killed)|"
    r"what(?:['’]s|\s+is|\s+was|\s+lies|\s+lay|\s+stands)\s+behind|"
    r"what\s+(?:made|makes)|what\s+(?:is\s+it\s+)?about\s+(?:[^?\s]+\s+){1,9}?(?:that\s+)?(?:makes?|made|causes?)|"
    r"for\s+what\s+(?:reasons?|purpose)|on\s+what\s+grounds|how\s+is\s+it\s+that|what\s+for|(?:the\s+|one\s+|any\s+)?reason)\b|"
    r".*\b(?:reason(?:s|ing)?|rationale|explanation|grounds|motives?|motivation|"
    r"justification|thinking)\s+(?:for|of|why|behind|to|that)\b|"
    r"(?:the\s+)?\bcauses?\s+(?:for|of)\b|what\s+(?:is|are|was|were)\s+the\s+causes?\b",
    re.IGNORECASE,
)
# Wide things to tell of rather than to count up.
_WIDE = re.compile(
    r"(?:[\w-]+\s+){0,3}?(?:tricks|tips|ways|approaches|strategies|efforts|attempts|experiments|studies|experience|progress|research|work|state|"
    r"status|evidence|advances|lessons|prospects|outlook|overview|history|future|summary|news|developments|"
    r"results?|findings|trends)\s+(?:to|in|for|of|with|on|from|about|so|against|using)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:how|what|in\s+what|to\s+what|describe|explain|tell|summari[sz]e|outline|sketch|discuss|give|overview|about|"
    r"where\s+do\s+\w+\s+stand)\b",
    re.IGNORECASE,
)
# One thing, a person, a place, a date.
_ONE_THING = re.compile(
    r"(?:(?:to|for|by|with|in|at|from|since|until)\s+)?(?:which|who|whose|whom|where(?!\s+do\s+\w+\s+stand)|when|what\s+(?:year|date|day|month|place|country))\b",
    re.IGNORECASE,
)
_NO_AUXILIARY = re.compile(r"(?!what|which|how|why|when|who|where)", re.IGNORECASE)
_DOUBT = re.compile(
    r".*(?:\bor\s+(?:not|no|was\s+it|is\s+it)|[,.?;]\s*(?:is\s+(?:that|it|this)\s+)?(?:right|correct|true|really|isn['’]?t\s+it|yes\s+or\s+no|"
    r"true\s+or\s+false|or\s+no|so))\s*[?.!]*\Z",
    re.IGNORECASE,
)
# "Irradiation needed before infusion?", "any fever after it?": a verb or an article is all that is left out.
_LEFT_OUT = re.compile(
    r"(?!\w+s\s)(?:[\w/+-]+\s+){1,4}?(?:needed|required|necessary|possible|safe|allowed|permitted|effective|feasible|legal|mandatory|"
    r"advisable|available|approved|banned|worthwhile|worth)\b[^?]*\?+\Z",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"(?!list\b|name\b|give\b).*(?<!without\s)(?<!of\s)(?<!in\s)(?<!for\s)(?<!by\s)(?<!at\s)(?<!to\s)(?<!than\s)(?<!from\s)(?<!with\s)\b(?:any|ever)\s+\w",
    re.IGNORECASE,
)


def kind_of(text: str) -> Kind:
    """Read the kind of a question that compares nothing."""
    if len(text) > LONGEST_PATTERN:
        return Kind.OTHER
    text = plain(text)
    question = plain(asked(text))
    if term_first(text):
        return Kind.DEFINITION
    for kind, is_one in (
        (Kind.OPEN, _SAID.match),
        (Kind.CAUSE, _CAUSE.match),
        (Kind.LIST, wants_all),
        (Kind.DEFINITION, _is_definition),
        (Kind.YES_NO, _is_yes_no),
        (Kind.QUANTITY, asks_for_a_figure),
        (Kind.LIST, asks_for_several),
        (Kind.OTHER, _ONE_THING.match),
        (Kind.OPEN, _OPEN.match),
    ):
        if is_one(question):
            return kind
    return _of_bare_words(text)


def defined(text: str) -> tuple[str, ...]:
    """Give the term that a question wants defined, if that is what it wants and it names it."""
    if len(text) > LONGEST_PATTERN:
        return ()
    text = plain(text)
    term = term_first(text) or asked_term(plain(asked(text)))
    return (bare(term),) if term else ()


def plain(text: str) -> str:
    """Leave out the politeness before a question, and what only gives it force."""
    text = _EMPHATIC.sub("", text, count=1)
    opening = _POLITE.match(text)
    while opening and opening.end() < len(text):
        text = text[opening.end() :]
        opening = _POLITE.match(text)
    return text


def _is_definition(question: str) -> bool:
    return not asks_for_a_figure(question) and is_definition(question)


def _is_yes_no(question: str) -> bool:
    if ASKING.match(question):
        return _NO_AUXILIARY.match(question) is not None
    return _DOUBT.match(question) is not None


def _of_bare_words(text: str) -> Kind:
    """Read the kind of words that are no sentence: "price of aspirin", "side effects?"."""
    for kind, is_one in (
        (Kind.OPEN, _WIDE.match),
        (Kind.QUANTITY, names_a_figure),
        (Kind.YES_NO, _ANY.match),
        (Kind.LIST, names_several),
        (Kind.YES_NO, _LEFT_OUT.match),
    ):
        if is_one(text):
            return kind
    return Kind.OTHER
