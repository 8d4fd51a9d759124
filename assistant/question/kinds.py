"""What kind of answer a question asks for, read from its form."""

from __future__ import annotations

import re

from assistant.answer import Kind
from assistant.question.clauses import ASKING, LONGEST_PATTERN, asked

_POLITE = re.compile(
    r"(?:(?:please|so|ok(?:ay)?|well|now|and|but|also|hi|hello|hey|i\s+wonder|just)\b[,!.\s]+)+|"
    r"(?:can|could|would|will)\s+(?:you|we)\s+(?:please\s+)?(?:tell|show)\s+(?:me|us)\s+(?:about\s+)?|"
    r"(?:can|could|would|will)\s+you\s+(?:please\s+)?(?=(?:explain|describe|list|name|define|compare|summari[sz]e|give)\b)|"
    r"(?:i|we)(?:\s+would|['’]d)?\s+(?:like|want|need)\s+to\s+(?:know|understand|learn)\s+(?:about\s+)?|"
    r"(?:do|does)\s+(?:you|anyone|anybody)\s+know\s+|(?:please\s+)?tell\s+(?:me|us)\s+|(?:any|some)\s+idea\s+(?=wh|how)",
    re.IGNORECASE,
)
_FIGURE = (
    r"(?:percentages?|proportion|share|fraction|rates?|numbers?|doses?|price|costs?|incidence|frequency|median|duration|"
    r"amount|size|age|prevalence|probability|half-life|concentrations?|temperature|volume|ratio|threshold|limit|"
    r"head\s?count|counts?|interval|odds|likelihood|density|viability|efficiency|yield|dosage|levels?|shelf[\s-]life)"
)
_MOST = (
    r"(?:longest|shortest|highest|lowest|largest|smallest|biggest|maximum|minimum|maximal|minimal|greatest|most|least|earliest|"
    r"latest|upper|lower|average|mean|median|typical|usual)"
)
_PREPOSED = (
    r"(?:(?:roughly|approximately|about|exactly|on\s+average,?)\s+)?"
    r"(?:(?:in|at|by|to|for|since|from|within|up\s+to|of|with|over|after|until)\s+)?"
)
_QUANTITY = re.compile(
    rf"{_PREPOSED}how\s+(?:many|much|long|often|large|high|low|big|old|fast|far|soon|quickly|expensive|frequent(?:ly)?|"
    r"common(?:ly)?|closely|deep(?:ly)?|strong(?:ly)?|likely|heavy|rare(?:ly)?|late|early|tall|wide|cold|warm|tightly|rapid(?:ly)?|"
    r"potent(?:ly)?|severe(?:ly)?|steep(?:ly)?|cheap|near|small|few|little)\b|"
    rf"{_PREPOSED}(?:what|which)(?:['’]s)?\s+(?:(?!(?:kinds?|types?|sorts?)\b)[\w-]+\s+){{0,5}}?{_FIGURE}\b|"
    rf"what(?:\s+(?:is|was|are|were)|['’]s)\s+the\s+(?:longest|shortest|highest|lowest|maxim(?:um|al)|minim(?:um|al)|average|mean|median|"
    r"earliest|latest)\s|"
    rf"what(?:\s+(?:is|was|are|were)|['’]s)\s+the\s+{_MOST}\s+(?:\S+\s+){{1,12}}?(?:can|could|may|might|must|should|will|is|was|did|has|have)\b|"
    r"what\s+(?:do|does|did|would|will|is|are)\s+.+\s(?:cost|charged?|priced|come\s+to|run\s+to|amount\s+to|add\s+up\s+to|weigh|"
    r"set\s+(?:\w+\s+){1,3}back)\b|"
    rf"{_PREPOSED}(?:when|what\s+year|which\s+year|what\s+date)\b",
    re.IGNORECASE,
)
# Whatever it is about: "what does the review say about cost?" asks for no figure.
_SAID = re.compile(
    r"what\s+(?:do|does|did)\s+.{1,80}?\b(?:say|report|find|state|conclude|claim)\b", re.IGNORECASE
)
_BARE_FIGURE = re.compile(rf"\b{_FIGURE}\b", re.IGNORECASE)
_BARE_RESPONSE = re.compile(
    r"(?:\w+\s+){0,2}(?:response|reaction|remissions?|survival)\s+(?:of|in)\s+.+\s(?:to|with|after|on)\s",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"(?:what(?:\s+(?:exactly|actually|really))?(?:['’]s|\s+is|\s+are|\s+was)\s+(?P<meant>meant\s+by\s+)?(?:(?:exactly|actually|really)\s+)?"
    r"(?P<any>an?\s+)?(?P<the>the\s+)?(?P<term>[^?]{2,60}?)|"
    r"define\s+(?P<term2>.+?)|what\s+(?:does|do)\s+(?P<term3>.+?)\s+(?:mean|stand\s+for|refer\s+to|denote)(?:\s+(?:in|on|by|here)\b.*)?|"
    r"(?:what\s+is\s+)?(?:the\s+)?(?:meaning|definition)\s+of\s+(?P<term4>.+?)|"
    r"what\s+(?P<term5>[^?]{2,60}?)\s+(?:is|are|means?|stands\s+for))\s*[?.!]*\Z",
    re.IGNORECASE,
)
# "KN5501?", "t-haNK cells - definition pls", "an X, what is that": the term comes first.
_TERM_FIRST = re.compile(
    r"(?P<term>[^?,:;]{2,60}?)(?:\s*[,:;?]\s*|\s+[-–—]\s+)"
    r"(?:(?:a\s+)?(?:short\s+|brief\s+|quick\s+)?(?:definition|meaning|explanation|explain(?:ed)?|definiton|define)"
    r"(?:,?\s+(?:please|pls|plz|needed|wanted|it|this))?|"
    r"what(?:['’]?s|\s+is|\s+are|\s+was)\s+(?:that|this|it|those|these|they)(?:\s+(?:about|exactly|again|then|all\s+about))?|"
    r"(?:what\s+)?(?:in|put)\s+(?:plain|simple|lay|everyday|a\s+few|other|so\s+many|short)(?:\s+(?:words?|terms?|english|language))?|"
    r"what\s+does\s+(?:that|it|this)\s+(?:mean|stand\s+for)|meaning\s+what|for\s+(?:beginners|dummies|lay\w*))\s*[?.!]*\Z",
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
_CAUSE = re.compile(
    r"(?:why|how\s+come|what\s+(?:causes?|caused|explains?|explained|drives?|drove|prompted|triggers?|triggered|led|leads|underlies|"
    r"accounts?|motivated|persuaded|convinced|possessed)|what(?:['’]s|\s+is|\s+was|\s+lies|\s+lay|\s+stands)\s+behind|"
    r"what\s+(?:made|makes)|"
    r"for\s+what\s+(?:reasons?|purpose)|on\s+what\s+grounds|how\s+is\s+it\s+that|what\s+for)\b|"
    r".*\b(?:reason(?:s|ing)?|rationale|explanation|grounds|motives?|motivation|"
    r"justification|thinking)\s+(?:for|of|why|behind|to|that)\b|"
    r"(?:the\s+)?\bcauses?\s+(?:for|of)\b|what\s+(?:is|are|was|were)\s+the\s+causes?\b",
    re.IGNORECASE,
)
_VERBS = (
    r"(?:is|are|was|were|have|has|had|can|could|do|does|did|may|might|must|should|will|would|exist|"
    r"still|ha[sd]n['’]t|don['’]t)"
)
# Verbs that end as a plural does: "which company makes it" asks for one.
_OF_ONE = (
    r"(?:makes|has|is|does|was|causes|works|lasts|gives|gets|produces|sells|supplies|offers|shows|leads|carries|drives|uses|needs|binds|"
    r"kills|runs|owns|develops|says|costs|takes|comes|goes|helps|means|keeps|happens|determines|limits|this|holds|becomes|remains)"
)
_SEVERAL = (
    rf"(?!{_OF_ONE}\b)\w{{3,}}(?<![suif])s|people|children|mice|criteria|antibodies|bacteria|data|men|women"
)
_LIST = re.compile(
    rf"(?:which|what)\s+(?:all\s+|other\s+|else\s+|of\s+the\s+)?(?:(?!{_VERBS}\b|{_OF_ONE}\b|in\b|on\b|of\b|about\b|for\b)[\w-]+\s+){{0,3}}?"
    rf"(?:{_SEVERAL})\b(?=\s+(?!the\b|an?\b|(?-i:[A-Z0-9]))|\s*[?.!]*\Z)|"
    r"(?:list|name|enumerate|itemi[sz]e|count\s+up|run\s+through|give\s+(?:me\s+)?(?:some\s+|all\s+|a\s+list\b|a\s+few\s+)?(?:examples?|of|the)?|"
    r"examples?\s+of|(?:an?\s+|the\s+)?(?:full\s+|complete\s+)?list\s+of)\b|"
    r"(?:what|which)\s+(?:are|were)\b|(?:what|which)\s+(?:kinds?|types?|sorts?|classes)\s+of\b|what\s+(?:else|all)\b|"
    r"(?:everything|all\s+the|all|anything|every\s+\w+)\s+(?:\w+\s+)?(?:you|that|we|one|known|there|which|ways?)\b|"
    r"by\s+(?:what|which)\s+(?:means|ways|routes|methods|mechanisms?)\b|in\s+(?:what|which)\s+ways\b|"
    r"(?:in|on|for|to|with|against|from|by|at)\s+(?:which|what)\s+(?:[\w-]+\s+){0,2}?(?:\w{3,}(?<![sui])s)\b|"
    r"what(?:['’]s|\s+has|\s+have)\s+(?:all\s+)?(?:been\s+)?(?!(?:the|an?|behind|known)\b)\w+(?:ed|en|wn|ne|ied)\b|"
    r"what\s+(?!happen)\w+\s+(?:was|were|is|are)\s+(?:\w+\s+)?\w+(?:ed|en)\b",
    re.IGNORECASE,
)
# What one asks for in bare words and wants several of.
_LISTED = re.compile(
    r"\b(?:side\s+effects|adverse\s+events|examples|types|kinds|targets|sources|advantages|disadvantages|limitations|risks|"
    r"benefits|challenges|drawbacks|symptoms|complications|approaches|methods|strategies|options|trials|arguments|reasons|hurdles|"
    r"obstacles|pitfalls|barriers|uses|applications|criteria|requirements|candidates|products|pros\s+and\s+cons)\b",
    re.IGNORECASE,
)
_SEVERAL_FIRST = re.compile(
    r"(?:(?:possible|known|main|other|common|all|usual|current|approved|available)\s+)?(?P<first>[a-z]\w{3,}(?<![suixy])s)\s+"
    r"(?:for|against|with|that|of|in|on|used|tested|tried|teamed|combined|given|made|paired|approved|to|under|behind|expressed|targeted|found|seen|"
    r"reported|known|which|who)\b",
    re.IGNORECASE,
)
# Wide things to tell of rather than to count up.
_WIDE = re.compile(
    r"(?:[\w-]+\s+){0,3}?(?:tricks|tips|ways|approaches|strategies|efforts|attempts|experiments|studies|experience|progress|research|work|state|"
    r"status|evidence|advances|lessons|prospects|outlook|overview|role|history|future|summary|news|developments|"
    r"results?|findings|trends)\s+(?:to|in|for|of|with|on|from|about|so|against|using)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:how|what|who|whose|where|in\s+what|to\s+what|describe|explain|tell|summari[sz]e|discuss|give|overview|about)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"(?!what|which|how|why|when|who|where)", re.IGNORECASE)
_WHICH = re.compile(r"which\b", re.IGNORECASE)
_FEW_WORDS = 8


def kind_of(text: str) -> Kind:
    """Read the kind of a question that compares nothing."""
    if len(text) > LONGEST_PATTERN:
        return Kind.OTHER
    text = plain(text)
    question = plain(asked(text))
    if _defined_first(text):
        return Kind.DEFINITION
    for kind, is_one in (
        (Kind.OPEN, _SAID.match),
        (Kind.CAUSE, _CAUSE.match),
        (Kind.DEFINITION, _is_definition),
        (Kind.YES_NO, _is_yes_no),
        (Kind.QUANTITY, _QUANTITY.match),
        (Kind.LIST, _LIST.match),
    ):
        if is_one(question):
            return kind
    if _WHICH.match(question):
        return Kind.OTHER
    return Kind.OPEN if _OPEN.match(question) else _of_bare_words(text)


def defined(text: str) -> tuple[str, ...]:
    """Give the term that a question wants defined, if that is what it wants and it names it."""
    if len(text) > LONGEST_PATTERN:
        return ()
    text = plain(text)
    term = _defined_first(text) or _asked_term(plain(asked(text)))
    return (_ARTICLE.sub("", term.strip(" \"'“”"), count=1),) if term else ()


def plain(text: str) -> str:
    """Leave out the politeness before a question."""
    opening = _POLITE.match(text)
    while opening and opening.end() < len(text):
        text = text[opening.end() :]
        opening = _POLITE.match(text)
    return text


def _defined_first(text: str) -> str | None:
    """Give the term of "KN5501?" or "an armoured cell, what is that"."""
    found = _TERM_FIRST.match(text)
    if found is None:
        found = _BARE_TERM.match(text)
        if found and (_BARE_FIGURE.search(text) or _LISTED.search(text) or ASKING.match(text)):
            return None
    return found["term"] if found and not ASKING.match(found["term"]) else None


def _asked_term(question: str) -> str | None:
    purpose = _PURPOSE.match(question)
    if purpose:
        return _ARTICLE.sub("", purpose["term"], count=1)
    match = _DEFINITION.match(question)
    if match is None:
        return None
    groups = match.groupdict()
    term = next(group for name, group in groups.items() if name.startswith("term") and group)
    term = _FIELD.sub("", term)
    if groups["term"] is None or groups["meant"] or groups["any"]:
        return term
    several = _PARTS.search(term) or (groups["the"] and _PLURAL.search(term))
    return None if several else term


def _is_definition(question: str) -> bool:
    if _QUANTITY.match(question):
        return False
    return bool(_asked_term(question) or _NAMELESS.match(question) or _SORT.match(question))


def _is_yes_no(question: str) -> bool:
    return ASKING.match(question) is not None and _YES_NO.match(question) is not None


def _of_bare_words(text: str) -> Kind:
    """Read the kind of words that are no sentence: "price of aspirin", "side effects?"."""
    if _WIDE.match(text):
        return Kind.OPEN
    if _BARE_RESPONSE.match(text):
        return Kind.QUANTITY
    if len(text.split()) <= _FEW_WORDS:
        if _BARE_FIGURE.search(text):
            return Kind.QUANTITY
        if _LISTED.search(text):
            return Kind.LIST
    return Kind.LIST if _SEVERAL_FIRST.match(text) else Kind.OTHER
