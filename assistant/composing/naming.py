"""Finds the words that name what a figure is of, by where they stand beside it; nothing where that is unsure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verification.text.language import english
from assistant.verification.text.reading import Token, read
from corpus.document import Span

_LEADING = frozenset(
    "had has was were is are and or but while whereas the a an only also then both about its their".split()
)
_BEING = frozenset("is are was were be been being".split())
# With these a source says what it knows; what stands after them is the thing itself.
_REPORTING = frozenset(
    "lists listed give gives gave given reports reported show shows showed find finds found put puts quote quotes has "
    "have had describe describes described counts counted records recorded names named mention mentions mentioned "
    "states stated sets sees saw notes noted estimates estimated cite cites cited".split()
)
_GIVING = re.compile(
    r"\b(?:came to|amounted to|reached|averaged|totalled|stood at|estimated at|remained|was|were|is|are)\s*$"
)
# A verb before "in 42% of patients", or straight before "84% of patients", whose subject the figure is of.
_HAPPENING = re.compile(
    r"\b(?:(?:was|were|is|are|been)\s+)?(?:\w{3,}ed|seen|arose|arises?|occurs?|found|known)\s+(?:(?:still|mostly|only)\s+)?"
    r"(?:(?:in|by|at)\s*(?:only\s*|about\s*|nearly\s*)?)?$"
)
_LASTING = re.compile(
    r"\b(?:was|were|is|are|remained|stayed)\s+(?:still\s+)?(?P<state>[a-z]+)\s+(?:for|within|after)\s*$"
)
_JOINT = re.compile(r"\s(?:of|in|at|:)\s*(?:only |about |nearly |some )?$")
_TIMED = re.compile(
    r"\s(?:within|at|by|after)\s(?:day |week |month |year )?[\w.]+(?:[\s-](?:days?|weeks?|months?|years?))?$"
)
_PREPOSITIONS = frozenset(
    "of in with to for from after among at by on within before during into against over under per through between "
    "as".split()
)
# Statistics and groups of people say nothing of what was measured: "a median of 3 days", "patients".
_EMPTY = frozenset(
    "median mean average total range maximum minimum dose doses rate rates score share number numbers amount level "
    "levels estimate estimates cohort group groups patients people participants recipients cases use data case".split()
)
_OF_GROUP = frozenset("of with people patients participants treated given infused enrolled who".split())
_GRADED = re.compile(
    r"\s+of\s+grade\s+[\dIV/–-]+(?:\s+(?:or|and)\s+(?:worse|higher|above|more))?", re.IGNORECASE
)
_QUALIFYING = frozenset({"or", "higher", "worse", "above", "lower"})
_LONGEST = 9
_LONGEST_VERB = 4


def named_before(text: str, start: int, end: int) -> Span | None:
    """Name by what stands before a figure: "overall survival of", "CRS occurred in", "were detectable for".

    Args:
        text: The sentence.
        start: Where the figure's clause begins.
        end: Where the figure begins.
    """
    before = text[start:end]
    if state := _LASTING.search(before):
        return Span(start + state.start("state"), start + state.end("state"))
    verb = _GIVING.search(before) or _HAPPENING.search(before)
    if verb:
        return _subject(text, start, start + verb.start())
    joint = _JOINT.search(before)
    return _noun(text, start, start + joint.start()) if joint else None


def named_after(text: str, start: int, end: int, *, opens: bool) -> Span | None:
    """Name by what follows a figure: "83% had an objective response", "58% a complete response", "8/11 as remissions".

    Args:
        text: The sentence.
        start: Where the figure ends.
        end: Where its clause ends.
        opens: Whether the clause begins with the figure.
    """
    tokens = _words(text, start, end)
    if len(tokens) > 1 and tokens[0].low in {"for", "as"}:
        return _phrase(text, _until_preposition(text, tokens[1:]))
    after = _after_group(tokens) if opens else ()
    if after and (_is_verb(after[0]) or after[0].low in {"a", "an"}):
        return _phrase(text, _until_preposition(text, after))
    return None


def _noun(text: str, start: int, end: int) -> Span | None:
    """Take the noun that ends at a place, passing over "in CARTITUDE-1" and "within 8 weeks"."""
    while timed := _TIMED.search(text, start, end):
        end = timed.start()
    taken: list[Token] = []
    stopped = ""
    for token in reversed(_words(text, start, end)):
        ends = token.low in english().stop_words or _is_verb(token) or token.low in _PREPOSITIONS | _REPORTING
        if ends and token.low not in _QUALIFYING:
            stopped = token.low
            break
        taken.insert(0, token)
    else:
        token = None
    if token is not None and stopped in _PREPOSITIONS and not _tells(taken):
        return _noun(text, start, token.start)
    # "progression-free and overall survival of", "A accompanied B in": whose figure it is stays open.
    if stopped in {"and", "or"} or (
        stopped and stopped not in _PREPOSITIONS | _REPORTING | english().stop_words
    ):
        return None
    while taken and taken[0].low in _QUALIFYING:
        taken.pop(0)
    return _phrase(text, taken)


def _subject(text: str, start: int, end: int) -> Span | None:
    """Take the noun that a clause opens with, if its own verb is the one before the figure.

    A clause that opens with its verb ("and was grade 3 or higher in 5%") has its subject elsewhere.
    """
    tokens = _words(text, start, end)
    taken: list[Token] = []
    for place, token in enumerate(tokens):
        if not taken and token.low in _LEADING:
            continue
        apart = text[taken[-1].end : token.start].strip(" -–(/") if taken else ""
        if apart or _is_verb(token) or token.low in _PREPOSITIONS | english().clause_openers | {"and"}:
            if any(
                later.low in _REPORTING | _BEING - {"given"}
                for later in tokens[place:]
                if later.low != "given"
            ):
                return None
            break
        taken.append(token)
    if not taken:
        # "was grade 3 or higher in 5%": what is said of the subject named before.
        graded = re.search(
            r"grade\s[\dIV/–-]+(?:\s(?:or|and)\s(?:worse|higher|above|more))?", text[start:end]
        )
        return Span(start + graded.start(), start + graded.end()) if graded else None
    found = _phrase(text, taken)
    graded = _GRADED.match(text, found.end) if found else None
    return Span(found.start, graded.end()) if found and graded else found


def _after_group(tokens: Sequence[Token]) -> Sequence[Token]:
    """Pass over "of patients treated with …" between a figure and its verb."""
    if not tokens or tokens[0].low not in _OF_GROUP:
        return tokens
    finite = {"had", "were", "was", "responded", "reached", "died", "survived", "achieved", "showed", "did"}
    return next((tokens[index:] for index, token in enumerate(tokens) if token.low in finite), ())


def _until_preposition(text: str, tokens: Sequence[Token]) -> list[Token]:
    taken: list[Token] = []
    for index, token in enumerate(tokens):
        if taken and (token.low in english().clause_openers or "(" in text[taken[-1].end : token.start]):
            break
        if token.low == "and" and any(
            _is_verb(t) or t.low in {"no", "none"} for t in tokens[index + 1 : index + 4]
        ):
            break
        if taken and token.low in _PREPOSITIONS and not _stays(tokens, index):
            break
        taken.append(token)
    return taken


def _stays(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a preposition belongs to the predicate: "in remission", "to intensive care", not "in KarMMa"."""
    if tokens[index].low not in {"in", "to", "of", "into"} or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1].low
    return following in {"be", "have"} or (
        following not in english().stop_words and not any(c.isdigit() for c in following)
    )


