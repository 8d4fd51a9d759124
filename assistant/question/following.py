"""Makes a follow-up a question of its own, by what the last question was about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.background import Background
from assistant.question.comparisons import compared
from assistant.question.entities import Sort, entities_in
from assistant.question.kinds import defined, plain
from assistant.question.pointing import POSSESSIVE, with_topic
from assistant.question.sourcing import is_constraint
from assistant.question.subjects import VERSUS, aspect_noun
from assistant.question.topics import Topic, is_name, topic_of
from assistant.words import content_words

# A chain of follow-ups is followed so far back.
LONGEST_CHAIN = 12
_OPENING = re.compile(
    r"(?:(?:and|but|so|or|also|then|ok(?:ay)?|well|now)\b[,\s]*)*(?:(?:what|how)\s+about|what\s+of|and)?\s*",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"(?:and|but|so|or|also|then|what\s+about|how\s+about|what\s+of|only|just)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"(?:(?:and|but|so|now)\s+)?(?:(?:can\s+you\s+)?(?:please\s+)?compare\s+(?:that|this|it|them|these|those|the\s+same)?\s*(?:with|to|and|against)|"
    r"how\s+(?:does|do|did|is|are)\s+(?:that|this|it|they|these|those)\s+(?:compared?|differ|different)\s+(?:with|to|from|against)|"
    r"(?:as\s+)?(?:compared|in\s+comparison|as\s+opposed)\s+(?:with|to)|versus|vs\.?|(?:next\s+to|alongside|beside|against)(?:\s+(?:those|that|the\s+ones?))?(?:\s+(?:in|of|from|with|for))?)\s+(?P<other>[^?!]+)",
    re.IGNORECASE,
)
# It names both of what it compares.
_BETWEEN_TWO = re.compile(rf"\S+\s+(?:{VERSUS})\s+\S", re.IGNORECASE)
_ASKING_WORD = re.compile(
    r"(?P<word>why|how|when|where|how\s+so|why\s+not|how\s+come)\s*[?!.]*\Z", re.IGNORECASE
)
_BEHIND_IT = re.compile(
    r"what(?:['’]?s|\s+is|\s+was|\s+lies|\s+are)\s+(?:behind\s+(?:that|this|it)|the\s+(?:reasons?|cause|explanation)"
    r"(?:\s+(?:for|of|behind)\s+(?:that|this|it))?)\s*[?!.]*\Z",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:how\s+(?:long|often|much|many\s+\w+|well)|when|where|how|why)\s+(?=(?:do|does|did|is|are|was|were|can|could|has|have|"
    r"will|would|should)\b)",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"(?:do|does|did|is|are|was|were|can|could|has|have|will|would|should)\b", re.IGNORECASE)
_PLACED = re.compile(
    r"(?P<preposition>in|for|with|without|after|before|during|among|against|on|at|from)\s+(?!what|which|the\s+same)\S",
    re.IGNORECASE,
)
_ANY_ASKING = re.compile(
    r"(?:what|which|who|how|why|when|where|is|are|was|were|do|does|did|can|could|has|have|will|would|should|may|might|compare|"
    r"list|name|define|describe|explain|tell|give|summari[sz]e)\b",
    re.IGNORECASE,
)
_BARE_ASKING = re.compile(
    r"(?:how\s+(?:many|much|long|often)|which|what|who)\b\s*(?P<rest>[^?]*)", re.IGNORECASE
)
# What a thing has: its side effects, its mechanism, the cost of it; not a place or a people where it is.
_ASPECT = re.compile(
    r"(?:the|any|an?)\s+.+|.*\b(?:safety|costs?|prices?|efficacy|side\s+effects|adverse\s+events|risks?|benefits?|advantages?|"
    r"disadvantages?|limits?|limitations?|drawbacks?|challenges?|targets?|sources?|doses?|rates?|uses?|types?|results?|"
    r"outcomes?|effects?|mechanisms?|trials?|history|origin|future|\w{3,}(?:ity|tion|sion|ness|ment|ance|ence|cy|ing|al))",
    re.IGNORECASE,
)
_ANY = re.compile(r"any\b(?!.*\b(?:with|after|on|from|of)\b)", re.IGNORECASE)
_HEAD_ENDS = re.compile(r",|\s(?:to|of|in|apart|without|with|for|from|besides|except)\s", re.IGNORECASE)
_OF = re.compile(r"of\s+", re.IGNORECASE)
_MORE = re.compile(
    r"(?:(?:please|can\s+you|could\s+you)\s+)*(?:tell\s+me\s+more|more(?:\s+details?)?|go\s+on|continue|elaborate|say\s+more)"
    r"(?:\s+(?:about\s+)?(?:that|this|it))?(?:\s+please)?[?!.\s]*\Z",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:the\s+)?(?:(?:older|younger|elderly|pregnant|healthy)\s+)?(?:patients|people|children|adults|adolescents|women|men|mice|rats|animals|"
    r"humans|infants)\b",
    re.IGNORECASE,
)
_WHAT_IS_THE = re.compile(r"what\s+(?:is|are|was|were)\s+the\s+\w+(?:\s+\w+)?\s*[?!.]*\Z", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|this)\b", re.IGNORECASE)
_FEW_WORDS = 4


def standalone(text: str, history: Sequence[str], background: Background | None) -> str:
    """Give a question with what it refers to.

    Each earlier question is read after those before it, so that a chain leans on what its last link became.

    Args:
        text: The question.
        history: Earlier questions, the oldest first.
        background: What is known; it tells names in small letters from other words.
    """
    last: str | None = None
    for earlier in (*history[-LONGEST_CHAIN:], text):
        folded = " ".join(earlier.split())
        if folded:
            last = _resolved(folded, last, background) if last else folded
    return last or text


def _resolved(text: str, last: str, background: Background | None) -> str:
    """Put what the last question was about into one that leans on it."""
    if _MORE.match(text):
        return last
    topic = topic_of(last, background)
    against = _AGAINST.match(text)
    if against:
        return _compared_with(against["other"].strip(), last, topic, background)
    fragment = _OPENING.sub("", text, count=1).strip() or text
    if _BETWEEN_TWO.search(fragment) and compared(fragment):
        return fragment
    if is_constraint(fragment):
        return f"{_unasked(last)}, {_uncapitalised(fragment.rstrip('?!. '))}?"
    asking = _ASKING_WORD.match(fragment)
    if asking or _BEHIND_IT.match(fragment):
        return _asked_otherwise(asking["word"] if asking else "why", last)
    leans = _LEANING.match(text) is not None
    if not _ANY_ASKING.match(fragment) and (leans or _is_fragment(fragment, topic, background)):
        return _of_fragment(fragment.rstrip("?!. "), last, topic, background)
    pointed = with_topic(fragment if leans else text, topic, background)
    if pointed is not None:
        return pointed
    if not _lacks_a_subject(fragment, background):
        return text
    if topic and _WHAT_IS_THE.match(fragment):
        return f"{_unasked(fragment)} of {topic.words}?"
    return f"{_unasked(last)}: {fragment}"


def _compared_with(other: str, last: str, topic: Topic | None, background: Background | None) -> str:
    """Compare what the last question was about with something else, in the same respects if it was a comparison."""
    before = compared(last)
    if before:
        return _comparison((before.subjects[0], other), before.aspects)
    if background:
        named, new = entities_in(last, background), entities_in(other, background)
        alike = next((one for one in named if new and one.is_kin(new[0])), None)
        if alike:
            terms = [one.name for one in named if one.sort is Sort.TERM and one is not alike]
            return _comparison((alike.name, other), [topic.aspect] if topic and topic.aspect else terms[:1])
    subject = topic.words if topic else _unasked(last)
    return _comparison((subject, other), (topic.aspect,) if topic and topic.aspect else ())


def _comparison(subjects: Sequence[str], aspects: Sequence[str]) -> str:
    respects = f" in {' and '.join(aspects)}" if aspects else ""
    return f"Compare {', '.join(subjects[:-1])} and {subjects[-1]}{respects}"


def _asked_otherwise(word: str, last: str) -> str:
    """Ask why, how or when of what the last question said."""
    rest = plain(last)
    asked = _ASKED.match(rest)
    if asked:
        return f"{_capitalised(word)} {rest[asked.end() :]}"
    if _YES_NO.match(rest):
        return f"{_capitalised(word)} {_uncapitalised(rest)}"
    return f"{_unasked(last)}: {_uncapitalised(word)}?"


def _is_fragment(text: str, topic: Topic | None, background: Background | None) -> bool:
    """Tell a few words that only change the last question from one in bare words that names what it is about."""
    if _ANY.match(text) and topic is not None:
        return len(text.split()) <= 2 * _FEW_WORDS
    if len(text.split()) > _FEW_WORDS:
        return False
    if _PLACED.match(text) or POSSESSIVE.match(text):
        return True
    if is_name(text, background):
        return text.endswith("?") and topic is not None and topic.is_like(text.rstrip("? "))
    return True


def _of_fragment(fragment: str, last: str, topic: Topic | None, background: Background | None) -> str:
    """Read "and in lupus", "what about CAR-T", "and the cost"."""
    fragment = _OF.sub("", fragment, count=1)
    wider = _compared_otherwise(fragment, last, background)
    if wider is not None:
        return wider
    if _PEOPLE.match(fragment):
        fragment = f"in {fragment}"
    placed = _PLACED.match(fragment)
    if placed and placed["preposition"].lower() != "on":
        return _placed(fragment, placed["preposition"], last)
    return _of_topic(fragment, topic, background) if topic else f"{_unasked(last)}: {fragment}?"


def _compared_otherwise(fragment: str, last: str, background: Background | None) -> str | None:
    """Add a subject to a comparison, or compare the same in another respect; None if nothing was compared."""
    before = compared(last)
    if before is None:
        return None
    if is_name(fragment, background) and not _PLACED.match(fragment):
        return _comparison((*before.subjects, fragment), before.aspects)
    aspect = aspect_noun(fragment)
    return _comparison(before.subjects, (aspect,)) if aspect else None


def _of_topic(fragment: str, topic: Topic, background: Background | None) -> str:
    """Ask of the topic what a few words name, or the same of what they name."""
    owned = POSSESSIVE.match(fragment)
    if owned:
        return f"What {_is_or_are(owned['owned'])} the {owned['owned'].strip()} of {topic.words}?"
    pointed = with_topic(fragment, topic, background)
    if pointed is not None:
        return f"{pointed}?"
    if _ANY.match(fragment):
        return f"{_capitalised_first(fragment)} with {topic.words}?"
    if is_name(_HEAD_ENDS.split(fragment, maxsplit=1)[0], background):
        return topic.replaced_by(fragment)
    if not _ASPECT.fullmatch(fragment):
        return f"{_unasked(topic.question)}: {fragment}?"
    return f"What {_is_or_are(fragment)} {_with_article(fragment)} of {topic.words}?"


def _placed(fragment: str, preposition: str, last: str) -> str:
    """Ask the same of another place or condition; the last one with that preposition gives way."""
    rest = _unasked(last)
    same = list(re.finditer(rf"\s{preposition}\s+(?:[^\s,;:]+\s?){{1,5}}\Z", rest, re.IGNORECASE))
    if same:
        rest = rest[: same[-1].start()]
    return f"{rest} {_uncapitalised(fragment)}?"


def _lacks_a_subject(text: str, background: Background | None) -> bool:
    """Tell "how many patients?" from a question that names what it asks about."""
    bare = _BARE_ASKING.match(text)
    said = content_words(text)
    if not said or (len(said) == 1 and _THAT.search(text) and not is_name(text, background)):
        return True
    if bare is None or len(content_words(bare["rest"])) > 1:
        return False
    return not is_name(bare["rest"].rstrip("?!. "), background) and not defined(text)


def _unasked(question: str) -> str:
    return question.rstrip("?!. ,")


def _is_or_are(noun: str) -> str:
    first = _HEAD_ENDS.split(noun, maxsplit=1)[0].strip()
    return "are" if re.search(r"(?<![siu])s\Z", first) or " and " in first else "is"


def _with_article(noun: str) -> str:
    noun = _uncapitalised(noun)
    return noun if re.match(r"(?:the|a|an|any)\s", noun) else f"the {noun}"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:].lower()


def _capitalised_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uncapitalised(text: str) -> str:
    """Give a text with a small first letter, unless it begins with a name."""
    first = text.split(None, 1)[0] if text else ""
    return text if first[1:] != first[1:].lower() or first == "I" else text[:1].lower() + text[1:]
