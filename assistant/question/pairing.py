"""Tells which of the things that a question names it compares: like things, joined, and the same asked of each.

Each tells something by itself and nothing for sure, so that they are weighed together: "A or B" needs a word that
chooses or a question without a verb, "A and B" one that asks the same of each, "A as opposed to B" nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.question.clauses import ASKING
from assistant.question.entities import Entity, Sort
from assistant.question.subjects import LEAST_SUBJECTS, MOST_SUBJECTS
from assistant.words import STOP_WORDS

# What joins things, from what sets them against each other to what only adds.
CONTRAST, CHOICE, LISTING, ADDITION = 3, 2, 1, 1
OF_EACH, SET_OFF, PREFERENCE, AMOUNT, MIRRORED = 2, 1, 1, 2, 1
ENOUGH = 3
_FEW_WORDS = 9
_LEAST_LISTED = 3

_ENDS = re.compile(r"[.?!;]\s|\s[-–—]+\s")
_AGAINST_EACH_OTHER = re.compile(
    r"\b(?:(?<!other\s)than|versus|vs\.?|compared?\s+(?:to|with)|relative\s+to|next\s+to|alongside|beside|rather\s+than|"
    r"instead\s+of|as\s+opposed\s+to|in\s+contrast\s+(?:to|with)|in\s+comparison\s+(?:to|with)|unlike|in\s+place\s+of|"
    r"(?:an?\s+|the\s+)?alternative\s+to|(?:the\s+)?same\s+as|differ(?:s|ed|ent(?:ly)?)?\s+(?:from|to)|but\s+not|"
    r"(?:dis)?agree[sd]?\s+with|contradict(?:s|ed)?|confirm(?:s|ed)?\s+(?:the\s+)?(?:results?|findings?)\s+of|"
    r"(?:below|above|beyond|over|like|from|to)\s+(?:that|those|the\s+ones?)\s+(?:of|in|from|with)|"
    r"out(?:do(?:es)?|did|lasts?|lasted|performs?|performed|lives?|lived)|beats?|(?:go(?:es)?|went)\s+beyond|surpass(?:es|ed)?|superior\s+to|inferior\s+to)(?:\s|\Z)",
    re.IGNORECASE,
)
# They set the next thing against the last across the end of a sentence too.
_TURNING = re.compile(
    r"(?:\b(?:what|how)\s+about|,?\s*\bthe\s+other(?:\s+(?:one\s+)?(?:is|was))?)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\A\W*(?:['’]s\s)?against\s+(?:the\s+)?\Z", re.IGNORECASE)
_THAT_IT = re.compile(r"\b(?:that|which|but|what)\s+(?:an?\s+|the\s+)?\Z", re.IGNORECASE)
_CANNOT = re.compile(
    r"\s+(?:\w+\s+)?(?:cannot|can['’]?t|(?:do|does|did|is|are|was|were)(?:n['’]?t|\s+not))\b", re.IGNORECASE
)
_WHEREAS = re.compile(r"\A\W*(?:whereas|while|whilst)\s", re.IGNORECASE)
_HEADS = (
    r"(?:cells?|therap(?:y|ies)|products?|treatments?|trials?|stud(?:y|ies)|patients?|people|recipients?|papers?|"
    r"groups?|arms?|cohorts?|mice|animals)"
)
_OR = re.compile(rf"\A(?:\s{_HEADS})?\W*\bor\b", re.IGNORECASE)
_MARK = re.compile(r"\A\s*[,/&]\s*\Z|\A\s/\s\Z")
_OPEN_MARK = re.compile(r",\s*(?:[^,]*\()?(?:(?:and|but)\s+)?\Z", re.IGNORECASE)
_ADDING = re.compile(
    rf"\A(?:['’]s?)?(?:\s{_HEADS})?\W*(?:and|&|with|to|from)\b|\A\s*[,/&]\s*(?:and\b)?|\A\W*as\s+\w+\s+as\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"\A\s*(?:,\s*)?(?:or|and|&|,|/|vs\.?|versus|instead\s+of|rather\s+than|as\s+opposed\s+to|unlike)\s*"
    r"(?:(?:from|with|by|in|on|after)\s+)?(?:the\s+|an?\s+)?\Z",
    re.IGNORECASE,
)
# What they set apart need not be of one sort.
_APART = re.compile(
    r"\b(?:as\s+opposed\s+to|unlike|differ(?:s|ed|ent(?:ly)?)?\s+from|in\s+contrast\s+(?:to|with)|alternative\s+to)\s",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:the|its|an?)\s+(?P<noun>[a-z][\w-]+)(?=\s|,|\Z)")
_ASKED_AGAIN = re.compile(
    r"(?:\band\b|,|\bor\b)\s+(?P<word>what|which|how|why|when|where|who|did|does|do|is|was|were|are)\b[\w\s]{0,20}\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b\w+\s+than\s+(?:an?\b(?!\s+(?:\w+\s+)?(?:of|with|cell)\b)|one\b|\d)", re.IGNORECASE)
_OF_EACH = re.compile(
    # "Each patient" is not each of them.
    r"\b(?:each(?!\s+(?:patient|person|participant|recipient|case|cell|dose|domain|step|day|week|year)\b)|either|(?:dis)?agree[sd]?|"
    r"contradict(?:s|ed)?|respective(?:ly)?|differ(?:s|ed|ences?|ent(?:ly)?)?|compar\w+|the\s+same|similar(?:ly|ity|ities)?|"
    r"equal(?:ly)?|alike|side\s+by\s+side|head[\s-]to[\s-]head|which\s+(?:one|of)|whose|pros\s+and\s+cons|table)\b",
    re.IGNORECASE,
)
_PREFERRING = re.compile(
    r"\b(?:better|worse|best|worst|safer|cheaper|more|less|fewer|fewest|the\s+(?:most|least)|higher|highest|lower|lowest|longer|"
    r"longest|shorter|shortest|sooner|faster|slower|stronger|weaker|larger|smaller|harder|easier|greater|earlier|later|both|"
    r"prefer\w*|instead|rather)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow\s+(?:much|many|long|often|high|low|fast|large|common|well|likely)\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?\Z", re.IGNORECASE)
# "Which cytokines are released, A or B" asks for items, "which lasts longer, A or B" chooses.
_ITEMS = re.compile(
    r"\b(?:which|what)\s+(?!of\b|was\b|is\b|does\b|has\b)(?:[\w-]+\s+){0,2}?[\w-]+(?<!s)s\b", re.IGNORECASE
)
# What stands there is named as known, or left out, or is but a circumstance.
_ASIDE = re.compile(
    r"(?:\b(?:apart|aside)\s+from|\bbesides|\bexcept(?:\s+for)?|\bother\s+than|\bsuch\s+as|\bincluding|\be\.?g\.?|"
    r"\A\W*(?:since|because|although|though|as|given\s+that))\s+(?:both\s+)?(?:the\s+)?\Z",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:of|after)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind that a question may compare.

    Attributes:
        things: In their order.
        score: How much speaks for it.
    """

    things: tuple[Entity, ...]
    score: int