def _phrase(text: str, tokens: Sequence[Token]) -> Span | None:
    """Make a span of words, if they say something and are not too many."""
    kept = list(tokens)
    while kept and kept[0].low in _LEADING:
        kept.pop(0)
    while kept and (
        kept[-1].low == "or"
        or (kept[-1].low in english().stop_words | _PREPOSITIONS and kept[-1].low not in _QUALIFYING)
    ):
        kept.pop()
    if not kept or len(kept) > _LONGEST or not _tells(kept):
        return None
    start, end = kept[0].start, kept[-1].end
    if text.count("(", start, end) > text.count(")", start, end):
        end = end + 1 if text[end : end + 1] == ")" else end
    if text.count("(", start, end) != text.count(")", start, end) or re.search(r"[;:,]\s", text[start:end]):
        return None
    return Span(start, end)


def _tells(tokens: Sequence[Token]) -> bool:
    """Tell whether words say what was measured: names, verbs of being and statistics alone do not."""
    small = english().stop_words | _EMPTY | _BEING | _REPORTING
    pale = english().pale_words
    return any(
        token.low not in small
        and token.stem not in pale
        and token.low.isalpha()
        and len(token.low) >= _LONGEST_VERB
        for token in tokens
    ) and not all(token.low in small or _is_name(token) for token in tokens)


def _is_name(token: Token) -> bool:
    return any(c.isdigit() for c in token.low) or len(token.low) < _LONGEST_VERB


def _words(text: str, start: int, end: int) -> list[Token]:
    return [
        token for token in read(text).tokens if token.is_word and start <= token.start and token.end <= end
    ]


def _is_verb(token: Token) -> bool:
    low = token.low
    return low in english().verbs or low in _BEING or (len(low) > _LONGEST_VERB and low.endswith("ed"))
