"""Rules that put a sentence's parts in another order, or leave out what it can do without, and keep what it says.

Each takes a sentence and gives another one, or None where it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.perturbing.wording import capitalised

Restructure = Callable[[str, frozenset[str]], str | None]

_STUDY = r"(?:trial|study|report|model|analysis|case series)"
_WORK = rf"(?:the|a) (?:[\w/-]+ ){{0,5}}{_STUDY} by [A-Z]\w+(?: [A-Z]\w+)? et al\. \(\d{{4}}\)"
_CITED = re.compile(
    rf"(?: in| of) {_WORK}(?= (?:was|were|had|responded|showed|each|gave|is|are|came|killed)\b)|"
    rf"^In {_WORK}, | in {_WORK}(?=\.$)"
)
_NO_OPENING = (
    r"(?!(?:In (?:contrast|brief|addition|turn|short|general|fact|particular|this|order|both|some|each|our|"
    r"the (?:present|current))|"
    r"At (?:least|most))\b)"
)
_OPENING = re.compile(
    rf"^({_NO_OPENING}(?:In|During|After|Among|At|With|Under|Within) "
    r"[^,;()]{3,80}(?:\([^()]*\)[^,;()]{0,60})?), (.+)\.$"
)
_CLOSING = re.compile(
    r"^([A-Z].+?) ((?:in|on) (?:mice|animals|culture|vitro|vivo|humans|yeast|"
    rf"the [\w/ -]{{0,40}}{_STUDY} by [\w ]+ et al\. \(\d{{4}}\)|(?:[A-Z][a-z]+ )?(?:19|20)\d\d))\.$"
)
_CLOSING_TIME = re.compile(
    r"^((?:(?! and | or )[^,;()])+ (?:was|were) \w+ed(?:(?! and | or )[^,;()])*?) "
    r"((?:after|during|before|at) (?!least|most)(?:(?! in | of | as )[^,;()]){3,40})\.$"
)
_SUBORDINATE = re.compile(
    r"\b(?:although|though|while|whereas|because|which|who|but|so|than|as|when|where|if|unless|that|since|until)\b|;|"
    r"[Tt]he (?:more|less|longer|higher|worse|better)\b|"
    r", (?:and|in|by|with|an?|the|among|according|including|followed|\w+ing)\b|^[a-z]+ing\b"
)
_PRONOUN = r"(?:it|they|this|these|he|she|there|their|its)\b"
_CLAUSES_FORWARD = re.compile(
    rf"^(Although|Though|Because|When|If|Once) ([^,;]+), (?!{_PRONOUN})((?:(?!, \w+ing )[^;])+)\.$"
)
_CLAUSES_BACK = re.compile(r"^((?:(?!, \w+ing )[^;])+?),? (although|because|when|if|once) (?!of )([^,;]+)\.$")


def _words_without(*words: str) -> str:
    """A run of words among which none of these is."""
    return rf"(?:(?! (?:{'|'.join(words)}) )[^,;()])+"


_FINITE = ("that", "which", "who", "was", "were", "is", "are", "has", "have", "had", "not", "to")
_ATTACHED = (
    "in",
    "at",
    "on",
    "with",
    "to",
    "for",
    "after",
    "using",
    "of",
    "from",
    "through",
    "than",
    "by",
    "as",
    "via",
)
_GERUND = r"\w+ing"
_PASSIVE = re.compile(
    rf"^({_words_without('by', 'and', *_FINITE)}) (?:was|were) (killed|destroyed|suppressed|inhibited|caused|"
    r"followed|encoded|regulated|activated|induced|produced|infected|removed|recogni[sz]ed|released|secreted) by "
    rf"({_words_without('and', 'or', 'when', _GERUND, *_FINITE, *_ATTACHED)})\.$"
)
_ACTIVE = re.compile(
    rf"^({_words_without('and', *_FINITE)})(?<! with)(?<! of)(?<! to)(?<! the)(?<! a)(?<! an) (killed|"
    r"destroyed|suppressed|inhibited|reduced|caused|prevented|restored|raised|lowered|abolished|received) "
    rf"({_words_without('and', 'or', 'better', 'more', 'when', *_FINITE, *_ATTACHED)})\.$"
)
_TREATED = re.compile(r"^([^,;()]+) (?:were|was) treated with ([^,;]+)\.$")
_OCCURRED = re.compile(
    rf"^({_words_without('that', 'which', 'who', 'of', 'and', 'or')}|[^,;]+ \([A-Z]+\)) "
    r"(?:occurred|arose|(?:was|were) (?:seen|recorded|reported|noted|observed)) "
    r"in (\d[\d.]*% of (?:(?! and | but )[^,;])+)\.$"
)
_PARENTHESIS = re.compile(r" \((?![A-Z][\w-]{1,12}\))(?!\d{4}\))[^()]*\)")
_SECOND = re.compile(
    r"^((?:(?! between | both | either )[^;]){40,}?),? and (?:was|were|reached|lasted) [^;]+\.$"
)
_INSERTED = re.compile(r", (?:which|who) [^,;]+,(?= (?:is|are|was|were|has|have|had|can|could)\b)")
_TRAILING = re.compile(
    r"^(.{40,}?)(?:, (?:which|while|since|but(?! not| also)|even though)|,? (?:although|because(?! of)|whereas))\b"
    r"[^;]*\.$"
)


def lowered(text: str, lowercase: frozenset[str]) -> str:
    """Give a sentence's beginning as it stands inside one: small, unless it is a name."""
    first = re.split(r"\W", text, maxsplit=1)[0]
    return text[:1].lower() + text[1:] if first.lower() in lowercase or first == "A" else text


