"""Tells a question that wants a figure from its form."""

from __future__ import annotations

import re

FIGURE = (
    r"(?:percent(?:ages?)?|per\s+cent|pct|proportions?|portion|share|fraction|rates?|numbers?|doses?|price|costs?|incidence|frequency|"
    r"median|duration|length|amount|size|age|prevalence|probability|half[-\s]life|concentrations?|temperature|volume|ratio|threshold|limit|"
    r"head\s?count|counts?|interval|odds|chances?|likelihood|density|viability|efficiency|yield|dosage|speed|weight|height|depth|distance|time\s+(?:to|until)|levels?|shelf[\s-]life)"
)
_MOST = (
    r"(?:longest|shortest|highest|lowest|largest|smallest|biggest|maximum|minimum|maximal|minimal|greatest|most|least|earliest|"
    r"latest|upper|lower|average|mean|median|typical|usual)"
)
_PREPOSED = (
    r"(?:(?:roughly|approximately|about|exactly|on\s+average,?)\s+)?"
    r"(?:(?:in|at|by|to|for|since|from|within|up\s+to|of|with|over|after|until)\s+)?"
)
_ASKED = re.compile(
    rf"{_PREPOSED}how\s+(?:many|much|long|often|large|high|low|big|old|fast|far|soon|quick(?:ly)?|expensive|frequent(?:ly)?|"
    r"common(?:ly)?|closely|deep(?:ly)?|strong(?:ly)?|likely|heavy|rare(?:ly)?|late|early|tall|wide|cold|warm|tightly|rapid(?:ly)?|"
    r"potent(?:ly)?|severe(?:ly)?|steep(?:ly)?|cheap|near|small|few|little|short|slow(?:ly)?|probable)\b|"
    rf"{_PREPOSED}(?:what|which)(?:['’]s)?\s+(?:(?!(?:kinds?|types?|sorts?)\b)[\w-]+\s+){{0,5}}?(?:{FIGURE}\b|%)|"
    r"what\s*%|"
    rf"what(?:\s+(?:is|was|are|were)|['’]s)\s+the\s+(?:longest|shortest|highest|lowest|maxim(?:um|al)|minim(?:um|al)|average|mean|median|"
    r"earliest|latest)\s|"
    rf"what(?:\s+(?:is|was|are|were)|['’]s)\s+the\s+{_MOST}\s+(?:\S+\s+){{1,12}}?(?:can|could|may|might|must|should|will|is|was|did|has|have)\b|"
    r"what\s+(?:do|does|did|would|will|is|are)\s+.+\s(?:cost|charged?|priced|(?:come|run|amount|add\s+up)\s+to|(?:go|sell)\s+for|weigh|"
    r"set\s+(?:\w+\s+){1,3}back)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b{FIGURE}\b|\bwhat\s*%|\bin\s+(?:days|weeks|months|years|dollars|euros)\b|\bfigures?\s+for\b",
    re.IGNORECASE,
)
# "Fraction of children on a ventilator", "intensive care rates among adults": the figure is the head of the phrase.
_HEADED = re.compile(
    rf"(?:[\w/+-]+\s+){{0,4}}?{FIGURE}\s+(?:of|for|in|at|among|amongst|with|after|on|per|that|to|by|following|under|during)\b|"
    r"(?:nr|no|num|#)\b\.?\s*of\s|(?:the\s+)?(?:drop|fall|rise|increase|decrease|reduction|decline|gain|jump)\s+in\s+\w.*\b"
    r"(?:after|once|when|with|following|by|between|upon)\b",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    r"(?:\w+\s+){0,2}(?:response|reaction|remissions?|survival)\s+(?:of|in)\s+.+\s(?:to|with|after|on)\s",
    re.IGNORECASE,
)
_FEW_WORDS = 8


def asks_for_a_figure(question: str) -> bool:
    """Tell a question for a number, a share, a time span, an amount."""
    return _ASKED.match(question) is not None


def names_a_figure(words: str) -> bool:
    """Tell words that are no sentence but name a figure: "price of aspirin", "median age in the trial"."""
    if _HEADED.match(words) or _RESPONSE.match(words):
        return True
    return len(words.split()) <= _FEW_WORDS and _NAMED.search(words) is not None