def compared_among(entities: Sequence[Entity], text: str) -> tuple[Entity, ...]:
    """Give the things that a question compares; none if too little speaks for it.

    Args:
        entities: What it names, in its order.
        text: The question.
    """
    text_only = _COUNTED.sub("", text)
    entities = _with_nouns(entities, text)
    groups = [
        group for first in range(len(entities) - 1) if (group := _group(entities, first, text, text_only))
    ]
    # Of groups for which as much speaks, the first: what follows is in what respect.
    best = max(groups, key=lambda group: (group.score, _is_family(group.things)), default=None)
    return best.things if best and best.score >= ENOUGH else ()


def _group(entities: Sequence[Entity], first: int, text: str, text_only: str) -> Group | None:
    """Chain like things that are joined, from one on."""
    things: list[Entity] = [entities[first]]
    joins: list[int] = []
    if _ASIDE.search(text[: things[0].start]):
        return None
    for place, other in enumerate(entities[first + 1 :], start=first + 1):
        # "GVHD with A, same as with B" compares A with B.
        others = [one for one in entities[first + 1 : place] if one not in things]
        nearer = any(one.is_kin(other) for one in others)
        if _APART.search(text, things[-1].end, other.start):
            nearer |= any(one.sort is things[-1].sort for one in others)
        # Names without a mark between them are a list where a question opens with them.
        nearer |= first > 0 and text[things[-1].end : other.start] == " "
        join = 0 if nearer or len(things) == MOST_SUBJECTS else _join(things[-1], other, text)
        if CONTRAST in joins and not join and _is_direct(text[things[-1].end : other.start]):
            join = ADDITION
        if join:
            things.append(other)
            joins.append(join)
    spaced = any(text[one.end : other.start] == " " for one, other in pairwise(things))
    if len(things) < (_LEAST_LISTED if spaced else LEAST_SUBJECTS):
        return None
    return Group(tuple(things), max(joins) + sum(_signs(things, joins, text, text_only)))


def _join(one: Entity, other: Entity, text: str) -> int:
    """Weigh what joins two things; nothing if they are not alike."""
    between = text[one.end : other.start]
    kin = one.is_kin(other)
    if _turns(one, other, text, between):
        return CONTRAST if _alike(one, other) else 0
    if len(between.split()) > _FEW_WORDS or _ENDS.search(between):
        return 0
    if _AGAINST_EACH_OTHER.search(between):
        like = _alike(one, other) or _is_direct(between) or _APART.search(between)
        return CONTRAST if like else 0
    if _AGAINST.search(between):
        return CONTRAST if kin else 0
    again = _ASKED_AGAIN.search(between)
    if (
        again
        and (kin or _are_coded(one, other))
        and re.search(rf"\b{again['word']}\b", text[: one.start], re.IGNORECASE)
    ):
        return CONTRAST
    if _OR.match(between):
        return CHOICE if _alike(one, other) or _is_direct(between) else 0
    if _MARK.match(between) or between == " ":
        return LISTING if kin or {one.sort, other.sort} <= {Sort.NAME, Sort.TERM, Sort.PARTICULAR} else 0
    if kin and _OPEN_MARK.search(between):
        return LISTING
    if _ADDING.search(between) is None:
        return 0
    return ADDITION if kin or _BETWEEN.search(text[: one.start]) else 0


