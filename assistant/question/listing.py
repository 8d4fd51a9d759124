"""Tells a question that wants several things named from its form."""

from __future__ import annotations

import re

_VERBS = (
    r"(?:is|are|was|were|have|has|had|can|could|do|does|did|may|might|must|should|will|would|exist|"
    r"still|ha[sd]n['’]t|don['’]t)"
)
# Verbs that end as a plural does: "which company makes it" asks for one.
_OF_ONE = (
    r"(?:makes|has|is|does|was|causes|works|lasts|gives|gets|produces|sells|supplies|offers|shows|leads|carries|drives|uses|needs|binds|"
    r"kills|runs|owns|develops|says|costs|takes|comes|goes|helps|means|keeps|happens|determines|limits|this|holds|becomes|remains|tries|"
    r"wants|seeks|lets|brings|turns|puts|tells|plays|cuts|belongs|appears|provides|lies|stands|wins|provokes)"
)
# People who act in the singular: "which firm ships them", whatever the verb.
_ONE_BODY = re.compile(
    r"which\s+(?:[\w-]+\s+)?(?:firm|company|hospital|manufacturer|sponsor|agency|team|author|university|institution|regulator|maker)\s+\w+s\b",
    re.IGNORECASE,
)
_SEVERAL = (
    rf"(?!{_OF_ONE}\b)\w{{3,}}(?<![suif])s|people|children|mice|criteria|antibodies|bacteria|data|men|women"
)
_MODIFIER = rf"(?:(?!{_VERBS}\b|{_OF_ONE}\b|in\b|on\b|of\b|about\b|for\b|to\b|the\b|with\b|from\b)[\w-]+\s+)"
_ASKED = re.compile(
    rf"(?:which|what)\s+(?:all\s+|other\s+|else\s+|of\s+the\s+)?{_MODIFIER}{{0,3}}?"
    rf"(?:{_SEVERAL})\b(?=\s+(?!the\b|an?\b|(?-i:[A-Z0-9]))|\s*[?.!]*\Z)|"
    rf"(?:which|what)\s+{_MODIFIER}{{4,6}}?(?:{_SEVERAL})\b(?=\s+{_VERBS}\b)|"
    r"(?:list|name|enumerate|itemi[sz]e|count\s+up|run\s+through|give\s+(?:me\s+)?(?:some\s+|all\s+|a\s+list\b|a\s+few\s+)?(?:examples?|of|the)?|"
    r"examples?\s+of|(?:an?\s+|the\s+)?(?:full\s+|complete\s+)?list\s+of|names\s+of)\b|"
    r"(?:what|which)\s+(?:are|were)\b|(?:what|which)\s+(?:kinds?|types?|sorts?|classes)\s+of\b|what\s+(?:else|all)\b|"
    r"(?:every\s+\w+\s+\w+(?:ed|en|wn)\b|everything|all\s+the|all|anything|every\s+\w+)\s+(?:\w+\s+)?(?:you|that|we|one|known|there|which|ways?)\b|"
    r"by\s+(?:what|which)\s+(?:means|ways|routes|methods|mechanisms?)\b|in\s+(?:what|which)\s+ways\b|"
    rf"(?:in|on|for|to|with|against|from|by|at)\s+(?:which|what)\s+{_MODIFIER}{{0,2}}?(?:\w{{3,}}(?<![sui])s)\b|"
    r"what(?:['’]s|\s+has|\s+have)\s+(?:all\s+)?(?:been\s+)?(?!(?:the|an?|behind|known)\b)\w+(?:ed|en|wn|ne|ied)\b|"
    r"what\s+(?!happen)\w+\s+(?:was|were|is|are)\s+(?:\w+\s+)?\w+(?:ed|en)\b",
    re.IGNORECASE,
)
# Set off at the end: "where can they come from, all the options".
_ALL_OF_THEM = re.compile(
    r"(?:[,;(]|\s[-–—])\s*(?:(?:please\s+|i\s+want\s+|give\s+me\s+|name\s+|list\s+)?(?:all|every\s+one|each)(?:\s+of\s+(?:them|these|those)|"
    r"\s+(?:the\s+)?(?:\w+\s+)?\w+s)?|(?:the\s+)?(?:full|complete)\s+(?:list|menu|set)(?:\s+of\s+[^,()]+)?|list\s+(?:them|all)(?:\s+all)?)"
    r"\s*(?:please|pls)?\)?\s*[?.!]*\Z",
    re.IGNORECASE,
)
# What one asks for in bare words and wants several of.
LISTED = re.compile(
    r"\b(?:side\s+effects|adverse\s+events|examples|types|subtypes|kinds|targets|sources|advantages|disadvantages|limitations|risks|"
    r"benefits|challenges|drawbacks|symptoms|complications|approaches|methods|strategies|options|trials|arguments|reasons|hurdles|"
    r"obstacles|pitfalls|barriers|uses|applications|criteria|requirements|candidates|products|downsides|upsides|pros\s+and\s+cons)\b",
    re.IGNORECASE,
)
# "Brand names that carry the label", "outcomes tracked in the registry": the head of the phrase is several things, and
# something is said of them by which they are to be picked out.
_PICKED_OUT = re.compile(
    r"(?:the\s+|any\s+|all\s+)?(?:[\w/+-]+\s+){0,4}?(?-i:[a-z]\w{2,}(?<![suixy])s|people|children|criteria|antibodies)\s+"
    r"(?:(?:in|on|of|from|inside|within|around)\s+(?:[\w/+-]+\s+){1,4}?)?"
    r"(?:(?:that|which|who|where)\s+\w+|(?:listed|tracked|named|tried|tested|used|given|put|made|seen|found|known|reported|treated|measured|"
    r"approved|mentioned|described|recorded|studied|involved|noted|included|caused|produced|observed|expressed|targeted|teamed|combined|"
    r"paired|delivered|inserted|removed|licensed|recommended|required|needed|linked|associated)\s+\w+)",
    re.IGNORECASE,
)
_OF_A_CLASS = re.compile(
    r"(?:(?:possible|known|main|other|common|all|usual|current|approved|available)\s+)?"
    r"(?!cells\b|patients\b|effects\b|impacts\b|consequences\b|roles\b)(?P<first>[a-z]\w{3,}(?<![suixy])s)\s+"
    r"(?:for|against|with|that|of|in|on|to|under|behind|which|who)\b",
    re.IGNORECASE,
)
_IN_WHICH = re.compile(
    r"(?:the\s+)?(?:ways|means|routes|steps|things|places|forms|tricks)\s+(?:in\s+which\s+|that\s+|how\s+|by\s+which\s+)?"
    r"(?!(?:to|for|of|forward|with|in|about)\b)[\w-]+\s+\w+",
    re.IGNORECASE,
)
_BESIDES = re.compile(
    r".*\b(?:other\s+than|apart\s+from|aside\s+from|besides|except(?:\s+for)?|not\s+counting)\s+\S",
    re.IGNORECASE,
)
_FEW_WORDS = 8


def asks_for_several(question: str) -> bool:
    """Tell a question for the members of a class: "which antigens were tried"."""
    if _ONE_BODY.match(question):
        return False
    return _ASKED.match(question) is not None


def wants_all(question: str) -> bool:
    """Tell a question that says that it wants all: "…, all the options"."""
    return _ALL_OF_THEM.search(question) is not None


def names_several(words: str) -> bool:
    """Tell words that are no sentence but ask for several things: "side effects?", "genes put in by the vector"."""
    if len(words.split()) <= _FEW_WORDS and LISTED.search(words):
        return True
    words = words[:1].lower() + words[1:]
    return any(pattern.match(words) for pattern in (_PICKED_OUT, _OF_A_CLASS, _IN_WHICH, _BESIDES))