def opening_moved_back(text: str, lowercase: frozenset[str]) -> str | None:
    """Turn "In X, Y did Z." into "Y did Z in X."."""
    match = _OPENING.match(text)
    if match is None or _SUBORDINATE.search(match[2]) or _has_year(match[2]):
        return None
    if _SUBORDINATE.search(match[1]) or re.search(r"\b(?:is|are|was|were|has|have|had|can|may)\b", match[1]):
        return None
    return f"{capitalised(match[2])} {lowered(match[1], lowercase)}."


def closing_moved_forward(text: str, lowercase: frozenset[str]) -> str | None:
    """Turn "Y did Z in X." into "In X, Y did Z."."""
    match = _CLOSING.match(text) or _CLOSING_TIME.match(text)
    if match is None or _SUBORDINATE.search(match[1]) or re.match(r"(?:In|Among|At|With|Of) ", text):
        return None
    return f"{capitalised(match[2])}, {lowered(match[1], lowercase)}."


def clauses_exchanged(text: str, lowercase: frozenset[str]) -> str | None:
    """Turn "Because X, Y." into "Y because X.", and back."""
    if match := _CLAUSES_FORWARD.match(text):
        if "however" in text or ("," in match[3] and match[1] not in {"Although", "Though"}):
            return None
        comma = "," if match[1] in {"Although", "Though"} else ""
        return f"{capitalised(match[3])}{comma} {match[1].lower()} {match[2]}."
    match = _CLAUSES_BACK.match(text)
    if match is None or re.search(r"\b(?:that|which|who|and|but|if|when|only|than|even|not)\b", match[1]):
        return None
    return f"{match[2].capitalize()} {match[3]}, {lowered(match[1], lowercase)}."


def made_active(text: str, lowercase: frozenset[str]) -> str | None:
    """Turn "X was done by Y." into "Y did X."."""
    match = _PASSIVE.match(text)
    if match is None or " not " in text:
        return None
    return f"{capitalised(match[3])} {match[2]} {lowered(match[1], lowercase)}."


def made_passive(text: str, lowercase: frozenset[str]) -> str | None:
    """Turn "Y did X." into "X was done by Y."."""
    match = _ACTIVE.match(text)
    if match is None:
        return None
    was = "were" if _is_plural(match[3]) else "was"
    return f"{capitalised(match[3])} {was} {match[2]} by {lowered(match[1], lowercase)}."


def treatment_named(text: str, lowercase: frozenset[str]) -> str | None:
    """Turn "X patients were treated with Y." into "Treatment with Y was given to X patients."."""
    match = _TREATED.match(text)
    if (
        match is None
        or re.search(r"\b(?:and|not|who|that|which)\b", text)
        or re.match(r"(?:In|Of|Among) ", text)
    ):
        return None
    return f"Treatment with {match[2]} was given to {lowered(match[1], lowercase)}."


def bearers_first(text: str, lowercase: frozenset[str]) -> str | None:
    """Turn "X was seen in 42% of patients." into "42% of patients had X."."""
    match = _OCCURRED.match(text)
    if match is None or re.match(r"(?:In|Of|Among|No) ", text):
        return None
    return f"{match[2]} had {lowered(match[1], lowercase)}."


def parenthesis_dropped(text: str, lowercase: frozenset[str]) -> str | None:
    """Leave out what stands in brackets, abbreviations and years aside."""
    dropped = _PARENTHESIS.sub("", text)
    return dropped if dropped != text else None


def clause_dropped(text: str, lowercase: frozenset[str]) -> str | None:
    """Leave out a clause that only adds: what stands before it holds by itself."""
    inner = _INSERTED.sub("", text)
    if inner != text:
        return inner
    match = _TRAILING.match(text) or _SECOND.match(text)
    if match is None or re.search(r"\b(?:if|not|no|nor|neither)\b", match[1]):
        return None
    return f"{match[1]}."


def frame_dropped(text: str, lowercase: frozenset[str]) -> str | None:
    """Leave out who reported it: "in the trial by X et al. (2020)"."""
    match = _CITED.search(text)
    # "The starting product was a CAR" is understood only with the study that it is of.
    if match is None or (match.start() > 0 and re.search(r"[A-Z]{2}|\d", text[: match.start()]) is None):
        return None
    dropped = text[: match.start()] + text[match.end() :]
    return None if re.search(r"\b(?:the|this) (?:trial|study)\b", dropped) else capitalised(dropped)


REORDERINGS: dict[str, Restructure] = {
    "bearers first": bearers_first,
    "treatment named": treatment_named,
    "passive made active": made_active,
    "active made passive": made_passive,
    "opening moved back": opening_moved_back,
    "closing moved forward": closing_moved_forward,
    "clauses exchanged": clauses_exchanged,
}
OMISSIONS: dict[str, Restructure] = {
    "who reported it dropped": frame_dropped,
    "clause dropped": clause_dropped,
    "parenthesis dropped": parenthesis_dropped,
}


def _has_year(text: str) -> bool:
    return re.search(r"\b(?:19|20)\d\d\b", text) is not None


def _is_plural(phrase: str) -> bool:
    """Tell by its head, the last word before a preposition."""
    head = re.split(r" (?:of|in|from|with|for|against|by|on|at)\b", phrase)[0].split()[-1]
    return re.search(r"[^siu]s$", head) is not None or head in {"mice", "people", "bacteria", "children"}