def _turns(one: Entity, other: Entity, text: str, between: str) -> bool:
    """Tell what sets them apart from afar: "whereas A …, what was it in B", "what can A do that B cannot"."""
    if _TURNING.search(between):
        return True
    if _WHEREAS.match(text[: one.start]) and "," in between:
        return True
    return _THAT_IT.search(between) is not None and _CANNOT.match(text, other.end) is not None


def _signs(things: Sequence[Entity], joins: Sequence[int], text: str, text_only: str) -> Iterator[int]:
    """Weigh what else tells that the same is asked of each."""
    before, after = text[: things[0].start], text[things[-1].end :]
    around = _COUNTED.sub("", f"{before} ; {after}")
    is_of_each = _OF_EACH.search(text_only) is not None
    if is_of_each or _BETWEEN.search(before):
        yield OF_EACH
    prefers = _PREFERRING.search(text_only) is not None
    if prefers and (CHOICE in joins or _mirrored(things, text)):
        yield PREFERENCE
    if _mirrored(things, text):
        yield MIRRORED
    # "Side effects or toxicity of CAR-T" is about one thing.
    of_one = any(" of " in text[one.end : other.start] for one, other in pairwise(things))
    if CHOICE in joins and not (prefers or is_of_each or of_one):
        if _ITEMS.search(around):
            yield -OF_EACH
        elif (_asks_nothing(text) and not _OF.match(after)) or _stands_apart(before, after):
            yield SET_OFF
    if (
        set(joins) == {LISTING}
        and len(things) >= _LEAST_LISTED
        and _asks_nothing(text)
        and _stands_apart(before, after)
    ):
        yield OF_EACH
    # "How much was given with A, B and C" asks it of each, and so does "how often with axi-cel and tisa-cel".
    least = LEAST_SUBJECTS if all("-" in one.name for one in things) else _LEAST_LISTED
    plain = any(one.sort is not Sort.PARTICULAR for one in things)
    plain = plain and not any(c.isdigit() for one in things for c in one.name)
    if CHOICE not in joins and _HOW_MUCH.search(text_only) and plain and len(things) >= least:
        yield AMOUNT


def _with_nouns(entities: Sequence[Entity], text: str) -> list[Entity]:
    """Take for a thing the plain noun that is set apart from one: "what is the hinge for, as opposed to the scFv"."""
    nouns = []
    for apart in _APART.finditer(text):
        before = list(_NOUN.finditer(text[: apart.start()]))
        last = max((one.end for one in entities if one.end <= apart.start()), default=0)
        if before and before[-1].start("noun") >= last:
            noun = before[-1]
            nouns.append(Entity(noun["noun"], Sort.TERM, *noun.span("noun")))
    return sorted((*entities, *nouns), key=lambda one: one.start)


def _asks_nothing(text: str) -> bool:
    """Tell a question without a verb that asks, such as a list of names."""
    return not any(ASKING.match(text, word.start()) for word in _WORD.finditer(text))


def _stands_apart(before: str, after: str) -> bool:
    """Tell a list that opens or closes a question, set off from what is asked."""
    return (
        re.match(r"\s*[:–—-]\s", after) is not None
        if not before.strip()
        else (re.search(r"(?:\s[-–—]+|:)\s+\Z", before) is not None and not after.strip(" ?.!"))
    )


def _mirrored(things: Sequence[Entity], text: str) -> bool:
    """Tell like things in like places: "Daher deleted CISH, Bexte deleted NKG2A"."""

    def follows(one: Entity) -> set[str]:
        return {word.lower() for word in _WORD.findall(text[one.end : one.end + 40])[:2]} - STOP_WORDS | (
            {"has"} & {word.lower() for word in _WORD.findall(text[one.end : one.end + 40])[:3]}
        )

    return all(follows(one) & follows(other) for one, other in pairwise(things))


def _alike(one: Entity, other: Entity) -> bool:
    same = one.sort is other.sort and one.sort in {Sort.NAME, Sort.TERM}
    return one.is_kin(other) or same or {one.sort, other.sort} <= {Sort.NAME, Sort.WORK}


def _are_coded(*things: Entity) -> bool:
    """Tell codes, such as products and trials have, from abbreviations, such as side effects have."""
    return all(re.search(r"[\d-]", one.name) for one in things)


def _is_direct(between: str) -> bool:
    return _DIRECT.match(between) is not None


def _is_family(things: Sequence[Entity]) -> bool:
    return all(one.is_kin(other) for one, other in pairwise(things))
