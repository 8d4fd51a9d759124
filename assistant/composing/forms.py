"""Weighs how far a sentence has the form of an answer: one that defines, gives a figure, or states what was found."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.answer import Kind
from assistant.asked import fits, tells_how, wants_date
from assistant.composing.figures import fit_of
from assistant.composing.measuring import readings
from assistant.evidence import Evidence
from assistant.question import Question
from corpus.document import BlockKind

# What the form of a sentence adds to its score, in standard deviations.
MANNER_BONUS = 0.4
FIGURE_BONUS = 1.0
ASKED_FIGURE_BONUS = 1.0
OPENING_BONUS = 0.8
BEING_BONUS = 1.2
GLOSS_BONUS = 0.6
FINDING_BONUS = 0.5
PRAISE_PENALTY = -0.8
PLAN_PENALTY = -3.0
ASIDE_PENALTY = -1.0
CAPTION_PENALTY = -0.6

_HEAD = re.compile(r"\s+(?:cells?|therap(?:y|ies))$", re.IGNORECASE)
_PRAISE = re.compile(
    r"\b(?:(?:very |highly |great |significant |considerable |enormous |much )?promis(?:e|es|ing)|exciting"
    r"|ground-?breaking|revolutioni[sz]\w+|game[- ]chang\w+|breakthroughs?|cutting-edge|next-generation|paves? the way"
    r"|(?:(?:increasingly|an?|highly) )(?:important|key|exciting|attractive) (?:direction|area|role|field|step|option)"
    r"|(?:increasing|growing|much|wide) (?:attention|interest)|(?:great|significant|enormous|immense|huge) potential"
    r"|potential advantages|the years ahead|represents? an? \w+ (?:direction|step|advance|milestone))\b",
    re.IGNORECASE,
)
_STUDY = r"(?:stud(?:y|ies)|research|investigations?|work|experiments?|trials?)"
_PLANNING = "|".join(
    (
        "aim aims aimed sought seek seeks investigate[sd]? examine[sd]? explore[sd]? analy[sz]e[sd]? predicted "
        "hypothesi[sz]ed? asked test tests tested evaluate[sd]? assess(?:es|ed)? stud(?:y|ied) address(?:es|ed)? "
        "discuss(?:es)? describe[sd]? compare[sd]? intend(?:s|ed)?"
    ).split()
)
# What a paper sets out to do, leaves to others or shows in a picture is no finding.
_PLAN = re.compile(
    r"\b(?:we|the authors|(?:this|the present|our) (?:study|paper|work|article|review|analysis|experiment))\s+"
    rf"(?:(?:then|first|next|also|therefore|here|further|only)\s+)?(?:{_PLANNING}|set out|wish(?:ed)? to)\b"
    r"|\b(?:aims?|objectives?|purposes?|goals?) (?:of (?:this|the|our|the present) \w+ )?(?:is|was|are|were)\b"
    r"|\b(?:to|in order to) test (?:this|the|our) hypothes[ie]s\b"
    rf"|\b(?:future|further|more|additional) (?:\w+ )?{_STUDY}\s+(?:should|is|are|will|may|must|need|would|could)\b"
    r"|\bremains? to be \w+|\b(?:has|have) not (?:yet )?been (?:(?:well|fully|widely|systematically) )?"
    r"(?:examined|studied|investigated|explored|tested|described)\b"
    r"|^\W*(?:[Ff]ig(?:ure|\.)?|[Tt]able) ?S?\d+\w? "
    r"(?:shows?|presents?|lists?|summari[sz]es|illustrates?|depicts?|gives?)\b"
)
_ASKS_PLAN = re.compile(
    r"\b(?:aims?|goals?|purposes?|objectives?|hypothes\w+|predict\w*|methods?|designs?|designed|measured?|tested|examin\w+"
    r"|investigat\w+|stud(?:y|ies|ied)|research|unknown|open questions?|future|not known|know about|trials?)\b",
    re.IGNORECASE,
)
# "What is the life expectancy of …" is answered by a figure.
_ASKS_FIGURE = re.compile(
    r"(?:what|which)\s+(?:is|was|are|were)\s+the\s+(?:[\w-]+\s+){0,4}?(?:expectanc(?:y|ies)|rates?|incidence|prevalence"
    r"|survival|doses?|costs?|prices?|numbers?|means?|medians?|averages?|sizes?|temperatures?|concentrations?|durations?"
    r"|half-li(?:fe|ves)|ages?|lengths?|weights?|heights?|speeds?|percentages?|proportions?|yields?|mass(?:es)?"
    r"|frequenc(?:y|ies)|energ(?:y|ies)|distances?|depths?|doubling times?)\b",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"\b(?:we|the authors) (?:(?:also|have|thus|therefore) )*"
    r"(?:found|show(?:ed|n)?|demonstrated?|observed?|conclude[ds]?|report(?:ed)?|identified|discovered)\b"
    rf"|\b(?:results?|findings?|data|analys[ie]s|evidence|estimates?|{_STUDY}) (?:\w+ )?"
    r"(?:show|reveal|document|indicate|suggest|demonstrate|confirm|provide|find|found|support)(?:s|ed|d)?\b"
    r"|^(?:in (?:short|summary|conclusion|sum)|to (?:conclude|sum up|summari[sz]e)|taken together|overall)\b",
    re.IGNORECASE,
)
# "S7 Data Software for the robots.", "Fig 2 Example of the architecture.", "(B) Seasonal distribution".
_LABEL = re.compile(
    r"(?:S\d+ )?(?:Fig(?:ure)?|Table|Data|Video|Movie|Text|Appendix|File|Box|Scheme|Dataset|Protocol)\b\.? ?S?\d*\b"
    r"|\(?[a-hA-H](?:[-–,] ?[a-hA-H])?[).]\s"
)


def bonus(question: Question, found: Evidence) -> float:
    """Tell how much the form of a sentence adds to its score, in standard deviations.

    Args:
        question: What was asked.
        found: A sentence that may answer.
    """
    own = found.main.of(found.document.text)
    manner = _manner(own)
    score = _of_kind(question, found, own) + (PRAISE_PENALTY if manner.praises else 0.0)
    if _kind_of_block(found) is BlockKind.CAPTION:
        score += CAPTION_PENALTY
    if question.kind is Kind.DEFINITION:
        return score
    if manner.finds:
        return score + FINDING_BONUS
    plans = manner.plans and not _ASKS_PLAN.search(question.query)
    return score + (PLAN_PENALTY if plans else 0.0)


def is_label(found: Evidence) -> bool:
    """Tell whether a sentence is the title of a figure, a table or a file, which says nothing without it."""
    text = found.main.of(found.document.text)
    opens = _LABEL.match(text)
    return opens is not None and (
        _kind_of_block(found) is BlockKind.CAPTION or any(c.isdigit() for c in opens[0])
    )


def defines(question: Question, found: Evidence) -> bool:
    """Tell whether a sentence says what the subject of a question is."""
    if not question.subjects:
        return False
    being = _definition(question.subjects[0]).being
    return being.search(found.main.of(found.document.text)) is not None


class _Manner(NamedTuple):
    """What a sentence does, whatever was asked."""

    praises: bool
    finds: bool
    plans: bool


@lru_cache(maxsize=20_000)
def _manner(text: str) -> _Manner:
    """Read a sentence once: the same ones are candidates again and again."""
    return _Manner(*(form.search(text) is not None for form in (_PRAISE, _FINDING, _PLAN)))


def _of_kind(question: Question, found: Evidence, own: str) -> float:
    if question.kind is Kind.DEFINITION and question.subjects:
        return _defining(question.subjects[0], own)
    if wants_date(question):
        return FIGURE_BONUS if fits(question, own) else 0.0
    if question.kind is Kind.QUANTITY or _ASKS_FIGURE.match(question.query):
        return _figured(question, own)
    if question.kind is Kind.OPEN:
        return MANNER_BONUS if tells_how(question, found.text) else 0.0
    return 0.0


def _figured(question: Question, text: str) -> float:
    """Weigh the figures of a sentence: one of the kind asked for, and more if it is of the very thing."""
    if not fits(question, text):
        return 0.0
    found = readings(text)
    if not found:
        return 0.0
    return FIGURE_BONUS + ASKED_FIGURE_BONUS * max(fit_of(question.standalone, text, one) for one in found)


def _kind_of_block(found: Evidence) -> BlockKind:
    block = found.document.block_at(found.main.start)
    return block.kind if block else BlockKind.PARAGRAPH


def _defining(term: str, text: str) -> float:
    """Tell how much a sentence says what something is: it is its subject, above all with a verb of being.

    What only happens to name it is beside the point.
    """
    opening, being, gloss = _definition(term)
    score = OPENING_BONUS if opening.match(text) else 0.0
    if being.search(text):
        return score + BEING_BONUS
    return score + (GLOSS_BONUS if gloss.search(text) else 0.0 if score else ASIDE_PENALTY)


class _Definition(NamedTuple):
    """What a sentence about a term looks like: it opens with it, says what it is, or spells it out in brackets."""

    opening: re.Pattern[str]
    being: re.Pattern[str]
    gloss: re.Pattern[str]


@lru_cache(maxsize=64)
def _definition(term: str) -> _Definition:
    # "What is a t-haNK cell?" is answered by "t-haNK is a line …".
    bare = _HEAD.sub("", term) or term
    name = rf"(?<![\w-]){re.escape(bare)}s?(?:\s+(?:cells?|therap(?:y|ies)))?(?![\w-])"
    brackets = r"(?:\s*\([^)]{0,60}\))?"
    opening = rf"\W*(?:(?:an?|the)\s+)?(?:[\w-]+\s+){{0,2}}?\(?{name}"
    being = (
        rf"{name}{brackets}\s+(?:is|are|was|were)\s+(?:(?:usually|typically|often|generally|essentially)\s+)?"
        r"(?:an?|the|one|defined|known|made|derived)\b"
        rf"|{name}{brackets}(?:,\s+an?\b|,?\s+(?:which|that)\s+(?:is|are)\s+an?\b)"
        rf"|{name}{brackets}\s+(?:refers?|means?|denotes?|consists?|comprises?|builds?|combines?|describes?|involves?)\b"
        rf"|\b(?:called|termed|named|known as|we call)\s+(?:the\s+)?{name}"
        rf"|\ban?\s+(?:[\w-]+\s+){{0,3}}[\w-]+,\s+{name}{brackets},"
        rf"|\b(?:through|by|in|during)\s+{name},?\s+(?:an?|the)\b"
    )
    gloss = rf"\({name}\)|{name}\s*\([^)]*\s[^)]*\)"
    return _Definition(*(re.compile(form, re.IGNORECASE) for form in (opening, being, gloss)))
